import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {inEngines, type Scene} from '../e2e/scene.ts';
import {settle} from '../e2e/settle.ts';
import {goBack, readyFrame, typeWholeCard} from '../e2e/shopper.ts';
import type {Fault} from '../e2e/weather.ts';
import {COUNT, heldBy} from '../soak/held.ts';
import {CARD, payForm, serve} from './shop.ts';

/** In the page: counts what it holds, what the element tells and how promises end; deadlines pass `rate` times as fast. */
const WATCH = `if (window === top) {
  ${COUNT}
  Object.assign(window, {told: [], rate: 1});
  window.ends = {ready: [], seal: []};
  window.note = (name, promise) => promise.then(() => ends[name].push('kept'), ({code}) => ends[name].push(code));
  for (const type of ['ready', 'change', 'submit', 'warning', 'error'])
    addEventListener('sealed-' + type, ({detail}) => told.push(type + (detail?.code ? ' ' + detail.code : '')), true);
  const wait = window.setTimeout;
  window.setTimeout = (action, delay = 0, ...more) => wait(action, delay >= 1000 ? delay / rate : delay, ...more);
}`;

/** In the frame: what it has sealed is said where its page comes back, and no sooner. */
const SEAL_LATE = `{
  const {postMessage} = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (message) {
    if (message.event !== 'sealed') postMessage.call(this, message);
    else addEventListener('pageshow', () => postMessage.call(this, message));
  };
}`;

/** Puts an element into the page, and brings it so far. */
const STATES: Record<string, (scene: Scene, page: Page) => Promise<unknown>> = {
  loading: async ({stage}, page) => {
    stage.weather.set('/v1/m/', firstOneHangs());
    await page.evaluate(INSERT);
  },
  ready: async ({stage}, page) => {
    await page.evaluate(INSERT);
    await typeWholeCard(page, await readyFrame(page, stage), CARD);
  },
  sealing: async (scene, page) => {
    await STATES['ready']?.(scene, page);
    await (await readyFrame(page, scene.stage)).evaluate(SEAL_LATE);
    await page.evaluate('void note("seal", element.seal())');
  },
  done: async (scene, page) => {
    await STATES['ready']?.(scene, page);
    await page.evaluate('note("seal", element.seal())');
  },
};
const INSERT = `{
  window.element = document.forms[0].appendChild(document.createElement('sealed-fields'));
  void note('ready', element.ready);
}`;

function firstOneHangs(): Fault {
  let asked = 0;
  return (_, answer) => {
    asked += 1;
    if (asked > 1) answer();
  };
}

type Ends = Record<'ready' | 'seal', string[]>;

/** How each promise ends, once, where the element is removed in this state. */
const REMOVED: Record<string, Ends> = {
  loading: {ready: ['aborted'], seal: []},
  ready: {ready: ['kept'], seal: []},
  sealing: {ready: ['kept'], seal: ['aborted']},
  done: {ready: ['kept'], seal: ['kept']},
};

/** Where another document comes into its frame, and what the element tells then. */
const REPLACED: Record<string, {ends: Ends; tells: string[]}> = {
  loading: {ends: {ready: ['frame-refused'], seal: []}, tells: ['error frame-refused']},
  ready: {ends: {ready: ['kept'], seal: []}, tells: ['ready']},
  sealing: {ends: {ready: ['kept'], seal: ['frame-lost']}, tells: ['ready']},
  done: {ends: {ready: ['kept'], seal: ['kept']}, tells: ['ready']},
};

inEngines({}, (scene) => {
  const open = async (page: Page, body = '<form method="post" action="/received"></form>') => {
    const {stage} = scene;
    serve(stage, body);
    stage.pages.set('/elsewhere', {html: '<!doctype html><title>Elsewhere</title>'});
    await stage.weather.clear();
    await page.evaluateOnNewDocument(WATCH);
    await page.goto(stage.page);
    await page.evaluate(`customElements.whenDefined('sealed-fields').then(() => 0)`);
  };
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  for (const [state, ends] of Object.entries(REMOVED))
    scene.onPage(
      `F02 an element that is removed while ${state} ends each promise once, and is silent`,
      async (page) => {
        await open(page);
        await STATES['ready']?.(scene, page); // what a page takes once for all its elements
        await page.evaluate('element.remove()');
        const before = await heldBy(page);
        await page.evaluate('ends = {ready: [], seal: []}');
        await STATES[state]?.(scene, page);
        await page.evaluate('element.remove(), told.length = 0');
        await settle(() => heldBy(page), before);
        await pause(800); // what the frame had still to say would be here
        assert.deepEqual(await page.evaluate('[ends, told]'), [ends, []]);
        assert.deepEqual(await heldBy(page), before);
      },
    );

  for (const [state, {ends, tells}] of Object.entries(REPLACED))
    scene.onPage(`F02 a frame whose document goes while ${state} ends each promise once`, async (page) => {
      await open(page);
      await STATES[state]?.(scene, page);
      await page.evaluate(
        `rate = 4, told.length = 0, element.querySelector('iframe').contentWindow.location = 'about:blank', 0`,
      );
      const said = `told.filter((each) => each !== 'change' && each !== 'warning slow')`; // it may well be slow
      await settle(() => page.evaluate(said), tells);
      await pause(800);
      assert.deepEqual(await page.evaluate('ends'), ends);
      if (state !== 'loading') assert.deepEqual(await page.evaluate('element.state.empty'), true);
    });

  scene.onPage('F02 a page that goes while it seals sends nothing when it comes back', async (page) => {
    await open(page, payForm());
    const frame = await readyFrame(page, scene.stage);
    await typeWholeCard(page, frame, CARD);
    await frame.evaluate(SEAL_LATE);
    await page.click('button');
    await page.goto(`${scene.stage.page}/elsewhere`);
    await goBack(page);
    const isBack = () =>
      page.evaluate(`location.pathname === '/' && document.readyState === 'complete'`).catch(() => false);
    await settle(isBack, true);
    await pause(1200);
    assert.equal(await isBack(), true);
    assert.deepEqual(scene.stage.received, []);
    assert.deepEqual(await page.$$('sealed-fields input'), []);
  });
});
