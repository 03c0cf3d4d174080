import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {clickInto, readyFrame, typeInto, valueOf} from '../e2e/shopper.ts';
import {snippet} from '../e2e/stage.ts';
import {CANARY} from './canary.ts';
import {stringsIn} from './heap.ts';
import {inEngines} from './suite.ts';

const {card, bank} = CANARY;
const {cardNumber, expiry, securityCode} = card;

/** What is typed, and what of it must be gone. */
const FORMS: Record<string, [typed: Record<string, string>, secrets: RegExp]> = {
  'a card': [{cardNumber, expiry, securityCode}, secretsOf(cardNumber, securityCode)],
  'a number and a code alone': [{cardNumber, securityCode}, secretsOf(cardNumber, securityCode)],
  'a number at fault': [{securityCode, cardNumber: `${cardNumber}1`}, secretsOf(cardNumber, securityCode)],
  'a bank account': [bank, secretsOf(bank.accountNumber, bank.routingNumber)],
};

inEngines({}, (scene) => {
  const open = async (page: Page, fields: string[]): Promise<Frame> => {
    const element = `<form><sealed-fields data-fields="${fields.join(' ')}"></sealed-fields></form>`;
    scene.stage.pages.set('/heap', snippet(scene.stage, element));
    await page.goto(`${scene.stage.page}/heap`);
    return readyFrame(page, scene.stage);
  };

  for (const [what, [typed, secrets]] of Object.entries(FORMS))
    for (const isSealed of [false, true])
      scene.prove('L02', `${what}, ${isSealed ? 'sealed and ' : ''}cleared`, async (page) => {
        const frame = await open(page, Object.keys(typed));
        for (const [name, text] of Object.entries(typed)) await typeInto(page, frame, name, text);
        await page.waitForFunction(`!document.querySelector('sealed-fields').state.empty`);
        assert.notDeepEqual(await held(frame, secrets), [], 'before');
        if (isSealed) await page.evaluate(`document.querySelector('sealed-fields').seal().then(() => {})`);
        await page.evaluate(`document.querySelector('sealed-fields').clear()`);
        await page.waitForFunction(`document.querySelector('sealed-fields').state.empty`);
        assert.deepEqual(await held(frame, secrets), []);
        await assertNotUndone(page, frame, typed);
      });
});

/** What a browser keeps for undoing is no part of that heap: it must not come back by it. */
async function assertNotUndone(page: Page, frame: Frame, typed: Record<string, string>): Promise<void> {
  for (const name of Object.keys(typed)) {
    await clickInto(frame, name);
    await page.keyboard.down('Control');
    for (let steps = 0; steps < 3; steps += 1) await page.keyboard.press('z');
    await page.keyboard.up('Control');
    assert.equal(await valueOf(frame, name), '');
  }
}

async function held(frame: Frame, secrets: RegExp): Promise<string[]> {
  const withoutChannels = (text: string) => text.replace(/[0-9a-f]{32}/g, ''); // they may hold any digits
  return (await stringsIn(frame)).filter((text) => secrets.test(withoutChannels(text)));
}

/** These digits by themselves or within a text, in one piece or in groups. */
function secretsOf(...secrets: string[]): RegExp {
  const spaced = secrets.map((digits) => Array.from(digits).join('[ -]?'));
  return new RegExp(`(?<![0-9])(${spaced.join('|')})`);
}
