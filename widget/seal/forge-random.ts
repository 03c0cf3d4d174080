import forge from 'node-forge/lib/forge.js';
import {randomBytes} from './random.ts';

/** Random bytes as a binary string. Throws if the generator is broken: node-forge would loop forever on zeros. */
function getBytesSync(count: number): string {
  return String.fromCharCode(...randomBytes(count));
}

/**
 * Replaces node-forge's own generator, which falls back to `Math.random`. `forge-cut` puts this file in the place of
 * `lib/random`, and `paytrace.ts` imports it, so that it is also used in a build without `forge-cut`.
 */
Object.assign(forge, {random: {getBytes: getBytesSync, getBytesSync}});
