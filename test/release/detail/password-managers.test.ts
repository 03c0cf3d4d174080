import assert from 'node:assert/strict';
import {it} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import {autofillCard, clickInto, onlyInChromium, readyFrame, typeInto} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {typeWhole} from '../../support/frames.ts';
import {poll} from '../../support/poll.ts';
import {snippet, type Servers} from '../../support/servers.ts';

const CARD = {cardNumber: '4012-0000-9876-5439', expiry: '12/2029', securityCode: '999'};
const SHOWN = ['4012 0000 9876 5439', '12 / 29', '999'];
const DIGITS = ['4012000098765439', '999', '12', '2029'];
const EMPTY = ['', '', ''];

/** As a browser stores it. */
const STORED = {
  number: '4012000098765439',
  name: 'Sample Shopper',
  cvc: '999',
  expiryMonth: '12',
  expiryYear: '2029',
};

/** Scripts that set `text` in `input`, and dispatch an event about it. */
const WITH_EVENT: Record<string, string> = {
  'value and input': 'input.value = text; input.dispatchEvent(new Event("input", {bubbles: true}))',
  'value and change': 'input.value = text; input.dispatchEvent(new Event("change", {bubbles: true}))',
  'setRangeText and input':
    'input.setRangeText(text); input.dispatchEvent(new Event("input", {bubbles: true}))',
  'focus and insertText': 'input.focus(); document.execCommand("insertText", false, text)',
};

const WITHOUT_EVENT = 'input.value = text';

/** Elements that password managers add next to inputs, and where. */
const ADDED: [next: string, where: InsertPosition, tag: string][] = [
  ['input', 'afterend', 'div'],
  ['input', 'beforebegin', 'span'],
  ['input', 'afterend', 'password-button'],
  ['hosted-field', 'beforeend', 'div'],
  ['hosted-field', 'afterend', 'img'],
  ['form', 'afterbegin', 'div'],
  ['form', 'beforeend', 'button'],
];

inEngines('password managers', (suite) => {
  const {engine} = suite;

  const open = async (page: Page) => {
    const {servers} = suite;
    const element = '<sealed-fields></sealed-fields>';
    const form = `<form action="/sent" method="post"><input id="before" />${element}<button>Pay</button></form>`;
    servers.pages.set('/', snippet(servers, form));
    servers.pages.set('/sent', {html: 'Sent.'});
    servers.received.length = 0;
    await page.goto(servers.page);
    return readyFrame(page, servers);
  };
  const isComplete = (page: Page) => page.$eval('sealed-fields', ({state}) => state.complete);
  const clear = async (page: Page, frame: Frame) => {
    await page.$eval('sealed-fields', (element) => {
      element.clear();
    });
    await poll(() => textsIn(frame), EMPTY);
    await poll(() => isComplete(page), false);
  };

  suite.onPage('may set a card by script, with or without an event', async (page) => {
    const frame = await open(page);
    for (const [way, script] of Object.entries(WITH_EVENT)) {
      await clickInto(frame, 'cardNumber');
      await fill(frame, script);
      await poll(() => isComplete(page), true);
      assert.deepEqual(await textsIn(frame), SHOWN, way);
      await clear(page, frame);
    }

    await clickInto(frame, 'expiry');
    await fill(frame, WITHOUT_EVENT);
    await page.click('#before');
    await poll(() => isComplete(page), true);
    assert.deepEqual(await textsIn(frame), SHOWN, 'when the caret leaves');
    await clear(page, frame);

    await fill(frame, WITHOUT_EVENT);
    const result = await page.$eval('sealed-fields', (element) => element.seal());
    assert.ok(result.ok);
    assert.deepEqual(decrypted(suite.servers, result.values), DIGITS);
    await clear(page, frame);

    await fill(frame, WITHOUT_EVENT);
    await page.click('button'); // the first attempt discovers the card, the second one submits it
    await poll(() => isComplete(page), true);
    assert.deepEqual(await textsIn(frame), SHOWN, 'by a submit attempt');
    assert.equal(await frame.$('[aria-invalid=true]'), null);
    await page.click('button');
    assert.deepEqual(decrypted(suite.servers, (await suite.servers.nextReceived()).form), DIGITS);
  });

  suite.onPage('may add elements next to the inputs, which disturb nothing', async (page) => {
    const frame = await open(page);
    const before = await placesIn(frame);
    const added = await frame.evaluate((elements) => {
      for (const input of document.querySelectorAll('input')) {
        input.setAttribute('data-lastpass-icon-added', 'true');
        input.setAttribute('data-dashlane-rid', '1');
      }
      for (const [next, where, tag] of elements)
        for (const place of document.querySelectorAll(next)) {
          const node = document.createElement(tag);
          node.textContent = 'added';
          node.style.cssText = 'width: 40px; height: 40px';
          node.dataset['added'] = '';
          place.insertAdjacentElement(where, node);
        }
      return document.querySelectorAll('[data-added]').length;
    }, ADDED);
    const errors = await frame.evaluateHandle(() => {
      const seen: string[] = [];
      window.addEventListener('error', ({message}) => seen.push(message));
      return seen;
    });
    assert.deepEqual(await placesIn(frame), before);
    await typeInto(page, frame, 'cardNumber', '4111111111111112');
    await frame.focus('button[data-added]');
    await clickInto(frame, 'expiry');
    await frame.waitForSelector('#cardNumber[aria-invalid=true]');
    await page.$eval('sealed-fields', ({dataset}) => (dataset['labelExpiry'] = 'Bis'));
    await frame.waitForFunction(() => document.querySelector('label[for=expiry]')?.textContent === 'Bis');
    await clear(page, frame);
    await typeWhole(page, CARD);
    assert.deepEqual(await textsIn(frame), SHOWN);
    assert.deepEqual(await placesIn(frame), before);
    assert.equal((await frame.$$('[data-added]')).length, added);
    assert.deepEqual(await errors.jsonValue(), []);
    await page.click('button');
    assert.deepEqual(decrypted(suite.servers, (await suite.servers.nextReceived()).form), DIGITS);
  });

  const colors = 'may fill in a card, which is shown in the colors of the theme';
  it(...onlyInChromium(engine, colors, 'no other driver triggers autofill'), async () => {
    const page = await suite.browser.newPage();
    const frame = await open(page);
    const setScheme = async (scheme: string) => {
      await page.$eval('sealed-fields', ({dataset}, value) => (dataset['theme'] = value), scheme);
      await frame.waitForSelector(`:root[data-scheme=${scheme}]`);
    };
    const own: Record<string, Awaited<ReturnType<typeof colorsIn>>> = {};
    for (const scheme of ['light', 'dark']) {
      await setScheme(scheme);
      own[scheme] = await colorsIn(frame, 'cardNumber');
    }
    await autofillCard(frame, {...STORED, number: '4012000098765430'}); // so that one field is invalid
    await clickInto(frame, 'securityCode');
    await frame.waitForSelector('#cardNumber:autofill[aria-invalid=true]');
    for (const scheme of ['light', 'dark']) {
      await setScheme(scheme);
      for (const name of ['cardNumber', 'expiry']) {
        const {text, background, border, shadow} = await colorsIn(frame, name);
        assert.equal(text, own[scheme]?.text);
        assert.notEqual(background, own[scheme]?.background); // the browser's, which no style sheet can change
        const ring = name === 'cardNumber' ? border : 'rgba(0, 0, 0, 0)';
        assert.equal(
          shadow,
          `${ring} 0px 0px 0px 1px inset, ${own[scheme]?.background ?? ''} 0px 0px 0px 1584px inset`,
        );
      }
    }
    await page.close();
  });
});

/** Sets a card in the inputs by a script over `input` and `text`. */
async function fill(frame: Frame, script: string): Promise<void> {
  const card = JSON.stringify(Object.entries(CARD));
  await frame.evaluate(
    `for (const [id, text] of ${card}) { const input = document.getElementById(id); ${script} }`,
  );
}

function textsIn(frame: Frame): Promise<string[]> {
  return frame.$$eval('input', (inputs) => inputs.map(({value}) => value));
}

function decrypted(servers: Servers, values: Readonly<Record<string, string>>): string[] {
  const names = ['number', 'csc', 'expiration_month', 'expiration_year'];
  return servers.open(names.map((name) => values[`encrypted_${name}`] ?? ''));
}

/** Places of the product's own elements in the frame. */
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
