import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {clickInto, readyFrame, typeCard, typeInto, untilEdited, valueOf} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import type {Fault} from '../../support/network-faults.ts';
import {passSeconds, stopClock} from '../../support/page-clock.ts';
import {CARD, CARD_VALUES, openCard} from '../../support/payment.ts';
import {poll} from '../../support/poll.ts';
import {snippet} from '../../support/servers.ts';
import {COUNT_RESOURCES, resourcesOf, untilIdle} from '../soak/resources.ts';

const FORM = '<form><sealed-fields></sealed-fields><button>Pay</button></form>';
const EMPTY = ['cardNumber', 'expiry', 'securityCode'].map((field) => ({field, problem: 'required'}));

/**
 * In the page, not in the frame: counts its resources, and records the element's events and the outcomes of promises.
 */
const WATCH = `if (window === top) {
  ${COUNT_RESOURCES}
  Object.assign(window, {reported: [], late: [], pending: 0, ends: {}});
  const codeOf = (promise) => promise.then(() => 'kept', ({code}) => code);
  /** Records the outcome of the promise under a name. */
  window.note = (name, promise) => {
    ends[name] = 'pending';
    void codeOf(promise).then((end) => { ends[name] = end; });
  };
  window.insert = () => {
    window.element = document.forms[0].appendChild(document.createElement('sealed-fields'));
    const made = element;
    for (const type of ['ready', 'change', 'submit', 'warning', 'error'])
      made.addEventListener('sealed-' + type, () => { if (!made.isConnected) late.push(type); });
    ends = {};
    note('ready', made.ready);
  };
  for (const type of ['ready', 'warning', 'error'])
    addEventListener('sealed-' + type, ({detail}) => {
      if (detail?.code !== 'slow') reported.push(type + (detail?.code ? ' ' + detail.code : '')); // a machine may be slow
    });
  const start = window.fetch;
  window.fetch = (...request) => {
    pending += 1;
    return start(...request).finally(() => { pending -= 1; });
  };
}`;

/** In the frame: posts no answer to a `seal`, and counts those it would have posted. */
const HOLD_ANSWERS = `{
  const {postMessage} = MessagePort.prototype;
  window.held = 0;
  MessagePort.prototype.postMessage = function (message) {
    if (message.event === 'sealed' || message.event === 'refused') held += 1;
    else postMessage.call(this, message);
  };
}`;

/** In the frame: records the names of the messages that it posts. */
const NOTE_POSTED = `if (window !== top) {
  window.posted = [];
  const {postMessage} = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (message, ...more) {
    posted.push(message.event);
    postMessage.call(this, message, ...more);
  };
}`;

function firstHangs(): Fault {
  let requests = 0;
  return (_, answer) => {
    requests += 1;
    if (requests > 1) answer();
  };
}

inEngines('the connection to a frame', (suite) => {
  const open = async (page: Page, body = FORM, headers: Record<string, string> = {}) => {
    suite.servers.pages.set('/', {...snippet(suite.servers, body), headers});
    await page.goto(suite.servers.page);
    await page.evaluate(`customElements.whenDefined('sealed-fields').then(() => 0)`);
  };
  const reported = (page: Page) => page.evaluate('reported') as Promise<string[]>;

  suite.onPage(
    'names what the page’s policy forbids, and ignores a policy that only reports',
    async (page) => {
      await page.evaluateOnNewDocument(WATCH);
      const ready = () => page.$eval('sealed-fields', (element) => element.ready.then(() => 'ready', String));

      await open(page, FORM, {'Content-Security-Policy': "frame-src 'none'"});
      assert.match(await ready(), /Content-Security-Policy \(frame-src\)/);
      await poll(() => reported(page), ['error frame-blocked']);

      await open(page, FORM, {'Content-Security-Policy': 'sandbox allow-scripts'});
      await poll(() => reported(page), ['error origin-refused']);
      assert.equal(await page.$('iframe'), null);
      const view = await page.$('sealed-fields >>> [role=alert]');
      assert.equal(await view?.isVisible(), true);

      await open(page, FORM, {'Content-Security-Policy-Report-Only': "frame-src 'none'"});
      assert.equal(await ready(), 'ready');
      assert.deepEqual(await reported(page), ['ready']);
    },
  );

  suite.onPage(
    'carries seal() and clear(), with two messages for a seal, however often the theme changes',
    async (page) => {
      const {servers} = suite;
      await page.evaluateOnNewDocument(NOTE_POSTED);
      await open(page);
      const frame = await readyFrame(page, servers);
      const seal = () => page.$eval('sealed-fields', (element) => element.seal());
      assert.deepEqual(await seal(), {ok: false, fields: EMPTY});
      await typeCard(page, frame, {...CARD, securityCode: '99'});
      assert.deepEqual(await seal(), {ok: false, fields: [{field: 'securityCode', problem: 'incomplete'}]});
      await frame.waitForSelector('#securityCode[aria-invalid=true]');
      await page.keyboard.type('9');
      await page.waitForFunction(() => document.querySelector('sealed-fields')?.state.complete);
      const both = await Promise.all([seal(), seal()]);
      for (const result of both) assert.deepEqual(result.ok && openCard(servers, result.values), CARD_VALUES);
      assert.equal(new Set(both.map((result) => result.ok && result.id)).size, 2);

      // The port accepts 200 messages a second.
      const postedDuring = async (action: () => Promise<unknown>) => {
        await frame.evaluate('posted.length = 0');
        await action();
        return frame.evaluate('posted');
      };
      assert.deepEqual(await postedDuring(seal), ['sealing', 'sealed']);
      const setNothingNew = async () => {
        await page.$eval('sealed-fields', ({dataset}) => (dataset['placeholderExpiry'] = '07/31'));
        await seal();
      };
      assert.deepEqual(await postedDuring(setNothingNew), ['sealing', 'sealed']);
      await clickInto(frame, 'securityCode');
      await page.keyboard.press('End');
      await page.keyboard.press('Backspace');
      await page.keyboard.type('9');
      await untilEdited(page);
      assert.deepEqual(await postedDuring(seal), ['sealing', 'change', 'sealed']);

      // Each change in its own task, and more than the port accepts if the browser needs less than 3 seconds for them.
      await page.evaluate(`new Promise((resolve) => {
      const element = document.querySelector('sealed-fields');
      const {port1, port2} = new MessageChannel();
      let changes = 0;
      port1.onmessage = () => {
        element.dataset.theme = JSON.stringify({radius: (changes += 1) % 9 + 'px'});
        if (changes < 600) port2.postMessage(null);
        else resolve();
      };
      port2.postMessage(null);
    })`);
      assert.equal((await seal()).ok, true);

      await page.$eval('sealed-fields', (element) => {
        element.clear();
      });
      assert.deepEqual(await seal(), {ok: false, fields: EMPTY});
      for (const name of Object.keys(CARD)) assert.equal(await valueOf(frame, name), '');
    },
  );

  /** `enter` brings the page's element into a state; `ends` are the outcomes of its promises if it is then removed. */
  const STATES: Record<string, {enter: (page: Page) => Promise<unknown>; ends: Record<string, string>}> = {
    'while its document loads': {
      enter: async (page) => {
        suite.servers.networkFaults.set('/v1/m/', firstHangs());
        await page.evaluate('insert()');
      },
      ends: {ready: 'aborted'},
    },
    'when its document has loaded': {
      enter: (page) =>
        page.evaluate(`new Promise((resolve) => {
          insert();
          element.querySelector('iframe').addEventListener('load', () => {
            element.remove();
            resolve();
          });
        })`),
      ends: {ready: 'aborted'},
    },
    'while it seals': {
      enter: async (page) => {
        await page.evaluate('insert()');
        const frame = await readyFrame(page, suite.servers);
        await frame.evaluate(HOLD_ANSWERS);
        await page.evaluate('note("seal", element.seal())');
        await frame.waitForFunction('held === 1');
      },
      ends: {ready: 'kept', seal: 'aborted'},
    },
    'after it has sealed': {
      enter: (page) => page.evaluate('insert(), note("seal", element.seal()), element.seal()'),
      ends: {ready: 'kept', seal: 'kept'},
    },
  };

  suite.onPage(
    'settles every promise and keeps no resource once its element is removed, in any state',
    async (page) => {
      await page.evaluateOnNewDocument(WATCH);
      await open(page, '<form></form>');
      await page.evaluate('insert(), element.ready');
      await page.evaluate('element.remove()');
      await untilIdle(page);
      const before = await resourcesOf(page);
      for (const [state, {enter, ends}] of Object.entries(STATES)) {
        await enter(page);
        await page.evaluate('element.remove()');
        await poll(() => page.evaluate('ends'), ends);
        await poll(() => resourcesOf(page), before);
        await suite.servers.networkFaults.clear();
        assert.deepEqual(await page.evaluate('late'), [], state);
      }
      await page.evaluate('reported.length = 0, insert(), element.ready');
      assert.deepEqual(await page.evaluate('[reported, late]'), [['ready'], []]);
    },
  );

  suite.onPage('opens another frame when the document in its frame is replaced or reloaded', async (page) => {
    const {servers} = suite;
    await stopClock(page);
    await page.evaluateOnNewDocument(WATCH);
    await open(page, '<form></form>');
    await page.evaluate('insert()');
    const replace = () =>
      page.evaluate(
        `reported.length = 0, void (element.querySelector('iframe').contentWindow.location = 'about:blank')`,
      );
    const reload = async () => {
      await page.evaluate('reported.length = 0');
      await (await readyFrame(page, servers)).evaluate('void setTimeout(() => location.reload())');
    };

    for (const lose of [replace, reload, reload]) {
      const frame = await readyFrame(page, servers);
      await typeInto(page, frame, 'cardNumber', '4012');
      await page.waitForFunction('!element.state.empty');
      await lose();
      await poll(() => reported(page), ['ready']);
      assert.equal(await page.evaluate('element.state.empty'), true);
      assert.equal(await valueOf(await readyFrame(page, servers), 'cardNumber'), '');
    }

    await (await readyFrame(page, servers)).evaluate(HOLD_ANSWERS);
    await page.evaluate('note("seal", element.seal())');
    await replace();
    await poll(() => reported(page), ['ready']);
    assert.deepEqual(await page.evaluate('ends'), {ready: 'kept', seal: 'frame-lost'});
    await poll(async () => (await resourcesOf(page)).intervals, 0); // no handshake is running

    servers.networkFaults.set('/v1/m/', firstHangs());
    await page.evaluate('element.retry(), note("ready", element.ready)');
    await replace();
    for (let half = 0; half < 2; half += 1) {
      await passSeconds(page, 10);
      await page.waitForFunction('pending === 0'); // the requests that find the reason of the timeout
    }
    await poll(() => reported(page), ['error frame-refused']);
    assert.equal(await page.evaluate('ends.ready'), 'frame-refused');
    await servers.networkFaults.clear();
  });
});
