import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Frame} from 'puppeteer-core';
import {payAtTheShop} from '../security/session.ts';
import {ENGINES, openBrowser, readyFrame, unlessWebKit} from './shopper.ts';
import {OF_THE_SHOP, setStage, type Stage} from './stage.ts';

/** All that the frame and its loader load in a paid session, each once, the last three after the fields have painted. */
const LOADED = ['/v1/sealed-fields.js', '/v1/m/demo/', '/v1/assets/index-*.js'];
const LATER = {demo: ['paytrace', 'pictures', 'seal'], 'demo-jwe': ['jwe', 'pictures', 'seal']};

/** In the frame: what would come a while after its first frame of animation, were there no paint, comes no more. */
const AFTER_PAINT_ALONE = `{
  const wait = window.setTimeout;
  window.setTimeout = (action, delay, ...more) => wait(action, delay === 300 ? 60000 : delay, ...more);
}`;

for (const engine of ENGINES) {
  describe(`what is loaded in ${engine}`, () => {
    let stage: Stage;
    let browser: Browser;
    before(async () => {
      stage = await setStage({merchants: OF_THE_SHOP});
      browser = await openBrowser(engine);
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    for (const [merchant, later] of Object.entries(LATER))
      it(`is six files in a paid session of ${merchant}, each of them once, and no other profile’s cipher`, async () => {
        const page = await browser.newPage();
        const requests: string[] = [];
        page.on('request', (request) => requests.push(request.url()));
        await payAtTheShop(page, stage, undefined, merchant === 'demo' ? '/card' : '/card-jwe');
        await page.close();
        const paths = requests
          .filter((url) => url.startsWith(stage.widget))
          .map((url) => new URL(url).pathname)
          .map((path) => path.replace(/-[\w-]{8}\.js/, '-*.js').replace(`/m/${merchant}/`, '/m/demo/'));
        assert.deepEqual(paths.slice(0, 3), LOADED);
        assert.deepEqual(
          paths.slice(3).sort(),
          later.map((name) => `/v1/assets/${name}-*.js`),
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
        await page.evaluateOnNewDocument(AFTER_PAINT_ALONE);
        await page.goto(`${stage.shop}/card`);
        assert.equal(await orderIn(await readyFrame(page, stage)), 'paint,resource,resource,resource');
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
      .filter(({name}) => /\/(seal|paytrace|pictures)-/.test(name));
    const entries = [...performance.getEntriesByName('first-contentful-paint'), ...scripts];
    entries.sort((one, other) => one.startTime - other.startTime);
    return entries.length === 4 && entries.map(({entryType}) => entryType).join();
  });
  return String(await order.jsonValue());
}
