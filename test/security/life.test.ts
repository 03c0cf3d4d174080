import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {settle} from '../e2e/settle.ts';
import {clickInto, goBack, readyFrame, typeInto} from '../e2e/shopper.ts';
import {type Received, snippet} from '../e2e/stage.ts';
import {assertNoCanary, CANARY, canaryIn} from './canary.ts';
import {record, type Recorder} from './recorder.ts';
import {inEngines} from './suite.ts';

const {card, bank} = CANARY;

/** What is typed, the last key of the last field kept for later, and what of it the server's key must give. */
const LIVES: Record<string, {typed: Record<string, string>; sealed: Record<string, string>}> = {
  'a card': {
    typed: card,
    sealed: {
      encrypted_number: card.cardNumber,
      encrypted_expiration_month: card.expiry.slice(0, 2),
      encrypted_expiration_year: `20${card.expiry.slice(-2)}`,
      encrypted_csc: card.securityCode,
    },
  },
  'a bank account': {
    typed: bank,
    sealed: {encrypted_routing_number: bank.routingNumber, encrypted_account_number: bank.accountNumber},
  },
};

/** In the frame: the cipher refuses what it is given, until `mend()`. */
const REFUSE = `const {test} = RegExp.prototype;
  RegExp.prototype.test = function (text) {
    if (this.source === '^[0-9]{9}$' || this.source === '^[0-9]{12,19}$') throw new Error(text);
    return test.call(this, text);
  };
  window.mend = () => (RegExp.prototype.test = test);`;

/** What a page does hear in such a life, and what of the keys it does not: one digit by itself would pass for noise. */
const HEARD = [
  'message',
  'port',
  'said',
  'sealed-change',
  'sealed-error',
  'request',
  'server',
  'left, fields',
];
const UNHEARD = ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'paste'];

/** Ways out of the frame, were there a hole; the secret is `s`. Each must be seen. */
const LEAKS: Record<string, string> = {
  'a message': `parent.postMessage({deep: [s]}, '*')`,
  'bytes in a message': `parent.postMessage(new TextEncoder().encode(s), '*')`,
  'a message over the port': 'leakByPort(s)',
};

/** What a page does with what it got. */
const LEAKS_OF_PAGE: Record<string, string> = {
  'an attribute': 'document.body.dataset.leak = s',
  'a shadow root': `document.querySelector('sealed-fields').shadowRoot.append(s)`,
  'a value': `document.body.append(Object.assign(document.createElement('input'), {value: s}))`,
  'the history': `history.replaceState({s}, '')`,
  'the address': `history.replaceState(null, '', '#' + s)`,
  'a cookie': 'document.cookie = "s=" + s',
  'the storage': 'sessionStorage.s = s',
  'the console': 'console.info({s})',
  'an error': 'setTimeout(() => { throw new Error(s); })',
  'a rejection': 'void Promise.reject(new Error("no", {cause: s}))',
  'a key': `dispatchEvent(new KeyboardEvent('keydown', {key: s}))`,
  'a request': 'void fetch("/?" + s)',
};

inEngines({}, (scene) => {
  const open = async (page: Page, fields: readonly string[]): Promise<Frame> => {
    const {stage} = scene;
    stage.received.length = 0;
    stage.pages.set('/received', {html: '<!doctype html><title>Received</title>'});
    const element = `<sealed-fields data-fields="${fields.join(' ')}"></sealed-fields>`;
    // The button stands first: beneath the fields it would move as they say that they could not be sealed.
    const form = `<form method="post" action="/received"><input name="own" /><button>Pay</button>${element}</form>`;
    stage.pages.set('/life', snippet(stage, form));
    await page.goto(`${stage.page}/life`);
    return readyFrame(page, stage);
  };
  const received = async (): Promise<Received> => {
    for (let index = 0; ; index += 1) {
      const each = await scene.stage.nextReceived(index);
      if (each.path === '/received') return each;
    }
  };

  for (const [what, {typed, sealed}] of Object.entries(LIVES))
    scene.prove(
      'L01',
      `${what}, from the first key to Back`,
      async (page) => {
        const recorder = await record(page, scene.stage, scene.engine);
        const names = Object.keys(typed);
        const frame = await open(page, names);
        await recorder.look('before');

        const last = names.at(-1) ?? '';
        const text = typed[last] ?? '';
        for (const name of names.slice(0, -1)) {
          await typeInto(page, frame, name, typed[name] ?? '');
          await recorder.look(`after ${name}`);
        }
        await typeInto(page, frame, last, text.slice(0, -1));
        await clickInto(frame, names[0] ?? '');
        await recorder.look('left');

        await page.click('button');
        await frame.waitForSelector(`#${last}[aria-invalid=true]`);
        await recorder.look('refused');

        await typeInto(page, frame, last, '');
        await page.keyboard.press('End');
        await page.keyboard.type(text.slice(-1));
        await untilPage(page, 'state.complete');
        await recorder.look('whole');

        await frame.evaluate(`${REFUSE} 'broken'`);
        await page.click('button');
        await frame.waitForFunction(`document.querySelector('#outcome').textContent !== ''`);
        await recorder.look('failed');
        await frame.evaluate(`mend(); 'mended'`);

        await page.evaluate(`document.querySelector('sealed-fields').seal()`);
        await recorder.look('sealed');
        await page.click('button');
        const {form} = await received();
        await settle(() => page.title().catch(() => ''), 'Received');
        await recorder.look('paid');

        await goBack(page);
        await untilPage(page, 'state.empty');
        await recorder.look('back');

        for (const {where, text} of recorder.all()) assertNoCanary(text, where);
        const kinds = new Set(recorder.all().map(({where}) => where));
        for (const kind of HEARD) assert.ok(kinds.has(kind), `nothing was heard of ${kind}`);
        for (const kind of UNHEARD) assert.ok(!kinds.has(kind), `the page heard a ${kind}`);
        assert.deepEqual(
          scene.stage.open(Object.keys(sealed).map((name) => form[name] ?? '')),
          Object.values(sealed),
        );
      },
      120_000,
    );

  for (const [what, {typed}] of Object.entries(LIVES))
    scene.prove('L01', `${what}, cleared and removed`, async (page) => {
      const recorder = await record(page, scene.stage, scene.engine);
      const frame = await open(page, Object.keys(typed));
      for (const end of ['clear', 'remove']) {
        for (const [name, text] of Object.entries(typed)) await typeInto(page, frame, name, text);
        await untilPage(page, 'state.complete');
        await page.evaluate(`document.querySelector('sealed-fields').${end}()`);
        if (end === 'clear') await untilPage(page, 'state.empty');
        await recorder.look(end);
      }
      for (const {where, text} of recorder.all()) assertNoCanary(text, where);
    });

  scene.prove('L01', 'a leak of any kind, and in any of many forms, would have been seen', async (page) => {
    const recorder = await record(page, scene.stage, scene.engine);
    await page.evaluateOnNewDocument(`if (window !== top) {
      const {postMessage} = MessagePort.prototype;
      MessagePort.prototype.postMessage = function (message) {
        window.leakByPort = (leak) => postMessage.call(this, {event: 'change', payload: {leak}});
        postMessage.call(this, message);
      };
    }`);
    const frame = await open(page, ['cardNumber']);
    const leaks = [
      ...Object.entries(LEAKS).map(([kind, script]) => [kind, script, frame] as const),
      ...Object.entries(LEAKS_OF_PAGE).map(([kind, script]) => [kind, script, page] as const),
    ];
    for (const [index, [kind, script, from]] of leaks.entries()) {
      const mark = `leak${index}x`;
      await from.evaluate(`{const s = '${mark}'; ${script}}`);
      await untilSeen(recorder, mark, kind);
    }
    for (const [form, text] of Object.entries(formsOf(card.cardNumber)))
      assert.notEqual(canaryIn(`{"id":"x${text}y"}`), undefined, form);
    for (const text of [
      '12 / 31',
      card.securityCode,
      `${card.securityCode},`,
      bank.accountNumber.slice(3, 8),
    ])
      assert.notEqual(canaryIn(`<i>${text}</i>`), undefined, text);
  });
});

/** Waits for what the page is told of its element, also while one document gives way to another. */
async function untilPage(page: Page, condition: string): Promise<void> {
  const ask = `{const {state} = document.querySelector('sealed-fields') ?? {}; Boolean(state && ${condition})}`;
  await settle(() => page.evaluate(ask).catch(() => false), true);
}

async function untilSeen(recorder: Recorder, mark: string, kind: string): Promise<void> {
  const bytes = Array.from(mark, (character) => character.charCodeAt(0)).join(',');
  const isThere = () => recorder.all().some(({text}) => text.includes(mark) || text.includes(bytes));
  for (const deadline = Date.now() + 10_000; !isThere();) {
    assert.ok(Date.now() < deadline, `${kind} was not seen`);
    await recorder.look('leak');
  }
}

/** A number as other programs than ours would write it. */
function formsOf(digits: string): Record<string, string> {
  const bytes = Buffer.from(digits);
  return {
    plain: digits,
    grouped: digits.replace(/(.{4})(.{6})/, '$1 $2 '),
    'in part': digits.slice(5, 10),
    reversed: digits.split('').reverse().join(''),
    spaced: digits.replace(/./g, '$& '),
    hexadecimal: bytes.toString('hex'),
    base64: bytes.toString('base64'),
    'base64 within another text': Buffer.from(`{"number":"${digits}"}`).toString('base64'),
    'percent encoding': digits.replace(/./g, (digit) => `%3${digit}`),
    'character references': digits.replace(/./g, (digit) => `&#${48 + Number(digit)};`),
    escapes: digits.replace(/./g, '\\u003$&'),
    bytes: JSON.stringify([...bytes]),
    'a number in hexadecimal': BigInt(digits).toString(16),
  };
}
