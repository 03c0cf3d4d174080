import assert from 'node:assert/strict';
import {it} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import {frameWith, openReady, typeWhole} from './frames.ts';
import {textOf} from './payment.ts';
import {inEngines} from './scene.ts';
import {settle} from './settle.ts';
import {autofillCard, clickInto, onlyInChromium, readyFrame, RELEASE_ENGINES, typeInto} from './shopper.ts';
import {snippet, type Stage} from './stage.ts';

const CARD = {cardNumber: '4012-0000-9876-5439', expiry: '12/2029', securityCode: '999'};
const SHOWN = ['4012 0000 9876 5439', '12 / 29', '999'];
const DIGITS = ['4012000098765439', '999', '12', '2029'];

/** As a browser stores it. */
const STORED = {
  number: '4012000098765439',
  name: 'Sample Shopper',
  cvc: '999',
  expiryMonth: '12',
  expiryYear: '2029',
};

/** Scripts that put a text into an input, and what they tell of it. */
const WAYS: Record<string, string> = {
  'a value and input': 'input.value = text; input.dispatchEvent(new Event("input", {bubbles: true}))',
  'a value and change': 'input.value = text; input.dispatchEvent(new Event("change", {bubbles: true}))',
  'setRangeText and input':
    'input.setRangeText(text); input.dispatchEvent(new Event("input", {bubbles: true}))',
  'the focus and insertText': 'input.focus(); document.execCommand("insertText", false, text)',
};

/** Tells nobody. */
const SILENT = 'input.value = text';

/** What password managers and the like put beside inputs, and where. */
const FOREIGN: [beside: string, where: InsertPosition, tag: string][] = [
  ['input', 'afterend', 'div'],
  ['input', 'beforebegin', 'span'],
  ['input', 'afterend', 'password-button'],
  ['hosted-field', 'beforeend', 'div'],
  ['hosted-field', 'afterend', 'img'],
  ['form', 'afterbegin', 'div'],
  ['form', 'beforeend', 'button'],
];

inEngines(
  {merchants: {choosy: {brands: ['mastercard']}}},
  (scene) => {
    const {engine, onPage} = scene;

    const open = (page: Page, merchant = 'demo') => {
      const {stage} = scene;
      const element = `<sealed-fields data-merchant="${merchant}"></sealed-fields>`;
      const form = `<form action="/sent" method="post"><input id="before" />${element}<button>Pay</button></form>`;
      stage.pages.set('/', snippet(stage, form));
      stage.pages.set('/sent', {html: 'Sent.'});
      stage.received.length = 0;
      return page.goto(stage.page).then(() => readyFrame(page, stage));
    };
    const isComplete = (page: Page) => page.$eval('sealed-fields', ({state}) => state.complete);

    onPage('a card that a script sets is taken, however it tells of it', async (page) => {
      const frame = await open(page);
      for (const [how, set] of Object.entries(WAYS)) {
        await clickInto(frame, 'cardNumber');
        await fill(frame, set);
        await settle(() => isComplete(page), true);
        assert.deepEqual(await textsIn(frame), SHOWN, how);
        await page.$eval('sealed-fields', (element) => {
          element.clear();
        });
        await settle(() => textsIn(frame), ['', '', '']);
        await settle(() => isComplete(page), false);
      }
    });

    onPage('a card of which nobody is told is taken when the caret leaves', async (page) => {
      const frame = await open(page);
      await clickInto(frame, 'expiry');
      await fill(frame, SILENT);
      await page.click('#before');
      await settle(() => isComplete(page), true);
      assert.deepEqual(await textsIn(frame), SHOWN);
    });

    onPage('a card of which nobody is told is taken by seal()', async (page) => {
      const frame = await open(page);
      await fill(frame, SILENT);
      const result = await page.$eval('sealed-fields', (element) => element.seal());
      assert.ok(result.ok);
      assert.deepEqual(opened(scene.stage, result.values), DIGITS);
    });

    onPage(
      'a card of which nobody is told is taken by a try to pay, and paid with by the next',
      async (page) => {
        const frame = await open(page);
        await fill(frame, SILENT);
        await page.click('button');
        await settle(() => isComplete(page), true);
        assert.deepEqual(await textsIn(frame), SHOWN);
        assert.equal(await frame.$('[aria-invalid=true]'), null);
        await page.click('button');
        assert.deepEqual(opened(scene.stage, (await scene.stage.nextReceived()).form), DIGITS);
      },
    );

    onPage('what a password manager puts beside the fields moves nothing and stops nothing', async (page) => {
      const frame = await open(page);
      const before = await placesIn(frame);
      const added = await frame.evaluate((foreign) => {
        for (const input of document.querySelectorAll('input')) {
          input.setAttribute('data-lastpass-icon-added', 'true');
          input.setAttribute('data-dashlane-rid', '1');
        }
        for (const [beside, where, tag] of foreign)
          for (const place of document.querySelectorAll(beside)) {
            const node = document.createElement(tag);
            node.textContent = 'foreign';
            node.style.cssText = 'width: 40px; height: 40px';
            node.dataset['foreign'] = '';
            place.insertAdjacentElement(where, node);
          }
        return document.querySelectorAll('[data-foreign]').length;
      }, FOREIGN);
      const errors = await frame.evaluateHandle(() => {
        const seen: string[] = [];
        window.addEventListener('error', ({message}) => seen.push(message));
        return seen;
      });
      assert.deepEqual(await placesIn(frame), before);
      await typeInto(page, frame, 'cardNumber', '4111111111111112');
      await frame.focus('button[data-foreign]');
      await clickInto(frame, 'expiry');
      await frame.waitForSelector('#cardNumber[aria-invalid=true]');
      await page.$eval('sealed-fields', (element) => {
        element.dataset['labelExpiry'] = 'Bis';
      });
      await frame.waitForFunction(() => document.querySelector('label[for=expiry]')?.textContent === 'Bis');
      await page.$eval('sealed-fields', (element) => {
        element.clear();
      });
      await settle(() => textsIn(frame), ['', '', '']);
      await typeWhole(page, CARD);
      assert.deepEqual(await textsIn(frame), SHOWN);
      assert.deepEqual(await placesIn(frame), before);
      assert.equal((await frame.$$('[data-foreign]')).length, added);
      assert.deepEqual(await errors.jsonValue(), []);
      await page.click('button');
      assert.deepEqual(opened(scene.stage, (await scene.stage.nextReceived()).form), DIGITS);
    });

    for (const path of ['/card', '/split']) {
      const name = `a card that the browser filled in at ${path} is paid with`;
      it(...onlyInChromium(engine, name, 'no other driver asks for autofill'), async () => {
        const page = await openReady(scene.browser, `${scene.stage.shop}${path}`);
        await autofillCard(await frameWith(page, 'cardNumber'), STORED);
        const areComplete = () =>
          page.$$eval('sealed-fields', (all) => all.every(({state}) => state.complete));
        await settle(areComplete, true);
        await Promise.all([page.waitForNavigation(), page.click('form button:last-of-type')]);
        const received = JSON.parse(await textOf(page, '#received')) as Record<string, string>;
        const answer = JSON.parse(await textOf(page, '#answer')) as Record<string, unknown>;
        assert.deepEqual(opened(scene.stage, received), DIGITS);
        assert.equal(answer['success'], true);
        await page.close();
      });
    }

    for (const scheme of ['light', 'dark']) {
      const name = `what the browser filled in has the colours of the theme, ${scheme}`;
      it(...onlyInChromium(engine, name, 'no other driver asks for autofill'), async () => {
        const page = await scene.browser.newPage();
        const frame = await open(page, 'choosy'); // so that one of the fields is at fault
        await page.$eval('sealed-fields', (element, value) => (element.dataset['theme'] = value), scheme);
        await frame.waitForSelector(`:root[data-scheme=${scheme}]`);
        await clickInto(frame, 'cardNumber');
        const own = await colorsIn(frame, 'cardNumber');
        await autofillCard(frame, STORED);
        await clickInto(frame, 'securityCode');
        await frame.waitForSelector('#cardNumber:autofill[aria-invalid=true]');
        for (const name of ['cardNumber', 'expiry']) {
          const {text, background, border, shadow} = await colorsIn(frame, name);
          assert.equal(text, own.text);
          assert.notEqual(background, own.background); // the browser's, which no style can change
          const ring = name === 'cardNumber' ? border : 'rgba(0, 0, 0, 0)';
          assert.equal(shadow, `${ring} 0px 0px 0px 1px inset, ${own.background} 0px 0px 0px 1584px inset`);
        }
        await page.close();
      });
    }
  },
  RELEASE_ENGINES,
);

/** Puts a card into the inputs by a script for `input` and `text`. */
async function fill(frame: Frame, script: string): Promise<void> {
  const card = JSON.stringify(Object.entries(CARD));
  await frame.evaluate(
    `for (const [id, text] of ${card}) { const input = document.getElementById(id); ${script} }`,
  );
}

function textsIn(frame: Frame): Promise<string[]> {
  return frame.$$eval('input', (inputs) => inputs.map(({value}) => value));
}

function opened(stage: Stage, values: Readonly<Record<string, string>>): string[] {
  const names = ['number', 'csc', 'expiration_month', 'expiration_year'];
  return stage.open(names.map((name) => values[`encrypted_${name}`] ?? ''));
}

/** Where everything of ours stands, and how high the frame is. */
function placesIn(frame: Frame): Promise<number[][]> {
  return frame.$$eval('payment-form, hosted-field, label, input, p[id$=-problem]', (nodes) =>
    nodes.map((node) => {
      const {x, y, width, height} = node.getBoundingClientRect();
      return [x, y, width, height];
    }),
  );
}

function colorsIn(frame: Frame, name: string) {
  return frame.$eval(`#${name}`, (input) => {
    const style = getComputedStyle(input);
    return {
      text: style.getPropertyValue('-webkit-text-fill-color'),
      background: style.backgroundColor,
      border: style.borderColor,
      shadow: style.boxShadow,
    };
  });
}
