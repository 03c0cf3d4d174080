import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Frame, Page} from 'puppeteer-core';
import {type Card, ALONE, RELEASE_ENGINES, openBrowser, readyFrame, typeCard, valueOf} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';

const CARD: Card = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};
const EMPTY = ['cardNumber', 'expiry', 'securityCode'].map((field) => ({field, problem: 'required'}));

/**
 * In the shop's page, never in the frame: keeps what the element tells, counts submits before and after the element has seen them, names the code that a promise is rejected with, and lets deadlines pass `rate` times as fast.
 */
const WATCH = `if (window === top) {
  Object.assign(window, {rate: 1, told: [], tried: 0, submitted: 0});
  const element = () => document.querySelector('sealed-fields');
  const codeOf = (promise) => promise.then(() => 'none', ({code}) => code);
  for (const type of ['sealed-ready', 'sealed-warning', 'sealed-error'])
    addEventListener(type, ({detail}) => told.push(detail === null ? type : type + ' ' + detail.code));
  addEventListener('submit', () => { tried += 1; }, true);
  addEventListener('submit', (event) => { submitted += 1; event.preventDefault(); });
  const wait = window.setTimeout;
  window.setTimeout = (action, delay = 0) => wait(action, delay >= 1000 ? delay / rate : delay);
  Object.assign(window, {element, codeOf});
}`;

/** In the frame: keeps the names of what it says over its port. */
const SAID = `if (window !== top) {
  window.said = [];
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (data, ...more) {
    said.push(data.event);
    post.call(this, data, ...more);
  };
}`;

/** Waits until the frame says nothing more. */
async function settleSaid(frame: Frame): Promise<string[]> {
  for (let count = -1; ;) {
    const said = (await frame.evaluate('said')) as string[];
    if (said.length === count) return said;
    count = said.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

interface Shop {
  attributes?: string;
  body?: string;
  headers?: Record<string, string>;
  /** Run in the page before its scripts. */
  script?: string;
}

for (const engine of RELEASE_ENGINES) {
  describe(`the bridge in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    let page: Page;
    before(async () => {
      stage = await setStage();
      browser = await openBrowser(engine);
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    /** A test on a page of its own, with one form, one element and one button unless it says otherwise. */
    const inShop = (name: string, shop: Shop, test: () => Promise<void>) => {
      it(name, {timeout: 60_000}, async () => {
        const {attributes = '', headers = {}, script = ''} = shop;
        const {body = `<form><sealed-fields ${attributes}></sealed-fields><button>Pay</button></form>`} =
          shop;
        const tab = (page = await browser.newPage());
        await tab.evaluateOnNewDocument(WATCH + script);
        stage.pages.set('/shop', {...snippet(stage, body), headers});
        await tab.goto(`${stage.page}/shop`);
        await test().finally(() => tab.close());
      });
    };

    const run = <T>(script: string) => page.evaluate(script) as Promise<T>;
    const until = (condition: string) => page.waitForFunction(condition);
    const told = () => run<string[]>('told');
    const untilTold = (text: string) => until(`told.includes('${text}')`);
    const seal = () => page.$eval('sealed-fields', (element) => element.seal());

    async function isFailureShown(): Promise<boolean> {
      const view = await page.$('sealed-fields >>> [role=alert]');
      const button = await page.$('sealed-fields >>> [role=alert] button');
      if ((await view?.isVisible()) !== true || (await button?.isVisible()) !== true) return false;
      return /could not be loaded.*Try again/s.test((await view?.evaluate((node) => node.textContent)) ?? '');
    }

    /** Neither the browser's own check nor a form that goes without lets the submit through. */
    async function assertHeld(): Promise<void> {
      await page.click('button');
      await run('document.forms[0].noValidate = true');
      await page.click('button');
      assert.deepEqual(await run('[tried, submitted]'), [1, 0]);
    }

    for (const directive of ['frame-src', 'child-src']) {
      const headers = {'Content-Security-Policy': `${directive} 'none'`};
      inShop(`names the shop’s own policy at once: ${directive}`, {headers}, async () => {
        await untilTold('sealed-error frame-blocked');
        assert.deepEqual(await told(), ['sealed-error frame-blocked']);
        const message = await run<string>('element().ready.catch(String)');
        assert.match(message, /Content-Security-Policy \(frame-src\)/);
        assert.ok(await isFailureShown());
        await assertHeld();
      });
    }

    const reporting = {'Content-Security-Policy-Report-Only': "frame-src 'none'"};
    inShop('is not stopped by a policy that only reports', {headers: reporting}, async () => {
      await run('element().ready');
      assert.deepEqual(await told(), ['sealed-ready']);
    });

    const absent = {attributes: 'data-merchant="nobody"', script: 'window.rate = 20'};
    inShop('says of an absent frame that it is refused, and opens it once it is there', absent, async () => {
      await untilTold('sealed-error frame-refused');
      const errors = (await told()).filter((each) => each !== 'sealed-warning slow'); // so fast are its deadlines
      assert.deepEqual(errors, ['sealed-error frame-refused']);
      assert.ok(await isFailureShown());
      await assertHeld();
      await run('rate = 1; element().dataset.merchant = "demo"');
      await page.click('sealed-fields >>> [role=alert] button');
      await untilTold('sealed-ready');
      assert.equal(await isFailureShown(), false);
      assert.deepEqual(await seal(), {ok: false, fields: EMPTY});
    });

    const sandbox = {'Content-Security-Policy': 'sandbox allow-scripts'};
    inShop('is refused to a page without an origin', {headers: sandbox}, async () => {
      await untilTold('sealed-error origin-refused');
      assert.ok(await isFailureShown());
      assert.equal(await page.$('iframe'), null);
    });

    const wrong = {attributes: 'data-fields="cardNumber pin"'};
    inShop('is not opened with wrong options, nor closed when they become wrong', wrong, async () => {
      await untilTold('sealed-error config-invalid');
      assert.ok(await isFailureShown());
      assert.equal(await page.$('iframe'), null);
      assert.equal(await run('codeOf(element().ready)'), 'config-invalid');
      await run('element().dataset.fields = "card"; element().retry()');
      await untilTold('sealed-ready');
      await run('element().dataset.layout = "sepia"');
      await untilTold('sealed-warning config-invalid');
      assert.deepEqual(await seal(), {ok: false, fields: EMPTY});
    });

    for (const [when, moment] of [
      ['at once', ''],
      [
        'when its document has come',
        'await new Promise((resolve) => { removed.firstChild.addEventListener("load", resolve); });',
      ],
    ] as const)
      inShop(`says nothing more of an element that is removed ${when}`, {body: '<form></form>'}, async () => {
        const code = await run(`(async () => {
          const removed = document.forms[0].appendChild(document.createElement('sealed-fields'));
          const code = codeOf(removed.ready);
          for (const type of ['ready', 'change', 'warning', 'error'])
            removed.addEventListener('sealed-' + type, () => told.push('removed ' + type));
          ${moment}
          removed.remove();
          told.length = 0;
          return code;
        })()`);
        assert.equal(code, 'aborted');
        await run('document.forms[0].append(document.createElement("sealed-fields"))');
        await run('element().ready');
        assert.deepEqual(await told(), ['sealed-ready']);
      });

    inShop(
      'brings faults as a value, and a card as ciphertext, twice if asked twice at once',
      {},
      async () => {
        const frame = await readyFrame(page, stage);
        assert.deepEqual(await seal(), {ok: false, fields: EMPTY});
        await typeCard(page, frame, {...CARD, securityCode: '99'});
        assert.deepEqual(await seal(), {ok: false, fields: [{field: 'securityCode', problem: 'incomplete'}]});
        await frame.waitForSelector('#securityCode[aria-invalid=true]');
        await page.keyboard.type('9');
        const both = await Promise.all([seal(), seal()]);
        for (const result of both) {
          assert.ok(result.ok);
          assert.deepEqual(stage.open(Object.values(result.values)).sort(), [
            '12',
            '2031',
            '4012000098765439',
            '999',
          ]);
        }
        assert.equal(new Set(both.map((result) => result.ok && result.id)).size, 2);
      },
    );

    inShop('empties the fields at the page’s word', {}, async () => {
      const frame = await readyFrame(page, stage);
      await typeCard(page, frame, CARD);
      await until('element().state.complete');
      await run('element().clear()');
      await until('!element().state.complete');
      for (const name of Object.keys(CARD)) assert.equal(await valueOf(frame, name), '');
      assert.deepEqual(await seal(), {ok: false, fields: EMPTY});
    });

    for (const [what, dropped] of [
      ['acknowledge a seal', 'true'],
      ['answer it', 'data.event === "sealed"'],
    ] as const)
      inShop(`gives up a frame that does not ${what}, and opens another on request`, {}, async () => {
        const frame = await readyFrame(page, stage);
        await typeCard(page, frame, CARD);
        await frame.evaluate(`{
          const post = MessagePort.prototype.postMessage;
          MessagePort.prototype.postMessage = function (data) { if (!(${dropped})) post.call(this, data); };
        }`);
        assert.equal(await run('rate = 20, codeOf(element().seal())'), 'frame-lost');
        assert.deepEqual(await told(), ['sealed-ready', 'sealed-error frame-lost']);
        assert.ok(await isFailureShown());
        await run('rate = 1, element().retry(), element().ready');
        assert.deepEqual(await seal(), {ok: false, fields: EMPTY});
      });

    inShop('is asked for a seal once it has been opened anew, and not before', {}, async () => {
      await run('element().ready');
      const result = await run('element().retry(), element().seal()');
      assert.deepEqual(result, {ok: false, fields: EMPTY});
    });

    // The port takes 200 messages a second, and the soak seals as fast as these two allow.
    inShop(
      'tells of a seal by two messages, and of a configuration that names nothing anew by none',
      {script: SAID},
      async () => {
        const frame = await readyFrame(page, stage);
        await typeCard(page, frame, CARD);
        await settleSaid(frame);
        const since = async (what: string) => {
          await frame.evaluate('said.length = 0');
          await run(what);
          return settleSaid(frame);
        };
        assert.deepEqual(await since('element().seal()'), ['sealing', 'change', 'sealed']);
        assert.deepEqual(await since('element().seal()'), ['sealing', 'sealed']);
        assert.deepEqual(await since('element().dataset.placeholderExpiry = "07/31"'), []);
      },
    );

    inShop('is heard through all that a page may change of its looks', {}, async () => {
      await typeCard(page, await readyFrame(page, stage), CARD);
      // Each in a task of its own, more than the port takes where a browser does them in less than three seconds.
      await run(`new Promise((resolve) => {
        let changes = 0;
        const {port1, port2} = new MessageChannel();
        port1.onmessage = () => {
          element().dataset.theme = JSON.stringify({radius: (changes += 1) % 9 + 'px'});
          if (changes < 600) port2.postMessage(null);
          else resolve();
        };
        port2.postMessage(null);
      })`);
      assert.equal((await seal()).ok, true);
    });

    inShop('outlives a submit that comes before it is open', {body: '<form novalidate></form>'}, async () => {
      await run(`{
        const [form] = document.forms;
        form.append(document.createElement('sealed-fields'), document.createElement('button'));
        rate = 20; // a seal that nobody heard would be given up while the card is typed
        form.requestSubmit();
        rate = 1;
      }`);
      const frame = await readyFrame(page, stage);
      await typeCard(page, frame, CARD);
      await page.click('button');
      await until('submitted > 0 || told.length > 1');
      assert.deepEqual(await told(), ['sealed-ready']);
    });
  });
}
