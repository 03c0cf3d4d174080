import forge from 'node-forge/lib/forge.js';
import {SealedFieldsError} from '../protocol/errors.ts';

/** Shorter draws are made this long before they are judged: one byte may well be zero, sixteen never are. */
const SHORTEST_DRAW = 16;

/**
 * Random bytes of the browser's, and of nothing else, as node-forge's binary string.
 *
 * @throws SealedFieldsError `no-secure-random` if `crypto.getRandomValues` is missing, throws, or is dead,
 * which is to say that it repeats one byte: node-forge would draw zeros for its padding without end.
 */
function getBytesSync(count: number): string {
  const bytes = new Uint8Array(Math.max(count, SHORTEST_DRAW));
  try {
    crypto.getRandomValues(bytes);
  } catch (cause) {
    throw new SealedFieldsError('no-secure-random', 'crypto.getRandomValues cannot be used', {cause});
  }
  if (bytes.every((byte) => byte === bytes[0]))
    throw new SealedFieldsError('no-secure-random', 'crypto.getRandomValues repeats one byte');
  return String.fromCharCode(...bytes.subarray(0, count));
}

/**
 * Takes the place of node-forge's own generator, which seeds itself from `Math.random` where it finds nothing
 * better: `forge-cut` puts this file where `lib/random` was, and whoever encrypts imports it, cut or not.
 */
Object.assign(forge, {random: {getBytes: getBytesSync, getBytesSync}});
