import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import type {SealResult} from '../../../widget/protocol/messages.ts';
import {en} from '../../../widget/locales/en.ts';
import {readyFrame, typeCard, typeWholeCard} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {CARD, payAt, SUBMISSION} from '../../support/payment.ts';
import {poll} from '../../support/poll.ts';
import {snippet} from '../../support/servers.ts';

const MASTERCARD = {cardNumber: '5499740000000057', expiry: '12/31', securityCode: '998'};
const MONTH = 'encrypted_expiration_month';
const YEAR = 'encrypted_expiration_year';

/** In the page: every error that is reported. */
const WATCH = `<script>
  const errors = [];
  addEventListener('sealed-error', ({detail}) => errors.push(detail.code));
</script>`;

/** The shop's own merchant has a plain expiry. */
const record = {expiry: 'plain'};
const merchants = {
  named: {names: {cardNumber: 'ccNumber', securityCode: 'ccCode'}, expiry: 'sealed'},
  visa: {brands: ['visa']},
};

inEngines(
  'a merchant record',
  (suite) => {
    const open = async (page: Page, attributes: string) => {
      const {servers} = suite;
      servers.received.length = 0;
      const form = `<form method="post" action="/received" target="sink">
        <sealed-fields ${attributes}></sealed-fields><button>Pay</button></form><iframe name="sink"></iframe>`;
      servers.pages.set('/', snippet(servers, WATCH + form));
      servers.pages.set('/received', {html: 'Received.'});
      await page.goto(servers.page);
      return readyFrame(page, servers);
    };
    const run = <T>(page: Page, script: string) =>
      page.evaluate(`{const element = document.querySelector('sealed-fields'); ${script}}`) as Promise<T>;
    const pay = async (page: Page) => {
      await page.click('button');
      return (await suite.servers.nextReceived()).form;
    };

    suite.onPage('names form values, unless the element names them, and no name twice', async (page) => {
      const names = '{"cardNumber": "number", "expirationYear": "year"}';
      const frame = await open(page, `data-merchant="named" data-names='${names}'`);
      await typeWholeCard(page, frame, CARD);
      const form = await pay(page);
      assert.deepEqual(Object.keys(form).sort(), ['ccCode', MONTH, 'number', ...SUBMISSION, 'year'].sort());
      const values = ['number', MONTH, 'year', 'ccCode'].map((name) => form[name] ?? '');
      assert.deepEqual(suite.servers.open(values), [CARD.cardNumber, '12', '2031', CARD.securityCode]);

      await run(page, `element.dataset.names = '{"securityCode": "ccNumber"}'`);
      await poll(() => run(page, 'errors'), ['config-invalid']);
      const error = await run<string[]>(
        page,
        'element.ready.catch(({code, message, hint}) => [code, message, hint])',
      );
      assert.equal(error[0], 'config-invalid');
      assert.match(error[1] ?? '', /^data-names or data-fields: expected /);
      assert.match(error[2] ?? '', /^data-names may rename/);
    });

    suite.onPage(
      'rejects brands that it does not list, with a text of its own, and seals nothing',
      async (page) => {
        const text = en.problems.cardNumber['brand-refused'];
        const frame = await open(page, 'data-merchant="visa"');
        await typeCard(page, frame, MASTERCARD);
        await poll(() => frame.$eval('#cardNumber-problem', (node) => node.textContent), text);
        await poll(() => run(page, 'element.validationMessage'), text);
        assert.deepEqual(await run(page, 'element.state.fields.cardNumber'), {
          status: 'invalid',
          problem: 'brand-refused',
          focused: false,
          visited: true,
        });
        const seal = () => run<SealResult>(page, 'element.seal()');
        const rejected = {ok: false, fields: [{field: 'cardNumber', problem: 'brand-refused'}]};
        assert.deepEqual(await seal(), rejected);
        for (const noValidate of [false, true]) {
          await run(page, `element.form.noValidate = ${noValidate}`);
          await page.click('button');
          assert.deepEqual(await seal(), rejected); // requested later, answered later
        }
        assert.deepEqual(suite.servers.received, []);
        await run(page, 'element.clear()');
        await poll(() => run(page, 'element.state.empty'), true);
        await typeWholeCard(page, frame, CARD);
        const {encrypted_number = ''} = await pay(page);
        assert.deepEqual(suite.servers.open([encrypted_number]), [CARD.cardNumber]);
      },
    );

    suite.onPage('leaves the expiry as plaintext, seals the rest, and the shop is paid', async () => {
      const {servers, browser, engine} = suite;
      const {received: form, answer} = await payAt(browser, engine, servers, '/card', CARD);
      assert.deepEqual(
        [form['expiration_month'], form['expiration_year'], form[MONTH], form[YEAR]],
        ['12', '2031', undefined, undefined],
      );
      assert.deepEqual(servers.open([form['encrypted_number'] ?? '', form['encrypted_csc'] ?? '']), [
        CARD.cardNumber,
        CARD.securityCode,
      ]);
      const {success, csc_response: code, masked_card_number: number} = answer;
      assert.deepEqual([success, code, number], [true, 'Match', 'xxxxxxxxxxxx5439']);
    });
  },
  {record, merchants},
);
