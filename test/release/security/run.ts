import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Engine, foundEngines} from '../../support/find-browsers.ts';
import {openBrowser} from '../../support/browser.ts';
import {ROOT, testFilesIn} from '../../support/root.ts';
import {runNodeTests} from '../../support/run-node.ts';
import type {Tally} from '../../support/tally.ts';
import {namesOf} from './suite.ts';
import {formatTable, type Row, rowsOf} from './table.ts';

/** Where the results of a run are written, relative to the root. */
const RESULTS = 'test-results/security.json';

/**
 * Runs the cases of `cases.ts` in every engine that `ENGINES` allows, prints a row for each case and engine, and writes
 * the same rows to {@link RESULTS}. A case without a test counts as failed.
 *
 * @param only ids of cases, such as `P01`; empty for all.
 */
export async function runSecurityTests(only: readonly string[]): Promise<Tally> {
  const outcomes = new Map<string, boolean>();
  const files = testFilesIn('test/release/security').filter((path) => mentions(path, only));
  const tally = await runNodeTests(files, {
    workers: 2,
    timeout: 20 * 60_000,
    ...(only.length > 0 && {names: namesOf(only)}),
    onTest: ({name, isPassed}) => outcomes.set(name, isPassed),
  });
  const engines = foundEngines();
  const rows = rowsOf(outcomes, engines).filter(({id}) => only.length === 0 || only.includes(id));
  const untested = rows.filter(({result}) => result === 'untested');
  process.stdout.write(`\n${formatTable(rows)}\n\nWritten to ${RESULTS}\n`);
  await writeResults(rows, engines);
  return {...tally, failed: tally.failed + untested.length};
}

/** Whether a file tests one of these cases. */
function mentions(path: string, ids: readonly string[]): boolean {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return ids.length === 0 || ids.some((id) => text.includes(`'${id}'`));
}

async function writeResults(rows: readonly Row[], engines: readonly Engine[]): Promise<void> {
  const browsers: string[] = [];
  for (const engine of engines) browsers.push(await versionOf(engine));
  const path = join(ROOT, RESULTS);
  mkdirSync(join(path, '..'), {recursive: true});
  writeFileSync(path, `${JSON.stringify({date: new Date().toISOString(), browsers, rows}, null, 2)}\n`);
}

/** As the browser names itself, such as `Chrome/156.0.8078.79`. */
async function versionOf(engine: Engine): Promise<string> {
  const browser = await openBrowser(engine);
  return browser.version().finally(() => browser.close());
}
