import assert from 'node:assert/strict';
import {it} from 'node:test';
import {autofillCard, onlyInChromium} from '../support/browser.ts';
import {inEngines} from '../support/engines.ts';
import {frameWith, openReady} from '../support/frames.ts';
import {openCard, textOf} from '../support/payment.ts';
import {poll} from '../support/poll.ts';

/** A card as the browser stores it. */
const STORED = {
  number: '4012000098765439',
  name: 'Sample Shopper',
  cvc: '999',
  expiryMonth: '12',
  expiryYear: '2029',
};

inEngines('paying by autofill', (suite) => {
  for (const path of ['/card', '/split']) {
    const name = `pays with a card that the browser filled in at ${path}`;
    it(...onlyInChromium(suite.engine, name, 'no other driver triggers autofill'), async () => {
      const page = await openReady(suite.browser, `${suite.servers.shop}${path}`);
      await autofillCard(await frameWith(page, 'cardNumber'), STORED);
      const areComplete = () => page.$$eval('sealed-fields', (all) => all.every(({state}) => state.complete));
      await poll(areComplete, true);
      await Promise.all([page.waitForNavigation(), page.click('form button:last-of-type')]);
      const received = JSON.parse(await textOf(page, '#received')) as Record<string, string>;
      assert.deepEqual(openCard(suite.servers, received), [STORED.number, '12', '2029', '999']);
      assert.match(await textOf(page, '#answer'), /"success": true/);
      await page.close();
    });
  }
});
