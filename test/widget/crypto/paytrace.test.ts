import {expect} from '@open-wc/testing';
import {parsePublicKey} from '../../../widget/crypto/key-gate.ts';
import {encrypt} from '../../../widget/crypto/paytrace.ts';
import {OCCASION, occasionWith} from './occasion.ts';
import {makeKey, openAll, publicPem} from './openssl.ts';

const VALUES = {
  cardNumber: '4111111111111111',
  securityCode: '007',
  expirationMonth: '01',
  expirationYear: '2031',
};

describe('paytrace', () => {
  it('seals 200 cards so that OpenSSL reads every value, no ciphertext twice', async () => {
    const key = parsePublicKey(await publicPem());
    const envelopes: Record<string, string>[] = [];
    for (let made = 0; made < 200; made += 1) envelopes.push(await encrypt(VALUES, key, OCCASION));

    const names = {
      encrypted_number: VALUES.cardNumber,
      encrypted_csc: VALUES.securityCode,
      encrypted_expiration_month: VALUES.expirationMonth,
      encrypted_expiration_year: VALUES.expirationYear,
    };
    for (const envelope of envelopes) expect(envelope).to.have.all.keys(Object.keys(names));
    for (const [name, plain] of Object.entries(names)) {
      const ciphertexts = envelopes.map((envelope) => envelope[name] ?? '');
      expect(new Set(ciphertexts).size).to.equal(200);
      for (const ciphertext of ciphertexts) expect(ciphertext).to.match(/^[A-Za-z0-9+/]{342}==$/);
      expect(await openAll(ciphertexts)).to.deep.equal(ciphertexts.map(() => plain));
    }
  });

  it('never asks Math.random', async () => {
    const key = parsePublicKey(await publicPem());
    const original = Math.random;
    Math.random = () => {
      throw new Error('Math.random was asked');
    };
    try {
      await encrypt(VALUES, key, OCCASION);
    } finally {
      Math.random = original;
    }
  });

  for (const bits of [3072, 4096])
    it(`gives as many bytes as the modulus has, at ${bits} bits`, async () => {
      const {publicPem: pem} = await makeKey('-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`);
      const {encrypted_csc: ciphertext = ''} = await encrypt(
        {securityCode: '123'},
        parsePublicKey(pem),
        OCCASION,
      );
      expect(atob(ciphertext)).to.have.length(bits / 8);
    });

  it('leaves the expiry in clear where the record says so, under its plain names', async () => {
    const values = await encrypt(VALUES, parsePublicKey(await publicPem()), occasionWith({expiry: 'plain'}));
    expect(values).to.include({expiration_month: '01', expiration_year: '2031'});
    expect(values).to.have.all.keys(
      'encrypted_number',
      'encrypted_csc',
      'expiration_month',
      'expiration_year',
    );
    expect(values['encrypted_number']).to.have.length(344);
  });

  it('names values as the record renames them', async () => {
    const names = {cardNumber: 'ccNumber', expirationYear: 'card[year]'};
    const values = await encrypt(VALUES, parsePublicKey(await publicPem()), occasionWith({names}));
    expect(values).to.have.all.keys('ccNumber', 'encrypted_csc', 'encrypted_expiration_month', 'card[year]');
    expect(await openAll([values['ccNumber'] ?? '', values['card[year]'] ?? ''])).to.deep.equal([
      VALUES.cardNumber,
      VALUES.expirationYear,
    ]);
  });

  it('refuses a name, for which PayTrace has none', async () => {
    const key = parsePublicKey(await publicPem());
    expect(() => encrypt({cardholderName: 'Anna'}, key, OCCASION))
      .to.throw()
      .with.property('code', 'seal-failed');
  });

  it('seals what there is and no more', async () => {
    const values = await encrypt({securityCode: '123'}, parsePublicKey(await publicPem()), OCCASION);
    expect(values).to.have.all.keys('encrypted_csc');
  });
});
