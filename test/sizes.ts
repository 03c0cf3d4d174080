import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {brotliCompressSync} from 'node:zlib';
import {readBundle} from '../widget/publish/bundle.ts';
import {pin} from '../widget/publish/pin.ts';
import {ROOT} from './support/root.ts';
import type {Tally} from './support/tally.ts';

/** How much a part may grow or shrink before its line in `test/sizes.json` must be changed, with a reason. */
const TOLERANCE = 1.02;

/** What a shopper's browser loads, in loading order. */
const PARTS: Record<string, [folder: string, file: RegExp]> = {
  loader: ['dist/loader', /^sealed-fields\.js$/],
  frame: ['dist/widget/assets', /^index-.*\.js$/],
  seal: ['dist/widget/assets', /^seal-.*\.js$/],
  paytrace: ['dist/widget/assets', /^paytrace-.*\.js$/],
  jwe: ['dist/widget/assets', /^jwe-.*\.js$/],
  icons: ['dist/widget/assets', /^icons-.*\.js$/],
};

interface Budget {
  /** Bytes, brotli at its default quality of 11. */
  brotli: number;
  why: string;
}

/** The exact sizes of the build, in bytes of brotli. @throws Error if a part is not exactly one file. */
export async function measureSizes(): Promise<Record<string, number>> {
  const parts = Object.entries(PARTS).map(([part, [folder, pattern]]) => {
    const files = readdirSync(join(ROOT, folder)).filter((file) => pattern.test(file));
    const [file] = files;
    if (file === undefined || files.length > 1)
      throw new Error(`${part}: ${files.length} files in ${folder}`);
    return [part, readFileSync(join(ROOT, folder, file))] as const;
  });
  const {template, assets} = await readBundle(join(ROOT, 'dist'));
  const contents = [...parts, ['document', Buffer.from(pin(template, assets).template)] as const];
  return Object.fromEntries(contents.map(([part, content]) => [part, brotliCompressSync(content).length]));
}

/** One test for each part: it is within its budget. */
export async function checkSizes(): Promise<Tally> {
  const budgets = JSON.parse(readFileSync(join(ROOT, 'test/sizes.json'), 'utf8')) as Record<string, Budget>;
  const tally = {passed: 0, failed: 0};
  for (const [part, size] of Object.entries(await measureSizes())) {
    const budget = budgets[part]?.brotli ?? 0;
    const isWithin = size <= budget * TOLERANCE && size >= budget / TOLERANCE;
    tally[isWithin ? 'passed' : 'failed'] += 1;
    process.stdout.write(`${isWithin ? '✔' : '✖'} ${part}: ${size} bytes of brotli, budget ${budget}\n`);
  }
  return tally;
}
