import {it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {inEngines as inPlainEngines, type Suite as PlainScene} from '../../support/engines.ts';
import type {ServerOptions} from '../../support/servers.ts';
import {type Case, CASES, type Id, type Place} from './cases.ts';

/** What the tests of one engine share. */
export interface Suite extends PlainScene {
  /**
   * Registers a test of one or more cases. It gets a tab of its own. Cases that are moot in this engine are left out;
   * if all are, the test is not registered.
   */
  prove: Prove;
  /** The same with an empty cache. */
  proveFresh: Prove;
}

type Prove = (
  ids: Id | readonly Id[],
  how: string,
  test: (page: Page) => Promise<void>,
  timeout?: number,
) => void;

/** Registers tests of the cases for each engine; see `inEngines` of `test/support`. */
export function inEngines(title: string, define: (suite: Suite) => void, options?: ServerOptions): void {
  const defineWithCases = (suite: PlainScene) => {
    const through =
      (register: PlainScene['onPage']): Prove =>
      (ids, how, test, timeout) => {
        const relevant = [ids].flat().filter((id) => !isMoot(id, suite.engine));
        if (relevant.length > 0) register(nameOf(relevant, suite.engine, how), test, timeout);
      };
    const {onPage, onFreshPage} = suite;
    define(Object.assign(suite, {prove: through(onPage), proveFresh: through(onFreshPage)}));
  };
  inPlainEngines(title, defineWithCases, options);
}

/** Registers a test that needs no browser. */
export function prove(id: Id, how: string, test: () => unknown): void {
  it(nameOf([id], 'none', how), async () => {
    await test();
  });
}

export function isMoot(id: Id, place: Place): boolean {
  const {moot}: Case = CASES[id];
  return typeof moot === 'string' || (place !== 'none' && moot?.[place] !== undefined);
}

const NAME = /^((?:[A-Z]\d\d )+)(\w+): /;

function nameOf(ids: readonly Id[], place: Place, how: string): string {
  return `${ids.join(' ')} ${place}: ${how}`;
}

/** The cases and the engine that a test belongs to; undefined if it is no test of a case. */
export function readName(name: string): {ids: Id[]; place: Place} | undefined {
  const [, list, place] = NAME.exec(name) ?? [];
  const ids = list?.trim().split(' ') ?? [];
  if (ids.length === 0 || !ids.every((id) => id in CASES)) return undefined;
  return {ids: ids as Id[], place: place as Place};
}

/** Matches the names of the tests of these cases. */
export function namesOf(ids: readonly string[]): RegExp {
  return RegExp(`^([A-Z]\\d\\d )*(${ids.join('|')}) `);
}
