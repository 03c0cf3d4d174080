import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {en} from '../../widget/locales/en.ts';
import {readyFrame, typeInto, typeWholeCard, untilCaret, valueOf} from '../support/browser.ts';
import {inEngines} from '../support/engines.ts';
import {CARD, CARD_NAMES, CARD_VALUES, openCard, SUBMISSION, textOf} from '../support/payment.ts';
import {poll} from '../support/poll.ts';
import {snippet} from '../support/servers.ts';

/** Buttons of the shop's form. */
const PAY = 'form button:last-of-type';
const RESERVE = 'button[formaction]';

/** A form that its page submits with `fetch`. The page stays open, as after a decline. */
const SENT_BY_SCRIPT = `<form method="post" action="/received" novalidate>
    <input name="item" value="ridge" />
    <fieldset><sealed-fields></sealed-fields></fieldset>
    <button>Pay</button>
  </form>
  <script>
    onsubmit = (event) => {
      event.preventDefault();
      fetch('/declined', {method: 'POST', body: new URLSearchParams(new FormData(event.target))});
    };
  </script>`;

inEngines('the merchant’s form', (suite) => {
  /** Presses a button that submits the shop's form. @returns what the shop's server received. */
  const send = async (page: Page, button: string) => {
    await Promise.all([page.waitForNavigation(), page.click(button)]);
    return JSON.parse(await textOf(page, '#received')) as Record<string, string>;
  };
  const values = async (page: Page) => {
    const frame = await readyFrame(page, suite.servers);
    return Promise.all(Object.keys(CARD).map((name) => valueOf(frame, name)));
  };
  const isEmpty = (page: Page) => page.$eval('sealed-fields', ({state}) => state.empty);

  suite.onPage('reserves without a card, rejects half a card, resets, and pays', async (page) => {
    const {servers} = suite;
    await page.goto(`${servers.shop}/form`);
    await readyFrame(page, servers);
    const reserved = await send(page, RESERVE);
    assert.deepEqual([new URL(page.url()).pathname, reserved['until']], ['/reserve', 'friday']);
    const sealed = Object.keys(reserved).filter((name) => /encrypted|sealed/.test(name));
    assert.deepEqual(sealed, []);

    await page.goto(`${servers.shop}/form`);
    const frame = await readyFrame(page, servers);
    await typeInto(page, frame, 'cardNumber', '4012');
    await page.click(RESERVE);
    const problem = () => frame.$eval('#expiry-problem', ({textContent}) => textContent);
    await poll(problem, en.problems.expiry.required);
    const message = () => page.$eval('sealed-fields', ({validationMessage}) => validationMessage);
    assert.equal(await message(), en.problems.cardNumber.incomplete);
    assert.equal(new URL(page.url()).pathname, '/form');

    await page.click('#invoice');
    await frame.waitForSelector('#cardNumber:disabled');
    await page.click('button[type=reset]');
    await frame.waitForSelector('#cardNumber:enabled');
    await poll(() => isEmpty(page), true);
    assert.deepEqual(await values(page), ['', '', '']);
    assert.equal(await page.$eval('#invoice', (box) => (box as HTMLInputElement).checked), false);

    await typeWholeCard(page, frame, CARD);
    assert.deepEqual(openCard(servers, await send(page, PAY)), CARD_VALUES);
    assert.match(await textOf(page, '#answer'), /"success": true/);
  });

  suite.onPage(
    'keeps a card while its fieldset is disabled and sends it to a button’s address',
    async (page) => {
      const {servers} = suite;
      await page.goto(`${servers.shop}/form`);
      const frame = await readyFrame(page, servers);
      await typeWholeCard(page, frame, CARD);
      await page.click('#invoice');
      await frame.waitForSelector('#securityCode:disabled');
      await page.click('#invoice');
      await frame.waitForSelector('#securityCode:enabled');
      const received = await send(page, RESERVE);
      assert.equal(new URL(page.url()).pathname, '/reserve');
      assert.deepEqual(openCard(servers, received), CARD_VALUES);
    },
  );

  suite.onPage(
    'sends one id for a double click and at once after a decline, a new one later, and by form.submit()',
    async (page) => {
      const {servers} = suite;
      servers.received.length = 0;
      servers.pages.set('/', snippet(servers, SENT_BY_SCRIPT));
      servers.pages.set('/declined', {html: '', status: 402});
      servers.pages.set('/received', {html: 'Received.'});
      await page.goto(servers.page);
      const frame = await readyFrame(page, servers);

      await typeInto(page, frame, 'cardNumber', CARD.cardNumber);
      await page.click('button');
      await untilCaret(frame, 'expiry');
      await page.keyboard.type('1231');
      await typeInto(page, frame, 'securityCode', CARD.securityCode);
      await page.waitForFunction(() => document.querySelector('sealed-fields')?.state.complete);
      assert.deepEqual(servers.received, []);

      // A double click, and another click as soon as the page has sent the form.
      await page.evaluate(() => {
        const button = document.querySelector('button');
        addEventListener('submit', () => setTimeout(() => button?.click()), {once: true});
        button?.click();
        button?.click();
      });
      const idOf = async (index: number) => (await servers.nextReceived(index)).form['sealed_id'];
      const first = await idOf(0);
      assert.equal(await idOf(1), first);
      let later = 1;
      await poll(async () => {
        await page.click('button');
        return (await idOf((later += 1))) !== first;
      }, true);
      servers.received.splice(1, later - 1);

      await page.$eval('fieldset', (fieldset) => (fieldset.disabled = true));
      await page.click('button');
      const {form: withoutCard} = await servers.nextReceived(2);
      assert.deepEqual(withoutCard, {item: 'ridge'});
      await page.$eval('fieldset', (fieldset) => (fieldset.disabled = false));

      await page.$eval('form', (form) => {
        form.submit();
      });
      await servers.nextReceived(3);
      assert.deepEqual(
        servers.received.map(({path}) => path),
        ['/declined', '/declined', '/declined', '/received'],
      );
      const payments = servers.received.filter(({form}) => 'sealed_id' in form).map(({form}) => form);
      for (const form of payments) {
        assert.deepEqual(Object.keys(form).sort(), [...CARD_NAMES, ...SUBMISSION, 'item'].sort());
        assert.deepEqual(openCard(servers, form), CARD_VALUES);
      }
      // Each id has ciphertexts of its own.
      const ids = new Set(payments.map((form) => form['sealed_id'])).size;
      assert.ok(ids >= 2);
      for (const name of ['encrypted_number', 'encrypted_csc'])
        assert.equal(new Set(payments.map((form) => form[name])).size, ids, name);
    },
  );
});
