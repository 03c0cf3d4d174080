import assert from 'node:assert/strict';
import {afterEach} from 'node:test';
import type {Page} from 'puppeteer-core';
import {violationsIn} from '../../support/axe.ts';
import {allReady} from '../../support/frames.ts';
import {inEngines} from '../../support/engines.ts';
import {poll} from '../../support/poll.ts';

/** How a browser can fail to run the script, or to define the element. Each is a script that runs before those of the page. */
const OLD_BROWSERS: Readonly<Record<string, string>> = {
  'no attachInternals': 'delete HTMLElement.prototype.attachInternals',
  'an attachInternals that throws': `HTMLElement.prototype.attachInternals = () => { throw new Error('no'); }`,
  'no customElements': `Object.defineProperty(window, 'customElements', {value: undefined})`,
};

inEngines('the fallback control', (suite) => {
  afterEach(() => suite.servers.networkFaults.clear());

  /** Presses Pay. Asserts that the browser moves the focus to the fallback control, and stays on the page. */
  const assertRefused = async (page: Page) => {
    const url = page.url();
    await page.click('form button:last-of-type');
    const focused = () => page.evaluate(() => document.activeElement?.localName);
    await poll(focused, 'select');
    assert.equal(page.url(), url);
  };

  for (const [what, script] of Object.entries(OLD_BROWSERS))
    suite.onPage(`refuses the form in a browser with ${what}`, async (page) => {
      await page.evaluateOnNewDocument(script);
      await page.goto(`${suite.servers.shop}/card`, {waitUntil: 'load'});
      await assertRefused(page);
    });

  if (suite.engine === 'chromium')
    suite.onPage('refuses the form without JavaScript', async (page) => {
      await page.setJavaScriptEnabled(false);
      await page.goto(`${suite.servers.shop}/card`);
      await assertRefused(page);
    });

  suite.onFreshPage(
    'passes axe-core when it is shown, and is not shown when the fields work',
    async (page) => {
      const isShown = () =>
        page.$eval(
          'sealed-fields > select',
          (select) => select.checkVisibility() && getComputedStyle(select).opacity,
        );
      await suite.servers.networkFaults.down();
      await page.goto(`${suite.servers.shop}/card?blocked`);
      await poll(isShown, '1');
      assert.deepEqual(await violationsIn(page), []);
      await assertRefused(page);
      await suite.servers.networkFaults.clear();
      await page.goto(`${suite.servers.shop}/card`);
      await allReady(page);
      assert.equal(await isShown(), false);
    },
  );
});
