import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {type FieldName, PRESETS} from '../../../widget/protocol/names.ts';
import {
  clickInto,
  readyFrame,
  typeInto,
  typeWholeCard,
  untilCaret,
  untilLeft,
  valueOf,
} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {allReady} from '../../support/frames.ts';
import {poll} from '../../support/poll.ts';
import {snippet} from '../../support/servers.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};

const CONTROLS = `<input id="before" name="before" value="unchanged" />
  <fieldset><sealed-fields></sealed-fields></fieldset>
  <input id="after" />
  <button name="by" value="first">Pay</button><button name="by" value="second">Pay later</button>`;

inEngines('focus', (suite) => {
  const open = async (page: Page, forms = `<form action="/sent">${CONTROLS}</form>`) => {
    const {servers} = suite;
    servers.pages.set('/', snippet(servers, forms));
    servers.pages.set('/sent', {html: 'Sent.'});
    await page.goto(servers.page);
    await allReady(page);
    return readyFrame(page, servers);
  };

  /**
   * Id of the field or of the page's control that has the caret. The page is asked first: WebKit's driver focuses each
   * frame that it evaluates a script in.
   */
  const caretIn = async (page: Page, frame: Frame) => {
    const {name, id} = await page.evaluate(() => ({
      name: document.activeElement?.localName,
      id: document.activeElement?.id ?? '',
    }));
    return name === 'iframe'
      ? frame.evaluate(() => (document.hasFocus() && document.activeElement?.id) || '')
      : id;
  };

  suite.onPage(
    'moves by Tab through the fields in order, back by Shift+Tab, and past disabled ones',
    async (page) => {
      const frame = await open(page);
      const caret = () => caretIn(page, frame);
      const heard = await page.evaluateHandle(() => {
        const fields: string[] = [];
        document.querySelector('sealed-fields')?.addEventListener('sealed-change', ({detail}) => {
          for (const [name, {focused}] of Object.entries(detail.fields)) if (focused) fields.push(name);
        });
        return fields;
      });
      await page.click('#before');
      for (const name of [...PRESETS.card, 'after']) {
        await page.keyboard.press('Tab');
        await poll(caret, name);
      }
      for (const name of [...PRESETS.card.toReversed(), 'before']) {
        await page.keyboard.down('Shift');
        await page.keyboard.press('Tab');
        await page.keyboard.up('Shift');
        await poll(caret, name);
      }
      await poll(() => heard.jsonValue(), [...PRESETS.card, ...PRESETS.card.toReversed()]);

      await typeWholeCard(page, frame, CARD);
      const setDisabled = async (disabled: boolean) => {
        await page.$eval('fieldset', (fieldset, value) => (fieldset.disabled = value), disabled);
        await frame.waitForSelector(disabled ? '#expiry:disabled' : '#expiry:not(:disabled)');
        await page.click('#before');
        await untilLeft(frame);
        await page.keyboard.press('Tab');
      };
      await setDisabled(true);
      await poll(caret, 'after');
      const form = await page.$eval('form', (each) => Object.fromEntries(new FormData(each)));
      assert.deepEqual(form, {before: 'unchanged'});
      await setDisabled(false);
      await poll(caret, 'cardNumber');
      await Promise.all([page.waitForNavigation(), page.click('button')]);
      const sent = new URL(page.url()).searchParams;
      assert.deepEqual(suite.servers.open([sent.get('encrypted_number') ?? '']), [CARD.cardNumber]);
    },
  );

  suite.onPage('skips disabled fields in a submit, however incomplete', async (page) => {
    const frame = await open(page);
    await typeInto(page, frame, 'cardNumber', '4012');
    await page.$eval('fieldset', (fieldset) => (fieldset.disabled = true));
    await frame.waitForSelector('#expiry:disabled');
    await Promise.all([page.waitForNavigation(), page.click('button')]);
    assert.equal(page.url(), `${suite.servers.page}/sent?before=unchanged&by=first`);
  });

  suite.onPage(
    'moves by focus() into the named field, else the first invalid one, from anywhere',
    async (page) => {
      const frame = await open(page);
      const focus = (name?: FieldName) =>
        page.$eval(
          'sealed-fields',
          (element, field) => {
            element.focus(field);
          },
          name,
        );
      await typeInto(page, frame, 'cardNumber', CARD.cardNumber);
      for (const name of ['securityCode', 'expiry', 'cardNumber', undefined] as const)
        for (const from of ['page', 'frame']) {
          if (from === 'page') await page.click('#after');
          else await clickInto(frame, 'cardNumber');
          await focus(name);
          await poll(() => caretIn(page, frame), name ?? 'expiry');
        }
      await page.click('#after');
      await page.$eval('iframe', (element) => {
        element.focus();
      });
      await poll(() => caretIn(page, frame), 'expiry');

      const isFocused = () => page.$eval('sealed-fields', ({state}) => state.fields.expiry?.focused === true);
      /** The frame answers after everything that it did before. */
      const untilAnswered = () => page.$eval('sealed-fields', (element) => element.seal());
      for (let times = 0; times < 10; times += 1) {
        await clickInto(frame, 'cardNumber');
        await focus('expiry');
        await poll(isFocused, true);
        await untilAnswered();
        assert.equal(await isFocused(), true);
      }
      for (let times = 0; times < 10; times += 1) {
        await clickInto(frame, 'cardNumber');
        await page.$eval('sealed-fields', (element) => {
          element.focus('securityCode');
          document.getElementById('after')?.focus();
          element.querySelector('iframe')?.focus(); // before the frame knows that it lost the focus
        });
        await poll(() => caretIn(page, frame), 'securityCode');
        await untilAnswered();
        await poll(() => caretIn(page, frame), 'securityCode');
      }
    },
  );

  suite.onPage('moves to the first invalid field by a rejected submit and by Enter', async (page) => {
    await open(
      page,
      ['', 'novalidate', '']
        .map((attribute) => `<form ${attribute}><sealed-fields></sealed-fields><button>Pay</button></form>`)
        .join(''),
    );
    const forms = await page.$$('form');
    const frames: Frame[] = [];
    for (const iframe of await page.$$('iframe')) frames.push(await iframe.contentFrame());
    for (const index of [0, 1]) {
      const [frame, button] = [frames[index], await forms[index]?.$('button')];
      assert.ok(frame && button);
      await typeInto(page, frame, 'cardNumber', CARD.cardNumber);
      await button.click();
      await untilCaret(frame, 'expiry');
      await page.keyboard.type('1231');
      await poll(() => valueOf(frame, 'expiry'), '12 / 31');
      await button.click();
      await untilCaret(frame, 'securityCode');
    }
    const [, , frame] = frames;
    assert.ok(frame);
    const violations = await frame.evaluateHandle(() => {
      const blocked: string[] = [];
      document.addEventListener('securitypolicyviolation', ({blockedURI}) => blocked.push(blockedURI));
      return blocked;
    });
    await typeInto(page, frame, 'cardNumber', CARD.cardNumber);
    await page.keyboard.press('Enter');
    await frame.waitForSelector('#securityCode[aria-invalid=true]');
    await untilCaret(frame, 'expiry');
    assert.deepEqual(await violations.jsonValue(), []); // the frame's own form must never submit
    assert.equal(page.url(), `${suite.servers.page}/`);
  });

  suite.onPage('submits a complete card by Enter, unless the default button is disabled', async (page) => {
    const frame = await open(page);
    const setDisabled = (disabled: boolean) =>
      page.$eval('button', (button, value) => (button.disabled = value), disabled);
    await setDisabled(true);
    const heard = await page.evaluateHandle(() => {
      const types: string[] = [];
      for (const type of ['sealed-submit', 'submit'])
        window.addEventListener(type, () => types.push(type), true);
      return types;
    });
    await typeWholeCard(page, frame, CARD);
    await page.keyboard.press('Enter');
    await page.waitForFunction((types) => types.length > 0, {}, heard);
    const result = await page.$eval('sealed-fields', (element) => element.seal()); // answered after all that Enter did
    assert.equal(result.ok, true);
    assert.deepEqual(await heard.jsonValue(), ['sealed-submit']);
    assert.equal(await caretIn(page, frame), 'securityCode');

    await setDisabled(false);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    const {pathname, searchParams} = new URL(page.url());
    assert.deepEqual([pathname, searchParams.getAll('by')], ['/sent', ['first']]);
    assert.deepEqual(suite.servers.open(searchParams.getAll('encrypted_number')), [CARD.cardNumber]);
  });
});
