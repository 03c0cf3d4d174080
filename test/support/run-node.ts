import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {TestResult} from './reporter.ts';
import {ROOT} from './root.ts';
import type {Tally} from './tally.ts';

export interface NodeRun {
  /** Processes to run the files in. Files of one process run one after the other and share its servers and browser. */
  workers?: number;
  /** Runs only the tests whose name matches. */
  names?: RegExp;
  /** How long one process may take, in ms. */
  timeout?: number;
  /** Runs the files again whenever one of them, or a module that they import, changes. Never ends by itself. */
  watch?: boolean;
  onTest?: (result: TestResult) => void;
}

/** Imported by every process: registers the tests of the files that its arguments name. */
const ENTRY = fileURLToPath(new URL('test-process.ts', import.meta.url));
const REPORTER = new URL('reporter.ts', import.meta.url).href;

/**
 * Runs `node:test` files and counts their tests; skipped tests are not counted.
 *
 * A process that ends without a result, exceeds its time or fails outside a test counts as one failure.
 */
export async function runNodeTests(files: readonly string[], run: NodeRun = {}): Promise<Tally> {
  const shares = divide(files, run.workers ?? 1);
  const tallies = await Promise.all(shares.map((share) => runProcess(share, run)));
  return tallies.reduce(
    (sum, {passed, failed}) => ({passed: sum.passed + passed, failed: sum.failed + failed}),
    {passed: 0, failed: 0},
  );
}

/** Divides the files so that each share has about as many bytes: the largest file first, each to the smallest share. */
function divide(files: readonly string[], count: number): string[][] {
  const shares = Array.from({length: Math.min(count, files.length)}, () => ({
    size: 0,
    files: [] as string[],
  }));
  const sized = files.map((file) => ({file, size: statSync(join(ROOT, file)).size}));
  for (const {file, size} of sized.sort((one, other) => other.size - one.size)) {
    const share = shares.reduce((least, each) => (each.size < least.size ? each : least));
    share.size += size;
    share.files.push(file);
  }
  return shares.map((share) => share.files);
}

async function runProcess(
  files: readonly string[],
  {names, timeout = 600_000, watch = false, onTest}: NodeRun,
): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'sealed-fields-results-'));
  const results = join(folder, 'results.jsonl');
  const options = [
    '--import=tsx',
    '--stack-trace-limit=40', // a failure within a driver must still name the line of the test
    ...(watch ? ['--watch', '--watch-preserve-output'] : []),
    `--test-reporter=${REPORTER}`,
    '--test-reporter-destination=stdout',
    ...(names === undefined ? [] : [`--test-name-pattern=${String(names)}`]),
  ];
  const child = spawn(process.execPath, [...options, ENTRY, ...files], {
    cwd: ROOT,
    stdio: 'inherit',
    env: {...process.env, TEST_RESULTS: results},
  });
  const state = {isOverdue: false};
  const deadline = watch
    ? undefined
    : setTimeout(() => {
        state.isOverdue = true;
        child.kill('SIGKILL');
      }, timeout);
  const code = await new Promise<number | null>((resolve) => {
    child.on('exit', resolve);
  });
  clearTimeout(deadline);
  const tally = {passed: 0, failed: 0};
  for (const result of read(results)) {
    tally[result.isPassed ? 'passed' : 'failed'] += 1;
    onTest?.(result);
  }
  rmSync(folder, {recursive: true});
  if (code !== 0 && tally.failed === 0) {
    const what = state.isOverdue ? `took longer than ${timeout / 1000} s` : `ended with ${String(code)}`;
    process.stderr.write(`A test process ${what}. Its files: ${files.join(', ')}\n`);
    tally.failed += 1;
  }
  return tally;
}

function read(path: string): TestResult[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as TestResult);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
