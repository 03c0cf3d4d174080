import {describeEngines, requireChromium} from './browsers.ts';
import {endToEndTests, faultTests, languageTests, nodeTests, releaseTests, soakTests} from './files.ts';
import {fuzz} from './fuzz/run.ts';
import {runSecurityTests} from './security/run.ts';
import {runNodeTests} from './node.ts';
import {checkSizes} from './sizes.ts';
import type {Tally} from './tally.ts';
import {runUnitTests} from './unit.ts';

type Suite = (only: readonly string[]) => Promise<Tally>;

const SUITES: Record<string, Suite> = {
  sizes: checkSizes,
  unit: runUnitTests,
  node: (only) => runNodeTests(nodeTests(), only),
  e2e: (only) => runNodeTests(endToEndTests(), only),
  release(only) {
    process.env['RELEASE'] = 'yes'; // for the processes of the tests
    return runNodeTests(releaseTests(), only);
  },
  faults: (only) => runNodeTests(faultTests(), only),
  languages: (only) => runNodeTests(languageTests(), only),
  fuzz,
  soak: (only) => runNodeTests(soakTests(), only, {timeout: 1_200_000}),
  security: runSecurityTests,
};

/** Take longer than a change can wait for. */
const BEFORE_A_RELEASE = ['release', 'languages', 'faults', 'fuzz', 'soak', 'security'];

const NEED_A_BROWSER = ['unit', 'e2e', 'release', 'faults', 'soak', 'security'];

/**
 * `run.ts [suite,…|all] [part of a file's path …]`: runs the suites and closes with one line,
 * `N passed, N failed`, summed over them. A suite that cannot run counts as one failure.
 */
async function main([suites = 'all', ...only]: readonly string[]): Promise<void> {
  const total = {passed: 0, failed: 0};
  const all = Object.keys(SUITES).filter((name) => !BEFORE_A_RELEASE.includes(name));
  const names = suites === 'all' ? all : suites.split(',');
  if (names.some((name) => NEED_A_BROWSER.includes(name))) {
    requireChromium();
    process.stdout.write(`${describeEngines()}\n`);
  }
  for (const name of names) {
    const {passed, failed} = await runSuite(name, only);
    total.passed += passed;
    total.failed += failed;
  }
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
}

async function runSuite(name: string, only: readonly string[]): Promise<Tally> {
  const suite = SUITES[name];
  if (suite === undefined)
    throw new Error(`No suite is called ${name}: there are ${Object.keys(SUITES).join(', ')}.`);
  try {
    const tally = await suite(only);
    process.stdout.write(`\n${name}: ${tally.passed} passed, ${tally.failed} failed\n`);
    return tally;
  } catch (error) {
    process.stderr.write(`\n${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    return {passed: 0, failed: 1};
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
