import {describeEngines, type Engine, foundEngines, requireChromium} from './support/find-browsers.ts';
import {testFilesIn} from './support/root.ts';
import {runBrowserTests} from './support/run-browser.ts';
import {runNodeTests, type NodeRun} from './support/run-node.ts';
import type {Tally} from './support/tally.ts';
import {fuzz} from './release/fuzz/run.ts';
import {runSecurityTests} from './release/security/run.ts';
import {checkSizes} from './sizes.ts';

/** Runs one level. @param only parts of file paths, or arguments of the level itself; empty for everything. */
type Level = (only: readonly string[], isWatching: boolean) => Promise<Tally>;

/** A level whose files run in Node; end-to-end files drive browsers from there. */
function inNode(folder: string, run: NodeRun = {}): Level {
  return (only, watch) => {
    const isChosen = (path: string) => only.length === 0 || only.some((part) => path.includes(part));
    return runNodeTests(testFilesIn(folder).filter(isChosen), {...run, watch});
  };
}

const MINUTE_MS = 60_000;

/** See CONTRIBUTING.md, "Tests", for what belongs where. */
const LEVELS: Record<string, Level> = {
  sizes: checkSizes,
  unit: inNode('test/unit'),
  servers: inNode('test/servers'),
  browser: runBrowserTests,
  e2e: inNode('test/e2e', {workers: 2}),
  security: runSecurityTests,
  detail: inNode('test/release/detail', {workers: 2, timeout: 20 * MINUTE_MS}),
  mutants: inNode('test/release/mutants', {timeout: 20 * MINUTE_MS}),
  faults: inNode('test/release/faults', {workers: 2, timeout: 20 * MINUTE_MS}),
  languages: inNode('test/release/languages'),
  fuzz,
  soak: inNode('test/release/soak', {timeout: 30 * MINUTE_MS}),
};

const NEED_NO_BROWSER = ['sizes', 'unit', 'servers', 'languages', 'fuzz'];

/** What one command runs: levels, each in these engines; without engines, in every one that is installed. */
const GROUPS: Record<string, [level: string, engines?: readonly Engine[]][]> = {
  /** `npm test`: every change. */
  test: [['sizes'], ['unit'], ['servers'], ['browser', ['chromium']], ['e2e', ['chromium']]],
  /** What `.ci/run` adds. */
  ci: [
    ['e2e', ['firefox', 'webkit']],
    ['security', ['chromium']],
  ],
  /** Before a release. */
  release: [
    ['browser', ['firefox', 'webkit']],
    ['security'],
    ['detail'],
    ['mutants', ['chromium']],
    ['faults'],
    ['languages'],
    ['fuzz'],
    ['soak'],
  ],
};

/**
 * `run.ts <group | level,…> [part of a file's path …] [--watch]`: runs the levels one after the other and ends with one
 * line, `N passed, N failed`, summed over them. A level that cannot run counts as one failure. `ENGINES`, such as
 * `ENGINES=firefox,webkit`, overrides the engines of a group.
 */
async function main(args: readonly string[]): Promise<void> {
  const isWatching = args.includes('--watch');
  const [what = '', ...only] = args.filter((arg) => arg !== '--watch');
  const levels = GROUPS[what] ?? what.split(',').map((level): [string] => [level]);
  if (levels.some(([level]) => !NEED_NO_BROWSER.includes(level))) {
    requireChromium();
    process.stdout.write(`${describeEngines()}\n`);
  }
  const chosen = process.env['ENGINES'];
  const total = {passed: 0, failed: 0};
  for (const [level, engines] of levels) {
    if (chosen === undefined && engines !== undefined) process.env['ENGINES'] = engines.join(',');
    const {passed, failed} = await runLevel(level, only, isWatching);
    if (chosen === undefined) delete process.env['ENGINES'];
    total.passed += passed;
    total.failed += failed;
  }
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
}

async function runLevel(name: string, only: readonly string[], isWatching: boolean): Promise<Tally> {
  const level = LEVELS[name];
  if (level === undefined)
    throw new Error(`No level is called ${name}. The levels are ${Object.keys(LEVELS).join(', ')}.`);
  const start = performance.now();
  try {
    const where = NEED_NO_BROWSER.includes(name) ? '' : ` in ${foundEngines().join(', ')}`;
    process.stdout.write(`\n── ${name}${where}\n`);
    const tally = await level(only, isWatching);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(`${name}: ${tally.passed} passed, ${tally.failed} failed in ${seconds} s\n`);
    return tally;
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    return {passed: 0, failed: 1};
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
