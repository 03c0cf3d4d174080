import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {readyFrame, untilFetched} from '../../support/browser.ts';
import {poll} from '../../support/poll.ts';
import {snippet} from '../../support/servers.ts';
import {FRAME_PATH, serveListing, shownIn} from './attacks/attacker-page.ts';
import {embedOnAttackerPage, openWithoutMerchant} from './attacks/handshake.ts';
import {servePage} from './pages.ts';
import {inEngines} from './suite.ts';

/** Features that a page could delegate to a frame, as `allow` names them. */
const FEATURES = [
  'camera',
  'microphone',
  'geolocation',
  'payment',
  'clipboard-read',
  'usb',
  'serial',
  'midi',
  'hid',
];

/** In the frame: requests each feature. Collects the names of those that exist and are granted; a prompt is a denial. */
const REQUEST_FEATURES = `(async () => {
  const ways = {
    camera: () => navigator.mediaDevices?.getUserMedia({video: true}),
    microphone: () => navigator.mediaDevices?.getUserMedia({audio: true}),
    geolocation: () => navigator.geolocation && new Promise((resolve, reject) => {
      navigator.geolocation.getCurrentPosition(resolve, ({code}) => (code === 1 ? reject() : resolve()));
    }),
    payment: () => window.PaymentRequest && new PaymentRequest(
      [{supportedMethods: 'https://pay.example/'}],
      {total: {label: 'x', amount: {currency: 'USD', value: '1.00'}}},
    ).canMakePayment(),
    clipboard: () => navigator.clipboard?.readText?.(),
    usb: () => navigator.usb?.getDevices(),
    serial: () => navigator.serial?.getPorts(),
    midi: () => navigator.requestMIDIAccess?.(),
    hid: () => navigator.hid?.getDevices(),
  };
  const prompt = new Promise((resolve) => setTimeout(resolve, 2000, false));
  const isGranted = (request) =>
    Promise.race([prompt, Promise.resolve().then(request).then((value) => value !== undefined, () => false)]);
  const answers = await Promise.all(Object.entries(ways).map(async ([name, request]) => (await isGranted(request)) ? [name] : []));
  return answers.flat();
})()`;

const around = (url: string, allow = '') => ({
  html: `<!doctype html><iframe src="${url}" allow="${allow}"></iframe>`,
});

/** Opens a page and waits until its frames show this, from the outermost in. */
async function assertShownAt(page: Page, url: string, expected: readonly string[]): Promise<void> {
  await page.goto(url);
  const frames = () => page.frames().slice(1);
  await poll(
    () => Promise.all(frames().map((frame) => shownIn(frame).catch(() => 'loading'))),
    [...expected],
  );
}

inEngines('security: embedding', (suite) => {
  const {engine, prove, proveFresh} = suite;

  prove(['P02', 'H04'], 'on its own it shows one line of text and asks not to be indexed', async (page) => {
    assert.deepEqual(await openWithoutMerchant(page, suite.servers), []);
    assert.equal(await shownIn(page.mainFrame()), 'neutral');
    assert.deepEqual(await page.evaluate(`Array.from(document.body.querySelectorAll('*'), String)`), []);
    assert.equal(await page.$eval('meta[name=robots]', (meta) => meta.getAttribute('content')), 'noindex');
  });

  if (engine !== 'webkit')
    // the driver does not report tabs that a page opens
    prove('P02', 'in a tab that an attacker’s page opened it shows no fields', async (page) => {
      const {servers, browser} = suite;
      servers.pages.set('/opener', {html: 'Opener'});
      await page.goto(`${servers.evil}/opener`);
      const [opened] = await Promise.all([
        browser.waitForTarget((target) => target.url() === servers.widget + FRAME_PATH),
        page.evaluate(`void open('${servers.widget}${FRAME_PATH}')`),
      ]);
      const tab = await opened.page();
      assert.ok(tab);
      await tab.waitForFunction(() => document.readyState === 'complete');
      assert.equal(await shownIn(tab.mainFrame()), 'neutral');
      await tab.close();
    });

  prove(['P03', 'H03'], 'in a page of another origin, or inside one, it shows nothing', async (page) => {
    const {servers} = suite;
    const shop = `${servers.page}/shop`;
    servePage(servers);
    servers.pages.set('/around-fields', around(servers.widget + FRAME_PATH));
    servers.pages.set('/around-shop', around(shop));
    servers.pages.set('/sandbox', {
      ...around(servers.widget + FRAME_PATH),
      headers: {'Content-Security-Policy': 'sandbox allow-scripts'},
    });
    await assertShownAt(page, shop, ['fields']);
    await assertShownAt(page, `${servers.page}/around-shop`, ['nothing', 'fields']);
    await assertShownAt(page, `${servers.evil}/around-fields`, ['nothing']);
    await assertShownAt(page, `${servers.evil}/around-shop`, ['nothing', 'nothing']);
    await assertShownAt(page, `${servers.page}/sandbox`, ['nothing']); // a page without an origin

    const {port} = new URL(servers.page);
    const sameOrigin = servers.page.replace('localhost', 'LOCALHOST');
    await assertShownAt(page, `${sameOrigin}/shop`, ['fields']);
    const cannotResolve = engine === 'webkit';
    const hosts = ['127.0.0.1', ...(cannotResolve ? [] : ['localhost.', 'shop.localhost'])];
    const similar = hosts.map((host) => `http://${host}:${port}`);
    similar.push(servers.evil.replace('//', '//localhost:80@'));
    for (const origin of similar) await assertShownAt(page, `${origin}/shop`, ['nothing']);
  });

  prove('P03', 'without its headers the frame itself compares origins exactly', async (page) => {
    const {servers} = suite;
    const {port} = new URL(servers.page);
    const listed: [origin: string, shown: string][] = [
      [servers.page, 'fields'],
      [servers.page.replace('http:', 'https:'), 'neutral'],
      [servers.page.slice(0, -1), 'neutral'],
      ['http://localhost', 'neutral'],
      [`http://localhost.:${port}`, 'neutral'],
      [`http://127.0.0.1:${port}`, 'neutral'],
      [`https://localhost.evil.example:${port}`, 'neutral'],
    ];
    const {url, list} = await serveListing(servers);
    servers.pages.set('/around', around(url));
    for (const [origin, shown] of listed) {
      list(origin);
      await assertShownAt(page, `${servers.page}/around`, [shown]);
    }
    list(servers.page);
    servers.pages.set('/sandbox', {
      ...around(url),
      headers: {'Content-Security-Policy': 'sandbox allow-scripts'},
    });
    await assertShownAt(page, `${servers.page}/sandbox`, ['nothing']);
  });

  prove('P03', 'without its headers the frame sends an attacker around it nothing', async (page) => {
    assert.deepEqual(await embedOnAttackerPage(page, suite.servers), []);
  });

  prove('H02', 'features are denied, also those that the page delegates', async (page) => {
    const {servers} = suite;
    servers.pages.set('/plain', around(servers.widget + FRAME_PATH));
    await assertShownAt(page, `${servers.page}/plain`, ['fields']);
    assert.deepEqual(await page.frames()[1]?.evaluate(REQUEST_FEATURES), []);
    if (engine !== 'chromium') return; // the others do not support the header
    servers.pages.set(
      '/delegates',
      around(servers.widget + FRAME_PATH, FEATURES.map((feature) => `${feature} *`).join('; ')),
    );
    await assertShownAt(page, `${servers.page}/delegates`, ['fields']);
    const [, frame] = page.frames();
    assert.ok(frame);
    const allowed = `${JSON.stringify(FEATURES)}.filter((feature) => document.featurePolicy.allowsFeature(feature))`;
    assert.deepEqual(await page.evaluate(allowed), FEATURES);
    assert.deepEqual(await frame.evaluate(allowed), []);
    assert.deepEqual(await frame.evaluate(REQUEST_FEATURES), []);
  });

  proveFresh(
    'H07',
    'changed origins apply at the next load, and no script is requested again',
    async (page) => {
      const {servers} = suite;
      const requestedBy = async (action: () => Promise<void>): Promise<string[]> => {
        servers.asked.length = 0;
        await action();
        const ofWidget = servers.asked.filter(({url}) => url.startsWith(servers.widget));
        return ofWidget.map(({url}) => url.slice(servers.widget.length));
      };
      const shop = `${servers.page}/shop`;
      servers.pages.set('/shop', snippet(servers, '<form><sealed-fields></sealed-fields></form>'));
      await page.goto(shop);
      await untilFetched(await readyFrame(page, servers), 'seal', 'paytrace', 'icons');

      await servers.publishAnew({record: {origins: [servers.shop]}});
      assert.deepEqual(await requestedBy(() => assertShownAt(page, shop, ['nothing'])), ['/v1/m/demo/']);
      await servers.publishAnew({});
      assert.deepEqual(await requestedBy(() => assertShownAt(page, shop, ['fields'])), ['/v1/m/demo/']);
    },
  );
});
