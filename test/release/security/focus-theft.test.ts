import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {en} from '../../../widget/locales/en.ts';
import {untilCaret, valueOf} from '../../support/browser.ts';
import {poll} from '../../support/poll.ts';
import {openWithThief, startTyping, warningsIn} from './attacks/focus-theft.ts';
import {fill, seal} from './pages.ts';
import {inEngines} from './suite.ts';

const NUMBER = '4012000098765439';

/** Elements of the page that may get the focus, closed. */
const MORE = `<input id="own"><dialog><iframe srcdoc="<input autofocus>"></iframe></dialog>`;

const CLICK = 'a click into another frame';

/**
 * What can move the focus while the shopper is typing, without an attack: a script in the page, or what the driver does. Each
 * leaves the focus at an element that the selector matches.
 */
const NORMAL: Readonly<Record<string, [move: (page: Page) => Promise<unknown>, selector: string]>> = {
  'Tab to another frame': [(page) => page.keyboard.press('Tab'), '#thief'],
  [CLICK]: [(page) => page.click('#thief'), '#thief'],
  'a script that focuses an input of the page': [(page) => page.evaluate(`own.focus()`), '#own'],
  'a script that opens a dialog with a frame': [
    (page) =>
      page.evaluate(`{
        const dialog = document.querySelector('dialog');
        dialog.showModal();
        dialog.querySelector('iframe').focus();
      }`),
    'dialog iframe',
  ],
  'a script that removes the focus': [
    (page) => page.evaluate(`document.querySelector('sealed-fields').blur()`),
    'body',
  ],
  'a click in the page, and a script that focuses another frame': [
    async (page) => {
      await page.evaluate(`own.onclick = () => document.querySelector('#thief').focus()`);
      await page.click('#own');
      await page.mouse.move(1, 1);
    },
    '#thief',
  ],
};

inEngines('focus theft', (suite) => {
  suite.prove('F01', 'the focus comes back, and no later key is lost', async (page) => {
    const {ours, thief} = await openWithThief(page, suite.servers);
    await startTyping(page, ours, 'cardNumber');
    await page.keyboard.type(NUMBER.slice(0, 6));
    for (const [times, rest] of [NUMBER.slice(6, 12), NUMBER.slice(12)].entries()) {
      await thief.evaluate('input.focus()');
      await poll(() => thief.evaluate('losses'), times + 1);
      await untilCaret(ours, 'cardNumber');
      await page.keyboard.type(rest);
    }
    assert.deepEqual(
      [await valueOf(ours, 'cardNumber'), await thief.evaluate('stolen'), await warningsIn(page)],
      ['4012 0000 9876 5439', '', []],
    );
  });

  suite.prove('F01', 'shopper and page are told if it goes on, and the card can be paid', async (page) => {
    const {ours, thief} = await openWithThief(page, suite.servers);
    await startTyping(page, ours, 'cardNumber');
    await page.keyboard.type(NUMBER.slice(0, 4));
    await thief.evaluate('steal(20)');
    await page.waitForFunction(`codes.includes('focus-taken')`);
    const line = () => ours.$eval('#interruption', ({textContent}) => textContent);
    await poll(line, en.focusTaken);
    assert.equal(await ours.$eval('#interruption', (node) => node.checkVisibility()), true);
    await thief.evaluate('location.replace("about:blank")');
    await fill(page, ours, {cardNumber: NUMBER, expiry: '12/31', securityCode: '999'});
    assert.equal((await seal(page)).ok, true);
    await page.$eval('sealed-fields', (element) => {
      element.clear();
    });
    await poll(line, '');
  });

  for (const [what, [move, selector]] of Object.entries(NORMAL)) {
    if (suite.engine === 'chromium' && what === CLICK) continue; // its driver moves no pointer over a frame
    suite.prove('F02', `the focus stays where it is after ${what}`, async (page) => {
      const {ours} = await openWithThief(page, suite.servers, MORE);
      await startTyping(page, ours, 'securityCode');
      await page.keyboard.type('99');
      await move(page);
      await poll(() => ours.evaluate(() => document.hasFocus()), false);
      await seal(page); // its answer comes after everything that the frame has posted before
      assert.equal(await page.evaluate(`document.activeElement.matches('${selector}')`), true);
      assert.deepEqual(await warningsIn(page), []);
    });
  }
});
