import assert from 'node:assert/strict';
import {inEngines} from '../support/engines.ts';
import {poll} from '../support/poll.ts';
import {assertNoDigits, CARD, payAt} from '../support/payment.ts';

inEngines('the gateway’s page', (suite) => {
  suite.onPage('shows a payment at the shop as it arrives, with the card number masked', async (page) => {
    const {servers, browser, engine} = suite;
    await page.goto(servers.gateway);
    await page.waitForFunction(() => document.querySelector('#live')?.textContent === 'Live');
    const before = (await page.$$('tbody tr')).length;
    await page.evaluate('window.isSameDocument = true');
    const {answer} = await payAt(browser, engine, servers, '/card', CARD);
    await poll(async () => (await page.$$('tbody tr')).length, before + 1);
    const row = await page.$eval('tbody tr', (newest) => ({
      state: newest.className,
      text: newest.innerText.replace(/\s+/g, ' '),
    }));
    assert.equal(row.state, 'captured new');
    const expected = [String(answer['transaction_id']), 'Visa ···· 5439', 'sealed', '$42.00'];
    for (const text of expected) assert.ok(row.text.includes(text), `${row.text} has no ${text}`);
    assertNoDigits(row.text.replace(String(answer['transaction_id']), ''), CARD.cardNumber);
    assert.equal(await page.evaluate('isSameDocument'), true);
  });
});
