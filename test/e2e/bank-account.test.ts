import assert from 'node:assert/strict';
import {it} from 'node:test';
import {readyFrame, untilCaret} from '../support/browser.ts';
import {inEngines} from '../support/engines.ts';
import {openReady, typeAll, typeWhole} from '../support/frames.ts';
import {assertNoDigits, CARD, CARD_VALUES, openCard, payAt, SUBMISSION} from '../support/payment.ts';
import {poll} from '../support/poll.ts';
import {snippet} from '../support/servers.ts';

const ACCOUNT = '0012345678';
const BANK = {routingNumber: '325070760', accountNumber: ACCOUNT, accountNumberConfirmation: ACCOUNT};
const SEALED = ['encrypted_routing_number', 'encrypted_account_number'];
const FIELDS = `data-fields="accountType ${Object.keys(BANK).join(' ')}"`;

/** The tab stops in the frame, in order. */
const STOPS = [
  'accountType',
  'routingNumber',
  'accountNumber',
  'accountNumber-reveal',
  'accountNumberConfirmation',
  'accountNumberConfirmation-reveal',
];

const ONE_FORM = `<form method="post" action="/received">
  <input id="before" /><sealed-fields ${FIELDS}></sealed-fields><button>Pay</button>
</form>`;

/** Responses load in a frame, so the page stays open. */
const TWO_FORMS = `<form method="post" action="/bank" target="sink">
    <sealed-fields ${FIELDS}></sealed-fields><button id="bank">Pay</button></form>
  <form method="post" action="/card" target="sink">
    <sealed-fields></sealed-fields><button id="card">Pay</button></form>
  <iframe name="sink"></iframe>`;

inEngines('paying by bank account', (suite) => {
  const openNumbers = (form: Readonly<Record<string, string>>) =>
    suite.servers.open(SEALED.map((name) => form[name] ?? ''));

  it('seals both numbers at the shop and leaves no digit in the page, its log or its requests', async () => {
    const {servers, browser, engine} = suite;
    const {received, answer, own, seen} = await payAt(browser, engine, servers, '/bank', BANK);
    const names = new Set([...own, ...SEALED, ...SUBMISSION]);
    assert.deepEqual(Object.keys(received).sort(), [...names].sort());
    assert.deepEqual(openNumbers(received), [BANK.routingNumber, ACCOUNT]);
    assert.deepEqual([answer['success'], answer['response_code']], [true, 120]);
    for (const text of seen) {
      assertNoDigits(text, BANK.routingNumber);
      assertNoDigits(text, ACCOUNT);
    }
  });

  suite.onPage('is filled in with the keyboard and sent once both account numbers match', async (page) => {
    const {servers} = suite;
    servers.received.length = 0;
    servers.pages.set('/', snippet(servers, ONE_FORM));
    servers.pages.set('/received', {html: 'Received.'});
    await page.goto(servers.page);
    const frame = await readyFrame(page, servers);
    const leavesFrame = (selector: string) =>
      poll(() => page.evaluate((at) => document.activeElement?.matches(at), selector), true);
    const tabBack = async () => {
      await page.keyboard.down('Shift');
      await page.keyboard.press('Tab');
      await page.keyboard.up('Shift');
    };

    await page.click('#before');
    for (const stop of STOPS) {
      await page.keyboard.press('Tab');
      await untilCaret(frame, stop);
    }
    await page.keyboard.press('Tab');
    await leavesFrame('form > button');
    for (const stop of STOPS.toReversed()) {
      await tabBack();
      await untilCaret(frame, stop);
    }
    await page.keyboard.press('ArrowDown');
    await poll(() => frame.$eval('select', ({value}) => value), 'savings');
    await tabBack();
    await leavesFrame('#before');
    assert.deepEqual(
      await page.$eval('sealed-fields', ({state: {fields}}) => [
        fields.routingNumber?.visited,
        fields.accountNumber?.visited,
        fields.accountNumberConfirmation?.visited,
      ]),
      [false, false, false],
    );

    await typeAll(page, {routingNumber: BANK.routingNumber, accountNumberConfirmation: '0012345679'});
    await typeAll(page, {accountNumber: ACCOUNT});
    await page.keyboard.press('Tab');
    await untilCaret(frame, 'accountNumber-reveal');
    const isMasked = () => frame.$eval('#accountNumber', ({classList}) => classList.contains('masked'));
    await poll(isMasked, true);
    await page.keyboard.press(' ');
    await poll(isMasked, false);
    await page.keyboard.press('Enter');
    await poll(isMasked, true);

    await page.click('button');
    await frame.waitForSelector('#accountNumberConfirmation[aria-invalid=true]');
    await untilCaret(frame, 'accountNumberConfirmation');
    assert.equal(await page.$eval('form', (form) => form.checkValidity()), false);
    assert.deepEqual(servers.received, []);
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('8');
    await poll(() => page.$eval('sealed-fields', ({state}) => state.complete), true);
    await page.click('button');
    const {form} = await servers.nextReceived();
    assert.deepEqual(Object.keys(form).sort(), ['account_type', ...SEALED, ...SUBMISSION].sort());
    assert.equal(form['account_type'], 'savings');
    assert.deepEqual(openNumbers(form), [BANK.routingNumber, ACCOUNT]);
  });

  it('is sent separately from a card in another form, and as a checking account by default', async () => {
    const {servers} = suite;
    servers.received.length = 0;
    servers.pages.set('/', snippet(servers, TWO_FORMS));
    for (const path of ['/bank', '/card']) servers.pages.set(path, {html: 'Received.'});
    const page = await openReady(suite.browser, servers.page);
    await typeAll(page, BANK);
    await poll(() => page.$eval('sealed-fields', ({state}) => state.complete), true);
    await page.click('#bank');
    const bank = await servers.nextReceived();
    await typeWhole(page, CARD);
    await page.click('#card');
    const card = await servers.nextReceived(1);
    assert.deepEqual([bank.path, card.path], ['/bank', '/card']);
    assert.deepEqual(Object.keys(bank.form).sort(), ['account_type', ...SEALED, ...SUBMISSION].sort());
    assert.equal(bank.form['account_type'], 'checking');
    assert.deepEqual(openCard(servers, card.form), CARD_VALUES);
    assert.equal('encrypted_account_number' in card.form, false);
    assert.notEqual(bank.form['sealed_id'], card.form['sealed_id']);
    await page.close();
  });
});
