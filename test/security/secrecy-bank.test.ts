import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {frameWith, openReady, typeWhole} from '../e2e/frames.ts';
import {settle} from '../e2e/settle.ts';
import {autofillCard, clickInto, field, readyFrame, typeInto} from '../e2e/shopper.ts';
import {snippet} from '../e2e/stage.ts';
import {assertNoCanary, CANARY} from './canary.ts';
import {record} from './recorder.ts';
import {inEngines} from './suite.ts';

const SECRET = ['accountNumber', 'accountNumberConfirmation'] as const;

inEngines({}, (scene) => {
  const open = async (page: Page): Promise<Frame> => {
    const form = '<form method="post"><sealed-fields data-fields="bank"></sealed-fields></form>';
    scene.stage.pages.set('/bank', snippet(scene.stage, form));
    await page.goto(`${scene.stage.page}/bank`);
    return readyFrame(page, scene.stage);
  };
  const isHidden = (frame: Frame, name: string) =>
    frame.$eval(
      `#${name}`,
      (input) => getComputedStyle(input).getPropertyValue('-webkit-text-security') === 'disc',
    );

  scene.prove('L06', 'the page learns no digit of an account, sealed or at fault', async (page) => {
    const recorder = await record(page, scene.stage, scene.engine);
    const frame = await open(page);
    await typeWhole(page, CANARY.bank);
    await recorder.look('whole');
    const values = await page.evaluate(
      `document.querySelector('sealed-fields').seal().then(({values}) => values)`,
    );
    const {encrypted_routing_number: routing = '', encrypted_account_number: account = ''} = values as Record<
      string,
      string
    >;
    assert.deepEqual(Object.keys(values as object).sort(), [
      'encrypted_account_number',
      'encrypted_routing_number',
    ]);
    assert.deepEqual(scene.stage.open([routing, account]), [
      CANARY.bank.routingNumber,
      CANARY.bank.accountNumber,
    ]);
    await typeInto(page, frame, 'accountNumberConfirmation', '1');
    await settle(() => page.$eval('sealed-fields', ({state}) => state.complete), false);
    await recorder.look('at fault');
    for (const {where, text} of recorder.all()) assertNoCanary(text, where);
  });

  scene.prove('L06', 'its number is masked where the caret is not, until a button shows it', async (page) => {
    const frame = await open(page);
    for (const name of SECRET) {
      await typeInto(page, frame, name, CANARY.bank[name]);
      await settle(() => isHidden(frame, name), false);
      await page.keyboard.press('Tab');
      await settle(() => frame.evaluate(() => document.activeElement?.id), `${name}-reveal`);
      await settle(() => isHidden(frame, name), true);
      await page.keyboard.press('Enter');
      await settle(() => isHidden(frame, name), false);
      await page.keyboard.press('Enter');
      await settle(() => isHidden(frame, name), true);
    }
    await clickInto(frame, 'routingNumber');
    for (const name of SECRET) assert.equal(await isHidden(frame, name), true, name);
    assert.equal(page.url(), `${scene.stage.page}/bank`);
  });

  scene.prove('L06', 'its inputs ask no browser to fill them', async (page) => {
    const frame = await open(page);
    const tokens = await frame.$$eval('form, input', (all) =>
      all.map(({id, autocomplete}) => [id, autocomplete]),
    );
    assert.deepEqual(tokens, [['', 'on'], ...Object.keys(CANARY.bank).map((name) => [name, 'off'])]);
  });

  if (scene.engine === 'chromium')
    scene.prove('L06', 'a card that the browser fills in beside it fills nothing of it', async () => {
      const element = (fields: string) => `<sealed-fields data-fields="${fields}"></sealed-fields>`;
      scene.stage.pages.set(
        '/filled',
        snippet(scene.stage, `<form>${element('card')}${element('bank')}</form>`),
      );
      const page = await openReady(scene.browser, `${scene.stage.page}/filled`);
      const [card, bank] = [await frameWith(page, 'cardNumber'), await frameWith(page, 'routingNumber')];
      const creditCard = {
        number: '4012000098765439',
        name: 'Sample Shopper',
        cvc: '999',
        expiryMonth: '12',
        expiryYear: '2031',
      };
      const filled = (frame: Frame) =>
        frame.$$eval('input', (inputs) => inputs.map(({value}) => value !== ''));
      await autofillCard(card, creditCard);
      await settle(() => filled(card), [true, true, true]);
      for (const name of Object.keys(CANARY.bank))
        await (await field(bank, name)).autofill({creditCard}).catch(() => undefined); // it says that it will not
      assert.deepEqual(await filled(bank), [false, false, false]);
      await page.close();
    });
});
