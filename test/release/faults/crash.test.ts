import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {readyFrame, typeWholeCard} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {sessionOf} from '../../support/frames.ts';
import {assertPaid, CARD, serve} from './merchant-page.ts';

/** In the page: records the codes of errors; deadlines pass `rate` times as fast. */
const RECORD = `if (window === top) {
  Object.assign(window, {codes: [], rate: 1});
  window.codeOf = (promise) => promise.then(() => 'none', ({code}) => code);
  addEventListener('sealed-error', ({detail: {code}}) => codes.push(code));
  const start = window.setTimeout;
  window.setTimeout = (action, delay = 0, ...more) => start(action, delay >= 1000 ? delay / rate : delay, ...more);
}`;

/** In the frame: it acknowledges a seal request and never sends the result. */
const NEVER_SEAL = `{
  const {postMessage} = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (message) {
    if (message.event !== 'sealed') postMessage.call(this, message);
  };
}`;

const SEAL = `codeOf(document.querySelector('sealed-fields').seal())`;

/** When the process crashes. Each returns the code with which the seal request rejects. */
const MOMENTS: Record<string, (page: Page, frame: Frame) => Promise<unknown>> = {
  'before a seal request': async (page, frame) => {
    await crash(frame);
    return page.evaluate(SEAL);
  },
  'during a seal request': async (page, frame) => {
    await frame.evaluate(NEVER_SEAL);
    const code = page.evaluate(SEAL);
    await crash(frame);
    return code;
  },
};

inEngines(
  'a frame whose process crashes',
  (suite) => {
    for (const [when, crashAndSeal] of Object.entries(MOMENTS))
      suite.onPage(`${when} is lost, and the next frame pays`, async (page) => {
        const {servers} = suite;
        serve(servers);
        await page.evaluateOnNewDocument(RECORD);
        await page.goto(servers.page);
        const frame = await readyFrame(page, servers);
        await typeWholeCard(page, frame, CARD);

        await page.evaluate('rate = 10');
        assert.equal(await crashAndSeal(page, frame), 'frame-lost');
        assert.deepEqual(await page.evaluate('codes'), ['frame-lost']);
        const view = await page.$('sealed-fields >>> [role=alert]');
        assert.equal(await view?.isVisible(), true);
        assert.equal(await page.evaluate(`document.querySelector('sealed-fields').state.complete`), false);
        await page.click('form > button');
        assert.equal(servers.received.length, 0);

        await page.evaluate('rate = 1');
        await page.click('sealed-fields >>> [role=alert] button');
        await typeWholeCard(page, await readyFrame(page, servers), CARD);
        await page.click('form > button');
        await assertPaid(servers);
      });
  },
  undefined,
  ['chromium'], // no other driver crashes the process of one frame
);

async function crash(frame: Frame): Promise<void> {
  await Promise.race([
    sessionOf(frame)
      .send('Page.crash')
      .catch(() => undefined), // a crashed process does not answer
    new Promise((resolve) => setTimeout(resolve, 200)),
  ]);
}
