import assert from 'node:assert/strict';
import {join} from 'node:path';
import type {Frame, Page} from 'puppeteer-core';
import {KEY_FOLDER} from '../../../demo/gateway/keys.ts';
import {en} from '../../../widget/locales/en.ts';
import {
  clickInto,
  onlyInChromium,
  readyFrame,
  typeCard,
  typeInto,
  typeWholeCard,
  valueOf,
} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {poll} from '../../support/poll.ts';
import {assertPaid, CARD, payForm, serve, SHOWN_NUMBER} from './merchant-page.ts';
import {suspendBrowsers} from './suspend.ts';

/** In page and frame: a clock that starts at `iso` when a document loads, and then runs normally. */
const clockAt = (iso: string) => `{
  const offset = Date.parse('${iso}') - Date.now();
  const now = () => offset + Real.now();
  const Real = Date;
  window.Date = class extends Real {
    constructor(...parts) {
      super(...(parts.length === 0 ? [now()] : parts));
    }
    static now = now;
  };
  if (window === top) {
    Object.assign(window, {codes: [], element: () => document.querySelector('sealed-fields')});
    addEventListener('sealed-error', ({detail: {code}}) => codes.push(code));
  }
}`;

/** A merchant whose only key has a start and an end. */
const file = join(KEY_FOLDER, 'public.pem');
const merchants = {
  dated: {keys: [{kid: 'dated', file, notBefore: '2026-01-01T00:00:00Z', notAfter: '2099-06-30T23:59:59Z'}]},
};

/** An expiry that is entered while the clock shows this, and its problem. The rule itself is tested in `fields/expiry`. */
const EXPIRIES: readonly [clock: string, expiry: string, problem?: string][] = [
  ['2027-03-02T12:00:00Z', '02/27'],
  ['2027-03-03T12:00:00Z', '02/27', en.problems.expiry.past],
  ['1970-01-01T00:00:10Z', '12/31', en.problems.expiry['too-far']],
];

/** Whether the dated key seals while the clock shows this. The rule itself is tested in `record`. */
const KEY_CLOCKS: readonly [clock: string, isUsable: boolean][] = [
  ['2099-07-02T22:00:00Z', true],
  ['2099-07-03T01:00:00Z', false],
];

inEngines(
  'a wrong clock',
  (suite) => {
    const open = async (page: Page, clock: string, attributes = '') => {
      serve(suite.servers, payForm(attributes));
      await page.evaluateOnNewDocument(clockAt(clock));
      await page.goto(suite.servers.page);
    };

    for (const [clock, expiry, problem] of EXPIRIES)
      suite.onPage(`of ${clock} ${problem ? 'rejects' : 'accepts'} ${expiry}`, async (page) => {
        const {servers} = suite;
        await open(page, clock);
        const frame = await readyFrame(page, servers);
        const card = {...CARD, expiry};
        if (problem === undefined) {
          await typeWholeCard(page, frame, card);
          await page.click('button');
          const {form} = await servers.nextReceived();
          const [month, year = ''] = expiry.split('/');
          const names = ['encrypted_expiration_month', 'encrypted_expiration_year'];
          assert.deepEqual(servers.open(names.map((name) => form[name] ?? '')), [month, `20${year}`]);
        } else {
          await typeCard(page, frame, card);
          await page.click('button');
          await poll(() => frame.$eval('#expiry-problem', ({textContent}) => textContent), problem);
          assert.deepEqual([await page.evaluate('codes'), servers.received], [[], []]);
        }
      });

    for (const [clock, isUsable] of KEY_CLOCKS)
      suite.onPage(
        `of ${clock} ${isUsable ? 'is within the tolerance of a key until June 2099' : 'fails with key-expired before anything is entered'}`,
        async (page) => {
          const {servers} = suite;
          await open(page, clock, 'data-merchant="dated" data-fields="securityCode"');
          if (isUsable) {
            await typeInto(page, await readyFrame(page, servers), 'securityCode', '999');
            await poll(() => page.evaluate('element().state.complete'), true);
            await page.click('button');
            const {form} = await servers.nextReceived();
            assert.deepEqual(servers.open([form['encrypted_csc'] ?? '']), ['999']);
          } else {
            await poll(() => page.evaluate('codes'), ['key-expired']);
            assert.equal(await page.$('iframe'), null);
          }
        },
      );
  },
  {merchants},
);

/** In the page: records the element's events; deadlines pass five times as fast. */
const RECORD = `if (window === top) {
  window.events = [];
  for (const type of ['sealed-ready', 'sealed-warning', 'sealed-error'])
    addEventListener(type, ({detail}) => events.push(detail === null ? type : type + ' ' + detail.code));
  const start = window.setTimeout;
  window.setTimeout = (action, delay = 0, ...more) => start(action, delay >= 1000 ? delay / 5 : delay, ...more);
}`;

/** In the frame: its messages are sent late, after each deadline that ran out during the sleep has fired. */
const SEND_LATE = `{
  const {postMessage} = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (message) {
    setTimeout(() => postMessage.call(this, message), 300);
  };
}`;

/** In the frame: whenever it loses focus, its clock moves on by `minutes`, and no timer does. */
const AWAY = `if (window !== top) {
  let late = 0;
  window.minutes = 0;
  addEventListener('blur', () => (late += minutes * 60000));
  const {now} = Date;
  Date.now = () => now() + late;
}`;

inEngines('a device that sleeps', (suite) => {
  const open = async (page: Page) => {
    serve(suite.servers, `${payForm()}<input id="next-to-it">`);
    await page.evaluateOnNewDocument(RECORD);
    await page.goto(suite.servers.page);
  };
  const openAndType = async (page: Page): Promise<Frame> => {
    await open(page);
    const frame = await readyFrame(page, suite.servers);
    await typeWholeCard(page, frame, CARD);
    return frame;
  };
  const assertEmpty = async (page: Page, frame: Frame) => {
    for (const name of Object.keys(CARD)) await poll(() => valueOf(frame, name), '');
    await poll(() => page.evaluate(`document.querySelector('sealed-fields').state.empty`), true);
  };

  suite.onPage('during a submit pays when it wakes', async (page) => {
    const frame = await openAndType(page);
    await frame.evaluate(SEND_LATE);
    const clicked = page.evaluate(`new Promise((resolve) => {
      addEventListener('submit', resolve, {capture: true, once: true});
      document.querySelector('button').click();
    })`);
    await clicked;
    await suspendBrowsers(4000);
    await assertPaid(suite.servers);
  });

  suite.onPage('while the fields load shows them when it wakes', async (page) => {
    await open(page);
    await readyFrame(page, suite.servers);
    await page.evaluate(`events.length = 0; document.querySelector('sealed-fields').retry()`);
    await suspendBrowsers(6000);
    const events = `events.filter((event) => event !== 'sealed-warning slow')`; // it may be slow
    await poll(() => page.evaluate(events), ['sealed-ready']);
  });

  suite.onPage('keeps field values for nine minutes, and has wiped them after ten', async (page) => {
    await page.evaluateOnNewDocument(AWAY);
    const frame = await openAndType(page);
    const leaveFor = async (minutes: number) => {
      await frame.evaluate(`minutes = ${minutes}; 0`);
      await page.click('#next-to-it');
      await clickInto(frame, 'cardNumber');
    };
    await leaveFor(9);
    assert.equal(await valueOf(frame, 'cardNumber'), SHOWN_NUMBER);
    await leaveFor(1);
    await assertEmpty(page, frame);
  });

  suite.onPage('for ten minutes seals nothing when Pay is pressed afterwards', async (page) => {
    await page.evaluateOnNewDocument(AWAY);
    const frame = await openAndType(page);
    await frame.evaluate('minutes = 10; 0');
    await page.click('#next-to-it');
    await page.click('button');
    await assertEmpty(page, frame);
    assert.deepEqual(suite.servers.received, []);
  });

  const [name, {skip}] = onlyInChromium(
    suite.engine,
    'pays in a page that was frozen in the background',
    'no other driver freezes a page',
  );
  if (!skip)
    suite.onPage(name, async (page) => {
      await openAndType(page);
      const session = await page.createCDPSession();
      await page.evaluate(`setTimeout(() => document.querySelector('button').click(), 10000)`); // two seconds, see RECORD
      await session.send('Page.setWebLifecycleState', {state: 'frozen'});
      await new Promise((resolve) => setTimeout(resolve, 4000));
      assert.equal(suite.servers.received.length, 0);
      await session.send('Page.setWebLifecycleState', {state: 'active'});
      await assertPaid(suite.servers);
    });
});
