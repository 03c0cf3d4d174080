import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {ROOT} from '../files.ts';
import {CONTROLS} from './taken-out/all.ts';
import type {Control} from './taken-out/control.ts';
import {readControls, type TakenOut, writeControls} from './table.ts';

/** What a copy of the product needs. */
const PARTS = [
  'widget',
  'host-sdk',
  'demo',
  'test',
  'docs',
  'vite.config.ts',
  'package.json',
  'tsconfig.json',
];

/**
 * Takes each defence out of a copy of the product, builds it, and runs the tests of its case in Chromium: they must
 * fail. `controls.ts [id …]` takes out those of some cases; `controls.ts new` those that docs/security-controls.md does
 * not have as they are now. It is written on the way.
 */
function main(only: readonly string[]): void {
  const known = new Set(only.length === 0 ? [] : readControls(CONTROLS));
  const isChosen = (control: Control) =>
    only.length === 0 || only.includes(control.id) || (only.includes('new') && !known.has(control));
  const chosen = CONTROLS.filter(isChosen);
  const copy = mkdtempSync(join(tmpdir(), 'sealed-fields-control-'));
  const seen = new Map([...known].map((control) => [control, true]));
  try {
    for (const part of PARTS) cpSync(join(ROOT, part), join(copy, part), {recursive: true});
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    for (const control of chosen) {
      const isSeen = failsWithout(control, copy);
      process.stdout.write(`${isSeen ? 'seen to fail' : 'STAYS GREEN'}: ${control.id} ${control.without}\n`);
      seen.set(control, isSeen);
      writeControls(CONTROLS.flatMap(resultIn(seen)), CONTROLS.length);
    }
  } finally {
    rmSync(copy, {recursive: true});
  }
  if ([...seen.values()].includes(false)) process.exitCode = 1;
}

/** What came of a defence that was taken out; nothing of another. */
function resultIn(seen: ReadonlyMap<Control, boolean>): (control: Control) => TakenOut[] {
  return (control) => {
    const isSeen = seen.get(control);
    return isSeen === undefined ? [] : [{control, isSeen}];
  };
}

function failsWithout({id, changes}: Control, copy: string): boolean {
  const before = changes.map(({file}) => [join(copy, file), readFileSync(join(copy, file), 'utf8')] as const);
  try {
    for (const {file, from, to} of changes) {
      const path = join(copy, file);
      const parts = readFileSync(path, 'utf8').split(from);
      if (parts.length !== 2) throw new Error(`${file} does not hold once: ${from}`);
      writeFileSync(path, parts.join(to));
    }
    execFileSync('npx', ['vite', 'build', '--app', '--logLevel', 'error'], {cwd: copy, stdio: 'ignore'});
    const {stdout} = spawnSync('npx', ['tsx', 'test/run.ts', 'security', id], {
      cwd: copy,
      env: {...process.env, ENGINES: 'chromium'},
      encoding: 'utf8',
    });
    const [, failed = '0'] = /\n\d+ passed, (\d+) failed\n?$/.exec(stdout) ?? [];
    if (failed === '0') process.stdout.write(stdout);
    return Number(failed) > 0;
  } finally {
    for (const [path, text] of before) writeFileSync(path, text);
  }
}

main(process.argv.slice(2));
