import {SealedFieldsError} from '../protocol/errors.ts';

/** Shorter draws are made this long before they are judged: one byte may well be zero, sixteen never are. */
const SHORTEST_DRAW = 16;

/**
 * Random bytes of the browser's, and of nothing else.
 *
 * @throws SealedFieldsError `no-secure-random` if `crypto.getRandomValues` is missing, throws, or is dead,
 * which is to say that it repeats one byte.
 */
export function randomBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(count, SHORTEST_DRAW));
  try {
    crypto.getRandomValues(bytes);
  } catch (cause) {
    throw new SealedFieldsError('no-secure-random', 'crypto.getRandomValues cannot be used', {cause});
  }
  if (bytes.every((byte) => byte === bytes[0]))
    throw new SealedFieldsError('no-secure-random', 'crypto.getRandomValues repeats one byte');
  return bytes.subarray(0, count);
}
