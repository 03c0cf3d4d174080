import {fileURLToPath} from 'node:url';
import type {Plugin} from 'vite';

/** The replaced modules of node-forge, by the paths in its own imports. */
const REPLACEMENTS = new Map([
  ['./random', fileURLToPath(new URL('forge-random.ts', import.meta.url))],
  ['./prime', fileURLToPath(new URL('forge-prime.ts', import.meta.url))],
]);

/** The file of node-forge that {@link CUTS} apply to. */
const UTILITIES = /[\\/]node-forge[\\/]lib[\\/]util\.js$/;

/**
 * Passages of that file which sealing does not need: one listens to the window's messages and posts messages to any
 * origin, the other starts workers. Each is cut from its first words to the first words after it, or to the end of the
 * file.
 */
const CUTS: readonly [from: string, to: string][] = [
  ['// define setImmediate and nextTick\n', '// check if running under Node.js\n'],
  ['util.estimateCores = function(', ''],
];

/**
 * A Vite plugin that reduces node-forge to what sealing needs. The bundle does not contain its random generator, which
 * silently falls back to `Math.random` (`forge-random` throws instead), its search for primes, or any code that posts
 * messages to windows or workers.
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

/** @throws Error unless the passage occurs exactly once: review the cuts for this version of node-forge. */
function cut(code: string, [from, to]: readonly [string, string]): string {
  const [before, rest, ...more] = code.split(from);
  if (before === undefined || rest === undefined || more.length > 0 || !rest.includes(to))
    throw new Error(`expected one passage in node-forge that starts with: ${from}`);
  return before + (to === '' ? '' : rest.slice(rest.indexOf(to)));
}
