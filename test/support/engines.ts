import {after, before, describe, it} from 'node:test';
import type {Browser, BrowserContext, Page} from 'puppeteer-core';
import {openBrowser} from './browser.ts';
import {type Engine, foundEngines} from './find-browsers.ts';
import {type Stage, type StageOptions, setStage} from './servers.ts';

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
  /** Registers a test whose tab has an empty cache. */
  onFreshPage: Register;
}

type Register = (name: string, test: (page: Page) => Promise<void>, timeout?: number) => void;

/** How long a test may take unless it says otherwise, in ms. */
const TEST_TIMEOUT_MS = 60_000;

/**
 * Registers the same tests for each engine that `ENGINES` allows.
 *
 * All files of one process share one browser for each engine. They also share one set of servers, unless `options`
 * ask for a publication of their own. Shared servers are reset before each call's tests: no pages, no faults, nothing
 * received, the product's own publication.
 *
 * @param title names the unit or journey under test, such as `a bank account`.
 * @param define registers the tests; `stage` and `browser` are set once they run.
 * @param engines those in which the tests can run at all.
 */
export function inEngines(
  title: string,
  define: (scene: Scene) => void,
  options?: StageOptions,
  engines: readonly Engine[] = foundEngines(),
): void {
  for (const engine of foundEngines().filter((each) => engines.includes(each)))
    describe(`${title} in ${engine}`, () => {
      shared.suites += 1;
      const scene = {
        engine,
        fresh: async () => (engine === 'webkit' ? scene.browser : scene.browser.createBrowserContext()),
        onPage(name, test, timeout = TEST_TIMEOUT_MS) {
          it(name, {timeout}, async () => {
            const page = await scene.browser.newPage();
            await test(page).finally(() => page.close());
          });
        },
        onFreshPage(name, test, timeout = TEST_TIMEOUT_MS) {
          it(name, {timeout}, async () => {
            const fresh = await scene.fresh();
            const page = await fresh.newPage();
            await test(page).finally(() => (fresh === scene.browser ? page.close() : fresh.close()));
          });
        },
      } as Scene;
      before(async () => {
        scene.stage = options === undefined ? await sharedStage() : await setStage(options);
        scene.browser = await sharedBrowser(engine);
      });
      after(async () => {
        if (options !== undefined) await scene.stage.close();
        shared.suites -= 1;
        if (shared.suites === 0) await closeShared();
      });
      define(scene);
    });
}

/** What the suites of this process share, and how many of them have not ended. The last one closes it. */
const shared: {suites: number; stage?: Stage | undefined; browsers: Map<Engine, Browser>} = {
  suites: 0,
  browsers: new Map(),
};

async function sharedStage(): Promise<Stage> {
  shared.stage ??= await setStage();
  await shared.stage.reset();
  return shared.stage;
}

/** A browser that was closed or crashed in an earlier test is replaced. */
async function sharedBrowser(engine: Engine): Promise<Browser> {
  const open = shared.browsers.get(engine);
  if (open?.connected === true) return open;
  const browser = await openBrowser(engine);
  shared.browsers.set(engine, browser);
  return browser;
}

async function closeShared(): Promise<void> {
  for (const browser of shared.browsers.values()) await browser.close();
  shared.browsers.clear();
  await shared.stage?.close();
  shared.stage = undefined;
}
