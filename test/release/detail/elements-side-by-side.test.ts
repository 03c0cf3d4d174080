import assert from 'node:assert/strict';
import {it} from 'node:test';
import type {Page} from 'puppeteer-core';
import type {FieldsState, SealResult} from '../../../widget/protocol/messages.ts';
import {typeInto, valueOf} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {openReady} from '../../support/frames.ts';
import {CARD, CARD_NAMES, CARD_VALUES, openCard, SUBMISSION} from '../../support/payment.ts';
import {snippet} from '../../support/servers.ts';

/** One form with the fields of one card in two elements, and another form with a card of its own. */
const TWO_FORMS = `
  <form id="first">
    <sealed-fields id="number" data-fields="cardNumber"></sealed-fields>
    <sealed-fields id="rest" data-fields="expiry securityCode"></sealed-fields>
    <button>Pay</button>
  </form>
  <form id="second"><sealed-fields id="card"></sealed-fields><button>Pay</button></form>
  <script>
    const submitted = [];
    addEventListener('submit', (event) => {
      event.preventDefault();
      submitted.push({form: event.target.id, values: [...new FormData(event.target)]});
    });
  </script>`;
const FIVE = '<form><sealed-fields data-fields="securityCode"></sealed-fields></form>'.repeat(5);

/** In the page: the intervals that run, and the ids under which frames were asked to seal. */
const WATCH = `if (window === top) {
  Object.assign(window, {intervals: new Set(), submissions: []});
  const {setInterval: start, clearInterval: stop} = window;
  window.setInterval = (...given) => { const id = start(...given); intervals.add(id); return id; };
  window.clearInterval = (id) => { intervals.delete(id); stop(id); };
  const {postMessage} = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (message, ...more) {
    if (message.event === 'seal') submissions.push(message.payload.submission);
    postMessage.call(this, message, ...more);
  };
}`;

inEngines('elements side by side', (suite) => {
  const open = (body: string): Promise<Page> => {
    suite.servers.pages.set('/', snippet(suite.servers, body));
    return openReady(suite.browser, suite.servers.page, (page) => page.evaluateOnNewDocument(WATCH));
  };
  const frameOf = async (page: Page, id: string) => {
    await page.evaluate(`document.getElementById('${id}').ready`);
    const frame = await (await page.$(`#${id} iframe`))?.contentFrame();
    assert.ok(frame);
    return frame;
  };
  const type = async (page: Page, id: string, field: string, text: string) =>
    typeInto(page, await frameOf(page, id), field, text);
  const stateOf = (page: Page, id: string) =>
    page.evaluate(`document.getElementById('${id}').state`) as Promise<FieldsState>;

  it('of one form are sealed under one id; those of another form are not affected', async (test) => {
    const {servers} = suite;
    const page = await open(TWO_FORMS);
    test.after(() => page.close());
    const rest = await frameOf(page, 'rest');
    await type(page, 'card', 'cardNumber', '5499740000000057');
    await type(page, 'rest', 'expiry', CARD.expiry);
    const before = await stateOf(page, 'card');
    assert.deepEqual(Object.keys(before.fields), ['cardNumber', 'expiry', 'securityCode']);

    // An element that is inserted again loads empty; the one next to it keeps its frame and its values.
    await page.evaluate('((taken) => (taken.remove(), first.prepend(taken), taken.ready))(number)');
    assert.equal(await frameOf(page, 'rest'), rest);
    assert.equal(await valueOf(rest, 'expiry'), '12 / 31');
    await type(page, 'number', 'cardNumber', CARD.cardNumber);
    await page.waitForFunction('number.state.complete');
    const {fields, complete} = await stateOf(page, 'rest');
    assert.deepEqual([Object.keys(fields), complete], [['expiry', 'securityCode'], false]);
    const alone = (await page.evaluate('number.seal()')) as SealResult;
    assert.deepEqual(alone.ok && servers.open(Object.values(alone.values)), [CARD.cardNumber]);

    await type(page, 'rest', 'securityCode', CARD.securityCode);
    await page.waitForFunction('document.getElementById("rest").state.complete');
    await page.evaluate('submissions.length = 0');
    await page.click('#first button');
    await page.waitForFunction('submitted.length > 0');
    const [{form, values}] = (await page.evaluate('submitted')) as [
      {form: string; values: [string, string][]},
    ];
    const sent = Object.fromEntries(values);
    assert.deepEqual(values.map(([name]) => name).sort(), [...CARD_NAMES, ...SUBMISSION].sort());
    assert.deepEqual([form, ...openCard(servers, sent)], ['first', ...CARD_VALUES]);
    assert.deepEqual(await page.evaluate('submissions'), [sent['sealed_id'], sent['sealed_id']]);

    assert.equal(await page.$('#card input'), null);
    const {fields: after, sealed} = await stateOf(page, 'card');
    assert.deepEqual([after.cardNumber?.status, sealed], ['valid', false]);
    assert.equal(await valueOf(await frameOf(page, 'card'), 'cardNumber'), '5499 7400 0000 0057');
  });

  it('load five at once, each on a channel of its own', async (test) => {
    const page = await open(FIVE);
    test.after(() => page.close());
    const channels = await page.$$eval('sealed-fields > iframe', (frames) =>
      frames.map(({src}) => new URLSearchParams(new URL(src).hash.slice(1)).get('channel')),
    );
    assert.equal(new Set(channels).size, 5);
    await page.waitForFunction('intervals.size === 0'); // Postmate's: no handshake is running
    const third = page.frames()[3];
    assert.ok(third);
    await typeInto(page, third, 'securityCode', '123');
    const complete = () =>
      page.$$eval('sealed-fields', (all) => all.filter(({state}) => state.complete).length);
    await page.waitForFunction(() =>
      [...document.querySelectorAll('sealed-fields')].some(({state}) => state.complete),
    );
    assert.equal(await complete(), 1);
  });
});
