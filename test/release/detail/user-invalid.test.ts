import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {clickInto, readyFrame, typeCard, typeInto} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {poll} from '../../support/poll.ts';
import {snippet} from '../../support/servers.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};
const [FIRST, LAST] = [CARD.cardNumber.slice(0, -1), CARD.cardNumber.slice(-1)];

/** What a page's styles see: `:invalid`, `:valid`, `:state(user-invalid)`. */
const INVALID = [true, false, false];
const SHOWN = [true, false, true];
const VALID = [false, true, false];

inEngines(':state(user-invalid)', (suite) => {
  const open = async (page: Page) => {
    suite.servers.pages.set(
      '/',
      snippet(suite.servers, '<form><sealed-fields></sealed-fields><button>Pay</button></form>'),
    );
    await page.goto(suite.servers.page);
    return readyFrame(page, suite.servers);
  };
  const stylesIn = (page: Page) => () =>
    page.$eval('sealed-fields', (element) =>
      [':invalid', ':valid', ':state(user-invalid)'].map((selector) => element.matches(selector)),
    );

  suite.onPage('starts with a blocked submit and ends when every problem is fixed', async (page) => {
    const frame = await open(page);
    const styles = stylesIn(page);
    assert.deepEqual(await styles(), INVALID);
    await page.click('button');
    await poll(styles, SHOWN);
    await typeCard(page, frame, CARD);
    await poll(styles, VALID);
    await page.keyboard.press('Backspace');
    await poll(styles, INVALID);
    await page.$eval('form', (form) => {
      form.reset();
    });
    await poll(styles, INVALID);
  });

  suite.onPage('starts when an invalid field is left, and ends with the key that fixes it', async (page) => {
    const frame = await open(page);
    const styles = stylesIn(page);
    const statusOf = () => page.$eval('sealed-fields', ({state}) => state.fields.cardNumber?.status);
    await typeInto(page, frame, 'cardNumber', FIRST);
    await poll(statusOf, 'incomplete');
    assert.deepEqual(await styles(), INVALID);
    await clickInto(frame, 'expiry');
    await poll(styles, SHOWN);
    await page.$eval('sealed-fields', (element) => {
      element.focus('cardNumber');
    });
    await poll(() => frame.evaluate(() => document.hasFocus() && document.activeElement?.id), 'cardNumber');
    assert.deepEqual(await styles(), SHOWN);
    await page.keyboard.press('End');
    await page.keyboard.type(LAST);
    await poll(statusOf, 'valid');
    assert.deepEqual(await styles(), INVALID);
  });
});
