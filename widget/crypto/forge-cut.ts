import {fileURLToPath} from 'node:url';
import type {Plugin} from 'vite';

/** What stands in for which part of node-forge, as its own files ask for it. */
const REPLACEMENTS = new Map([
  ['./random', fileURLToPath(new URL('forge-random.ts', import.meta.url))],
  ['./prime', fileURLToPath(new URL('forge-prime.ts', import.meta.url))],
]);

/**
 * Cuts node-forge down to what sealing needs, for Vite. Its random generator, which falls back to
 * `Math.random` without a word, and its search for primes never reach the bundle; `forge-random` throws instead.
 */
export function forgeCut(): Plugin {
  return {
    name: 'forge-cut',
    enforce: 'pre',
    resolveId: (source, importer = '') =>
      /[\\/]node-forge[\\/]lib[\\/]/.test(importer) ? REPLACEMENTS.get(source) : undefined,
  };
}
