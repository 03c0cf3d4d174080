import type {Change, Control} from './control.ts';

/** Whatever a `configure` or a `seal` holds is laid over the record. */
const CONFIGURED: readonly Change[] = [
  {
    file: 'widget/protocol/host-events.ts',
    from: "    names: parseNameTable(fields, 'names'),\n",
    to: "    ...(data as object), names: parseNameTable(fields, 'names'),\n",
  },
  {
    file: 'widget/main.ts',
    from: 'const named = rename(record, names);',
    to: 'const named = rename({...record, ...(settings as object)}, names);',
  },
];
const HEARD = 'seal({request, submission}) {\n        postponeWipe();\n        form.takeUp();';
const SEALED =
  '\n        const occasion = {id: submission, origin};\n        void seal(form, request, say, (snapshot) => submit(snapshot, ';
const asked = (ciphers: string): readonly Change[] => [
  {
    file: 'widget/protocol/host-events.ts',
    from: 'return {request: requestOf(fields), submission',
    to: 'return {...(data as object), request: requestOf(fields), submission',
  },
  {
    file: 'widget/main.ts',
    from: `${HEARD}${SEALED}renamed, occasion, ciphers)`,
    to: `seal({request, submission, ...more}) {${SEALED}{...renamed, ...more}, occasion, ${ciphers})`,
  },
];

export const KEYS: readonly Control[] = [
  {id: 'K01', without: 'the declared entries of `configure`', changes: CONFIGURED},
  {
    id: 'K01',
    without: 'the refusal of a handshake with a model',
    changes: [{file: 'widget/bridge.ts', from: ' && Object.keys(model).length === 0', to: ''}],
  },
  {id: 'K02', without: 'the declared entries of `seal`', changes: asked('ciphers')},
  {
    id: 'K03',
    without: 'the declared entries of `seal`, and the one profile from the start',
    changes: asked('new Ciphers((more as any).profile ?? record.profile)'),
  },
  {
    id: 'K04',
    without: 'the bounds of the modulus',
    changes: [
      {
        file: 'widget/crypto/key-gate.ts',
        from: 'if (bits < 2048 || bits > 4096) throw',
        to: 'if (bits < 8) throw',
      },
    ],
  },
  {
    id: 'K04',
    without: 'the one exponent',
    changes: [
      {
        file: 'widget/crypto/key-gate.ts',
        from: 'if (exponent !== 65537n) throw',
        to: 'if (exponent === 0n) throw',
      },
    ],
  },
  {
    id: 'K04',
    without: 'the look for small factors',
    changes: [
      {
        file: 'widget/crypto/modulus.ts',
        from: 'if (modulus % 2n === 0n || rests.includes(0))',
        to: 'if (modulus === 0n)',
      },
    ],
  },
  {
    id: 'K05',
    without: 'the encryption of the account number',
    changes: [
      {
        file: 'widget/crypto/paytrace.ts',
        from: "name === 'accountType' ||",
        to: "name === 'accountType' || name === 'accountNumber' ||",
      },
    ],
  },
  {
    id: 'K05',
    without: 'random padding: the same numbers each time',
    changes: [
      {
        file: 'widget/crypto/random.ts',
        from: 'crypto.getRandomValues(bytes);',
        to: 'for (const index of bytes.keys()) bytes[index] = 1 + (index % 200);',
      },
    ],
  },
  {
    id: 'K06',
    without: 'the end of the block',
    changes: [
      {
        file: 'widget/crypto/key-gate.ts',
        from: '-----END PUBLIC KEY-----\\r?\\n?$/;',
        to: '-----END PUBLIC KEY-----/;',
      },
    ],
  },
  {
    id: 'K07',
    without: 'the look for a private key',
    changes: [{file: 'widget/crypto/key-gate.ts', from: 'if (PRIVATE_KEY.test(pem))', to: 'if (false)'}],
  },
  {
    id: 'K07',
    without: 'the silence about what was found',
    changes: [
      {
        file: 'widget/crypto/key-gate.ts',
        from: "'a private key was given where a public key belongs',",
        to: '`a private key was given: ${pem}`,',
      },
    ],
  },
  {
    id: 'K08',
    without: 'the time in which a key is in force',
    changes: [
      {
        file: 'widget/record.ts',
        from: 'usableKey(keys, now, CLOCK_TOLERANCE);',
        to: 'usableKey(keys, now, CLOCK_TOLERANCE) ?? keys[0];',
      },
    ],
  },
  {
    id: 'K10',
    without: 'the test for ROCA',
    changes: [
      {
        file: 'widget/crypto/modulus.ts',
        from: 'if (SMALL_PRIMES.every(',
        to: 'if (false && SMALL_PRIMES.every(',
      },
    ],
  },
  {
    id: 'K11',
    without: 'the one encoding',
    changes: [{file: 'widget/crypto/key-gate.ts', from: 'if (encode(spki) !== base64)', to: 'if (false)'}],
  },
  {
    id: 'K12',
    without: 'random padding: the same numbers each time',
    changes: [
      {
        file: 'widget/crypto/random.ts',
        from: 'crypto.getRandomValues(bytes);',
        to: 'for (const index of bytes.keys()) bytes[index] = 1 + (index % 200);',
      },
    ],
  },
  {
    id: 'K13',
    without: 'the one id of all envelopes',
    changes: [{file: 'demo/gateway/submissions.ts', from: 'payload.jti === first?.jti &&', to: ''}],
  },
  {
    id: 'K14',
    without: 'the one header',
    changes: [
      {
        file: 'demo/gateway/open-envelope.ts',
        from: 'return isDeepStrictEqual(others, HEADER) ?',
        to: 'return Object.keys(others).length > 0 ?',
      },
    ],
  },
  {
    id: 'K15',
    without: 'the refusal where there is no generator',
    changes: [
      {
        file: 'widget/crypto/random.ts',
        from: 'crypto.getRandomValues(bytes);',
        to: 'try { crypto.getRandomValues(bytes); } catch { for (const index of bytes.keys()) bytes[index] = 256 * Math.random(); }',
      },
    ],
  },
  {
    id: 'K15',
    without: 'the refusal of one that repeats a byte',
    changes: [
      {
        file: 'widget/crypto/random.ts',
        from: 'if (bytes.every((byte) => byte === bytes[0]))',
        to: 'if (bytes.every((byte) => byte === 0))',
      },
    ],
  },
  {
    id: 'K17',
    without: 'ASCII digits before the ciphers',
    changes: [
      {
        file: 'widget/fields/field.ts',
        from: 'return `${(code - zero) % 10}`;',
        to: 'return code === zero ? digit : digit;',
      },
    ],
  },
];
