import assert from 'node:assert/strict';
import {before, describe, it} from 'node:test';
import {createOpener} from '../../../demo/gateway/open-envelope.ts';
import {parsePublicKey} from '../../../widget/keys/public-key.ts';
import type {Encrypt} from '../../../widget/seal/seal.ts';
import {sharedKeyPair} from '../../support/openssl.ts';
import {sealingBuild} from '../../support/sealing-build.ts';
import {CONTEXT, contextWith, publicKeyOf} from './envelope-context.ts';
import {withoutMathRandom} from './with-crypto.ts';

const VALUES = {
  cardNumber: '4111111111111111',
  securityCode: '007',
  expirationMonth: '01',
  expirationYear: '2031',
};

/** The expected plaintexts, by PayTrace's names. */
const PLAINTEXTS = {
  encrypted_number: VALUES.cardNumber,
  encrypted_csc: VALUES.securityCode,
  encrypted_expiration_month: VALUES.expirationMonth,
  encrypted_expiration_year: VALUES.expirationYear,
};

describe('encrypt of the profile paytrace', () => {
  const {publicPem, privatePem} = sharedKeyPair();
  const key = parsePublicKey(publicPem);
  const open = createOpener(privatePem);
  let encrypt: Encrypt = () => ({});
  before(async () => {
    ({encryptPaytrace: encrypt} = await sealingBuild());
  });

  it('encrypts 200 cards to different ciphertexts, which the gateway decrypts', async () => {
    const ciphertexts = new Set<string>();
    for (let made = 0; made < 200; made += 1) {
      const values = await encrypt(VALUES, key, CONTEXT);
      const opened = Object.entries(values).map(([name, ciphertext]) => {
        ciphertexts.add(ciphertext);
        assert.match(ciphertext, /^[A-Za-z0-9+/]{342}==$/);
        return [name, open(ciphertext)];
      });
      assert.deepEqual(Object.fromEntries(opened), PLAINTEXTS);
    }
    assert.equal(ciphertexts.size, 800);
  });

  it('never calls Math.random', async () => {
    await withoutMathRandom(() => encrypt(VALUES, key, CONTEXT));
  });

  for (const bits of [3072, 4096])
    it(`returns ciphertexts with the length of a modulus of ${bits} bits`, async () => {
      const {encrypted_csc: ciphertext = ''} = await encrypt(
        {securityCode: '123'},
        publicKeyOf(bits),
        CONTEXT,
      );
      assert.equal(atob(ciphertext).length, bits / 8);
    });

  it('returns the expiry as plaintext, under its plain names, if the record allows it', async () => {
    const {
      encrypted_number: number = '',
      encrypted_csc: code = '',
      ...expiry
    } = await encrypt(VALUES, key, contextWith({expiry: 'plain'}));
    assert.deepEqual(expiry, {expiration_month: '01', expiration_year: '2031'});
    assert.deepEqual([open(number), open(code)], [VALUES.cardNumber, VALUES.securityCode]);
  });

  it('uses the names of the record', async () => {
    const names = {cardNumber: 'ccNumber', expirationYear: 'card[year]'};
    const values = await encrypt(VALUES, key, contextWith({names}));
    const opened = Object.entries(values).map(([name, ciphertext]) => [name, open(ciphertext)]);
    assert.deepEqual(Object.fromEntries(opened), {
      ccNumber: VALUES.cardNumber,
      encrypted_csc: VALUES.securityCode,
      encrypted_expiration_month: VALUES.expirationMonth,
      'card[year]': VALUES.expirationYear,
    });
  });

  it('rejects a cardholder name, which PayTrace does not support', () => {
    assert.throws(() => encrypt({cardholderName: 'Anna'}, key, CONTEXT), {code: 'seal-failed'});
  });

  it('returns only the given values', async () => {
    assert.deepEqual(Object.keys(await encrypt({securityCode: '123'}, key, CONTEXT)), ['encrypted_csc']);
  });
});
