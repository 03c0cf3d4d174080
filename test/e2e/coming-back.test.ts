import assert from 'node:assert/strict';
import {it} from 'node:test';
import type {Browser, Page} from 'puppeteer-core';
import type {FieldState} from '../../widget/protocol/messages.ts';
import {PRESETS} from '../../widget/protocol/names.ts';
import {goBack, openBrowser, readyFrame, type Start, typeCard, typeWholeCard} from '../support/browser.ts';
import {inEngines} from '../support/engines.ts';
import type {Engine} from '../support/find-browsers.ts';
import {CARD} from '../support/payment.ts';
import {poll} from '../support/poll.ts';

const OTHER = {cardNumber: '371449635392376', expiry: '11/28', securityCode: '9997'};
const EMPTY = ['', '', ''];

/** Start options without a back/forward cache. */
const WITHOUT_CACHE: Record<Engine, Start> = {
  chromium: {args: ['--disable-features=BackForwardCache']},
  firefox: {preferences: {'browser.sessionhistory.max_total_viewers': 0}},
  webkit: {args: ['--enable-page-cache=FALSE']},
};

type Form = Record<string, string>;

inEngines('leaving the shop and coming back', (suite) => {
  const payAndGoBack = async (page: Page): Promise<Form> => {
    await page.goto(`${suite.servers.shop}/card`);
    await typeWholeCard(page, await readyFrame(page, suite.servers), CARD);
    await page.click('form button:last-of-type');
    const form = await receivedBy(page);
    await goBack(page);
    return form;
  };

  /** Pays with the keyboard only: the drivers cannot reach a frame that the back/forward cache restores. */
  const payWithOther = async (page: Page): Promise<Form> => {
    assert.deepEqual(await page.$$('sealed-fields input'), []);
    await page.focus('#zip');
    for (const [index, name] of PRESETS.card.entries()) {
      await page.keyboard.press('Tab');
      await untilFields(page, (fields) => fields[index]?.focused === true);
      await poll(() => page.evaluate(() => document.activeElement?.localName), 'iframe'); // keys go there
      await page.keyboard.type(OTHER[name]);
      await untilFields(page, (fields) => fields[index]?.status === 'valid');
    }
    await page.keyboard.press('Enter');
    return receivedBy(page);
  };

  const assertTwoPayments = (first: Form, second: Form) => {
    const numbers = [first, second].map((form) => form['encrypted_number'] ?? '');
    assert.deepEqual(suite.servers.open(numbers), [CARD.cardNumber, OTHER.cardNumber]);
    assert.notEqual(first['sealed_id'], second['sealed_id']);
  };

  suite.onPage('finds empty fields in a page from the back/forward cache and pays again', async (page) => {
    await reportRestored(page, suite.servers.shop);
    const first = await payAndGoBack(page);
    const restored = () =>
      page.evaluate(() => location.pathname === '/card' && document.documentElement.dataset['restored']);
    assert.equal(await until(restored, (texts) => typeof texts === 'string'), EMPTY.join());
    assertTwoPayments(first, await payWithOther(page));
  });

  it('finds empty fields after a reload, and without a back/forward cache, and pays again', async (test) => {
    const browser: Browser = await openBrowser(suite.engine, WITHOUT_CACHE[suite.engine]);
    test.after(() => browser.close());
    const page = await browser.newPage();
    await reportRestored(page, suite.servers.shop);
    await page.goto(`${suite.servers.shop}/card`);
    await typeCard(page, await readyFrame(page, suite.servers), {...CARD, securityCode: '9'});
    await page.reload();
    assert.deepEqual(await textsIn(page), EMPTY);
    const first = await payAndGoBack(page);
    const isBack = () =>
      page.evaluate(() => location.pathname === '/card' && document.readyState === 'complete');
    await until(isBack, Boolean);
    assert.deepEqual(await textsIn(page), EMPTY);
    assert.equal(await page.evaluate(() => document.documentElement.dataset['restored']), undefined);
    assertTwoPayments(first, await payWithOther(page));
  });

  const textsIn = async (page: Page) =>
    (await readyFrame(page, suite.servers)).$$eval('input', (inputs) => inputs.map(({value}) => value));
});

/**
 * Records the field values at `pageshow`, in a page that the back/forward cache restores, before the frame's own
 * listeners run.
 */
async function reportRestored(page: Page, shop: string): Promise<void> {
  await page.evaluateOnNewDocument((origin) => {
    window.addEventListener('pageshow', ({persisted}) => {
      const inputs = document.querySelectorAll<HTMLInputElement>('payment-form input');
      if (persisted) window.parent.postMessage(Array.from(inputs, ({value}) => value).join(), origin);
    });
    window.addEventListener('message', ({data, source}) => {
      if (source !== window && typeof data === 'string') document.documentElement.dataset['restored'] = data;
    });
  }, shop);
}

/** The form that the shop received, once its response is displayed. */
async function receivedBy(page: Page): Promise<Form> {
  const read = () => page.evaluate(() => document.querySelector('#received')?.textContent ?? '');
  return JSON.parse(await until(read, (text) => text !== '')) as Form;
}

/** Waits until `isDone` accepts the field states that the page has. */
async function untilFields(page: Page, isDone: (fields: FieldState[]) => boolean): Promise<void> {
  const read = () =>
    page.evaluate(() => Object.values(document.querySelector('sealed-fields')?.state.fields ?? {}));
  await until(read, (fields) => fields.length > 0 && isDone(fields));
}

/** Calls `ask` until `isDone` accepts the answer, also across navigations. @throws after 20 s. */
async function until<T>(ask: () => Promise<T>, isDone: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answers = await Promise.allSettled([ask()]);
    for (const each of answers) if (each.status === 'fulfilled' && isDone(each.value)) return each.value;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(answers)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
