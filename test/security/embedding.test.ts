import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {shownIn} from './attacker.ts';
import {settle} from '../e2e/settle.ts';
import {snippet} from '../e2e/stage.ts';
import {inEngines} from './suite.ts';

const OPENING = `channel=${'0123456789abcdef'.repeat(2)}&protocol=1&fields=cardNumber&layout=stacked&locale=en&colorScheme=light`;
const PATH = `/v1/m/demo/#${OPENING}`;

/** What a page could delegate to a frame, by the names of its `allow`. */
const POWERS = [
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

/** In the frame: asks for each, and keeps the names of those that are there and granted; some wait for a person. */
const ASK = `(async () => {
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
  const granted = [];
  for (const [name, ask] of Object.entries(ways)) {
    const answer = Promise.resolve().then(ask).then((value) => value !== undefined, () => false);
    const silence = new Promise((resolve) => setTimeout(resolve, 2000, false));
    if (await Promise.race([answer, silence])) granted.push(name);
  }
  return granted;
})()`;

inEngines({}, (scene) => {
  const {engine, prove} = scene;

  /** Opens a page and waits until its frames show this, from the outermost in. */
  async function assertShown(page: Page, url: string, expected: string[]): Promise<void> {
    await page.goto(url);
    const shown = () =>
      Promise.all(
        page
          .frames()
          .slice(1)
          .map((frame) => shownIn(frame).catch(() => 'loading')),
      );
    await settle(shown, expected);
  }

  const around = (url: string, allow = '') => ({
    html: `<!doctype html><iframe src="${url}" allow="${allow}"></iframe>`,
  });

  if (engine === 'chromium')
    // no other knows the header
    prove('H02', 'what the page delegates, the document’s own policy still denies', async (page) => {
      const {stage} = scene;
      const allow = POWERS.map((power) => `${power} *`).join('; ');
      stage.pages.set('/delegates', around(stage.widget + PATH, allow));
      await assertShown(page, `${stage.page}/delegates`, ['fields']);
      const [, frame] = page.frames();
      assert.ok(frame);
      const features = JSON.stringify(POWERS);
      const allowed = `${features}.filter((feature) => document.featurePolicy.allowsFeature(feature))`;
      assert.deepEqual(await page.evaluate(allowed), POWERS);
      assert.deepEqual(await frame.evaluate(allowed), []);
      assert.deepEqual(await frame.evaluate(ASK), []);
    });

  prove('H02', 'in a page that delegates nothing, all is refused or not there', async (page) => {
    const {stage} = scene;
    stage.pages.set('/plain', around(stage.widget + PATH));
    await assertShown(page, `${stage.page}/plain`, ['fields']);
    const [, frame] = page.frames();
    assert.deepEqual(await frame?.evaluate(ASK), []);
  });

  prove('H03', 'a foreign page shows nothing, around the fields or around a page that may', async (page) => {
    const {stage} = scene;
    const shop = `${stage.page}/shop`;
    stage.pages.set('/shop', snippet(stage, '<form><sealed-fields></sealed-fields></form>'));
    stage.pages.set('/around-fields', around(stage.widget + PATH));
    stage.pages.set('/around-shop', around(shop));
    await assertShown(page, shop, ['fields']);
    await assertShown(page, `${stage.page}/around-shop`, ['nothing', 'fields']);
    await assertShown(page, `${stage.evil}/around-fields`, ['nothing']);
    await assertShown(page, `${stage.evil}/around-shop`, ['nothing', 'nothing']);
  });

  prove(
    'H04',
    'alone in a tab it shows a neutral line, no field, and asks not to be indexed',
    async (page) => {
      await page.goto(scene.stage.widget + PATH);
      assert.equal(await shownIn(page.mainFrame()), 'neutral');
      assert.deepEqual(await page.evaluate(`Array.from(document.body.querySelectorAll('*'), String)`), []);
      assert.equal(await page.$eval('meta[name=robots]', (meta) => meta.getAttribute('content')), 'noindex');
    },
  );
});
