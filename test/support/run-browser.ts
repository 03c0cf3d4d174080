import {defaultReporter, startTestRunner, type TestSuiteResult} from '@web/test-runner';
import {foundEngines} from './find-browsers.ts';
import {testFilesIn} from './root.ts';
import type {Tally} from './tally.ts';

/**
 * Runs test/browser with web-test-runner.config.js, in all engines that are installed unless `ENGINES` limits them.
 * A file that does not load counts as a failure.
 */
export async function runBrowserTests(only: readonly string[], isWatching: boolean): Promise<Tally> {
  const files = testFilesIn('test/browser').filter(
    (path) => only.length === 0 || only.some((part) => path.includes(part)),
  );
  if (files.length === 0) return {passed: 0, failed: 0};
  process.env['ENGINES'] ??= foundEngines().join(',');
  const runner = await startTestRunner({
    argv: ['--files', ...files, ...(isWatching ? ['--watch'] : [])],
    autoExitProcess: false,
    config: isWatching
      ? {}
      : {reporters: [defaultReporter({reportTestResults: true, reportTestProgress: false})]},
  });
  if (runner === undefined) throw new Error('The test runner did not start.');
  await new Promise((resolve) => {
    runner.on(isWatching ? 'stopped' : 'finished', resolve);
  });
  const tally = {passed: 0, failed: 0};
  for (const session of runner.sessions.all()) {
    count(session.testResults, tally);
    tally.failed += session.errors.length;
  }
  await runner.stop();
  return tally;
}

function count(suite: TestSuiteResult | undefined, tally: Tally): void {
  for (const {passed, skipped} of suite?.tests ?? []) {
    if (!skipped) tally[passed ? 'passed' : 'failed'] += 1;
  }
  for (const each of suite?.suites ?? []) count(each, tally);
}
