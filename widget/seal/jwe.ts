import {CompactEncrypt} from 'jose/jwe/compact/encrypt';
import {SealedFieldsError} from '../protocol/errors.ts';
import {randomBytes} from './random.ts';
import type {Encrypt} from './seal.ts';

/** The payload's own version: bumped when an entry changes its meaning. */
const VERSION = 1;

/** The values are filled up to a multiple of this many bytes, so that how long they are cannot be told from outside. */
const STEP = 256;

/**
 * One envelope for all: a compact JWE (RFC 7516 §7.1), RSA-OAEP-256 with A256GCM (RFC 7518 §4.3, §5.3), the key's
 * `kid` in its header. Beside the values it holds what a gateway needs to refuse one that is stale, replayed, or
 * from another page.
 *
 * @returns one form value, under the record's name for `sealed`. Its payload is
 * `{v, merchant, origin, iat, jti, fields}` in JSON, with spaces behind it: `iat` in seconds (RFC 7519 §4.1.6), by
 * the shopper's clock; `jti` the submission's id; `fields` by value names.
 * @throws SealedFieldsError `insecure-context` where there is no WebCrypto, `no-secure-random`.
 */
export const encrypt: Encrypt = async (values, {spki}, {record: {id, names}, kid, submission, now}) => {
  randomBytes(0); // jose draws its own, and judges nothing that it draws
  const {subtle} = crypto as Partial<Crypto>; // in a secure context alone
  if (subtle === undefined)
    throw new SealedFieldsError('insecure-context', 'WebCrypto is missing: this is no secure context');
  const key = await subtle.importKey('spki', spki, {name: 'RSA-OAEP', hash: 'SHA-256'}, false, ['encrypt']);
  const payload = {
    v: VERSION,
    merchant: id,
    origin: submission.origin,
    iat: Math.floor(now.getTime() / 1000),
    jti: submission.id,
    fields: values,
  };
  const jwe = await new CompactEncrypt(utf8(JSON.stringify(payload) + fillerOf(values)))
    .setProtectedHeader({alg: 'RSA-OAEP-256', enc: 'A256GCM', kid})
    .encrypt(key);
  return {[names.sealed ?? 'sealed']: jwe};
};

/** Spaces, which may stand behind any JSON text (RFC 8259 §2). */
function fillerOf(values: object): string {
  const {length} = utf8(JSON.stringify(values));
  return ' '.repeat(STEP - (length % STEP));
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
