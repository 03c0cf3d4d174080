import {after, before, describe, it} from 'node:test';
import type {Browser, Page} from 'puppeteer-core';
import {type Engine} from '../browsers.ts';
import {ENGINES, openBrowser} from '../e2e/shopper.ts';
import {setStage, type Stage, type StageOptions} from '../e2e/stage.ts';
import {type Case, CASES, type Id, type Place} from './cases.ts';

/** What the tests of one engine share. */
export interface Scene {
  engine: Engine;
  /** Set before the first test runs. */
  stage: Stage;
  browser: Browser;
  /** Registers a test that a case of the table rests on, unless the case is moot here. It gets a tab of its own. */
  prove: (id: Id, how: string, test: (page: Page) => Promise<void>, timeout?: number) => void;
}

/**
 * Registers tests for each engine, in a browser and on a stage of its own.
 *
 * @param define is called while tests are registered; `stage` and `browser` are there once they run.
 */
export function inEngines(options: StageOptions, define: (scene: Scene) => void): void {
  for (const engine of ENGINES)
    describe(`in ${engine}`, () => {
      const scene = {
        engine,
        prove(id, how, test, timeout = 60_000) {
          if (isMoot(id, engine)) return;
          it(nameOf(id, engine, how), {timeout}, async () => {
            const page = await scene.browser.newPage();
            await test(page).finally(() => page.close());
          });
        },
      } as Scene;
      before(async () => {
        scene.stage = await setStage(options);
        scene.browser = await openBrowser(engine);
      });
      after(async () => {
        await scene.browser.close();
        await scene.stage.close();
      });
      define(scene);
    });
}

/** Registers a test that needs no browser. */
export function prove(id: Id, how: string, test: () => unknown): void {
  it(nameOf(id, 'none', how), async () => {
    await test();
  });
}

export function isMoot(id: Id, place: Place): boolean {
  const {moot}: Case = CASES[id];
  return typeof moot === 'string' || (place !== 'none' && moot?.[place] !== undefined);
}

const NAME = /^([A-Z]\d\d) (\w+): /;

function nameOf(id: Id, place: Place, how: string): string {
  return `${id} ${place}: ${how}`;
}

/** The case and the place that a test speaks for; undefined if it is no test of the table. */
export function readName(name: string): {id: Id; place: Place} | undefined {
  const [, id, place] = NAME.exec(name) ?? [];
  return id !== undefined && id in CASES ? {id: id as Id, place: place as Place} : undefined;
}
