import assert from 'node:assert/strict';
import {after, before, beforeEach, describe, it} from 'node:test';
import type {Browser, Frame, Page} from 'puppeteer-core';
import {en} from '../../widget/locales/en.ts';
import {
  ALONE,
  openBrowser,
  readyFrame,
  RELEASE_ENGINES,
  typeWholeCard,
  typeInto,
  valueOf,
} from './shopper.ts';
import {setStage, type Stage} from './stage.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};
const PAY = 'form button:last-of-type';
const KEEP = 'button[formaction]';

for (const engine of RELEASE_ENGINES) {
  describe(`the shop’s form with all that forms have, in ${engine}${ALONE},`, () => {
    let stage: Stage;
    let browser: Browser;
    let page: Page;
    let frame: Frame;
    before(async () => {
      stage = await setStage();
      browser = await openBrowser(engine);
      page = await browser.newPage();
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });
    beforeEach(async () => {
      await page.goto(`${stage.shop}/form`);
      frame = await readyFrame(page, stage);
    });

    /** Presses a button that sends the form. @returns what the shop's server received, by its own page. */
    const send = async (button: string) => {
      await Promise.all([page.waitForNavigation(), page.click(button)]);
      const text = await page.$eval('#received', (node) => node.textContent);
      return JSON.parse(text) as Record<string, string>;
    };
    const status = (name: 'cardNumber', expected: string) =>
      page.waitForFunction(
        (field, wanted) => document.querySelector('sealed-fields')?.state.fields[field]?.status === wanted,
        {},
        name,
        expected,
      );

    it('pays by its last button', async () => {
      await typeWholeCard(page, frame, CARD);
      const received = await send(PAY);
      assert.deepEqual(stage.open([received['encrypted_number'] ?? '']), [CARD.cardNumber]);
      assert.match(await page.$eval('#answer', (node) => node.textContent), /"success": ?true/);
    });

    it('goes without a card by the button that has an address of its own, and with one if it was typed', async () => {
      const without = await send(KEEP);
      assert.equal(new URL(page.url()).pathname, '/reserve');
      assert.equal(without['until'], 'friday');
      assert.deepEqual(
        Object.keys(without).filter((name) => /encrypted|sealed|card/.test(name)),
        [],
      );
      await page.goto(`${stage.shop}/form`);
      frame = await readyFrame(page, stage);
      await typeWholeCard(page, frame, CARD);
      assert.deepEqual(stage.open([(await send(KEEP))['encrypted_csc'] ?? '']), [CARD.securityCode]);
    });

    it('refuses a card that was begun and not finished, though it may be left out', async () => {
      await typeInto(page, frame, 'cardNumber', '4012');
      await page.click(KEEP);
      await frame.waitForFunction(
        (text) => document.getElementById('expiry-problem')?.textContent === text,
        {},
        en.problems.expiry.required,
      );
      assert.equal(new URL(page.url()).pathname, '/form');
      assert.equal(
        await page.$eval('sealed-fields', (element) => element.validationMessage),
        en.problems.cardNumber.incomplete,
      );
    });

    it('has no card to type where an invoice is asked for', async () => {
      await typeInto(page, frame, 'cardNumber', '4012');
      await page.click('#invoice');
      await frame.waitForSelector('#cardNumber:disabled');
      const received = await send(KEEP);
      assert.equal(received['invoice'], 'yes');
      assert.equal(received['encrypted_number'], undefined);
    });

    it('is empty again by its button, card and choice', async () => {
      await typeWholeCard(page, frame, CARD);
      await status('cardNumber', 'valid');
      await page.click('#invoice');
      await page.click('button[type=reset]');
      await status('cardNumber', 'empty');
      for (const name of Object.keys(CARD)) assert.equal(await valueOf(frame, name), '');
      await frame.waitForSelector('#cardNumber:enabled');
      assert.equal(await page.$eval('#invoice', (box) => (box as HTMLInputElement).checked), false);
    });
  });
}
