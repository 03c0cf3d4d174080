import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Frame} from 'puppeteer-core';
import {payAtTheShop} from '../security/session.ts';
import {ENGINES, openBrowser, readyFrame, unlessWebKit} from './shopper.ts';
import {setStage, type Stage} from './stage.ts';

/** All that the frame and its loader load, each once, in this order. */
const LOADED = [
  '/v1/sealed-fields.js',
  '/v1/m/demo/',
  '/v1/assets/index-*.js',
  '/v1/assets/seal-*.js',
  '/v1/assets/pictures-*.js',
];

for (const engine of ENGINES) {
  describe(`what is loaded in ${engine}`, () => {
    let stage: Stage;
    let browser: Browser;
    before(async () => {
      stage = await setStage();
      browser = await openBrowser(engine);
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    it('is five files in a paid session, the ciphers and the pictures last, each of them once', async () => {
      const page = await browser.newPage();
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      await payAtTheShop(page, stage);
      await page.close();
      const paths = requests
        .filter((url) => url.startsWith(stage.widget))
        .map((url) => new URL(url).pathname);
      assert.deepEqual(
        paths.map((path) =>
          path.replace(/-[\w-]+\.js/, (hash) => (path.includes('assets') ? '-*.js' : hash)),
        ),
        LOADED,
      );
    });

    it(
      ...unlessWebKit(
        engine,
        'are the ciphers and the pictures after the first paint of the fields',
        'no first paint was told there',
      ),
      async () => {
        const page = await browser.newPage();
        await page.setViewport({width: 800, height: 1600}); // what is out of sight is not painted
        await page.goto(`${stage.shop}/card`);
        assert.equal(await orderIn(await readyFrame(page, stage)), 'paint,resource,resource');
        await page.close();
      },
    );
  });
}

/** When a frame painted its fields, asked for its ciphers, and for its pictures, once all are past: the earlier first. */
async function orderIn(frame: Frame): Promise<string> {
  const order = await frame.waitForFunction(() => {
    const scripts = performance
      .getEntriesByType('resource')
      .filter(({name}) => /\/(seal|pictures)-/.test(name));
    const entries = [...performance.getEntriesByName('first-contentful-paint'), ...scripts];
    entries.sort((one, other) => one.startTime - other.startTime);
    return entries.length === 3 && entries.map(({entryType}) => entryType).join();
  });
  return String(await order.jsonValue());
}
