import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Engine, foundEngines} from '../browsers.ts';
import {openBrowser} from '../e2e/shopper.ts';
import {ROOT, securityTests} from '../files.ts';
import {runNodeTests} from '../node.ts';
import type {Tally} from '../tally.ts';
import {readTable, type Row, rowsOf, UNTESTED, writeTable} from './table.ts';

/**
 * Runs every case in every engine, or those that are asked for, and writes their rows into the table; a case without a
 * test counts as failed. Where `ENGINES` leaves engines out, nothing is written.
 *
 * @param only ids of cases.
 */
export async function runSecurityTests(only: readonly string[]): Promise<Tally> {
  const outcomes = new Map<string, boolean>();
  const files = securityTests().filter((path) => speaksOf(path, only));
  const tally = await runNodeTests(files, [], {
    ...(only.length > 0 && {names: RegExp(`^(${only.join('|')}) `)}),
    onTest: (name, isPassed) => outcomes.set(name, isPassed),
  });
  const engines = foundEngines();
  const rows = rowsOf(outcomes, engines);
  const isAsked = ({id}: Row) => only.length === 0 || only.includes(id);
  const untested = rows.filter((row) => isAsked(row) && row.reason === UNTESTED);
  for (const {id, engine} of untested) process.stdout.write(`${id} has no test in ${engine}.\n`);
  if (process.env['ENGINES'] === undefined) {
    const before = only.length === 0 ? [] : readTable();
    const find = ({id, engine}: Row) => before.find((row) => row.id === id && row.engine === engine);
    const versions: string[] = [];
    for (const engine of engines) versions.push(await versionOf(engine));
    const kept = rows.map((row) => (isAsked(row) ? row : (find(row) ?? row)));
    writeTable(kept, versions, new Date().toISOString().slice(0, 10));
  }
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
