import assert from 'node:assert/strict';
import {afterEach} from 'node:test';
import type {Page} from 'puppeteer-core';
import {TEXTS} from '../../host-sdk/texts.ts';
import {readyFrame, typeWholeCard} from '../support/browser.ts';
import {inEngines} from '../support/engines.ts';
import {passSeconds, stopClock} from '../support/page-clock.ts';
import {CARD, CARD_VALUES, openCard} from '../support/payment.ts';
import {poll} from '../support/poll.ts';
import {snippet} from '../support/servers.ts';

/** In the page: the codes of reported errors, and how many requests of its scripts are pending. */
const WATCH = `if (window === top) {
  Object.assign(window, {codes: [], pending: 0, submits: 0});
  addEventListener('sealed-error', ({detail: {code}}) => codes.push(code));
  addEventListener('submit', () => { submits += 1; });
  const start = window.fetch;
  window.fetch = (...request) => {
    pending += 1;
    return start(...request).finally(() => { pending -= 1; });
  };
}`;

const form = (attributes = '') =>
  `<form method="post" action="/received"><sealed-fields ${attributes}></sealed-fields><button>Pay</button></form>`;

inEngines('a page whose fields cannot load', (suite) => {
  afterEach(() => suite.servers.networkFaults.clear());

  const open = async (page: Page, origin: string, body: string) => {
    const {servers} = suite;
    servers.received.length = 0;
    servers.pages.set('/', snippet(servers, body));
    servers.pages.set('/received', {html: 'Received.'});
    await stopClock(page);
    await page.evaluateOnNewDocument(WATCH);
    await page.goto(origin);
    await page.waitForFunction(() => document.querySelector('sealed-fields > iframe') !== null);
  };

  /** Moves the clock past the load timeout, and waits until the failure view is displayed. */
  const untilFailed = async (page: Page, codes: readonly string[], text: string) => {
    for (let half = 0; half < 2; half += 1) {
      await passSeconds(page, 10);
      await page.waitForFunction('pending === 0');
    }
    await poll(() => page.evaluate('codes'), codes);
    const view = await page.$('sealed-fields >>> [role=alert]');
    assert.equal(await view?.isVisible(), true);
    assert.equal(await view?.evaluate((node) => node.textContent), text + TEXTS.en.retry);
  };

  /** Presses Pay, which moves the focus to the failure view's button and submits nothing. */
  const assertBlocked = async (page: Page) => {
    await page.click('form > button');
    const isAtRetry = () =>
      page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.localName === 'button');
    await poll(isAtRetry, true);
    assert.equal(await page.$eval('sealed-fields', (element) => element.validationMessage), TEXTS.en.failed);
    assert.deepEqual([await page.evaluate('submits'), suite.servers.received], [0, []]);
  };

  suite.onPage(
    'reports an unknown merchant, then a host that is down, and pays after a retry when both are fixed',
    async (page) => {
      const {servers} = suite;
      await open(page, servers.page, form('data-merchant="missing"'));
      await untilFailed(page, ['frame-refused'], TEXTS.en.failed);
      await assertBlocked(page);

      await page.$eval('sealed-fields', ({dataset}) => (dataset['merchant'] = 'demo'));
      await servers.networkFaults.down();
      await page.keyboard.press('Enter'); // on the button, which has the focus
      await page.waitForFunction(() => {
        const view = document.querySelector('sealed-fields')?.shadowRoot?.querySelector('[role=alert]');
        return view?.checkVisibility() === false;
      });
      await untilFailed(page, ['frame-refused', 'frame-unreachable'], TEXTS.en.failed + TEXTS.en.connection);
      await assertBlocked(page);

      await servers.networkFaults.up();
      await page.click('sealed-fields >>> [role=alert] button');
      await typeWholeCard(page, await readyFrame(page, servers), CARD);
      await page.click('form > button');
      assert.deepEqual(openCard(servers, (await servers.nextReceived()).form), CARD_VALUES);
    },
  );

  suite.onPage(
    'reports a page whose origin the record does not list, and links to the explanation',
    async (page) => {
      await open(page, suite.servers.evil, form());
      await untilFailed(page, ['frame-refused'], TEXTS.en.failed);
      await assertBlocked(page);

      const docs = String(
        await page.evaluate(`document.querySelector('sealed-fields').ready.catch(({docs}) => docs)`),
      );
      await page.goto(docs);
      const heading = await page.$eval(':target', ({textContent}) => textContent);
      assert.deepEqual(
        [docs, heading],
        [`${suite.servers.widget}/v1/errors/#frame-refused`, 'frame-refused'],
      );
    },
  );

  suite.onPage('is refused by its fallback control until the script loads, and then pays', async (page) => {
    const {servers} = suite;
    servers.received.length = 0;
    const fallback =
      '<select required><option value="">The payment fields have not loaded.</option></select>';
    const {html} = snippet(servers, form().replace('></sealed', `>${fallback}</sealed`));
    // An address of its own: the browser may have the script of another test in its cache.
    servers.pages.set('/', {html: html.replace('sealed-fields.js', 'sealed-fields.js?fallback')});
    servers.pages.set('/received', {html: 'Received.'});
    await servers.networkFaults.down();
    await page.goto(servers.page);
    await page.click('form > button');
    await poll(() => page.evaluate(() => document.activeElement?.localName), 'select');
    assert.deepEqual(servers.received, []);

    await servers.networkFaults.clear();
    await page.goto(servers.page);
    await typeWholeCard(page, await readyFrame(page, servers), CARD);
    assert.equal(await page.$eval('select', ({disabled}) => disabled), true);
    await page.click('form > button');
    assert.deepEqual(openCard(servers, (await servers.nextReceived()).form), CARD_VALUES);
  });

  suite.onPage(
    'reports that an optimizer has merged the script into another one, and pays when both sides name their part',
    async (page) => {
      const {servers} = suite;
      /** A page whose only script is a bundle. What is in its body must not matter. */
      const openBundle = async (name: string, head: string) => {
        const script = await (await fetch(`${servers.widget}/v1/sealed-fields.js`)).text();
        servers.received.length = 0;
        servers.pages.set(`/${name}.js`, {
          html: `window.shop = {};\n${script}`,
          headers: {'Content-Type': 'text/javascript'},
        });
        const decoys = `<meta name="sealed-fields" content="merchant=missing">
          <script type="text/plain" src="${servers.evil}/v1/sealed-fields.js" data-merchant="missing"></script>`;
        const element = form(`data-origin="${servers.evil}"`);
        servers.pages.set('/', {
          html: `<!doctype html><html lang="en"><head><title>Shop</title>${head}<script src="/${name}.js" defer></script></head>
            <body>${decoys}${element}</body></html>`,
        });
        servers.pages.set('/received', {html: 'Received.'});
        await page.goto(servers.page);
      };
      const metas = ['demo', 'missing'].map((id) => `<meta name="sealed-fields" content="merchant=${id}">`);

      await page.evaluateOnNewDocument(WATCH);
      await openBundle('unpublished', metas.join(''));
      await poll(() => page.evaluate('codes'), ['config-invalid']);
      assert.equal(await page.$('iframe'), null);

      await servers.publishAnew({origin: servers.widget});
      await openBundle('published', metas.join(''));
      await typeWholeCard(page, await readyFrame(page, servers), CARD);
      await page.click('form > button');
      assert.deepEqual(openCard(servers, (await servers.nextReceived()).form), CARD_VALUES);
    },
  );
});
