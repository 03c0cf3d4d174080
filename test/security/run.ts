import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Engine, foundEngines} from '../browsers.ts';
import {openBrowser} from '../e2e/shopper.ts';
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
  const versions: string[] = [];
  for (const engine of engines) versions.push(await versionOf(engine));
  writeTable(rows, versions, new Date().toISOString().slice(0, 10));
  const untested = rows.filter(({result, reason}) => result === 'fail' && reason === 'No test ran.');
  for (const {id, engine} of untested) process.stdout.write(`${id} has no test in ${engine}.\n`);
  return {...tally, failed: tally.failed + untested.length};
}

/** Whether one of these cases has a test in a file. */
function speaksOf(path: string, only: readonly string[]): boolean {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return only.length === 0 || only.some((id) => text.includes(`'${id}'`));
}

/** As the browser names itself, such as `Chrome/156.0.8078.79`. */
async function versionOf(engine: Engine): Promise<string> {
  const browser = await openBrowser(engine);
  return browser.version().finally(() => browser.close());
}
