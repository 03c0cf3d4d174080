import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Frame, Page} from 'puppeteer-core';
import type {SealResult} from '../../host-sdk/bridge.ts';
import type {FieldsState} from '../../widget/protocol/frame-events.ts';
import {openReady} from './frames.ts';
import {ALONE, RELEASE_ENGINES, openBrowser, typeInto, valueOf} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';

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
    let readyEvents = 0;
    addEventListener('sealed-ready', () => { readyEvents += 1; });
  </script>`;
const FIVE = '<form><sealed-fields data-fields="securityCode"></sealed-fields></form>'.repeat(5);

/** In every document: the handshakes that reach it, the intervals that run, and what is asked over ports. */
const COUNT = `
  Object.assign(window, {handshakes: 0, intervals: new Set(), asked: []});
  addEventListener('message', ({data}) => { if (data?.postmate === 'handshake') handshakes += 1; }, true);
  const {setInterval: begin, clearInterval: end} = window;
  window.setInterval = (...given) => { const id = begin(...given); intervals.add(id); return id; };
  window.clearInterval = (id) => { intervals.delete(id); end(id); };
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (data, ...more) { asked.push(data); post.call(this, data, ...more); };`;

const prepare = (page: Page) => page.evaluateOnNewDocument(COUNT);

for (const engine of RELEASE_ENGINES) {
  describe(`elements side by side in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    let page: Page;
    before(async () => {
      stage = await setStage();
      stage.pages.set('/two', snippet(stage, TWO_FORMS));
      stage.pages.set('/five', snippet(stage, FIVE));
      browser = await openBrowser(engine);
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    /** A test on a page of its own, whose elements are all ready. */
    const onPage = (path: string, name: string, test: () => Promise<void>) => {
      it(name, {timeout: 60_000}, async () => {
        const tab = (page = await openReady(browser, stage.page + path, prepare));
        await test().finally(() => tab.close());
      });
    };

    /** The frame of an element, once it is ready. */
    async function frameOf(id: string): Promise<Frame> {
      await page.evaluate(`${id}.ready`);
      const frame = await (await page.$(`#${id} iframe`))?.contentFrame();
      assert.ok(frame);
      return frame;
    }

    const type = async (id: string, field: string, text: string) =>
      typeInto(page, await frameOf(id), field, text);
    const stateOf = (id: string) => page.evaluate(`${id}.state`) as Promise<FieldsState>;

    onPage('/two', 'each tell of their own fields, and of nothing that is typed beside them', async () => {
      await Promise.all(['number', 'rest', 'card'].map(frameOf));
      const before = [await stateOf('rest'), await stateOf('card')];
      assert.deepEqual(
        before.map(({fields}) => Object.keys(fields)),
        [
          ['expiry', 'securityCode'],
          ['cardNumber', 'expiry', 'securityCode'],
        ],
      );
      await type('number', 'cardNumber', '4012000098765439');
      await page.waitForFunction('document.getElementById("number").state.complete');
      assert.deepEqual(Object.keys((await stateOf('number')).fields), ['cardNumber']);
      assert.deepEqual([await stateOf('rest'), await stateOf('card')], before);
      assert.equal(await valueOf(await frameOf('card'), 'cardNumber'), '');
    });

    onPage('/two', 'of one form are sealed under one id, those of another form not at all', async () => {
      await type('number', 'cardNumber', '4012000098765439');
      await type('rest', 'expiry', '12/31');
      await type('rest', 'securityCode', '999');
      await type('card', 'cardNumber', '5499740000000057');
      await page.click('#first button');
      await page.waitForFunction('submitted.length > 0');
      const [{form, values}] = (await page.evaluate('submitted')) as [
        {form: string; values: [string, string][]},
      ];
      assert.equal(form, 'first');
      const sent = Object.fromEntries(values);
      const names = [
        'encrypted_number',
        'encrypted_expiration_month',
        'encrypted_expiration_year',
        'encrypted_csc',
      ];
      assert.deepEqual(values.map(([name]) => name).sort(), [...names, 'sealed_id', 'sealed_key_id'].sort());
      const opened = stage.open(names.map((name) => sent[name] ?? ''));
      assert.deepEqual(opened, ['4012000098765439', '12', '2031', '999']);
      const submissions = (await page.evaluate(
        `asked.filter(({event}) => event === 'seal').map(({payload}) => payload.submission)`,
      )) as string[];
      assert.deepEqual(submissions, [sent['sealed_id'], sent['sealed_id']]);
      assert.equal(await page.$('#card input'), null);
      assert.equal((await stateOf('card')).sealed, false);
      assert.equal(await valueOf(await frameOf('card'), 'cardNumber'), '5499 7400 0000 0057');
    });

    onPage('/five', 'open five at once, each on a channel of its own', async () => {
      const addresses = await page.$$eval('sealed-fields > iframe', (frames) => frames.map(({src}) => src));
      const channels = addresses.map((address) =>
        new URLSearchParams(new URL(address).hash.slice(1)).get('channel'),
      );
      assert.equal(new Set(channels).size, 5);
      await page.waitForFunction('intervals.size === 0'); // Postmate's: no handshake goes on
      const [, , third] = page.frames().slice(1);
      assert.ok(third);
      await typeInto(page, third, 'securityCode', '123');
      await page.waitForFunction(() =>
        [...document.querySelectorAll('sealed-fields')].some(({state}) => state.complete),
      );
      const complete = await page.$$eval(
        'sealed-fields',
        (all) => all.filter(({state}) => state.complete).length,
      );
      assert.equal(complete, 1);
    });

    onPage(
      '/two',
      'keep what was typed while one beside them is taken out and put back, again and again',
      async () => {
        await frameOf('number');
        await type('rest', 'expiry', '12/31');
        const kept = await frameOf('rest');
        for (let times = 0; times < 5; times += 1) {
          await page.evaluate('((taken) => (taken.remove(), first.prepend(taken), taken.ready))(number)');
          assert.equal(await valueOf(kept, 'expiry'), '12 / 31');
        }
        assert.equal((await page.$$('iframe')).length, 3);
        await type('number', 'cardNumber', '4012000098765439');
        const result = (await page.evaluate('number.seal()')) as SealResult;
        assert.ok(result.ok);
        assert.deepEqual(stage.open([result.values['encrypted_number'] ?? '']), ['4012000098765439']);
        assert.equal(await frameOf('rest'), kept);
      },
    );

    onPage(
      '/two',
      'come back by themselves when their document is reloaded, and no handshake goes on',
      async () => {
        await Promise.all(['number', 'card'].map(frameOf));
        await type('rest', 'expiry', '12/31');
        for (let times = 1; times <= 3; times += 1) {
          const frame = await frameOf('number');
          await typeInto(page, frame, 'cardNumber', '4012');
          await frame.evaluate('void setTimeout(() => location.reload())');
          await page.waitForFunction(`readyEvents === ${3 + times}`);
          assert.equal(await valueOf(await frameOf('number'), 'cardNumber'), '');
        }
        assert.equal(await valueOf(await frameOf('rest'), 'expiry'), '12 / 31');
        await page.waitForFunction('intervals.size === 0'); // Postmate gives up after five handshakes
        const frames = await Promise.all(['number', 'rest', 'card'].map(frameOf));
        const counts = await Promise.all(
          frames.map((frame) =>
            frame.evaluate(`(async () => {
              const before = handshakes;
              await new Promise((resolve) => setTimeout(resolve, 2000)); // four times Postmate's interval
              return [before > 0, handshakes - before];
            })()`),
          ),
        );
        assert.deepEqual(counts, Array(3).fill([true, 0]));
        assert.equal(await page.evaluate('intervals.size'), 0);
      },
    );
  });
}
