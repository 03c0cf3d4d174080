import assert from 'node:assert/strict';
import {it} from 'node:test';
import type {Frame} from 'puppeteer-core';
import {readyFrame, unlessWebKit} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {payAtTheShop} from '../security/session.ts';

/** What a paid session loads before the fields are painted, in order. */
const FIRST = ['/v1/sealed-fields.js', '/v1/m/demo/', '/v1/assets/index-*.js'];
/** What it loads afterwards, by merchant. */
const LATER = {demo: ['paytrace', 'icons', 'seal'], 'demo-jwe': ['jwe', 'icons', 'seal']};

/** In the frame: disables the timer that starts the later scripts in engines that report no paint. */
const NO_PAINT_TIMER = `{
  const wait = window.setTimeout;
  window.setTimeout = (action, delay, ...more) => wait(action, delay === 300 ? 60000 : delay, ...more);
}`;

inEngines('the files that a session loads', (suite) => {
  for (const [merchant, later] of Object.entries(LATER))
    suite.onFreshPage(
      `are six for ${merchant}, each once, and no other profile’s encryption code`,
      async (page) => {
        const {servers} = suite;
        const requests: string[] = [];
        page.on('request', (request) => requests.push(request.url()));
        await payAtTheShop(page, servers, undefined, merchant === 'demo' ? '/card' : '/card-jwe');
        const paths = requests
          .filter((url) => url.startsWith(servers.widget))
          .map((url) => new URL(url).pathname)
          .map((path) => path.replace(/-[\w-]{8}\.js/, '-*.js').replace(`/m/${merchant}/`, '/m/demo/'));
        assert.deepEqual(paths.slice(0, 3), FIRST);
        assert.deepEqual(paths.slice(3).sort(), later.map((name) => `/v1/assets/${name}-*.js`).sort());
      },
    );

  const name = 'are encryption code and illustrations after the first paint of the fields';
  it(...unlessWebKit(suite.engine, name, 'it reports no first paint'), async () => {
    const fresh = await suite.fresh();
    const page = await fresh.newPage();
    await page.setViewport({width: 800, height: 1600}); // what is out of sight is not painted
    await page.evaluateOnNewDocument(NO_PAINT_TIMER);
    await page.goto(`${suite.servers.shop}/card`);
    const frame = await readyFrame(page, suite.servers);
    assert.equal(await orderIn(frame), 'paint,resource,resource,resource');
    await fresh.close();
  });
});

/** The order of the frame's first paint and its requests for encryption code and illustrations, once all are past. */
async function orderIn(frame: Frame): Promise<string> {
  const order = await frame.waitForFunction(() => {
    const scripts = performance
      .getEntriesByType('resource')
      .filter(({name}) => /\/(seal|paytrace|icons)-/.test(name));
    const entries = [...performance.getEntriesByName('first-contentful-paint'), ...scripts];
    entries.sort((one, other) => one.startTime - other.startTime);
    return entries.length === 4 && entries.map(({entryType}) => entryType).join();
  });
  return String(await order.jsonValue());
}
