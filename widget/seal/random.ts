import {SealedFieldsError} from '../protocol/errors.ts';

/** Least number of bytes to check: a single byte may be zero by chance, sixteen equal bytes are a broken generator. */
const LEAST_BYTES = 16;

/**
 * Random bytes from `crypto.getRandomValues` only.
 *
 * @throws SealedFieldsError `no-secure-random` if `crypto.getRandomValues` is missing, throws, or returns equal bytes only.
 */
export function randomBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(count, LEAST_BYTES));
  try {
    crypto.getRandomValues(bytes);
  } catch (cause) {
    throw new SealedFieldsError('no-secure-random', 'crypto.getRandomValues cannot be used', {cause});
  }
  if (bytes.every((byte) => byte === bytes[0]))
    throw new SealedFieldsError('no-secure-random', 'crypto.getRandomValues repeats one byte');
  return bytes.subarray(0, count);
}
