import assert from 'node:assert/strict';
import {it} from 'node:test';
import {readyFrame, typeCard, untilCaret, valueOf} from '../support/browser.ts';
import {inEngines} from '../support/engines.ts';
import {allReady} from '../support/frames.ts';
import {
  assertNoDigits,
  CARD,
  CARD_NAMES,
  CARD_VALUES,
  openCard,
  payAt,
  SUBMISSION,
  textOf,
} from '../support/payment.ts';

const AMERICAN_EXPRESS = {cardNumber: '371449635392376', expiry: '11 / 2028', securityCode: '9997'};

inEngines('paying by card', (suite) => {
  it('sends only ciphertext and leaves no digit in the page, its log or its requests', async () => {
    const {servers, browser, engine} = suite;
    const {received, answer, seen, own} = await payAt(browser, engine, servers, '/card', AMERICAN_EXPRESS);
    const names = new Set([...own, ...CARD_NAMES, ...SUBMISSION]);
    assert.deepEqual(Object.keys(received).sort(), [...names].sort());
    assert.deepEqual(openCard(servers, received), [AMERICAN_EXPRESS.cardNumber, '11', '2028', '9997']);
    assert.equal(received['sealed_key_id'], 'test');
    assert.match(received['sealed_id'] ?? '', /^[0-9a-f]{32}$/);
    assert.deepEqual([answer['success'], answer['masked_card_number']], [true, 'xxxxxxxxxxx2376']);
    for (const text of seen) assertNoDigits(text, AMERICAN_EXPRESS.cardNumber);
  });

  suite.onPage('corrects a security code, submits with Enter, is declined and pays again', async (page) => {
    const {servers} = suite;
    await page.goto(`${servers.shop}/card?item=decline`);
    const first = await readyFrame(page, servers);
    await typeCard(page, first, {...CARD, securityCode: '9'});
    await page.click('form button:last-of-type');
    await first.waitForSelector('#securityCode[aria-invalid=true]');
    await untilCaret(first, 'securityCode');
    await page.keyboard.type('99');
    assert.equal(await valueOf(first, 'securityCode'), '999');
    await first.waitForSelector('#securityCode[aria-invalid=false]');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    assert.match(await textOf(page, '#answer'), /"response_code": 102/);
    const declined = JSON.parse(await textOf(page, '#received')) as Record<string, string>;

    await Promise.all([page.waitForNavigation(), page.click('.result a')]);
    assert.equal(page.url(), `${servers.shop}/card?item=decline`);
    await allReady(page);
    await page.$eval('input[name=item]', (item) => (item.value = 'ridge'));
    await typeCard(page, await readyFrame(page, servers), CARD);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    assert.match(await textOf(page, '#answer'), /"success": true/);
    const paid = JSON.parse(await textOf(page, '#received')) as Record<string, string>;
    assert.deepEqual([openCard(servers, declined), openCard(servers, paid)], [CARD_VALUES, CARD_VALUES]);
    assert.notEqual(declined['sealed_id'], paid['sealed_id']);
  });
});
