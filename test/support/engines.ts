import {after, before, describe, it} from 'node:test';
import type {Browser, BrowserContext, Page} from 'puppeteer-core';
import {openBrowser} from './browser.ts';
import {type Engine, foundEngines} from './find-browsers.ts';
import {type Servers, type ServerOptions, startServers} from './servers.ts';

/** What the tests of one engine share. */
export interface Suite {
  engine: Engine;
  /** Set before the first test runs. */
  servers: Servers;
  browser: Browser;
  /** Opens tabs with an empty cache. In WebKit the shared browser: its cache does not outlive a page. */
  fresh: () => Promise<Browser | BrowserContext>;
  /** Registers a test that gets a tab of its own. */
  onPage: Register;
  /** Registers a test whose tab has an empty cache. */
  onFreshPage: Register;
}

type Register = (name: string, test: (page: Page) => Promise<void>, timeout?: number) => void;

/** Default timeout of a test. */
const TEST_TIMEOUT_MS = 60_000;

/**
 * Registers the same tests for each engine that `ENGINES` allows.
 *
 * All files of one process share one browser for each engine. They also share one set of servers, unless `options`
 * ask for a publication of their own. Shared servers are reset before each call's tests: no pages, no faults, nothing
 * received, the product's own publication.
 *
 * @param title names the unit or journey under test, such as `a bank account`.
 * @param define registers the tests; `servers` and `browser` are set once they run.
 * @param engines the engines that can run the tests.
 */
export function inEngines(
  title: string,
  define: (suite: Suite) => void,
  options?: ServerOptions,
  engines: readonly Engine[] = foundEngines(),
): void {
  for (const engine of foundEngines().filter((each) => engines.includes(each)))
    describe(`${title} in ${engine}`, () => {
      shared.suites += 1;
      const suite = {
        engine,
        fresh: async () => (engine === 'webkit' ? suite.browser : suite.browser.createBrowserContext()),
        onPage(name, test, timeout = TEST_TIMEOUT_MS) {
          it(name, {timeout}, async () => {
            const page = await suite.browser.newPage();
            await test(page).finally(() => page.close());
          });
        },
        onFreshPage(name, test, timeout = TEST_TIMEOUT_MS) {
          it(name, {timeout}, async () => {
            const fresh = await suite.fresh();
            const page = await fresh.newPage();
            await test(page).finally(() => (fresh === suite.browser ? page.close() : fresh.close()));
          });
        },
      } as Suite;
      before(async () => {
        suite.servers = options === undefined ? await sharedServers() : await startServers(options);
        suite.browser = await sharedBrowser(engine);
      });
      after(async () => {
        if (options !== undefined) await suite.servers.close();
        shared.suites -= 1;
        if (shared.suites === 0) await closeShared();
      });
      define(suite);
    });
}

/** What the suites of this process share, and how many of them have not ended. The last one closes it. */
const shared: {suites: number; servers?: Servers | undefined; browsers: Map<Engine, Browser>} = {
  suites: 0,
  browsers: new Map(),
};

async function sharedServers(): Promise<Servers> {
  shared.servers ??= await startServers();
  await shared.servers.reset();
  return shared.servers;
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
  await shared.servers?.close();
  shared.servers = undefined;
}
