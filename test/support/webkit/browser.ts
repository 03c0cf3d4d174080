import type {WebKit} from '../find-browsers.ts';
import {type Driver, startDriver} from './driver.ts';
import {WebKitPage} from './page.ts';
import {type Proxy, startProxy} from './proxy.ts';
import {Session} from './session.ts';

export interface WebKitOptions {
  viewport: {width: number; height: number};
  args?: readonly string[];
}

/**
 * WebKitGTK, driven by WebDriver, with the parts of puppeteer's browser, page, frame and handles that the tests use.
 * What no WebKitGTK driver can do is missing.
 */
export class WebKitBrowser {
  readonly #pages = new Map<string, WebKitPage>();
  readonly #session: Session;
  #isOpen = true;

  private constructor(
    private readonly driver: Driver,
    private readonly proxy: Proxy,
    private readonly viewport: {width: number; height: number},
    /** The window that was open first. It stays empty, so that there is always one. */
    private readonly first: string,
  ) {
    this.#session = new Session(driver.send);
  }

  /** As in puppeteer: whether the browser can still be driven. */
  get connected(): boolean {
    return this.#isOpen;
  }

  static async open(webkit: WebKit, {viewport, args = []}: WebKitOptions): Promise<WebKitBrowser> {
    const proxy = await startProxy();
    try {
      const driver = await startDriver(webkit, {proxyPort: proxy.port, viewport, args});
      const first = (await driver.send('GET', '/window')) as string;
      const browser = new WebKitBrowser(driver, proxy, viewport, first);
      proxy.pageNow = () => browser.#pages.get(browser.#session.window ?? '');
      return browser;
    } catch (error) {
      await proxy.close();
      throw error;
    }
  }

  /** Opens the page in its own window: the driver's clicks do not reach tabs. */
  async newPage(): Promise<WebKitPage> {
    const window = await this.#session.in({window: this.first, frames: []}, async (send) => {
      const {handle} = (await send('POST', '/window/new', {type: 'window'})) as {handle: string};
      return handle;
    });
    const page = this.#pageOf(window);
    await page.setViewport({...this.viewport, height: this.viewport.height + 75});
    return page;
  }

  /** Waits for a window that something in a page opens. */
  async waitForTarget(isWanted: (target: {url: () => string}) => boolean) {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const windows = (await this.#session.queue((send) => send('GET', '/window/handles'))) as string[];
      for (const window of windows.filter((each) => each !== this.first)) {
        const page = this.#pageOf(window);
        await page.look();
        if (isWanted(page)) return {url: () => page.url(), page: () => Promise.resolve(page)};
      }
      if (Date.now() > deadline) throw new Error('Waiting for a target failed: 30000ms exceeded');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  version(): Promise<string> {
    return Promise.resolve(`WebKitGTK/${this.driver.version}`);
  }

  /** Cookies of the page that was used last. */
  async cookies(): Promise<unknown[]> {
    return (await this.#session.queue((send) => send('GET', '/cookie'))) as unknown[];
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    await this.driver.close();
    await this.proxy.close();
  }

  #pageOf(window: string): WebKitPage {
    const known = this.#pages.get(window);
    if (known !== undefined) return known;
    const page = new WebKitPage(this.#session, window, () => this.#pages.delete(window));
    this.#pages.set(window, page);
    return page;
  }
}
