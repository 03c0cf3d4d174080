import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {settle} from '../e2e/settle.ts';
import {typeInto, valueOf} from '../e2e/shopper.ts';
import {heardBy, openByHand} from './by-hand.ts';
import {CANARY} from './canary.ts';
import {inEngines} from './suite.ts';

/** What a page can do to the frame to make a click fall into it unseen. */
const DISGUISES: Record<string, string> = {
  'a hundredth of its colour': `frame.style.opacity = '0.01';`,
  'a move and a turn of colours': `frame.style.transform = 'translate(40px, 30px)'; frame.style.filter = 'invert(1)';`,
  'a sheet above it that lets clicks through': `const sheet = document.createElement('div');
    Object.assign(sheet.style, {position: 'fixed', inset: '0', background: 'white', pointerEvents: 'none'});
    document.body.append(sheet);`,
  'a place under the pointer': `Object.assign(frame.style, {position: 'fixed', left: '120px', top: '90px'});`,
};

const disguise = (page: Page, script: string) =>
  page.evaluate(`{const frame = document.querySelector('iframe'); ${script}}`);

/** Clicks everything in the frame that can be clicked. @returns how many there were. */
async function clickAll(frame: Frame): Promise<number> {
  const targets = await frame.$$('input, select, button, a, label, summary');
  for (const target of targets) await target.click();
  return targets.length;
}

inEngines({}, (scene) => {
  const {engine, prove} = scene;

  for (const [name, script] of Object.entries(DISGUISES))
    prove('C07', `under ${name}, clicks tell the page of focus and of nothing else`, async (page) => {
      const fields = 'routingNumber,accountNumber,accountType';
      const frame = await openByHand(page, scene.stage, {fields});
      await typeInto(page, frame, 'routingNumber', CANARY.bank.routingNumber);
      await typeInto(page, frame, 'accountNumber', CANARY.bank.accountNumber);
      await disguise(page, script);
      const before = await heardBy(page);

      assert.ok((await clickAll(frame)) > 4);
      await page.waitForFunction(`heard.length > ${before.length}`);

      const said = (await heardBy(page)).slice(before.length);
      const others = said.filter(({event}) => event !== 'change' && event !== 'height');
      assert.deepEqual(others, []);
      const known = before.filter(({event}) => event === 'change').at(-1);
      assert.ok(known);
      for (const {payload} of said.filter(({event}) => event === 'change'))
        assert.equal(withoutFocus(payload), withoutFocus(known.payload));
      assert.equal(await valueOf(frame, 'accountNumber'), CANARY.bank.accountNumber);
    });

  if (engine === 'chromium')
    // no other can tell
    prove('C07', 'a browser could tell whether the frame is seen as it is', async (page) => {
      const frame = await openByHand(page, scene.stage);
      const isVisible = () =>
        frame.evaluate(`new Promise((resolve) => {
          const observer = new IntersectionObserver(([entry]) => {
            observer.disconnect();
            resolve(entry.isVisible);
          }, {trackVisibility: true, delay: 100});
          observer.observe(document.body);
        })`);
      await settle(isVisible, true);
      await disguise(page, DISGUISES['a hundredth of its colour'] ?? '');
      await settle(isVisible, false);
    });
});

/** A state of the fields, but for where the caret is and has been. */
function withoutFocus(state: Record<string, unknown>): string {
  return JSON.stringify(state).replace(/"(focused|visited)":(true|false),?/g, '');
}
