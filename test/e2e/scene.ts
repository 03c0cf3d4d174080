import {after, before, describe, it} from 'node:test';
import type {Browser, BrowserContext, Page} from 'puppeteer-core';
import type {Engine} from '../browsers.ts';
import {ALONE, ENGINES, openBrowser, RELEASE_ENGINES} from './shopper.ts';
import {setStage, type Stage, type StageOptions} from './stage.ts';

/** What the tests of one engine share. */
export interface Scene {
  engine: Engine;
  /** Set before the first test runs. */
  stage: Stage;
  browser: Browser;
  /** Opens tabs with an empty cache. WebKit's has none that outlives a page. */
  fresh: () => Promise<Browser | BrowserContext>;
  /** Registers a test that gets a tab of its own. */
  onPage: Register;
  /** Registers one whose tab has an empty cache. */
  onFreshPage: Register;
}

type Register = (name: string, test: (page: Page) => Promise<void>, timeout?: number) => void;

/**
 * Registers tests for each engine, in a browser and on a stage of its own.
 *
 * @param define is called while tests are registered; `stage` and `browser` are there once they run.
 */
export function inEngines(
  options: StageOptions,
  define: (scene: Scene) => void,
  engines: readonly Engine[] = ENGINES,
): void {
  for (const engine of engines)
    describe(`in ${engine}${engines === RELEASE_ENGINES ? ALONE : ''}`, () => {
      const scene = {
        engine,
        fresh: async () => (engine === 'webkit' ? scene.browser : scene.browser.createBrowserContext()),
        onPage(name, test, timeout = 60_000) {
          it(name, {timeout}, async () => {
            const page = await scene.browser.newPage();
            await test(page).finally(() => page.close());
          });
        },
        onFreshPage(name, test, timeout = 60_000) {
          it(name, {timeout}, async () => {
            const fresh = await scene.fresh();
            const page = await fresh.newPage();
            await test(page).finally(() => (fresh === scene.browser ? page.close() : fresh.close()));
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
