import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {inEngines} from '../e2e/scene.ts';
import {settle} from '../e2e/settle.ts';
import {clickInto, onlyInChromium, readyFrame, typeWholeCard, valueOf} from '../e2e/shopper.ts';
import {sleep} from './sleep.ts';
import {CARD, payForm, serve} from './shop.ts';

/** In the page: what the element tells, and deadlines that pass five times as fast. */
const WATCH = `if (window === top) {
  window.told = [];
  for (const type of ['sealed-ready', 'sealed-warning', 'sealed-error'])
    addEventListener(type, ({detail}) => told.push(detail === null ? type : type + ' ' + detail.code));
  const wait = window.setTimeout;
  window.setTimeout = (action, delay = 0, ...more) => wait(action, delay >= 1000 ? delay / 5 : delay, ...more);
}`;

/** In the frame: what it says comes a moment later, when every deadline that ran out in sleep has come up. */
const SAY_LATE = `{
  const {postMessage} = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (message) {
    setTimeout(() => postMessage.call(this, message), 300);
  };
}`;

/** In the frame: whoever leaves it is away for so many `minutes`, as its clock has it and no timer. */
const AWAY = `if (window !== top) {
  let late = 0;
  window.minutes = 0;
  addEventListener('blur', () => (late += minutes * 60000));
  const {now} = Date;
  Date.now = () => now() + late;
}`;

inEngines({}, (scene) => {
  const open = async (page: Page): Promise<void> => {
    const {stage} = scene;
    serve(stage, `${payForm()}<input id="beside">`);
    await page.evaluateOnNewDocument(WATCH);
    await page.goto(stage.page);
  };
  const openAndType = async (page: Page): Promise<Frame> => {
    await open(page);
    const frame = await readyFrame(page, scene.stage);
    await typeWholeCard(page, frame, CARD);
    return frame;
  };
  const assertPaid = async () => {
    const {form} = await scene.stage.nextReceived();
    assert.deepEqual(scene.stage.open([form['encrypted_number'] ?? '']), [CARD.cardNumber]);
    assert.equal(scene.stage.received.length, 1);
  };

  scene.onPage('F12 a device that falls asleep while Pay is under way pays when it wakes', async (page) => {
    const frame = await openAndType(page);
    await frame.evaluate(SAY_LATE);
    await page.evaluate(`setTimeout(() => document.querySelector('button').click(), 50)`);
    await new Promise((resolve) => setTimeout(resolve, 150));
    await sleep(4000);
    await assertPaid();
  });

  scene.onPage(
    'F12 a device that falls asleep while the fields load has them when it wakes',
    async (page) => {
      await open(page);
      await readyFrame(page, scene.stage);
      await page.evaluate(`{
      told.length = 0;
      setTimeout(() => document.querySelector('sealed-fields').retry(), 50);
    }`);
      await new Promise((resolve) => setTimeout(resolve, 60));
      await sleep(6000);
      const told = `told.filter((each) => each !== 'sealed-warning slow')`; // it may well be slow
      await settle(() => page.evaluate(told), ['sealed-ready']);
    },
  );

  scene.onPage(
    'F12 what was typed before ten minutes of sleep is gone for whoever comes back',
    async (page) => {
      await page.evaluateOnNewDocument(AWAY);
      const frame = await openAndType(page);
      const leaveFor = async (minutes: number) => {
        await frame.evaluate(`minutes = ${minutes}; 0`);
        await page.click('#beside');
        await clickInto(frame, 'cardNumber');
      };
      await leaveFor(9);
      assert.equal(await valueOf(frame, 'cardNumber'), '4012 0000 9876 5439');
      await leaveFor(1);
      for (const name of Object.keys(CARD)) await settle(() => valueOf(frame, name), '');
      await settle(() => page.evaluate(`document.querySelector('sealed-fields').state.empty`), true);
    },
  );

  scene.onPage('F12 Pay that is pressed after ten minutes of sleep seals nothing of it', async (page) => {
    await page.evaluateOnNewDocument(AWAY);
    const frame = await openAndType(page);
    await frame.evaluate('minutes = 10; 0');
    await page.click('#beside');
    await page.click('button');
    for (const name of Object.keys(CARD)) await settle(() => valueOf(frame, name), '');
    await settle(() => page.evaluate(`document.querySelector('sealed-fields').state.empty`), true);
    assert.deepEqual(scene.stage.received, []);
  });

  const [name, {skip}] = onlyInChromium(
    scene.engine,
    'F12 a page that was frozen in the background pays',
    'no other driver freezes a page',
  );
  if (!skip)
    scene.onPage(name, async (page) => {
      await openAndType(page);
      const session = await page.createCDPSession();
      await page.evaluate(`setTimeout(() => document.querySelector('button').click(), 10000)`); // two seconds, see above
      await session.send('Page.setWebLifecycleState', {state: 'frozen'});
      await new Promise((resolve) => setTimeout(resolve, 4000));
      assert.equal(scene.stage.received.length, 0);
      await session.send('Page.setWebLifecycleState', {state: 'active'});
      await assertPaid();
    });
});
