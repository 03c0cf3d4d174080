import type {PublicKey} from '../../../widget/keys/public-key.ts';
import type {EnvelopeContext} from '../../../widget/seal/seal.ts';
import {writeSpki} from '../../../widget/keys/der.ts';
import {parseRecord} from '../../../widget/merchant-record.ts';

/** The third argument of an `Encrypt` function. `record` overrides entries of the merchant record. */
export function contextWith(record: object = {}): EnvelopeContext {
  return {
    record: parseRecord({id: 'demo', origins: [], keys: [{kid: 'k', pem: '-'}], expiry: 'sealed', ...record}),
    kid: '2026-11',
    submission: {id: '0123456789abcdef0123456789abcdef', origin: 'https://shop.example'},
    now: new Date('2026-11-23T12:00:00.500Z'),
  };
}

export const CONTEXT = contextWith();

/** A public key of this size without a private key, for tests that check only lengths. */
export function publicKeyOf(bits: number): PublicKey {
  const modulus = (1n << BigInt(bits)) - 1n;
  return {modulus, spki: writeSpki({modulus, exponent: 65537n})};
}
