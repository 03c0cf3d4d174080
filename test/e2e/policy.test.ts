import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Frame, Page} from 'puppeteer-core';
import packageJson from '../../package.json' with {type: 'json'};
import {
  clickInto,
  ENGINES,
  openBrowser,
  readyFrame,
  typeWholeCard,
  typeInto,
  unlessWebKit,
} from './shopper.ts';
import {setStage, type Stage} from './stage.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};

/** Headers of the transfer itself, which the widget's host adds to those of the publication. */
const TRANSFER = ['connection', 'content-length', 'date', 'etag', 'keep-alive'];

const POLICY = `default-src 'none'; script-src 'self'; style-src 'none'; img-src 'none'; font-src 'none'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-src 'none'; worker-src 'none'; object-src 'none'; manifest-src 'none'; frame-ancestors SHOP PAGE; require-trusted-types-for 'script'; trusted-types lit-html; webrtc 'block'`;

const DOCUMENT = {
  'cache-control': 'no-store',
  'content-security-policy': POLICY,
  'content-type': 'text/html; charset=utf-8',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'cross-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy':
    'accelerometer=(), bluetooth=(), camera=(), clipboard-read=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
};

const ASSET = {
  'cache-control': 'public, max-age=31536000, immutable',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'content-type': 'text/javascript; charset=utf-8',
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const PINNED_LOADER = {
  'access-control-allow-origin': '*',
  'cache-control': 'public, max-age=31536000, immutable',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'content-type': 'text/javascript; charset=utf-8',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const LOADER = {...PINNED_LOADER, 'cache-control': 'public, max-age=300, stale-while-revalidate=86400'};

/** All that the frame and its loader load, each once, in this order. */
const LOADED = ['/v1/sealed-fields.js', '/v1/m/demo/', '/v1/assets/index-*.js', '/v1/assets/seal-*.js'];

describe('the widget host', () => {
  let stage: Stage;
  before(async () => {
    stage = await setStage();
  });
  after(() => stage.close());

  /** What stands at a path, and its headers, the stage's origins written as names. */
  const get = async (path: string) => {
    const response = await fetch(stage.widget + path);
    const headers = Object.fromEntries(
      [...response.headers]
        .filter(([name]) => !TRANSFER.includes(name))
        .map(([name, value]) => [name, value.replace(stage.shop, 'SHOP').replace(stage.page, 'PAGE')]),
    );
    return {status: response.status, headers, text: await response.text()};
  };

  it('sends the frame document with these headers and no other', async () => {
    const {status, headers} = await get('/v1/m/demo/');
    assert.deepEqual({status, headers}, {status: 200, headers: DOCUMENT});
  });

  it('sends both scripts of the frame with these headers and no other', async () => {
    const [script = ''] = /\/v1\/assets\/index-[\w-]+\.js/.exec((await get('/v1/m/demo/')).text) ?? [];
    const main = await get(script);
    const [ciphers = ''] = /seal-[\w-]+\.js/.exec(main.text) ?? [];
    for (const {status, headers} of [main, await get(`/v1/assets/${ciphers}`)])
      assert.deepEqual({status, headers}, {status: 200, headers: ASSET});
  });

  it('sends the loader with these headers and no other, mutable and pinned', async () => {
    assert.deepEqual((await get('/v1/sealed-fields.js')).headers, LOADER);
    assert.deepEqual((await get(`/${packageJson.version}/sealed-fields.js`)).headers, PINNED_LOADER);
  });
});

for (const engine of ENGINES) {
  describe(`a paid session in ${engine}`, () => {
    let stage: Stage;
    let browser: Browser;
    let page: Page;
    let frame: Frame;
    /** What was heard of it, until the shop said thanks. */
    const violations: string[] = [];
    const requests: string[] = [];
    const cookies: string[] = [];
    let kept: unknown;

    const isOfWidget = (url: string) => url.startsWith(stage.widget);

    before(async () => {
      stage = await setStage();
      browser = await openBrowser(engine);
      page = await browser.newPage();
      await reportViolations(page);
      page.on('console', (message) => {
        if (message.text().startsWith('broken:')) violations.push(message.text());
      });
      page.on('request', (request) => requests.push(request.url()));
      page.on('response', (response) => cookies.push(response.headers()['set-cookie'] ?? ''));

      await page.goto(`${stage.shop}/card`);
      frame = await readyFrame(page, stage);
      await typeInto(page, frame, 'cardNumber', '4012');
      await page.keyboard.press('Enter');
      await frame.waitForSelector('#securityCode[aria-invalid=true]');
      await clickInto(frame, 'cardNumber');
      for (let digit = 0; digit < 4; digit += 1) await page.keyboard.press('Backspace');
      await typeWholeCard(page, frame, CARD);
      kept = await keptIn(frame);
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      assert.equal(await page.$eval('h1', ({textContent}) => textContent), 'Thank you, it is paid');
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    it(
      ...unlessWebKit(engine, 'breaks no policy, of the page or of the frame', 'its driver tells no console'),
      () => {
        assert.deepEqual(violations, []);
      },
    );

    it(
      ...unlessWebKit(
        engine,
        'would have been heard to break one, in the page and in the frame',
        'its driver tells no console',
      ),
      async () => {
        const heard: string[] = [];
        const other = await browser.newPage();
        await reportViolations(other);
        other.on('console', (message) => heard.push(message.text()));
        await other.goto(`${stage.shop}/card`);
        for (const place of [other, await readyFrame(other, stage)])
          await place.evaluate(async () => {
            await new Promise((resolve) => {
              document.addEventListener('securitypolicyviolation', resolve);
              document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.1:9/'}));
            });
          });
        await other.close();
        assert.equal(heard.filter((text) => text.startsWith('broken: img-src')).length, 2);
      },
    );

    it('asks nobody but the shop and the widget host', () => {
      assert.deepEqual(
        new Set(requests.map((url) => new URL(url).origin)),
        new Set([stage.shop, stage.widget]),
      );
    });

    it('loads the ciphers last of four files, each of them once', () => {
      const paths = requests.filter(isOfWidget).map((url) => new URL(url).pathname);
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
        'loads the ciphers after the first paint of the fields',
        'no first paint was told there',
      ),
      async () => {
        const other = await browser.newPage();
        await other.setViewport({width: 800, height: 1600}); // what is out of sight is not painted
        await other.goto(`${stage.shop}/card`);
        assert.equal(await orderIn(await readyFrame(other, stage)), 'paint,resource');
        await other.close();
      },
    );

    it('leaves no cookie and nothing in any storage', async () => {
      assert.deepEqual(kept, {cookie: '', local: 0, session: 0, databases: [], caches: [], workers: 0});
      assert.deepEqual(new Set(cookies), new Set(['']));
      assert.deepEqual(await browser.cookies(), []);
    });
  });
}

/** Lets every document of the page say on the console what policy it broke. */
async function reportViolations(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    document.addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI}) => {
      console.error(`broken: ${effectiveDirective} ${blockedURI}`);
    });
  });
}

/** Whether a frame first painted its fields or asked for its ciphers, once both are past: the earlier first. */
async function orderIn(frame: Frame): Promise<string> {
  const order = await frame.waitForFunction(() => {
    const scripts = performance.getEntriesByType('resource').filter(({name}) => name.includes('/seal-'));
    const entries = [...performance.getEntriesByName('first-contentful-paint'), ...scripts];
    entries.sort((one, other) => one.startTime - other.startTime);
    return entries.length === 2 && entries.map(({entryType}) => entryType).join();
  });
  return String(await order.jsonValue());
}

/** What a frame's document keeps beyond its own life. */
async function keptIn(frame: Frame): Promise<unknown> {
  return frame.evaluate(async () => ({
    cookie: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
}
