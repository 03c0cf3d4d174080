import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import type {SealResult} from '../../host-sdk/bridge.ts';
import {settle} from '../e2e/settle.ts';
import {readyFrame, typeCard, typeInto} from '../e2e/shopper.ts';
import {snippet} from '../e2e/stage.ts';
import {inEngines, type Scene} from './suite.ts';

/** Published test numbers: of 16 digits, of 15, and of 14, where six and four would leave but four hidden. */
const VISA = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};
const AMERICAN_EXPRESS = {cardNumber: '371449635392376', expiry: '12/31', securityCode: '9997'};
const DINERS_CLUB = {cardNumber: '30569309025904', expiry: '12/31', securityCode: '123'};

const SEALED = ['encrypted_csc', 'encrypted_expiration_month', 'encrypted_expiration_year'];
const IDS = ['sealed_id', 'sealed_key_id'];

/** Keeps everything that the page is told. */
const WATCH = `<script>
  const told = [];
  for (const type of ['ready', 'change', 'submit', 'warning', 'error'])
    addEventListener('sealed-' + type, ({detail}) => told.push(JSON.stringify(detail)));
</script>`;

/** Opens a page with one form that a server takes. */
async function open({stage}: Scene, page: Page, fields = 'card') {
  stage.received.length = 0;
  const form = `<form method="post" action="/received"><sealed-fields data-fields="${fields}"></sealed-fields><button>Pay</button></form>`;
  stage.pages.set('/reveal', snippet(stage, WATCH + form));
  stage.pages.set('/received', {html: '<!doctype html><title>Received</title>'});
  await page.goto(`${stage.page}/reveal`);
  return readyFrame(page, stage);
}

async function seal(page: Page): Promise<SealResult> {
  return (await page.evaluate(`document.querySelector('sealed-fields').seal()`)) as SealResult;
}

/** All that the page can read, without what may hold any digits. */
async function textsOf(page: Page): Promise<string> {
  const texts = `[document.documentElement.outerHTML, JSON.stringify(document.querySelector('sealed-fields').state), ...told].join('\\n')`;
  return ((await page.evaluate(texts)) as string).replace(/127\.0\.0\.1:\d+|channel=\w+/g, '');
}

async function pay(page: Page, {stage}: Scene): Promise<Record<string, string>> {
  await page.click('button');
  return (await stage.nextReceived()).form;
}

const isComplete = (page: Page) => page.$eval('sealed-fields', ({state}) => state.complete);

inEngines({record: {reveal: ['bin', 'last4']}}, (scene) => {
  for (const [card, bin, last4] of [
    [VISA, '401200', '5439'],
    [AMERICAN_EXPRESS, '371449', '2376'],
    [DINERS_CLUB, undefined, '5904'],
  ] as const)
    scene.prove(
      'L05',
      `of ${card.cardNumber.length} digits ${bin === undefined ? 'the last four' : 'the first six and the last four'} are shown, and only where they are sealed`,
      async (page) => {
        const frame = await open(scene, page);
        await typeCard(page, frame, {...card, securityCode: card.securityCode.slice(0, -1)});
        const refused = await seal(page);
        assert.deepEqual(refused, {ok: false, fields: [{field: 'securityCode', problem: 'incomplete'}]});
        await typeInto(page, frame, 'securityCode', card.securityCode.slice(-1));
        await settle(() => isComplete(page), true);
        const sealed = await seal(page);
        assert.ok(sealed.ok);
        assert.deepEqual([sealed.values['card_bin'], sealed.values['card_last4']], [bin, last4]);
        const text = await textsOf(page);
        for (const digits of [card.cardNumber.slice(0, 6), last4]) assert.ok(!text.includes(digits), text);
        assert.equal(await page.$('input'), null);
        const form = await pay(page, scene);
        assert.deepEqual([form['card_bin'], form['card_last4']], [bin, last4]);
        assert.deepEqual(scene.stage.open([form['encrypted_number'] ?? '', form['encrypted_csc'] ?? '']), [
          card.cardNumber,
          card.securityCode,
        ]);
      },
    );

  scene.prove('L05', 'nothing is shown beside fields that have no number', async (page) => {
    const frame = await open(scene, page, 'expiry securityCode');
    const {expiry, securityCode} = VISA;
    for (const [name, text] of Object.entries({expiry, securityCode}))
      await typeInto(page, frame, name, text);
    await settle(() => isComplete(page), true);
    assert.deepEqual(Object.keys(await pay(page, scene)).sort(), [...SEALED, ...IDS]);
  });

  scene.prove('L05', 'nothing is shown of a number at fault, or of a part of one', async (page) => {
    const frame = await open(scene, page);
    for (const end of ['3', '8']) {
      await typeCard(page, frame, {...VISA, cardNumber: VISA.cardNumber.slice(0, -1) + end});
      const {ok, ...rest} = await seal(page);
      assert.deepEqual([ok, Object.keys(rest)], [false, ['fields']]);
      assert.doesNotMatch(await textsOf(page), /4012|5438|5433/);
      await page.evaluate(`document.querySelector('sealed-fields').clear()`);
      await settle(() => page.$eval('sealed-fields', ({state}) => state.empty), true);
    }
  });
});

inEngines({}, (scene) => {
  scene.prove('L05', 'nothing is shown where the record does not say so', async (page) => {
    const frame = await open(scene, page);
    await typeCard(page, frame, VISA);
    await settle(() => isComplete(page), true);
    const sealed = await seal(page);
    assert.ok(sealed.ok);
    assert.deepEqual(Object.keys(sealed.values).sort(), [...SEALED, 'encrypted_number'].sort());
    assert.deepEqual(
      Object.keys(await pay(page, scene)).sort(),
      [...SEALED, 'encrypted_number', ...IDS].sort(),
    );
  });
});
