import {after, before, describe, it} from 'node:test';
import type {Browser, Page} from 'puppeteer-core';
import type {Engine} from '../browsers.ts';
import {ENGINES, openBrowser} from './shopper.ts';
import {setStage, type Stage, type StageOptions} from './stage.ts';

/** What the tests of one engine share. */
export interface Scene {
  engine: Engine;
  /** Set before the first test runs. */
  stage: Stage;
  browser: Browser;
  /** Registers a test that gets a tab of its own. */
  onPage: Register;
  /** Registers one whose tab has an empty cache. WebKit's has none that outlives a page. */
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
    describe(`in ${engine}`, () => {
      const scene = {
        engine,
        onPage(name, test, timeout = 60_000) {
          it(name, {timeout}, async () => {
            const page = await scene.browser.newPage();
            await test(page).finally(() => page.close());
          });
        },
        onFreshPage(name, test, timeout = 60_000) {
          if (engine === 'webkit') scene.onPage(name, test, timeout);
          else
            it(name, {timeout}, async () => {
              const context = await scene.browser.createBrowserContext();
              await test(await context.newPage()).finally(() => context.close());
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
