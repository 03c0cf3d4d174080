import forge from 'node-forge/lib/forge.js';
import {randomBytes} from './random.ts';

/** As node-forge's binary string. A generator that gives zeros must throw: forge would draw them for its padding without end. */
function getBytesSync(count: number): string {
  return String.fromCharCode(...randomBytes(count));
}

/**
 * Takes the place of node-forge's own generator, which seeds itself from `Math.random` where it finds nothing
 * better: `forge-cut` puts this file where `lib/random` was, and whoever encrypts imports it, cut or not.
 */
Object.assign(forge, {random: {getBytes: getBytesSync, getBytesSync}});
