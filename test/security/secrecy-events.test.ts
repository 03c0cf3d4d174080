import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import type {FieldsState} from '../../widget/protocol/frame-events.ts';
import type {FieldStatus} from '../../widget/protocol/names.ts';
import {settle} from '../e2e/settle.ts';
import {clickInto, readyFrame, typeInto, typeWholeCard} from '../e2e/shopper.ts';
import {snippet} from '../e2e/stage.ts';
import {CANARY} from './canary.ts';
import {record} from './recorder.ts';
import {inEngines} from './suite.ts';

/** Two cards of one brand. */
const VISAS = ['4012000098765439', '4111111111111111'];

/** Two of one brand, of 14 and 19 digits: no part of either, as long as a card of the brand may be, passes for one. */
const MAESTROS = ['50180736161836', '5018047564311698598'];

const WRONG_CODE = `${CANARY.card.securityCode.slice(0, -1)}2`;

/** Keeps what the page is told of the fields. */
const WATCH = `<script>
  const told = [];
  addEventListener('sealed-change', ({detail}) => told.push(detail));
</script>`;

inEngines({}, (scene) => {
  const open = async (page: Page) => {
    const form = `<form method="post"><sealed-fields></sealed-fields><button>Pay</button></form>`;
    scene.stage.pages.set('/events', snippet(scene.stage, WATCH + form));
    await page.goto(`${scene.stage.page}/events`);
    return readyFrame(page, scene.stage);
  };
  const told = async (page: Page) => (await page.evaluate('told')) as FieldsState[];
  const untilStatus = (page: Page, status: FieldStatus) =>
    settle(async () => (await told(page)).at(-1)?.fields.cardNumber?.status, status);

  scene.prove('L03', '48 keys on two cards of one brand make ten events', async (page) => {
    const recorder = await record(page, scene.stage, scene.engine);
    const frame = await open(page);
    const before = (await told(page)).length;
    const [card = '', other = ''] = VISAS;
    await typeInto(page, frame, 'cardNumber', card);
    for (let left = card.length; left > 0; left -= 1) await page.keyboard.press('Backspace');
    await page.keyboard.type(other);
    await untilStatus(page, 'valid');
    const states = (await told(page)).slice(before);
    const typed = ['incomplete ', 'incomplete visa', 'valid visa'];
    assert.deepEqual(
      states.map(({fields, brand}) => [fields.cardNumber?.status, brand].join(' ')),
      ['empty ', ...typed, 'incomplete visa', 'incomplete ', 'empty ', ...typed],
    );
    assert.deepEqual(states.slice(1, 4), states.slice(7));
    for (const state of states) assert.doesNotMatch(JSON.stringify(state), /\d/);
    await recorder.look('typed');
    const said = recorder.all().filter(({where}) => where === 'port');
    const changes = said.filter(({text}) => text.startsWith('{"event":"change"'));
    assert.equal(
      changes.length,
      before + states.length,
      'nothing but what the page was told came over the port',
    );
  });

  scene.prove('L03', 'nothing tells 14 digits of a brand from 19', async (page) => {
    const sequences: FieldsState[][] = [];
    for (const digits of MAESTROS) {
      const frame = await open(page);
      const before = (await told(page)).length;
      await typeInto(page, frame, 'cardNumber', digits);
      await untilStatus(page, 'valid');
      sequences.push((await told(page)).slice(before));
    }
    const [short, long] = sequences;
    assert.deepEqual(short, long);
    assert.equal(short?.at(-1)?.brand, 'maestro');
  });

  scene.prove(
    'L10',
    'what was sealed leaves the form with the first key, and is sealed anew',
    async (page) => {
      const frame = await open(page);
      await page.evaluate(`document.forms[0].onsubmit = (event) => event.preventDefault()`);
      const sealed = () =>
        page.$$eval('sealed-fields input', (inputs) => inputs.map(({name, value}) => [name, value] as const));
      const pay = async () => {
        await page.click('button');
        await settle(async () => (await sealed()).length, 6);
        return new Map(await sealed());
      };
      const {cardNumber, expiry, securityCode} = CANARY.card;
      await typeWholeCard(page, frame, {cardNumber, expiry, securityCode: WRONG_CODE});
      const first = await pay();
      assert.equal((await told(page)).at(-1)?.sealed, true);
      await clickInto(frame, 'securityCode');
      await page.keyboard.press('End');
      await page.keyboard.press('Backspace');
      await settle(sealed, []);
      assert.equal((await told(page)).at(-1)?.sealed, false);
      await page.keyboard.type(securityCode.slice(-1));
      await settle(async () => (await told(page)).at(-1)?.complete, true);
      const second = await pay();
      for (const [name, value] of first)
        assert.equal(second.get(name) === value, name === 'sealed_key_id', name);
      const code = (form: Map<string, string>) => form.get('encrypted_csc') ?? '';
      assert.deepEqual(scene.stage.open([code(first), code(second)]), [WRONG_CODE, securityCode]);
    },
  );
});
