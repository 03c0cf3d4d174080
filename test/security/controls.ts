import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {ROOT} from '../files.ts';
import {CONTROLS} from './taken-out/all.ts';
import type {Control} from './taken-out/control.ts';
import {writeControls} from './table.ts';

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
 * fail. `controls.ts [id …]`; a whole run writes docs/security-controls.md as it goes.
 */
function main(only: readonly string[]): void {
  const chosen = CONTROLS.filter(({id}) => only.length === 0 || only.includes(id));
  const copy = mkdtempSync(join(tmpdir(), 'sealed-fields-control-'));
  const seen: {control: Control; isSeen: boolean}[] = [];
  try {
    for (const part of PARTS) cpSync(join(ROOT, part), join(copy, part), {recursive: true});
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    for (const control of chosen) {
      const isSeen = failsWithout(control, copy);
      process.stdout.write(`${isSeen ? 'seen to fail' : 'STAYS GREEN'}: ${control.id} ${control.without}\n`);
      seen.push({control, isSeen});
      if (only.length === 0) writeControls(seen, CONTROLS.length);
    }
  } finally {
    rmSync(copy, {recursive: true});
  }
  if (seen.some(({isSeen}) => !isSeen)) process.exitCode = 1;
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
