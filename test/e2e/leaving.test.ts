import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Frame, JSHandle, Page} from 'puppeteer-core';
import type {FieldState} from '../../widget/protocol/frame-events.ts';
import {PRESETS} from '../../widget/protocol/names.ts';
import type {Engine} from '../browsers.ts';
import {
  ALONE,
  clickInto,
  openBrowser,
  goBack,
  readyFrame,
  RELEASE_ENGINES,
  type Start,
  typeWholeCard,
  untilEdited,
} from './shopper.ts';
import {settle} from './settle.ts';
import {setStage, snippet, type Stage} from './stage.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};
const OTHER = {cardNumber: '371449635392376', expiry: '11/28', securityCode: '9997'};
const EMPTY = ['', '', ''];

type Form = Record<string, string>;

for (const engine of RELEASE_ENGINES) {
  describe(`leaving in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    before(async () => {
      stage = await setStage();
      stage.pages.set(
        '/',
        snippet(stage, '<form><sealed-fields></sealed-fields><button>Pay</button></form>'),
      );
      browser = await openBrowser(engine);
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    /** A page that sends its form by itself and stays, with what it has sent. */
    const openStaying = async () => {
      const page = await browser.newPage();
      await page.goto(stage.page);
      const sent = await page.evaluateHandle(() => {
        const forms: Record<string, string>[] = [];
        window.addEventListener('submit', (event) => {
          event.preventDefault();
          const data = new FormData(event.target as HTMLFormElement);
          forms.push(Object.fromEntries([...data].map(([name, value]) => [name, value as string])));
        });
        return forms;
      });
      return {page, sent, frame: await readyFrame(page, stage)};
    };

    /** Sends what a page has sent on to the shop, as the server of that page would. */
    const pay = async (form: Form | undefined) => {
      const body = new URLSearchParams({item: 'ridge', name: 'Sample Shopper', ...form});
      const answer = await (await fetch(`${stage.shop}/pay`, {method: 'POST', body})).text();
      return /<h1>(.*)<\/h1>/.exec(answer)?.[1];
    };

    for (const isCached of [true, false]) {
      const how = isCached ? 'out of the back/forward cache' : 'without a back/forward cache';
      it(`and coming back ${how} finds the fields empty, and pays anew`, async (test) => {
        const own = await openBrowser(engine, isCached ? {} : WITHOUT_CACHE[engine]);
        test.after(() => own.close());
        const page = await own.newPage();
        await reportReturn(page, stage.shop);
        await page.goto(`${stage.shop}/card`);
        await typeWholeCard(page, await readyFrame(page, stage), CARD);
        await page.click('form button:last-of-type');
        const first = await receivedBy(page);

        await goBack(page);
        const look = () =>
          page.evaluate(() => {
            const isBack = location.pathname === '/card' && document.readyState === 'complete';
            return {isBack, texts: document.documentElement.dataset['texts']};
          });
        const {texts} = await until(look, (seen) => seen.isBack && (!isCached || seen.texts !== undefined));
        assert.equal(texts, isCached ? EMPTY.join() : undefined);
        if (!isCached) assert.deepEqual(await textsIn(await readyFrame(page, stage)), EMPTY);
        assert.deepEqual(await page.$$('sealed-fields input'), []);

        await page.focus('#zip');
        for (const [index, name] of PRESETS.card.entries()) {
          await page.keyboard.press('Tab');
          await untilFields(page, (fields) => fields[index]?.focused === true);
          await settle(() => page.evaluate(() => document.activeElement?.localName), 'iframe'); // keys go there
          await page.keyboard.type(OTHER[name]);
          await untilFields(page, (fields) => fields[index]?.status === 'valid');
        }
        await page.keyboard.press('Enter');
        const second = await receivedBy(page);
        const numbers = [first, second].map((form) => form['encrypted_number'] ?? '');
        assert.deepEqual(stage.open(numbers), [CARD.cardNumber, OTHER.cardNumber]);
        assert.notEqual(first['sealed_id'], second['sealed_id']);
      });
    }

    it('is not needed to pay twice, nor to pay again after a decline', async () => {
      const {page, sent, frame} = await openStaying();
      const submit = async (count: number) => {
        await page.click('button');
        await page.waitForFunction((forms, wanted) => forms.length === wanted, {}, sent, count);
      };
      await typeWholeCard(page, frame, CARD);
      await submit(1);
      await submit(2); // as after a decline: with what stands in the fields
      await page.evaluate(() => document.querySelector('sealed-fields')?.clear());
      await page.waitForFunction(() => document.querySelector('sealed-fields input') === null);
      await page.waitForFunction(() => document.querySelector('sealed-fields')?.state.empty); // the frame has heard
      await typeWholeCard(page, frame, OTHER);
      await submit(3);
      const forms: Form[] = await sent.jsonValue();
      assert.deepEqual(
        stage.open(forms.map((form) => form['encrypted_number'] ?? '')),
        [CARD, CARD, OTHER].map(({cardNumber}) => cardNumber),
      );
      for (const name of ['sealed_id', 'encrypted_number', 'encrypted_csc'])
        assert.equal(new Set(forms.map((form) => form[name])).size, 3, name);
      for (const form of forms) assert.equal(await pay(form), 'Thank you, it is paid');
      assert.equal(await pay(forms[0]), 'This was submitted already');
      await page.close();
    });

    it('is no matter for a form that is reset: the fields and what was sealed are gone', async () => {
      const {page, sent, frame} = await openStaying();
      await typeWholeCard(page, frame, CARD);
      await page.click('button');
      await page.waitForFunction((forms) => forms.length === 1, {}, sent);
      assert.notDeepEqual(await page.$$('sealed-fields input'), []);
      await page.evaluate(() => {
        document.querySelector('form')?.reset();
      });
      assert.deepEqual(await page.$$('sealed-fields input'), []);
      await until(
        () => textsIn(frame),
        (texts) => texts.join('') === '',
      );
      await untilFields(page, (fields) => fields.every(({status}) => status === 'empty'));
      await page.close();
    });

    it('for ten minutes wipes the fields and what was sealed, and typing starts them anew', async () => {
      const {page, sent, frame} = await openStaying();
      const timers = await holdTimers(frame);
      await typeWholeCard(page, frame, CARD);
      await page.click('button');
      await page.waitForFunction((forms) => forms.length === 1, {}, sent);
      const first = await timers.evaluate((running) => [...running.keys()]);
      assert.deepEqual(
        await timers.evaluate((running) => [...running.values()].map(({delay}) => delay)),
        [600_000],
      );
      await clickInto(frame, 'securityCode');
      await page.keyboard.press('Backspace');
      await page.keyboard.type('9');
      await untilEdited(page);
      await page.click('button');
      await page.waitForFunction((forms) => forms.length === 2, {}, sent);
      const second = await timers.evaluate((running) => [...running.keys()]);
      assert.equal(second.length, 1);
      assert.notDeepEqual(second, first);
      await timers.evaluate((running) => {
        for (const {run} of [...running.values()]) run(); // it may start the next
      });
      assert.deepEqual(await textsIn(frame), EMPTY);
      await untilFields(page, (fields) => fields.every(({status}) => status === 'empty'));
      assert.deepEqual(await page.$$('sealed-fields input'), []);
      assert.equal(await page.$eval('sealed-fields', ({state}) => state.sealed), false);
      await typeWholeCard(page, frame, CARD);
      await page.click('button');
      await page.waitForFunction((forms) => forms.length === 3, {}, sent);
      const ids = await page.evaluate((forms) => forms.map(({sealed_id}) => sealed_id), sent);
      assert.equal(new Set(ids).size, 3);
      await page.close();
    });

    it('is put off for ten minutes by a submission, whose values stay as long', async () => {
      const {page, sent, frame} = await openStaying();
      const timers = await holdTimers(frame);
      await typeWholeCard(page, frame, CARD);
      const typed = await timers.evaluate((running) => [...running.keys()]);
      await page.click('button');
      await page.waitForFunction((forms) => forms.length === 1, {}, sent);
      const pressed = await timers.evaluate((running) => [...running.keys()]);
      assert.deepEqual([typed.length, pressed.length], [1, 1]);
      assert.notDeepEqual(pressed, typed);
      assert.equal((await page.$$('sealed-fields input')).length, 6);
      await page.close();
    });
  });
}

/** What each engine is started with to have no back/forward cache. */
const WITHOUT_CACHE: Record<Engine, Start> = {
  chromium: {args: ['--disable-features=BackForwardCache']},
  firefox: {preferences: {'browser.sessionhistory.max_total_viewers': 0}},
  webkit: {args: ['--enable-page-cache=FALSE']},
};

/**
 * Lets a page that came out of the cache note what stood in the fields when they came back, before a listener of
 * the frame's own ran. Both drivers lose sight of a frame that the cache gives back.
 */
async function reportReturn(page: Page, shop: string): Promise<void> {
  await page.evaluateOnNewDocument((origin) => {
    window.addEventListener('pageshow', ({persisted}) => {
      const inputs = document.querySelectorAll<HTMLInputElement>('payment-form input');
      if (persisted) window.parent.postMessage(Array.from(inputs, ({value}) => value).join(), origin);
    });
    window.addEventListener('message', ({data, source}) => {
      if (source !== window && typeof data === 'string') document.documentElement.dataset['texts'] = data;
    });
  }, shop);
}

/** Takes the long timers of a frame out of the clock's hands. @returns those that run, by their number. */
async function holdTimers(frame: Frame): Promise<JSHandle<Map<number, {run: () => void; delay: number}>>> {
  return frame.evaluateHandle(() => {
    const running = new Map<number, {run: () => void; delay: number}>();
    const start = window.setTimeout.bind(window);
    const stop = window.clearTimeout.bind(window);
    const numbers = {last: 1_000_000};
    Object.assign(window, {
      setTimeout(run: () => void, delay = 0) {
        if (delay < 60_000) return start(run, delay);
        numbers.last += 1;
        running.set(numbers.last, {run, delay});
        return numbers.last;
      },
      clearTimeout(number: number) {
        if (!running.delete(number)) stop(number);
      },
    });
    return running;
  });
}

async function textsIn(frame: Frame): Promise<string[]> {
  return frame.$$eval('input', (inputs) => inputs.map(({value}) => value));
}

/** What the shop received, once its answer stands there. */
async function receivedBy(page: Page): Promise<Form> {
  const read = () => page.evaluate(() => document.querySelector('#received')?.textContent ?? '');
  return JSON.parse(await until(read, (text) => text !== '')) as Form;
}

/** Waits for what the element tells the page of its fields. */
async function untilFields(page: Page, isDone: (fields: FieldState[]) => boolean): Promise<void> {
  const read = () =>
    page.evaluate(() => Object.values(document.querySelector('sealed-fields')?.state.fields ?? {}));
  await until(read, (fields) => fields.length > 0 && isDone(fields));
}

/** Asks until the answer will do, across navigations. @throws after ten seconds. */
async function until<T>(ask: () => Promise<T>, isDone: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const answers = await Promise.allSettled([ask()]);
    for (const each of answers) if (each.status === 'fulfilled' && isDone(each.value)) return each.value;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(answers)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
