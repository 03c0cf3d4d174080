import {join} from 'node:path';
import {run} from 'node:test';
import {spec} from 'node:test/reporters';
import {ROOT} from './files.ts';
import type {Tally} from './tally.ts';

/** Runs files of `node:test`, two at a time, and counts their tests. */
export async function runNodeTests(files: readonly string[], only: readonly string[]): Promise<Tally> {
  const chosen = files.filter((path) => only.length === 0 || only.some((part) => path.includes(part)));
  if (chosen.length === 0) return {passed: 0, failed: 0};
  const tally = {passed: 0, failed: 0};
  const stream = run({files: chosen.map((path) => join(ROOT, path)), concurrency: 2, timeout: 300_000});
  stream.on('test:pass', ({details, skip}: {details: {type?: string}; skip?: unknown}) => {
    if (details.type !== 'suite' && skip === undefined) tally.passed += 1;
  });
  stream.on('test:fail', ({details}: {details: {type?: string}}) => {
    if (details.type !== 'suite') tally.failed += 1;
  });
  await new Promise((resolve) => {
    const report = new spec();
    stream.pipe(report).on('end', resolve).pipe(process.stdout);
  });
  return tally;
}
