import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {createSeller} from '../../demo/merchant/gateway.ts';
import {en} from '../../widget/locales/en.ts';
import {openReady, typeWhole} from './frames.ts';
import {inEngines} from './scene.ts';
import {settle} from './settle.ts';
import {readyFrame, typeInto, untilCaret, valueOf} from './shopper.ts';
import {snippet} from './stage.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};
const FIELDS = {
  cardNumber: CARD.cardNumber,
  expirationMonth: '12',
  expirationYear: '2031',
  securityCode: CARD.securityCode,
};
const IDS = ['sealed_id', 'sealed_key_id'];

/** In the page: what its form holds when it would be sent, and the codes of what its elements report. */
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

inEngines({record, merchants}, (scene) => {
  const serve = (elements: string): void => {
    const form = `<form method="post" action="/received">${elements}<button>Pay</button></form>`;
    scene.stage.pages.set('/', snippet(scene.stage, WATCH + form));
  };
  const open = async (page: Page, elements: string): Promise<void> => {
    serve(elements);
    await page.goto(scene.stage.page);
  };
  const pay = async (page: Page): Promise<[name: string, value: string][]> => {
    await page.click('button');
    await settle(() => page.evaluate('sent.length'), 1);
    return (await page.evaluate('sent[0]')) as [string, string][];
  };

  scene.onPage('puts one value into the form, beside what the record reveals', async (page) => {
    await open(page, '<sealed-fields></sealed-fields>');
    await readyFrame(page, scene.stage);
    await typeWhole(page, CARD);
    const form = await pay(page);
    assert.deepEqual(form.map(([name]) => name).sort(), ['card_bin', 'card_last4', 'sealed', ...IDS]);
    const {sealed = '', card_bin, card_last4, sealed_id} = Object.fromEntries(form);
    assert.deepEqual([card_bin, card_last4], ['401200', '5439']);
    const {payload} = scene.stage.openJwe(sealed);
    assert.deepEqual([payload.jti, payload.fields], [sealed_id, FIELDS]);
    assert.equal(payload.origin, scene.stage.page);
  });

  scene.onPage('names it as the record does, and as the element does over that', async (page) => {
    for (const [attributes, name] of [
      ['', 'card'],
      [`data-names='{"sealed": "jwe"}'`, 'jwe'],
    ] as const) {
      await open(
        page,
        `<sealed-fields data-merchant="named" data-fields="securityCode" ${attributes}></sealed-fields>`,
      );
      const frame = await readyFrame(page, scene.stage);
      await typeInto(page, frame, 'securityCode', '999');
      await settle(() => page.$eval('sealed-fields', ({state}) => state.complete), true);
      const form = Object.fromEntries(await pay(page));
      assert.deepEqual(Object.keys(form).sort(), [name, ...IDS].sort());
      assert.deepEqual(scene.stage.openJwe(form[name] ?? '').payload.fields, {securityCode: '999'});
    }
  });

  scene.onPage('seals a name in any script, and asks for one that is a name', async (page) => {
    await open(page, '<sealed-fields data-fields="cardholderName"></sealed-fields>');
    const frame = await readyFrame(page, scene.stage);
    await typeInto(page, frame, 'cardholderName', '4012');
    await page.click('button');
    const problem = () => frame.$eval('#cardholderName-problem', ({textContent}) => textContent);
    await settle(problem, en.problems.cardholderName.invalid);
    await settle(
      () => page.$eval('sealed-fields', ({validationMessage}) => validationMessage),
      await problem(),
    );
    await untilCaret(frame, 'cardholderName');
    for (let digit = 0; digit < 4; digit += 1) await page.keyboard.press('Backspace');
    await page.keyboard.type(' Zoë  山田 ');
    await settle(() => page.$eval('sealed-fields', ({state}) => state.complete), true);
    const {sealed = ''} = Object.fromEntries(await pay(page));
    assert.deepEqual(scene.stage.openJwe(sealed).payload.fields, {cardholderName: 'Zoë 山田'});
    assert.equal(await valueOf(frame, 'cardholderName'), 'Zoë 山田');
  });

  for (const [what, attributes] of [
    ['a name where PayTrace’s profile takes none', 'data-merchant="paytrace" data-fields="cardholderName"'],
    ['a form value that the profile does not have', `data-names='{"cardNumber": "number"}'`],
  ] as const)
    scene.onPage(`refuses ${what}, before anything is typed`, async (page) => {
      await open(page, `<sealed-fields ${attributes}></sealed-fields>`);
      await settle(() => page.evaluate('codes'), ['config-invalid']);
      assert.equal(await page.$('iframe'), null);
    });

  scene.onPage(
    'says insecure-context where the frame has no WebCrypto, before anything is typed',
    async (page) => {
      await page.evaluateOnNewDocument(
        `if (window !== top) Object.defineProperty(window, 'isSecureContext', {value: false});`,
      );
      await open(page, '<sealed-fields></sealed-fields>');
      await settle(() => page.evaluate('codes'), ['insecure-context']);
      assert.equal(await page.$('iframe'), null);
    },
  );

  scene.onPage(
    'of a card in three elements is three values of one submission, which the gateway takes together',
    async () => {
      const {stage} = scene;
      serve(
        Object.keys(CARD)
          .map((name) => `<sealed-fields data-fields="${name}"></sealed-fields>`)
          .join(''),
      );
      const page = await openReady(scene.browser, stage.page);
      await typeWhole(page, CARD);
      const form = await pay(page);
      const sealed = form.filter(([name]) => name === 'sealed').map(([, value]) => value);
      const {sealed_id} = Object.fromEntries(form);
      const payloads = sealed.map((jwe) => stage.openJwe(jwe).payload);
      assert.deepEqual(
        payloads.map(({jti}) => jti),
        [sealed_id, sealed_id, sealed_id],
      );
      assert.deepEqual(Object.assign({}, ...payloads.map(({fields}) => fields)), FIELDS);
      const sell = createSeller({gatewayOrigin: stage.gateway, username: 'demo', password: 'demo'}, Date.now);
      const {success, csc_response} = await sell('transactions/sale/keyed', {amount: '1.00', sealed});
      assert.deepEqual([success, csc_response], [true, 'Match']);
      await page.close();
    },
  );
});
