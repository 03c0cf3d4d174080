import {expect} from '@open-wc/testing';
import {encrypt} from '../../../widget/crypto/jwe.ts';
import {parsePublicKey} from '../../../widget/crypto/key-gate.ts';
import {OCCASION, occasionWith} from './occasion.ts';
import {makeKey, openEnvelope, publicPem} from './openssl.ts';

const CARD = {
  cardNumber: '378282246310005',
  expirationMonth: '12',
  expirationYear: '2031',
  securityCode: '1234',
};

/** An encrypted key of 2048 bits, 96 bits of initialization vector, a ciphertext, a tag of 128 bits (RFC 7518 §5.3). */
const COMPACT = /^[\w-]+\.[\w-]{342}\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/;

describe('jwe', () => {
  let key = {} as ReturnType<typeof parsePublicKey>;
  before(async () => {
    key = parsePublicKey(await publicPem());
  });

  const sealed = async (values: object, occasion = occasionWith({profile: 'jwe'})): Promise<string> => {
    const {sealed = '', ...rest} = await encrypt(values, key, occasion);
    expect(rest).to.deep.equal({});
    return sealed;
  };

  it('makes one compact JWE of all values, which OpenSSL reads', async () => {
    const jwe = await sealed(CARD);
    expect(jwe).to.match(COMPACT);
    const {header, payload} = await openEnvelope(jwe);
    expect(header).to.deep.equal({alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: '2026-11'});
    expect(payload).to.deep.equal({
      v: 1,
      merchant: 'demo',
      origin: 'https://shop.example',
      iat: Date.parse('2026-11-23T12:00:00Z') / 1000,
      jti: '0123456789abcdef0123456789abcdef',
      fields: CARD,
    });
  });

  it('draws a key, a vector and a seed anew each time', async () => {
    const all = await Promise.all(Array.from({length: 50}, () => sealed(CARD)));
    for (const part of [1, 2, 3, 4])
      expect(new Set(all.map((jwe) => jwe.split('.')[part])).size, `part ${part}`).to.equal(50);
  });

  it('is as long for any card, code and account', async () => {
    const lengths = [
      CARD,
      {...CARD, cardNumber: '6304000000000000000', securityCode: '123'},
      {securityCode: '123'},
      {routingNumber: '325070760', accountNumber: '12345678901234567', accountType: 'checking'},
      {routingNumber: '325070760', accountNumber: '1234'},
    ].map(async (values) => (await sealed(values)).length);
    expect(new Set(await Promise.all(lengths)).size).to.equal(1);
  });

  it('holds nothing of what is undefined', async () => {
    const {payload} = await openEnvelope(await sealed({securityCode: '737', cardNumber: undefined}));
    expect(payload.fields).to.deep.equal({securityCode: '737'});
  });

  it('is named as the record names it', async () => {
    const values = await encrypt(CARD, key, occasionWith({profile: 'jwe', names: {sealed: 'card[jwe]'}}));
    expect(Object.keys(values)).to.deep.equal(['card[jwe]']);
  });

  for (const bits of [3072, 4096])
    it(`takes a key of ${bits} bits`, async () => {
      const {publicPem: pem} = await makeKey('-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`);
      const {sealed = ''} = await encrypt(CARD, parsePublicKey(pem), OCCASION);
      expect(sealed.split('.')[1]).to.have.length(Math.ceil((bits / 8 / 3) * 4));
    });

  it('never asks Math.random', async () => {
    const original = Math.random;
    Math.random = () => {
      throw new Error('Math.random was asked');
    };
    try {
      await sealed(CARD);
    } finally {
      Math.random = original;
    }
  });

  const missing: [what: string, property: string, stub: unknown, code: string][] = [
    ['there is no WebCrypto', 'subtle', undefined, 'insecure-context'],
    ['there is no generator', 'getRandomValues', undefined, 'no-secure-random'],
    ['the generator gives zeros', 'getRandomValues', (bytes: Uint8Array) => bytes, 'no-secure-random'],
  ];
  for (const [what, property, value, code] of missing)
    it(`throws ${code} where ${what}`, async () => {
      Object.defineProperty(crypto, property, {value, configurable: true});
      try {
        const outcome = await sealed(CARD).catch((error: unknown) => error);
        expect(outcome).to.have.property('code', code);
      } finally {
        Reflect.deleteProperty(crypto, property);
      }
    });
});
