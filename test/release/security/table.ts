import type {Engine} from '../../support/find-browsers.ts';
import {type Case, CASES, type Id, type Place} from './cases.ts';
import {isMoot, readName} from './suite.ts';

/** The result of one case in one engine. */
export interface Row {
  id: Id;
  /** What the attacker does, and what must be the result. */
  what: string;
  engine: Place;
  result: 'pass' | 'fail' | 'moot' | 'untested';
  /** Why the case is moot, which tests failed, or what limits a pass. */
  reason: string;
}

/** Whether each test passed, by its name. */
export type Outcomes = ReadonlyMap<string, boolean>;

/** One row for each case and engine. A case passes if it has tests and all of them passed. */
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
  const textAt = (text: Case['moot']) =>
    typeof text === 'string' ? text : place === 'none' ? '' : (text?.[place] ?? '');
  const row = {id, what, engine: place};
  if (isMoot(id, place)) return {...row, result: 'moot', reason: textAt(moot)};
  const own = [...outcomes].filter(([name]) => {
    const read = readName(name);
    return read?.ids.includes(id) === true && (read.place === place || read.place === 'none');
  });
  const failed = own.filter(([, isPassed]) => !isPassed).map(([name]) => name);
  if (own.length === 0) return {...row, result: 'untested', reason: 'No test ran.'};
  if (failed.length > 0) return {...row, result: 'fail', reason: failed.join('; ')};
  return {...row, result: 'pass', reason: textAt(remark)};
}

/** The rows as lines of text: id, engine, result, reason. */
export function formatTable(rows: readonly Row[]): string {
  const lines = rows.map(({id, engine, result, reason}) => [id, engine, result, reason]);
  const all = [['id', 'engine', 'result', 'reason'], ...lines];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
