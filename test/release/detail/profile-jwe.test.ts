import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {createSeller} from '../../../demo/merchant/gateway.ts';
import {en} from '../../../widget/locales/en.ts';
import {readyFrame, typeInto, untilCaret, valueOf} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {reachAll, typeWhole} from '../../support/frames.ts';
import {CARD, SUBMISSION} from '../../support/payment.ts';
import {poll} from '../../support/poll.ts';
import {snippet} from '../../support/servers.ts';

const FIELDS = {
  cardNumber: CARD.cardNumber,
  expirationMonth: '12',
  expirationYear: '2031',
  securityCode: CARD.securityCode,
};

/** In the page: what the form would send, and the codes of reported errors. */
const WATCH = `<script>
  const codes = [], sent = [];
  addEventListener('sealed-error', ({detail: {code}}) => codes.push(code));
  addEventListener('submit', (event) => {
    event.preventDefault();
    sent.push([...new FormData(event.target)]);
  });
</script>`;

const record = {profile: 'jwe', reveal: ['bin', 'last4']};
const merchants = {
  named: {profile: 'jwe', names: {sealed: 'card'}},
  paytrace: {profile: 'paytrace'},
};

inEngines(
  'the profile jwe',
  (suite) => {
    const open = async (page: Page, elements: string): Promise<void> => {
      const {servers} = suite;
      const form = `<form method="post" action="/received">${elements}<button>Pay</button></form>`;
      servers.pages.set('/', snippet(servers, WATCH + form));
      await page.goto(servers.page);
    };
    const pay = async (page: Page): Promise<[name: string, value: string][]> => {
      await page.click('button');
      await poll(() => page.evaluate('sent.length'), 1);
      return (await page.evaluate('sent[0]')) as [string, string][];
    };
    const isComplete = (page: Page) => page.$eval('sealed-fields', ({state}) => state.complete);

    suite.onPage(
      'sends three elements as values of one submission, which the gateway accepts',
      async (page) => {
        const {servers} = suite;
        const elements = Object.keys(CARD).map(
          (name) => `<sealed-fields data-fields="${name}"></sealed-fields>`,
        );
        await open(page, elements.join(''));
        await reachAll(page);
        await typeWhole(page, CARD);
        const form = await pay(page);
        const sealed = form.filter(([name]) => name === 'sealed').map(([, value]) => value);
        const {sealed_id, card_bin, card_last4} = Object.fromEntries(form);
        assert.deepEqual([card_bin, card_last4], ['401200', '5439']); // revealed by the record
        const payloads = sealed.map((jwe) => servers.openJwe(jwe).payload);
        assert.deepEqual(
          payloads.map(({jti, origin}) => [jti, origin]),
          Array.from({length: 3}, () => [sealed_id, servers.page]),
        );
        assert.deepEqual(Object.assign({}, ...payloads.map(({fields}) => fields)), FIELDS);
        const sell = createSeller(
          {gatewayOrigin: servers.gateway, username: 'demo', password: 'demo'},
          Date.now,
        );
        const {success, csc_response} = await sell('transactions/sale/keyed', {amount: '1.00', sealed});
        assert.deepEqual([success, csc_response], [true, 'Match']);
      },
    );

    suite.onPage('names its value as the record does, unless the element names it', async (page) => {
      for (const [attributes, name] of [
        ['', 'card'],
        [`data-names='{"sealed": "jwe"}'`, 'jwe'],
      ] as const) {
        await open(
          page,
          `<sealed-fields data-merchant="named" data-fields="securityCode" ${attributes}></sealed-fields>`,
        );
        await typeInto(page, await readyFrame(page, suite.servers), 'securityCode', '999');
        await poll(() => isComplete(page), true);
        const form = Object.fromEntries(await pay(page));
        assert.deepEqual(Object.keys(form).sort(), [name, ...SUBMISSION].sort());
        assert.deepEqual(suite.servers.openJwe(form[name] ?? '').payload.fields, {securityCode: '999'});
      }
    });

    suite.onPage('seals a name in any script and rejects digits in its place', async (page) => {
      await open(page, '<sealed-fields data-fields="cardholderName"></sealed-fields>');
      const frame = await readyFrame(page, suite.servers);
      await typeInto(page, frame, 'cardholderName', '4012');
      await page.click('button');
      const problem = () => frame.$eval('#cardholderName-problem', ({textContent}) => textContent);
      await poll(problem, en.problems.cardholderName.invalid);
      const message = () => page.$eval('sealed-fields', ({validationMessage}) => validationMessage);
      await poll(message, en.problems.cardholderName.invalid);
      await untilCaret(frame, 'cardholderName');
      for (let digit = 0; digit < 4; digit += 1) await page.keyboard.press('Backspace');
      await page.keyboard.type(' Zoë  山田 ');
      await poll(() => isComplete(page), true);
      const {sealed = ''} = Object.fromEntries(await pay(page));
      assert.deepEqual(suite.servers.openJwe(sealed).payload.fields, {cardholderName: 'Zoë 山田'});
      assert.equal(await valueOf(frame, 'cardholderName'), 'Zoë 山田');
    });

    suite.onPage('rejects what it cannot seal before anything is entered', async (page) => {
      for (const attributes of [
        'data-merchant="paytrace" data-fields="cardholderName"', // a name under the other profile
        `data-names='{"cardNumber": "number"}'`, // a form value of the other profile
      ]) {
        await open(page, `<sealed-fields ${attributes}></sealed-fields>`);
        await poll(() => page.evaluate('codes'), ['config-invalid']);
        assert.equal(await page.$('iframe'), null);
      }
      await page.evaluateOnNewDocument(
        `if (window !== top) Object.defineProperty(window, 'isSecureContext', {value: false});`,
      );
      await open(page, '<sealed-fields></sealed-fields>');
      await poll(() => page.evaluate('codes'), ['insecure-context']);
      assert.equal(await page.$('iframe'), null);
    });
  },
  {record, merchants},
);
