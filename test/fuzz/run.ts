import {randomInt} from 'node:crypto';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import type {Tally} from '../tally.ts';
import {keys} from './keys.ts';
import {keystrokes} from './keystrokes.ts';
import {messages} from './messages.ts';
import {openings} from './openings.ts';
import {options} from './options.ts';
import {records} from './records.ts';
import {readByOpenSsl, sealing} from './second-opinions.ts';
import {insist, type Target} from './target.ts';

/** What may be held more at the end than at the start beside a tenth of it: what the engine learnt meanwhile. */
const SLACK = 2_000_000;

/** Of all runs, those that come before the heap is measured first. */
const WARM_UP = 0.05;

const targets = () => [messages, openings, records, options, keys(readByOpenSsl), keystrokes(sealing())];

/**
 * `fuzz [target [seed [path]]]`: all targets with a seed of chance, or one with the seed that a failure named, from
 * the input on that its path names.
 */
export async function fuzz([name, seed, path]: readonly string[]): Promise<Tally> {
  const chosen = targets().filter((target) => name === undefined || target.name === name);
  insist(
    chosen.length > 0,
    `There are the targets ${targets()
      .map((target) => target.name)
      .join(', ')}.`,
  );
  const number = seed === undefined ? randomInt(2 ** 31) : Number(seed);
  process.stdout.write(`seed ${number}\n`);
  const tally = {passed: 0, failed: 0};
  for (const target of chosen) {
    try {
      await (path === undefined
        ? runWhole(target, number)
        : target.run({seed: number, runs: target.runs, path}));
      tally.passed += 1;
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      tally.failed += 1;
    }
  }
  return tally;
}

/** The heap is measured between two runs: by then whatever an input left behind is garbage, or a leak. */
async function runWhole(target: Target, seed: number): Promise<void> {
  await target.run({seed: seed + 1, runs: Math.ceil(target.runs * WARM_UP)});
  const before = heldNow();
  const start = performance.now();
  const counts = [...(await target.run({seed, runs: target.runs})).values()];
  const seconds = (performance.now() - start) / 1000;
  const after = heldNow();
  const sum = (of: 'taken' | 'refused') => counts.reduce((total, count) => total + count[of], 0);
  const line = [
    target.name.padEnd(11),
    `${sum('taken').toLocaleString('en')} taken`.padStart(16),
    `${sum('refused').toLocaleString('en')} refused`.padStart(18),
    `${seconds.toFixed(1)} s`.padStart(9),
    `heap ${megabytes(before)} to ${megabytes(after)} MB`,
  ];
  process.stdout.write(`${line.join('  ')}\n`);
  insist(after < before * 1.1 + SLACK, `${target.name}: the heap grew from ${before} to ${after} bytes`);
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

/** Bytes that are still held once everything that can be collected is. */
function heldNow(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let times = 0; times < 3; times += 1) collect();
  return process.memoryUsage().heapUsed;
}
