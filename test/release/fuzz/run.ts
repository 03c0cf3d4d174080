import {randomInt} from 'node:crypto';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import type {Tally} from '../../support/tally.ts';
import {keys} from './keys.ts';
import {messages} from './messages.ts';
import {records} from './records.ts';
import {check, type Count, type Target} from './target.ts';

/** How much the heap may grow, in addition to a tenth of it: compiled code and inline caches. */
const SLACK_BYTES = 2_000_000;

/** Share of the inputs that run before the first measurement of the heap. */
const WARM_UP = 0.05;

const TARGETS: readonly Target[] = [messages, records, keys];

/**
 * `fuzz [target [seed [path]]]`: runs all targets with a random seed, or one with the seed and the path that a failure
 * printed.
 */
export function fuzz([name, seed, path]: readonly string[]): Promise<Tally> {
  const chosen = TARGETS.filter((target) => name === undefined || target.name === name);
  check(chosen.length > 0, `The targets are ${TARGETS.map((target) => target.name).join(', ')}.`);
  const number = seed === undefined ? randomInt(2 ** 31) : Number(seed);
  process.stdout.write(`seed ${number}\n`);
  const tally = {passed: 0, failed: 0};
  for (const target of chosen) {
    try {
      if (path === undefined) runWhole(target, number);
      else target.run({seed: number, runs: target.runs, path});
      tally.passed += 1;
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      tally.failed += 1;
    }
  }
  return Promise.resolve(tally);
}

/** Runs all inputs of a target and checks that the heap does not grow. */
function runWhole(target: Target, seed: number): void {
  target.run({seed: seed + 1, runs: Math.ceil(target.runs * WARM_UP)});
  const before = heapUsedNow();
  const start = performance.now();
  const counts = [...target.run({seed, runs: target.runs}).values()];
  const seconds = (performance.now() - start) / 1000;
  const after = heapUsedNow();
  const sum = (of: keyof Count) => counts.reduce((total, count) => total + count[of], 0);
  const line = [
    target.name.padEnd(11),
    `${sum('accepted').toLocaleString('en')} accepted`.padStart(16),
    `${sum('rejected').toLocaleString('en')} rejected`.padStart(18),
    `${seconds.toFixed(1)} s`.padStart(9),
    `heap ${megabytes(before)} to ${megabytes(after)} MB`,
  ];
  process.stdout.write(`${line.join('  ')}\n`);
  check(after < before * 1.1 + SLACK_BYTES, `${target.name}: the heap grew from ${before} to ${after} bytes`);
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

/** Bytes in use after garbage collection. */
function heapUsedNow(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let times = 0; times < 3; times += 1) collect();
  return process.memoryUsage().heapUsed;
}
