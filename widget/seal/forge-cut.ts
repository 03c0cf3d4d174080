import {fileURLToPath} from 'node:url';
import type {Plugin} from 'vite';

/** What stands in for which part of node-forge, as its own files ask for it. */
const REPLACEMENTS = new Map([
  ['./random', fileURLToPath(new URL('forge-random.ts', import.meta.url))],
  ['./prime', fileURLToPath(new URL('forge-prime.ts', import.meta.url))],
]);

/** Where node-forge keeps the parts that {@link CUTS} name. */
const UTILITIES = /[\\/]node-forge[\\/]lib[\\/]util\.js$/;

/**
 * Passages of its utilities that sealing has no use for: one listens to the window's messages and posts there to any
 * origin, the other starts workers. Each goes from its first words to what comes next, or to the end of the file.
 */
const CUTS: readonly [from: string, to: string][] = [
  ['// define setImmediate and nextTick\n', '// check if running under Node.js\n'],
  ['util.estimateCores = function(', ''],
];

/**
 * Cuts node-forge down to what sealing needs, for Vite. Its random generator, which falls back to
 * `Math.random` without a word, and its search for primes never reach the bundle; `forge-random` throws instead.
 * Nor does anything that speaks to a window or a worker.
 */
export function forgeCut(): Plugin {
  return {
    name: 'forge-cut',
    enforce: 'pre',
    resolveId: (source, importer = '') =>
      /[\\/]node-forge[\\/]lib[\\/]/.test(importer) ? REPLACEMENTS.get(source) : undefined,
    transform: (code, id) => (UTILITIES.test(id) ? CUTS.reduce(cut, code) : undefined),
  };
}

/** @throws Error unless the passage is there, once: another version of node-forge must be read anew. */
function cut(code: string, [from, to]: readonly [string, string]): string {
  const [before, rest, ...more] = code.split(from);
  if (before === undefined || rest === undefined || more.length > 0 || !rest.includes(to))
    throw new Error(`node-forge does not hold once: ${from}`);
  return before + (to === '' ? '' : rest.slice(rest.indexOf(to)));
}
