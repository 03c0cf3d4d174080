import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {parsePublicKey} from '../../../widget/keys/public-key.ts';
import {SealedFieldsError} from '../../../widget/protocol/errors.ts';
import {bytesIn, der, integer, modulusIn, pem, rocaNear, soundModulus, spki} from '../../support/der.ts';
import {makeKeyPair, sharedKeyPair} from '../../support/openssl.ts';

/** The error for this text. */
function rejectionOf(text: string): SealedFieldsError {
  try {
    parsePublicKey(text);
  } catch (error) {
    if (error instanceof SealedFieldsError) return error;
    throw error;
  }
  throw new Error('the key was accepted');
}

describe('parsePublicKey', () => {
  const good = sharedKeyPair().publicPem;
  const modulus = modulusIn(good);

  it('parses a key from OpenSSL', () => {
    const key = parsePublicKey(good);
    assert.equal(key.modulus === modulus, true);
    assert.deepEqual([...key.spki], bytesIn(good));
  });

  it('accepts CRLF, a missing final newline, and a body in one line', () => {
    const body = good.split('\n').slice(1, -2).join('');
    for (const text of [
      good.replaceAll('\n', '\r\n'),
      good.trimEnd(),
      `-----BEGIN PUBLIC KEY-----\n${body}\n-----END PUBLIC KEY-----`,
    ])
      assert.equal(parsePublicKey(text).modulus === modulus, true);
  });

  it('accepts 2048 to 4096 bits', () => {
    for (const bits of [2048, 2049, 3072, 4095, 4096]) {
      const large = soundModulus(bits);
      assert.equal(parsePublicKey(pem(spki(integer(large)))).modulus, large, `${bits} bits`);
    }
  });

  describe('with text that is not exactly one PUBLIC KEY block', () => {
    const texts: [what: string, text: () => string, found: string][] = [
      ['an empty text', () => '', 'no PEM block'],
      ['a byte order mark', () => `\uFEFF${good}`, 'a byte order mark before it'],
      ['text before', () => `key:\n${good}`, 'text before, after or within it'],
      ['text after', () => `${good}ignored`, 'text before, after or within it'],
      ['a second final newline', () => `${good}\n`, 'text before, after or within it'],
      ['an empty line', () => good.replace('\nMII', '\n\nMII'), 'text before, after or within it'],
      ['a space in a line', () => good.replace('\nMII', '\n MII'), 'text before, after or within it'],
      ['headers', () => good.replace('\nMII', '\nA: b\n\nMII'), 'text before, after or within it'],
      [
        'an END line with another label',
        () => good.replace('END PUBLIC', 'END RSA PUBLIC'),
        'text before, after or within it',
      ],
      ['two blocks', () => good + good, '2 blocks'],
      ['a key and a certificate', () => good + pem([0x30, 0], 'CERTIFICATE'), '2 blocks'],
      ['escaped line breaks', () => good.replaceAll('\n', '\\n'), 'line breaks written as \\n'],
      ['bare base64', () => good.replace(/-----.*-----\n/g, ''), 'no PEM block'],
      ['DER without PEM', () => String.fromCharCode(...bytesIn(good)), 'no PEM block'],
      [
        'PKCS#1',
        () => pem(der(0x30, integer(modulus), integer(65537n)), 'RSA PUBLIC KEY'),
        'a block RSA PUBLIC KEY',
      ],
      ['a certificate', () => pem(der(0x30, [5, 0]), 'CERTIFICATE'), 'a block CERTIFICATE'],
      ['a certificate request', () => pem([5, 0], 'CERTIFICATE REQUEST'), 'a block CERTIFICATE REQUEST'],
      [
        'an unknown label, without quoting it',
        () => pem([5, 0], '4012000098765439 PUBLIC KEY'),
        'a block of another kind',
      ],
      ['an SSH key', () => 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ== me', 'no PEM block'],
      ['an HTML page', () => '\n<!doctype html><title>Not found</title>', 'what looks like an HTML page'],
      ['an HTML page that contains the key', () => `<pre>\n${good}</pre>`, 'what looks like an HTML page'],
      ['5 MB', () => good.padEnd(5_000_000, 'A'), '5000000 characters'],
      ['5 MB of BEGIN', () => '-----BEGIN '.repeat(450_000), '4950000 characters'],
    ];
    for (const [what, text, found] of texts)
      it(`rejects ${what}`, () => {
        const {code, message} = rejectionOf(text());
        assert.equal(code, 'key-invalid');
        assert.equal(message, `expected one PEM block PUBLIC KEY and nothing else, found ${found}`);
      });

    it('rejects a valid key with 5 MB of line breaks', () => {
      const text = good.replace('\nMII', `${'\n'.repeat(5_000_000)}MII`);
      assert.ok(rejectionOf(text).message.includes(`found ${text.length} characters`));
    });
  });

  describe('with an RSA key that is not in DER', () => {
    const encodings: [what: string, bytes: () => number[]][] = [
      ['a byte after the key', () => [...bytesIn(good), 0]],
      ['a value after the integers of the key', () => spki(integer(modulus), [...integer(65537n), 5, 0])],
      [
        'bytes after the key in the bit string',
        () =>
          der(
            0x30,
            bytesIn(good).slice(4, 19),
            der(3, [0], der(0x30, integer(modulus), integer(65537n)), [5, 0]),
          ),
      ],
      ['half of the key', () => bytesIn(good).slice(0, 150)],
      ['unused bits', () => bytesIn(good).with(23, 1)],
      ['a length in more bytes than needed', () => [0x30, 0x83, 0, ...bytesIn(good).slice(2)]],
      ['an indefinite length', () => [0x30, 0x80, ...bytesIn(good).slice(4), 0, 0]],
      ['a modulus with a superfluous zero', () => spki(der(2, [0, 0], integer(modulus).slice(5)))],
      ['a negative modulus', () => spki(der(2, integer(modulus).slice(5)))],
      ['an exponent with a superfluous zero', () => spki(integer(modulus), der(2, [0, 1, 0, 1]))],
      ['a negative exponent', () => spki(integer(modulus), der(2, [0xff, 0, 1]))],
      ['no algorithm parameters', () => replaceAlgorithm(good, [0x30, 11, ...RSA_OID])],
      ['other algorithm parameters', () => replaceAlgorithm(good, [0x30, 14, ...RSA_OID, 2, 1, 0])],
      ['no integers', () => spki([5, 0], [5, 0])],
      ['a key without a modulus', () => spki([])],
      ['no key', () => der(0x30)],
      ['a text', () => der(12, [0x41])],
    ];
    for (const [what, bytes] of encodings)
      it(`rejects ${what}`, () => {
        const {code, message} = rejectionOf(pem(bytes()));
        assert.equal(code, 'key-invalid');
        assert.match(
          message,
          /^expected (the DER encoding of )?an RSA key, found (none|another encoding, or more bytes)$/,
        );
      });

    it('rejects base64 that is not canonical', () => {
      assert.equal(rejectionOf(good.replace(/(.)\n-----END/, '$1====\n-----END')).code, 'key-invalid');
      assert.equal(rejectionOf(good.replace('\nMII', '\n=MII')).code, 'key-invalid');
    });
  });

  describe('with a key of another algorithm', () => {
    const made: [name: string, options: string[], algorithm: string][] = [
      ['EC', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], '1.2.840.10045.2.1'],
      ['Ed25519', ['-algorithm', 'ED25519'], '1.3.101.112'],
      ['RSA-PSS', ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'], '1.2.840.113549.1.1.10'],
    ];
    for (const [name, options, algorithm] of made)
      it(`rejects ${name}`, () => {
        const {code, message} = rejectionOf(makeKeyPair(options).publicPem);
        assert.equal(code, 'key-invalid');
        assert.equal(message, `expected an RSA key, found a key of the algorithm ${algorithm}`);
      });

    it('rejects DSA', () => {
      const dsa = der(
        0x30,
        der(6, [0x2a, 0x86, 0x48, 0xce, 0x38, 4, 1]),
        der(0x30, integer(modulus), integer(7n)),
      );
      const {message} = rejectionOf(pem(der(0x30, dsa, der(3, [0], integer(5n)))));
      assert.equal(message, 'expected an RSA key, found a key of the algorithm 1.2.840.10040.4.1');
    });
  });

  describe('with a modulus that is too short or too long', () => {
    for (const bits of [0, 1, 512, 1024, 1536, 2047, 4097, 8192, 16384])
      it(`rejects ${bits} bits`, () => {
        const odd = bits === 0 ? 0n : (1n << BigInt(bits - 1)) | 1n;
        const {code, message} = rejectionOf(pem(spki(integer(odd))));
        assert.equal(code, 'key-invalid');
        assert.equal(message, `expected a modulus of 2048 to 4096 bits, found ${bits} bits`);
      });
  });

  describe('with a modulus that is easy to factor', () => {
    it('rejects an even modulus', () => {
      assert.ok(rejectionOf(pem(spki(integer(1n << 2047n)))).message.includes('a small factor'));
    });

    for (const prime of [3n, 5n, 101n, 167n, 173n, 743n, 751n])
      it(`rejects a multiple of ${prime}`, () => {
        const multiple = prime * soundModulus(2047);
        assert.ok(rejectionOf(pem(spki(integer(multiple)))).message.includes('a small factor'));
      });

    it('accepts a multiple of 757, the first prime above the bound', () => {
      const multiple = 757n * soundModulus(2047);
      assert.equal(parsePublicKey(pem(spki(integer(multiple)))).modulus === multiple, true);
    });

    it('rejects a modulus with the ROCA fingerprint', () => {
      assert.ok(rejectionOf(pem(spki(integer(rocaNear(modulus))))).message.includes('CVE-2017-15361'));
    });
  });

  describe('with another public exponent than 65537', () => {
    const exponents = [
      0n,
      1n,
      2n,
      3n,
      17n,
      65535n,
      65536n,
      65539n,
      65537n + (1n << 32n),
      65537n + (1n << 56n),
    ];
    for (const exponent of exponents)
      it(`rejects ${exponent}`, () => {
        const {code, message} = rejectionOf(pem(spki(integer(modulus), integer(exponent))));
        assert.equal(code, 'key-invalid');
        assert.equal(message, 'expected the public exponent 65537, found another exponent');
      });

    it('rejects n - 1', () => {
      assert.equal(rejectionOf(pem(spki(integer(modulus), integer(modulus - 1n)))).code, 'key-invalid');
    });
  });

  describe('with a private key', () => {
    const secret = sharedKeyPair().privatePem;

    const disguises: [what: string, text: () => string][] = [
      ['PKCS#8', () => secret],
      ['PKCS#1', () => pem(pkcs1(secret), 'RSA PRIVATE KEY')],
      ['encrypted', () => pem(bytesIn(secret), 'ENCRYPTED PRIVATE KEY')],
      ['OpenSSH', () => pem(bytesIn(secret), 'OPENSSH PRIVATE KEY')],
      ['EC', () => pem([0x30, 0x31, 2, 1, 1], 'EC PRIVATE KEY')],
      ['PGP', () => '-----BEGIN PGP PRIVATE KEY BLOCK-----'],
      ['before a public key', () => secret + good],
      ['after a public key', () => good + secret],
      ['after five megabytes', () => `${' '.repeat(5_000_000)}${secret}`],
      ['cut short', () => secret.slice(0, 200)],
      ['with escaped line breaks', () => secret.replaceAll('\n', '\\n')],
      ['in CRLF', () => secret.replaceAll('\n', '\r\n')],
      ['under a public label', () => secret.replaceAll('PRIVATE', 'PUBLIC')],
      ['under a public label, escaped', () => secret.replaceAll('PRIVATE', 'PUBLIC').replaceAll('\n', '\\n')],
      ['PKCS#1 under a public label', () => pem(pkcs1(secret))],
      ['as bare base64', () => secret.replace(/-----.*-----|\n/g, '')],
    ];
    for (const [what, text] of disguises)
      it(`rejects it without quoting it: ${what}`, () => {
        const error = rejectionOf(text());
        assert.equal(error.code, 'private-key-supplied');
        assert.equal(error.cause, undefined);
        const report = `${error.message}${error.hint}${JSON.stringify(error)}`;
        for (const line of secret.split('\n').slice(1, -2)) assert.ok(!report.includes(line.slice(0, 16)));
      });

    it('does not mistake a public key for a private key', () => {
      for (const text of [good, pem(der(0x30, integer(modulus), integer(65537n)), 'RSA PUBLIC KEY')])
        assert.equal(/private/.test(outcomeOf(text)), false);
    });
  });

  describe('with a hostile encoding', () => {
    const bombs: [what: string, bytes: () => number[]][] = [
      ['10,000 nested sequences', () => Array.from({length: 10_000}, () => [0x30, 0x80]).flat()],
      [
        'nested sequences of indefinite length within the size limit',
        () => Array.from({length: 1500}, () => [0x30, 0x80]).flat(),
      ],
      ['nested sequences of definite length within the size limit', () => nest(0x30, 700)],
      ['nested bit strings', () => nest(3, 600, [0])],
      ['a length of 2 GB', () => [0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 2, 1, 0]],
      ['a length of 2^64 - 1', () => [0x30, 0x88, ...Array.from({length: 8}, () => 0xff)]],
      ['a length of 126 bytes', () => [0x30, 0xfe, ...Array.from({length: 126}, () => 0xff)]],
      [
        'an object identifier of 2,900 bytes',
        () =>
          der(
            0x30,
            der(
              0x30,
              der(
                6,
                Array.from({length: 2900}, () => 0x7f),
              ),
            ),
            der(3, [0, 5, 0]),
          ),
      ],
      ['a modulus of 23,000 bits', () => spki(integer((1n << 23_000n) - 1n))],
      ['an exponent of 23,000 bits', () => spki(integer(3n), integer((1n << 23_000n) - 1n))],
    ];
    for (const [what, bytes] of bombs)
      it(`rejects ${what} within 200 ms`, () => {
        const text = pem(bytes());
        const start = performance.now();
        const {code, message} = rejectionOf(text);
        assert.ok(performance.now() - start < 200);
        assert.equal(code, 'key-invalid');
        assert.ok(message.length < 200);
      });
  });
});

/** The object identifier rsaEncryption, in DER. */
const RSA_OID = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];

/** Replaces the AlgorithmIdentifier of a key: the 15 bytes after the first four. */
function replaceAlgorithm(text: string, algorithm: number[]): number[] {
  return der(0x30, algorithm, bytesIn(text).slice(19));
}

/** The RSAPrivateKey in a 2048-bit PKCS#8 key: after version, algorithm and the header of its OCTET STRING. */
function pkcs1(text: string): number[] {
  return bytesIn(text).slice(26);
}

function nest(tag: number, depth: number, before: number[] = []): number[] {
  let bytes: number[] = [5, 0];
  for (let level = 0; level < depth; level += 1) bytes = der(tag, before, bytes);
  return bytes;
}

function outcomeOf(text: string): string {
  try {
    parsePublicKey(text);
    return 'accepted';
  } catch (error) {
    return String(error);
  }
}
