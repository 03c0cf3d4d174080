import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Frame, Page} from 'puppeteer-core';
import type {SealResult} from '../../host-sdk/bridge.ts';
import type {Engine} from '../browsers.ts';
import {en} from '../../widget/locales/en.ts';
import {settle} from './settle.ts';
import {ENGINES, openBrowser, readyFrame, typeCard, typeWholeCard} from './shopper.ts';
import {type Received, setStage, snippet, type Stage} from './stage.ts';

const VISA = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};
const MASTERCARD = {cardNumber: '5499740000000057', expiry: '12/31', securityCode: '998'};

const MONTH = 'encrypted_expiration_month';
const YEAR = 'encrypted_expiration_year';
const IDS = ['sealed_id', 'sealed_key_id'];

/** Keeps everything that the page is told. */
const WATCH = `<script>
  const told = [];
  for (const type of ['ready', 'change', 'submit', 'warning', 'error'])
    addEventListener('sealed-' + type, ({detail}) => told.push(JSON.stringify(detail)));
</script>`;

for (const engine of ENGINES) {
  describe(`a merchant record in ${engine}`, () => {
    let browser: Browser;
    let stage: Stage;
    let page: Page;
    let frame: Frame;
    before(async () => {
      browser = await openBrowser(engine);
      page = await browser.newPage();
    });
    after(() => browser.close());

    /** Tests on a stage of their own with this record; what it says has nothing to do with the engine, so one runs in all. */
    const withRecord = (
      what: string,
      record: Record<string, unknown>,
      engines: readonly Engine[],
      tests: () => void,
    ) => {
      if (!engines.includes(engine)) return;
      describe(engines.length > 1 ? what : `${what} (alone: nothing in it hangs on the engine)`, () => {
        before(async () => {
          stage = await setStage({record});
          stage.pages.set('/received', {html: '<!doctype html><title>Received</title>'});
        });
        after(() => stage.close());
        tests();
      });
    };

    /** A page with one form that a server takes. */
    const open = async (elements = '<sealed-fields></sealed-fields>') => {
      stage.received.length = 0;
      const form = `<form method="post" action="/received">${elements}<button>Pay</button></form>`;
      stage.pages.set('/', snippet(stage, WATCH + form));
      await page.goto(stage.page);
      frame = await readyFrame(page, stage);
    };
    const run = <T>(script: string) =>
      page.evaluate(`{const element = document.querySelector('sealed-fields'); ${script}}`) as Promise<T>;
    const seal = () => run<SealResult>('element.seal()');
    const pay = async (): Promise<Received['form']> => {
      await page.click('button');
      return (await stage.nextReceived()).form;
    };
    const opened = (form: Readonly<Record<string, string>>, ...names: string[]) =>
      stage.open(names.map((name) => form[name] ?? ''));

    withRecord('with names', {names: {cardNumber: 'ccNumber', securityCode: 'ccCode'}}, ['chromium'], () => {
      it('has the form post its values under them', async () => {
        await open();
        await typeWholeCard(page, frame, VISA);
        const form = await pay();
        assert.deepEqual(Object.keys(form).sort(), ['ccCode', 'ccNumber', MONTH, YEAR, ...IDS]);
        assert.deepEqual(opened(form, 'ccNumber', 'ccCode', MONTH, YEAR), [
          '4012000098765439',
          '999',
          '12',
          '2031',
        ]);
      });

      it('yields to the names of the element, one by one', async () => {
        await open(
          `<sealed-fields data-names='{"cardNumber": "number", "expirationYear": "year"}'></sealed-fields>`,
        );
        await typeWholeCard(page, frame, VISA);
        const form = await pay();
        assert.deepEqual(Object.keys(form).sort(), ['ccCode', MONTH, 'number', ...IDS, 'year']);
        assert.deepEqual(opened(form, 'number', 'ccCode', MONTH, 'year'), [
          '4012000098765439',
          '999',
          '12',
          '2031',
        ]);
      });
    });

    withRecord('with a name of its own', {names: {cardNumber: 'ccNumber'}}, ['chromium'], () => {
      it('shares it with none of the element’s, and says so by the attribute', async () => {
        await open();
        await run(`element.dataset.names = '{"securityCode": "ccNumber"}'`);
        await settle(async () => (await run<string[]>('told')).length > 2, true);
        const code = await run(
          'element.ready.catch(({code, message, hint}) => [code, message, hint].join())',
        );
        assert.match(
          String(code),
          /^config-invalid,data-names or data-fields: expected .*,data-names may name/,
        );
      });
    });

    withRecord('with one brand', {brands: ['visa']}, ['chromium'], () => {
      const text = en.problems.cardNumber['brand-refused'];

      it('refuses every other, in words of its own, and seals none of it', async () => {
        await open();
        await typeCard(page, frame, MASTERCARD);
        const problem = () => frame.$eval('#cardNumber-problem', (node) => node.textContent);
        await settle(problem, text);
        await settle(() => run('element.validationMessage'), text);
        assert.deepEqual(await run('element.state.fields.cardNumber'), {
          status: 'invalid',
          problem: 'brand-refused',
          focused: false,
          visited: true,
        });
        const refusal = {ok: false, fields: [{field: 'cardNumber', problem: 'brand-refused'}]};
        assert.deepEqual(await seal(), refusal);
        for (const noValidate of [false, true]) {
          await run(`element.form.noValidate = ${noValidate}`);
          await page.click('button');
          assert.deepEqual(await seal(), refusal); // asked for later, it comes later
        }
        assert.deepEqual(stage.received, []);
        await run('element.clear()');
        await settle(() => run('element.state.empty'), true);
        await typeWholeCard(page, frame, VISA);
        assert.deepEqual(opened(await pay(), 'encrypted_number'), [VISA.cardNumber]);
      });
    });

    withRecord('with a plain expiry', {expiry: 'plain'}, ['chromium'], () => {
      it('leaves it in clear, seals the rest, and is paid by the shop as it is', async () => {
        await page.goto(`${stage.shop}/card`);
        frame = await readyFrame(page, stage);
        await typeWholeCard(page, frame, VISA);
        await Promise.all([page.waitForNavigation(), page.click('form button:last-of-type')]);
        const read = async (selector: string) =>
          JSON.parse(await page.$eval(selector, (node) => node.textContent)) as Record<string, string>;
        const form = await read('#received');
        assert.deepEqual(
          [form['expiration_month'], form['expiration_year'], form[MONTH], form[YEAR]],
          ['12', '2031', undefined, undefined],
        );
        assert.deepEqual(opened(form, 'encrypted_number', 'encrypted_csc'), [
          VISA.cardNumber,
          VISA.securityCode,
        ]);
        const {success, csc_response: code, masked_card_number: number} = await read('#answer');
        assert.deepEqual([success, code, number], [true, 'Match', 'xxxxxxxxxxxx5439']);
      });
    });
  });
}
