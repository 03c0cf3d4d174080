import {appendFileSync} from 'node:fs';
import {inspect} from 'node:util';

/** The name of the test that ends every process; it is not reported. */
export const LAST_TEST = 'the end of the process';

/** The outcome of one test; suites are not reported. */
export interface TestResult {
  /** Names of the suites around the test, outermost first. */
  suites: string[];
  name: string;
  isPassed: boolean;
  /** In ms. */
  duration: number;
}

/** The part of an event of `node:test` that is read here. */
interface TestEvent {
  type: string;
  data: {
    name: string;
    nesting: number;
    skip?: string | boolean;
    details?: {duration_ms?: number; type?: string; error?: Error & {cause?: unknown; failureType?: string}};
    message?: string;
  };
}

/**
 * A reporter for `node --test-reporter`: prints a line for each outermost suite and each failure in full, and appends
 * every {@link TestResult} as a line of JSON to the file that `TEST_RESULTS` names.
 */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const path = process.env['TEST_RESULTS'];
  const names: string[] = [];
  let count = {passed: 0, failed: 0};
  for await (const {type, data} of events) {
    if (type === 'test:start') {
      names.length = data.nesting;
      names.push(data.name);
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const {name, nesting, skip, details} = data;
    if (name === LAST_TEST) continue;
    const suites = names.slice(0, nesting);
    const isPassed = type === 'test:pass';
    const isSuite = details?.type === 'suite';
    const duration = Math.round(details?.duration_ms ?? 0);
    const isSkipped = skip !== undefined && skip !== false;
    // A suite fails because of its tests, which are reported separately, or on its own, in a hook.
    const isOwnFailure = !isPassed && details?.error?.failureType !== 'subtestsFailed';
    if ((!isSuite && !isSkipped) || (isSuite && isOwnFailure)) {
      count[isPassed ? 'passed' : 'failed'] += 1;
      const result: TestResult = {suites, name, isPassed, duration};
      if (path !== undefined) appendFileSync(path, `${JSON.stringify(result)}\n`);
    }
    if (isOwnFailure) yield `✖ ${[...suites, name].join(' › ')}\n${errorText(details?.error)}\n`;
    if (nesting > 0) continue;
    yield `${count.failed === 0 && isPassed ? '✔' : '✖'} ${name}: ${count.passed} passed${count.failed > 0 ? `, ${count.failed} failed` : ''} (${duration} ms)\n`;
    count = {passed: 0, failed: 0};
  }
}

function errorText(error: (Error & {cause?: unknown}) | undefined): string {
  const cause = error?.cause ?? error;
  return inspect(cause, {depth: 6}).replaceAll(/^/gm, '    ');
}
