import assert from 'node:assert/strict';
import type {CDPSession, Frame, Page} from 'puppeteer-core';
import {inEngines} from '../e2e/scene.ts';
import {ENGINES, readyFrame, typeWholeCard} from '../e2e/shopper.ts';
import {CARD, serve} from './shop.ts';

/** In the page: what the element tells, how a seal ends, and deadlines that pass `rate` times as fast. */
const WATCH = `if (window === top) {
  Object.assign(window, {codes: [], rate: 1});
  window.codeOf = (promise) => promise.then(() => 'none', ({code}) => code);
  addEventListener('sealed-error', ({detail: {code}}) => codes.push(code));
  const wait = window.setTimeout;
  window.setTimeout = (action, delay = 0, ...more) => wait(action, delay >= 1000 ? delay / rate : delay, ...more);
}`;

const ALONE = 'in Chromium alone: no other driver kills the process of a frame';

/** When the frame's process dies: the seal that finds out, or is under way. */
const MOMENTS: Record<string, (page: Page, crash: () => Promise<void>) => Promise<unknown>> = {
  'before Pay': async (page, crash) => {
    await crash();
    return page.evaluate(`codeOf(document.querySelector('sealed-fields').seal())`);
  },
  'while it seals': async (page, crash) => {
    const ended = page.evaluate(`codeOf(document.querySelector('sealed-fields').seal())`);
    await crash();
    return ended;
  },
};

inEngines(
  {},
  (scene) => {
    for (const [when, kill] of Object.entries(MOMENTS)) {
      const name = `F04 a frame whose process dies ${when} is lost, and another pays (${ALONE})`;
      scene.onPage(name, async (page) => {
        const {stage} = scene;
        serve(stage);
        await page.evaluateOnNewDocument(WATCH);
        await page.goto(stage.page);
        const frame = await readyFrame(page, stage);
        await typeWholeCard(page, frame, CARD);
        if (when !== 'before Pay') await frame.evaluate(BUSY);

        await page.evaluate('rate = 10');
        assert.equal(await kill(page, () => crash(frame)), 'frame-lost');
        assert.deepEqual(await page.evaluate('codes'), ['frame-lost']);
        const view = await page.$('sealed-fields >>> [role=alert]');
        assert.equal(await view?.isVisible(), true);
        assert.equal(await page.evaluate(`document.querySelector('sealed-fields').state.complete`), false);
        await page.click('form > button');
        assert.equal(stage.received.length, 0);

        await page.evaluate('rate = 1');
        await page.click('sealed-fields >>> [role=alert] button');
        await typeWholeCard(page, await readyFrame(page, stage), CARD);
        await page.click('form > button');
        const {form: received} = await stage.nextReceived();
        assert.deepEqual(stage.open([received['encrypted_number'] ?? '']), [CARD.cardNumber]);
      });
    }
  },
  ENGINES.filter((engine) => engine === 'chromium'),
);

/** In the frame: it acknowledges a seal, and its result does not come. */
const BUSY = `{
  const {postMessage} = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (message) {
    if (message.event !== 'sealed') postMessage.call(this, message);
  };
}`;

/** Puppeteer knows the session of a foreign frame, and does not say so in its types. */
async function crash(frame: Frame): Promise<void> {
  const {client} = frame as unknown as {client: CDPSession};
  await Promise.race([
    client.send('Page.crash').catch(() => undefined), // nobody is left to answer
    new Promise((resolve) => setTimeout(resolve, 200)),
  ]);
}
