import {CompactEncrypt} from 'jose/jwe/compact/encrypt';
import {SealedFieldsError} from '../protocol/errors.ts';
import {randomBytes} from './random.ts';
import type {Encrypt} from './seal.ts';

/** The payload's version, incremented when an entry changes its meaning. */
const VERSION = 1;

/** The payload is padded to a multiple of this many bytes, so that its length does not reveal the length of the values. */
const PADDED_BYTES = 256;

/**
 * Encrypts all values as one compact JWE (RFC 7516 §7.1): RSA-OAEP-256 with A256GCM (RFC 7518 §4.3 and §5.3), the key's
 * `kid` in its header. In addition to the values, the payload has what a gateway needs to reject a JWE that is stale,
 * replayed, or from another page.
 *
 * @returns one form value, under the record's name for `sealed`. Its payload is
 * `{v, merchant, origin, iat, jti, fields}` in JSON, padded with spaces at its end: `iat` in seconds (RFC 7519 §4.1.6) by
 * the shopper's clock, `jti` the submission's id, `fields` by value names.
 * @throws SealedFieldsError `insecure-context` without WebCrypto, `no-secure-random`.
 */
export const encrypt: Encrypt = async (values, {spki}, {record: {id, names}, kid, submission, now}) => {
  randomBytes(0); // jose uses its own random bytes and does not check them
  const {subtle} = crypto as Partial<Crypto>; // undefined outside of a secure context
  if (subtle === undefined)
    throw new SealedFieldsError('insecure-context', 'WebCrypto is missing: this is not a secure context');
  const key = await subtle.importKey('spki', spki, {name: 'RSA-OAEP', hash: 'SHA-256'}, false, ['encrypt']);
  const payload = {
    v: VERSION,
    merchant: id,
    origin: submission.origin,
    iat: Math.floor(now.getTime() / 1000),
    jti: submission.id,
    fields: values,
  };
  const jwe = await new CompactEncrypt(utf8(JSON.stringify(payload) + paddingOf(values)))
    .setProtectedHeader({alg: 'RSA-OAEP-256', enc: 'A256GCM', kid})
    .encrypt(key);
  return {[names.sealed ?? 'sealed']: jwe};
};

/** Spaces, which are allowed after any JSON text (RFC 8259 §2). */
function paddingOf(values: object): string {
  const {length} = utf8(JSON.stringify(values));
  return ' '.repeat(PADDED_BYTES - (length % PADDED_BYTES));
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
