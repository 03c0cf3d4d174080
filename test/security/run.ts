import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Engine, findBrowser, findWebKit, foundEngines} from '../browsers.ts';
import {ROOT, securityTests} from '../files.ts';
import {runNodeTests} from '../node.ts';
import type {Tally} from '../tally.ts';
import {rowsOf, writeTable} from './table.ts';

/**
 * Runs every case in every engine, or those that are asked for. A whole run writes the table; a row that fails for
 * want of a test counts too.
 *
 * @param only ids of cases.
 */
export async function runSecurityTests(only: readonly string[]): Promise<Tally> {
  process.env['SECURITY'] = 'yes'; // for the processes of the tests
  const outcomes = new Map<string, boolean>();
  const files = securityTests().filter((path) => speaksOf(path, only));
  const tally = await runNodeTests(files, [], {
    ...(only.length > 0 && {names: RegExp(`^(${only.join('|')}) `)}),
    onTest: (name, isPassed) => outcomes.set(name, isPassed),
  });
  if (only.length > 0) return tally;
  const engines = foundEngines();
  const rows = rowsOf(outcomes, engines);
  writeTable(rows, engines.map(versionOf), new Date().toISOString().slice(0, 10));
  const untested = rows.filter(({result, reason}) => result === 'fail' && reason === 'No test ran.');
  for (const {id, engine} of untested) process.stdout.write(`${id} has no test in ${engine}.\n`);
  return {...tally, failed: tally.failed + untested.length};
}

/** Whether one of these cases has a test in a file. */
function speaksOf(path: string, only: readonly string[]): boolean {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return only.length === 0 || only.some((id) => text.includes(`'${id}'`));
}

/** As the browser names itself, such as `Chromium 156.0.8078.79`. */
function versionOf(engine: Engine): string {
  const path = engine === 'webkit' ? findWebKit()?.browser : findBrowser(engine);
  if (path === undefined) return engine;
  const text = execFileSync(path, ['--version'], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']});
  return /[A-Za-z][\w ]*? [\d.]+\w*/.exec(text)?.[0] ?? engine;
}
