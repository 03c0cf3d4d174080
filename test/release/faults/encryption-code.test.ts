import assert from 'node:assert/strict';
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {after, before, beforeEach} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import {en} from '../../../widget/locales/en.ts';
import {readyFrame, typeWholeCard, valueOf} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {after as onceAfter, type Fault, instead, notFound, reset} from '../../support/network-faults.ts';
import {poll} from '../../support/poll.ts';
import {assertPaid, CARD, serve, SHOWN_NUMBER} from './merchant-page.ts';
import {buildNextVersion} from './versions.ts';

/** The code of all profiles, and the code of this one. Either may fail to load. */
const [SHARED, PROFILE] = ['/v1/assets/seal-', '/v1/assets/paytrace-'];
const SCRIPT = {'Content-Type': 'text/javascript'};

const FAULTS: Record<string, [fault: Fault, ...chunks: string[]]> = {
  'its connection is reset': [reset, SHARED, PROFILE],
  'the profile’s code is not found': [notFound, PROFILE],
  'the shared code is not found': [notFound, SHARED],
  'the server answers 503': [instead(503, {}), SHARED, PROFILE],
  'the server sends an HTML page': [
    instead(200, {'Content-Type': 'text/html'}, '<p>Log in first.</p>'),
    PROFILE,
  ],
  'the profile’s code is another script': [
    instead(200, SCRIPT, 'export const encrypt = () => ({});'),
    PROFILE,
  ],
  'the shared code is another script': [
    instead(200, SCRIPT, 'export const seal = () => ({}), warm = seal;'),
    SHARED,
  ],
};

/** In the page: records the codes of errors and a submit attempt. In the frame: the seal timeout passes twenty times as fast. */
const RECORD = `if (window === top) {
  window.codes = [];
  addEventListener('sealed-error', ({detail: {code}}) => codes.push(code));
  window.isSubmitting = false;
  addEventListener('submit', () => { isSubmitting = true; }, true);
} else {
  const start = window.setTimeout;
  window.setTimeout = (action, delay = 0, ...more) => start(action, delay === 15000 ? delay / 20 : delay, ...more);
}`;

/** Folder of a build of the next version, whose encryption code has another name. */
const next = {bundle: ''};
before(async () => {
  next.bundle = await mkdtemp(join(tmpdir(), 'sealed-fields-next-'));
  await buildNextVersion(next.bundle);
});
after(() => rm(next.bundle, {recursive: true}));

inEngines('encryption code', (suite) => {
  beforeEach(() => suite.servers.reset());

  const open = async (page: Page): Promise<Frame> => {
    serve(suite.servers);
    await page.evaluateOnNewDocument(RECORD);
    await page.goto(suite.servers.page);
    const frame = await readyFrame(page, suite.servers);
    await typeWholeCard(page, frame, CARD);
    return frame;
  };

  /** Asserts that nothing was sent, that shopper and page get the reason, and that the field values are kept. */
  const assertKept = async (page: Page, frame: Frame) => {
    for (const id of ['outcome', 'announcement'])
      await poll(() => frame.$eval(`#${id}`, ({textContent}) => textContent), en.sealFailed);
    await poll(() => page.evaluate('[...new Set(codes)]'), ['crypto-unavailable']); // dispatched after it is shown
    assert.equal(await valueOf(frame, 'cardNumber'), SHOWN_NUMBER);
    assert.equal(suite.servers.received.length, 0);
  };

  for (const [what, [fault, ...chunks]] of Object.entries(FAULTS))
    suite.onFreshPage(`is loaded again until it arrives if ${what}`, async (page) => {
      for (const chunk of chunks) suite.servers.networkFaults.set(chunk, fault);
      const frame = await open(page);
      for (let attempts = 0; attempts < 2; attempts += 1) {
        await page.click('button');
        await assertKept(page, frame);
      }
      await suite.servers.networkFaults.clear();
      await page.click('button');
      await assertPaid(suite.servers);
    });

  suite.onFreshPage('that arrives late pays without another click', async (page) => {
    const {servers} = suite;
    let arrive = () => {};
    servers.networkFaults.set(PROFILE, onceAfter(new Promise<void>((resolve) => (arrive = resolve))));
    await open(page);
    await page.click('button');
    await poll(() => page.evaluate('isSubmitting'), true);
    arrive();
    await assertPaid(servers);
  });

  suite.onFreshPage('that does not arrive in time fails, and pays once it has arrived', async (page) => {
    const {servers} = suite;
    let arrive = () => {};
    servers.networkFaults.set(PROFILE, onceAfter(new Promise<void>((resolve) => (arrive = resolve))));
    const frame = await open(page);
    await page.click('button');
    await assertKept(page, frame);
    arrive();
    await page.click('button');
    await assertPaid(servers);
  });

  suite.onFreshPage('is of the frame’s version after the next one was published', async (page) => {
    const {servers} = suite;
    servers.networkFaults.set(PROFILE, notFound);
    const frame = await open(page);
    await servers.publishAnew(next);
    const before = servers.asked.length;
    await page.click('button');
    await assertKept(page, frame);
    await servers.networkFaults.clear();
    await page.click('button');
    await assertPaid(servers);
    const requests = servers.asked.slice(before).filter(({url}) => url.includes(PROFILE));
    const areNext = await Promise.all(requests.map(({url}) => isIn(next.bundle, url)));
    assert.deepEqual([...new Set(areNext)], [false]);
  });

  suite.onFreshPage('that was deleted fails, and a frame of the next version pays', async (page) => {
    const {servers} = suite;
    servers.networkFaults.set(PROFILE, notFound);
    const frame = await open(page);
    const edit = (out: string) => deleteAllBut(next.bundle, join(out, 'tree/v1/assets'));
    await servers.publishAnew({...next, edit});
    await servers.networkFaults.clear();
    await page.click('button');
    await assertKept(page, frame);
    await page.evaluate(`document.querySelector('sealed-fields').retry()`);
    await typeWholeCard(page, await readyFrame(page, servers), CARD);
    await page.click('button');
    await assertPaid(servers);
  });
});

async function isIn(bundle: string, url: string): Promise<boolean> {
  return (await readdir(join(bundle, 'widget/assets'))).includes(basename(new URL(url).pathname));
}

async function deleteAllBut(bundle: string, assets: string): Promise<void> {
  for (const name of await readdir(assets))
    if (!(await isIn(bundle, `http://localhost/${name}`))) await rm(join(assets, name));
}
