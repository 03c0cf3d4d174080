import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Engine} from '../browsers.ts';
import {ROOT} from '../files.ts';
import {type Case, CASES, type Id, type Place} from './cases.ts';
import {isMoot, readName} from './suite.ts';
import type {Control} from './taken-out/control.ts';

/** One line of the table. */
export interface Row {
  id: Id;
  what: string;
  engine: Place;
  result: 'pass' | 'fail' | 'moot';
  /** Why it is moot, how it failed, or what to know of a pass. */
  reason: string;
}

/** Why a case fails of which nobody has a test. */
export const UNTESTED = 'No test ran.';

/** What the tests of a run came to, by their names. */
export type Outcomes = ReadonlyMap<string, boolean>;

/** A row for every case and engine: a case passes if all of its tests did, and fails without any. */
export function rowsOf(outcomes: Outcomes, engines: readonly Engine[]): Row[] {
  const ids = Object.keys(CASES) as Id[];
  return ids.flatMap((id) => {
    const {isWithoutBrowser}: Case = CASES[id];
    const places: readonly Place[] = isWithoutBrowser ? ['none'] : engines;
    return places.map((place) => rowOf(id, place, outcomes));
  });
}

function rowOf(id: Id, place: Place, outcomes: Outcomes): Row {
  const {what, moot, remark}: Case = CASES[id];
  const at = (text: Case['moot']) =>
    typeof text === 'string' ? text : place === 'none' ? '' : (text?.[place] ?? '');
  const head = {id, what, engine: place};
  if (isMoot(id, place)) return {...head, result: 'moot', reason: at(moot)};
  const own = [...outcomes].filter(([name]) => {
    const read = readName(name);
    return read?.id === id && read.place === place;
  });
  const failed = own.filter(([, isPassed]) => !isPassed).map(([name]) => name);
  if (own.length === 0) return {...head, result: 'fail', reason: UNTESTED};
  if (failed.length > 0) return {...head, result: 'fail', reason: failed.join('; ')};
  return {...head, result: 'pass', reason: at(remark)};
}

/** The rows that were written last; none if there is no table. */
export function readTable(): Row[] {
  const path = join(ROOT, 'docs/security-tests.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as {rows: Row[]}).rows : [];
}

/** Writes the table for people and for machines. @param browsers what ran, with versions. */
export function writeTable(rows: readonly Row[], browsers: readonly string[], date: string): void {
  const count = (result: Row['result']) => rows.filter((row) => row.result === result).length;
  write('security-tests.md', [
    '# Security tests',
    '',
    '<!-- Written by `npm run test:security`. -->',
    '',
    `Run on ${date} in ${browsers.join(', ')}: ${count('pass')} pass, ${count('fail')} fail, ${count('moot')} moot.`,
    'The engine `none` stands where no browser takes part. The same as data: [security-tests.json](security-tests.json).',
    'Which defence each rests on: [security-controls.md](security-controls.md).',
    '',
    ...markdown(
      ['id', 'what', 'engine', 'pass, fail or moot', 'reason'],
      rows.map(({id, what, engine, result, reason}) => [id, what, engine, result, reason]),
    ),
  ]);
  write('security-tests.json', [JSON.stringify({date, browsers, rows}, null, 2)]);
}

/** A defence that was taken out, and whether the tests of its case were seen to fail without it. */
export interface TakenOut {
  control: Control;
  isSeen: boolean;
}

const CONTROLS_FILE = 'security-controls.md';

/** Writes which of `all` defences were taken out. */
export function writeControls(taken: readonly TakenOut[], all: number): void {
  write(CONTROLS_FILE, [
    '# Defences taken out',
    '',
    '<!-- Written by `npm run test:security:controls`. -->',
    '',
    'Each line was replaced in a copy of the product; then the tests of the case were run in Chromium, and must fail.',
    `${taken.length} of ${all} were taken out, and ${taken.filter(({isSeen}) => isSeen).length} seen to fail.`,
    '',
    ...markdown(['id', 'without', 'file', 'line', 'replaced by', 'seen to fail'], taken.flatMap(cellsOf)),
  ]);
}

/** Those of `all` that were seen to fail when they were taken out last, as they stand in the code now. */
export function readControls(all: readonly Control[]): Control[] {
  const path = join(ROOT, 'docs', CONTROLS_FILE);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const lines = new Set(text.split('\n').map(squeeze));
  const isThere = (cells: readonly string[]) =>
    markdown(cells, [])
      .slice(0, 1)
      .every((line) => lines.has(squeeze(line)));
  return all.filter((control) => cellsOf({control, isSeen: true}).every(isThere));
}

function cellsOf({control: {id, without, changes}, isSeen}: TakenOut): string[][] {
  return changes.map(({file, from, to}) => [
    id,
    without,
    code(file),
    code(from),
    to.trim() === '' ? 'nothing' : code(to),
    isSeen ? 'yes' : 'NO',
  ]);
}

function squeeze(line: string): string {
  return line.replace(/ +/g, ' ');
}

/** One line of code, in a fence that does not stand in it. */
function code(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}

function write(name: string, lines: readonly string[]): void {
  writeFileSync(join(ROOT, 'docs', name), `${lines.join('\n')}\n`);
}

/** A table whose columns are aligned, as the formatter would have it. */
function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [first = [], ...others] = cells;
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)];
}
