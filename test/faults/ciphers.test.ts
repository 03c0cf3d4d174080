import assert from 'node:assert/strict';
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {after, before} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import {en} from '../../widget/locales/en.ts';
import {inEngines} from '../e2e/scene.ts';
import {buildMutant} from '../security/mutant.ts';
import {settle} from '../e2e/settle.ts';
import {readyFrame, typeWholeCard, valueOf} from '../e2e/shopper.ts';
import {after as onceAfter, type Fault, instead, notFound, reset} from '../e2e/weather.ts';
import {CARD, serve} from './shop.ts';

/** What all profiles share, and the cipher of this one: each may be the one that fails. */
const [SHARED, CIPHERS] = ['/v1/assets/seal-', '/v1/assets/paytrace-'];
const SCRIPT = {'Content-Type': 'text/javascript'};

/** What may befall them on their way, and which. */
const FAULTS: Record<string, [fault: Fault, ...chunks: string[]]> = {
  'their connection is reset': [reset, SHARED, CIPHERS],
  'they are not found': [notFound, CIPHERS],
  'what they share is not found': [notFound, SHARED],
  'their server is out of order': [instead(503, {}), SHARED, CIPHERS],
  'a page comes in their place': [
    instead(200, {'Content-Type': 'text/html'}, '<p>Log in first.</p>'),
    CIPHERS,
  ],
  'another script comes in their place': [
    instead(200, SCRIPT, 'export const encrypt = () => ({});'),
    CIPHERS,
  ],
  'another script comes in the place of what they share': [
    instead(200, SCRIPT, 'export const seal = () => ({}), warm = seal;'),
    SHARED,
  ],
};

/** In the page: what the element says. In the frame: patience that ends twenty times as fast. */
const WATCH = `if (window === top) {
  window.codes = [];
  addEventListener('sealed-error', ({detail: {code}}) => codes.push(code));
} else {
  const wait = window.setTimeout;
  window.setTimeout = (action, delay = 0, ...more) => wait(action, delay === 15000 ? delay / 20 : delay, ...more);
}`;

/** Folder of a build of the next version: its ciphers are other bytes, and so have another name. */
const next = {bundle: ''};
before(async () => {
  next.bundle = await mkdtemp(join(tmpdir(), 'sealed-fields-next-'));
  const [from, to] = ['const LONGEST = 4096;', 'const LONGEST = 4095;'];
  await buildMutant([{file: 'widget/crypto/key-gate.ts', from, to}], next.bundle);
});
after(() => rm(next.bundle, {recursive: true}));

inEngines({}, (scene) => {
  const open = async (page: Page): Promise<Frame> => {
    const {stage} = scene;
    serve(stage);
    await page.evaluateOnNewDocument(WATCH);
    await page.goto(stage.page);
    const frame = await readyFrame(page, stage);
    await typeWholeCard(page, frame, CARD);
    return frame;
  };

  /** Nothing was sent, it is said why, and what was typed stands there still. */
  const assertKept = async (page: Page, frame: Frame) => {
    for (const id of ['outcome', 'announcement'])
      await settle(() => frame.$eval(`#${id}`, ({textContent}) => textContent), en.unsealed);
    await settle(() => page.evaluate('[...new Set(codes)]'), ['crypto-unavailable']); // heard after it is shown
    assert.equal(await valueOf(frame, 'cardNumber'), '4012 0000 9876 5439');
    assert.equal(scene.stage.received.length, 0);
  };

  const assertPaid = async () => {
    const {form} = await scene.stage.nextReceived();
    assert.deepEqual(scene.stage.open([form['encrypted_number'] ?? '', form['encrypted_csc'] ?? '']), [
      CARD.cardNumber,
      CARD.securityCode,
    ]);
    assert.equal(scene.stage.received.length, 1);
  };

  for (const [what, [fault, ...chunks]] of Object.entries(FAULTS))
    scene.onFreshPage(`pays after all where ${what}, twice`, async (page) => {
      for (const chunk of chunks) scene.stage.weather.set(chunk, fault);
      const frame = await open(page);
      for (let tries = 0; tries < 2; tries += 1) {
        await page.click('button');
        await assertKept(page, frame);
      }
      await scene.stage.weather.clear();
      await page.click('button');
      await assertPaid();
    });

  scene.onFreshPage('pays when the ciphers come late, without another click', async (page) => {
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    scene.stage.weather.set(CIPHERS, onceAfter(arrived));
    await open(page);
    await page.click('button');
    setTimeout(arrive, 200);
    await assertPaid();
    await scene.stage.weather.clear();
  });

  scene.onFreshPage('gives up ciphers that hang, and pays with them once they have come', async (page) => {
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    scene.stage.weather.set(CIPHERS, onceAfter(arrived));
    const frame = await open(page);
    await page.click('button');
    await assertKept(page, frame);
    arrive();
    await page.click('button');
    await assertPaid();
    await scene.stage.weather.clear();
  });

  scene.onFreshPage(
    'pays with the ciphers of its own version where the next was published meanwhile',
    async (page) => {
      const {stage} = scene;
      await stage.publishAnew({});
      stage.weather.set(CIPHERS, notFound);
      const frame = await open(page);
      await stage.publishAnew(next);
      const asked = stage.asked.length;
      await page.click('button');
      await assertKept(page, frame);
      await stage.weather.clear();
      await page.click('button');
      await assertPaid();
      const ciphers = stage.asked.slice(asked).filter(({url}) => url.includes(CIPHERS));
      const areOfTheNext = await Promise.all(ciphers.map(({url}) => isIn(next.bundle, url)));
      assert.deepEqual([...new Set(areOfTheNext)], [false]);
    },
  );

  scene.onFreshPage('says why where those were deleted, and pays in a frame of the next', async (page) => {
    const {stage} = scene;
    await stage.publishAnew({});
    stage.weather.set(CIPHERS, notFound);
    const frame = await open(page);
    const edit = (out: string) => deleteAllBut(next.bundle, join(out, 'tree/v1/assets'));
    await stage.publishAnew({...next, edit});
    await stage.weather.clear();
    await page.click('button');
    await assertKept(page, frame);
    await page.evaluate(`document.querySelector('sealed-fields').retry()`);
    await typeWholeCard(page, await readyFrame(page, stage), CARD);
    await page.click('button');
    await assertPaid();
  });
});

async function isIn(bundle: string, url: string): Promise<boolean> {
  return (await readdir(join(bundle, 'widget/assets'))).includes(basename(new URL(url).pathname));
}

async function deleteAllBut(bundle: string, assets: string): Promise<void> {
  for (const name of await readdir(assets))
    if (!(await isIn(bundle, `http://localhost/${name}`))) await rm(join(assets, name));
}
