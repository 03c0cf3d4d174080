import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {encrypt} from '../../../widget/seal/jwe.ts';
import {parsePublicKey} from '../../../widget/keys/public-key.ts';
import {openJwe, sharedKeyPair} from '../../support/openssl.ts';
import {contextWith, publicKeyOf} from './envelope-context.ts';
import {withCrypto, withoutMathRandom} from './with-crypto.ts';

const CARD = {
  cardNumber: '378282246310005',
  expirationMonth: '12',
  expirationYear: '2031',
  securityCode: '1234',
};

/** Header, encrypted key (2048 bits), initialization vector (96 bits), ciphertext, tag (128 bits; RFC 7518 §5.3). */
const COMPACT = /^[\w-]+\.[\w-]{342}\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/;

describe('encrypt of the profile jwe', () => {
  const {publicPem, privatePem} = sharedKeyPair();

  async function seal(values: object, key = parsePublicKey(publicPem)): Promise<string> {
    const {sealed = '', ...rest} = await encrypt(values, key, contextWith({profile: 'jwe'}));
    assert.deepEqual(rest, {});
    return sealed;
  }

  it('encrypts all values into one compact JWE that OpenSSL decrypts', async () => {
    const jwe = await seal(CARD);
    assert.match(jwe, COMPACT);
    const {header, payload} = openJwe(jwe, privatePem);
    assert.deepEqual(header, {alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: '2026-11'});
    assert.deepEqual(payload, {
      v: 1,
      merchant: 'demo',
      origin: 'https://shop.example',
      iat: Date.parse('2026-11-23T12:00:00Z') / 1000,
      jti: '0123456789abcdef0123456789abcdef',
      fields: CARD,
    });
  });

  it('uses a new content key, initialization vector and OAEP seed each time', async () => {
    const all = await Promise.all(Array.from({length: 50}, () => seal(CARD)));
    for (const part of [1, 2, 3, 4])
      assert.equal(new Set(all.map((jwe) => jwe.split('.')[part])).size, 50, `part ${part}`);
  });

  it('returns the same length for any card, security code or account', async () => {
    const lengths = [
      CARD,
      {...CARD, cardNumber: '6304000000000000000', securityCode: '123'},
      {securityCode: '123'},
      {routingNumber: '325070760', accountNumber: '12345678901234567', accountType: 'checking'},
      {routingNumber: '325070760', accountNumber: '1234'},
    ].map(async (values) => (await seal(values)).length);
    assert.equal(new Set(await Promise.all(lengths)).size, 1);
  });

  it('omits undefined values', async () => {
    const {payload} = openJwe(await seal({securityCode: '737', cardNumber: undefined}), privatePem);
    assert.deepEqual(payload.fields, {securityCode: '737'});
  });

  it('uses the name of the record', async () => {
    const context = contextWith({profile: 'jwe', names: {sealed: 'card[jwe]'}});
    const values = await encrypt(CARD, parsePublicKey(publicPem), context);
    assert.deepEqual(Object.keys(values), ['card[jwe]']);
  });

  for (const bits of [3072, 4096])
    it(`encrypts for a key of ${bits} bits`, async () => {
      const [, key = ''] = (await seal(CARD, publicKeyOf(bits))).split('.');
      assert.equal(key.length, Math.ceil((bits / 8 / 3) * 4));
    });

  it('never calls Math.random', async () => {
    await withoutMathRandom(() => seal(CARD));
  });

  const missing: [what: string, property: 'subtle' | 'getRandomValues', stub: unknown, code: string][] = [
    ['there is no WebCrypto', 'subtle', undefined, 'insecure-context'],
    ['there is no random generator', 'getRandomValues', undefined, 'no-secure-random'],
    [
      'the random generator returns zeros',
      'getRandomValues',
      (bytes: Uint8Array) => bytes,
      'no-secure-random',
    ],
  ];
  for (const [what, property, stub, code] of missing)
    it(`throws ${code} if ${what}`, async () => {
      await withCrypto(property, stub, () => assert.rejects(seal(CARD), {code}));
    });
});
