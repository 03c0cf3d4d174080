import {join} from 'node:path';
import {run} from 'node:test';
import {spec} from 'node:test/reporters';
import {ROOT} from './files.ts';
import type {Tally} from './tally.ts';

/** The part of a test's event that is looked at. */
interface Result {
  name: string;
  details: {type?: string};
  skip?: unknown;
}

export interface NodeTestOptions {
  /** Runs the tests of this name alone. */
  names?: RegExp;
  /** Milliseconds that one file may take. */
  timeout?: number;
  onTest?: (name: string, isPassed: boolean) => void;
}

/** Runs files of `node:test`, two at a time, and counts their tests. */
export async function runNodeTests(
  files: readonly string[],
  only: readonly string[],
  {names, timeout = 300_000, onTest = () => undefined}: NodeTestOptions = {},
): Promise<Tally> {
  const chosen = files.filter((path) => only.length === 0 || only.some((part) => path.includes(part)));
  if (chosen.length === 0) return {passed: 0, failed: 0};
  const tally = {passed: 0, failed: 0};
  const stream = run({
    files: chosen.map((path) => join(ROOT, path)),
    concurrency: 2,
    timeout,
    ...(names && {testNamePatterns: [names]}),
  });
  stream.on('test:pass', ({name, details, skip}: Result) => {
    if (details.type === 'suite' || skip !== undefined) return;
    tally.passed += 1;
    onTest(name, true);
  });
  stream.on('test:fail', ({name, details}: Result) => {
    if (details.type === 'suite') return;
    tally.failed += 1;
    onTest(name, false);
  });
  await new Promise((resolve) => {
    const report = new spec();
    stream.pipe(report).on('end', resolve).pipe(process.stdout);
  });
  return tally;
}
