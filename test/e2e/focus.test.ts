import assert from 'node:assert/strict';
import {after, before, beforeEach, describe, it} from 'node:test';
import type {Browser, ElementHandle, Frame, Page} from 'puppeteer-core';
import {PRESETS} from '../../widget/protocol/names.ts';
import {settle} from './settle.ts';
import {
  ALONE,
  clickInto,
  openBrowser,
  readyFrame,
  RELEASE_ENGINES,
  typeInto,
  typeWholeCard,
  untilLeft,
  valueOf,
} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';
import {reset} from './weather.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};

const CONTROLS = `<label for="card"><span>Card</span></label>
  <input id="before" name="before" value="stays" />
  <fieldset><sealed-fields id="card"></sealed-fields></fieldset>
  <input id="after" />
  <button name="by" value="first">Pay</button><button name="by" value="second">Pay later</button>`;

for (const engine of RELEASE_ENGINES) {
  describe(`focus in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    let page: Page;
    let frame: Frame;
    before(async () => {
      stage = await setStage();
      stage.pages.set('/', snippet(stage, `<form action="/sent">${CONTROLS}</form>`));
      stage.pages.set('/novalidate', snippet(stage, `<form action="/sent" novalidate>${CONTROLS}</form>`));
      stage.pages.set(
        '/wrapped',
        snippet(stage, '<form><label><span>Card</span> <sealed-fields></sealed-fields></label></form>'),
      );
      stage.pages.set('/sent', {html: 'Sent.'});
      browser = await openBrowser(engine);
      page = await browser.newPage();
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });
    const open = async (path: string) => {
      await page.goto(stage.page + path);
      frame = await readyFrame(page, stage);
    };
    beforeEach(async () => {
      await stage.weather.clear();
      await open('/');
    });

    /**
     * Where the caret is: the id of a field, or of one of the page's controls. The page is asked first, for
     * WebKit's driver gives the focus to a frame that it looks into.
     */
    const caret = async () => {
      const {name, id} = await page.evaluate(() => ({
        name: document.activeElement?.localName,
        id: document.activeElement?.id ?? '',
      }));
      if (name !== 'iframe') return id;
      return frame.evaluate(() => (document.hasFocus() && document.activeElement?.id) || '');
    };

    /** Presses Tab, with Shift or without, and tells each place where the caret came to rest. */
    const tab = async (times: number, shift = false) => {
      const stops: string[] = [];
      for (let stop = 0; stop < times; stop += 1) {
        const from = await caret();
        if (shift) await page.keyboard.down('Shift');
        await page.keyboard.press('Tab');
        if (shift) await page.keyboard.up('Shift');
        stops.push(await until(caret, (at) => at !== from && at !== ''));
      }
      return stops;
    };

    it('goes by Tab through the fields in their order, and back by Shift+Tab', async () => {
      const heard = await listenToFocus(page);
      await page.click('#before');
      assert.deepEqual(await tab(4), [...PRESETS.card, 'after']);
      assert.deepEqual(await tab(4, true), [...PRESETS.card.toReversed(), 'before']);
      await page
        .waitForFunction((fields) => fields.length === 6, {timeout: 5000}, heard)
        .catch(() => undefined);
      assert.deepEqual(await heard.jsonValue(), [...PRESETS.card, ...PRESETS.card.toReversed()]);
    });

    for (const [what, path] of [
      ['the label of the element', '/'],
      ['a label around the element', '/wrapped'],
    ] as const) {
      it(`goes into the first field by a click on ${what}, and so does what is typed`, async () => {
        await open(path);
        await page.click('label span');
        assert.equal(await until(caret, (at) => at === 'cardNumber'), 'cardNumber');
        await page.keyboard.type('4012');
        assert.equal(
          await until(
            () => valueOf(frame, 'cardNumber'),
            (text) => text === '4012',
          ),
          '4012',
        );
      });
    }

    for (const name of ['securityCode', 'expiry', 'cardNumber', undefined] as const) {
      it(`goes into ${name ?? 'the first field at fault'} by focus(${name ?? ''}), wherever it was`, async () => {
        await typeInto(page, frame, 'cardNumber', CARD.cardNumber);
        for (const place of ['#after', undefined]) {
          if (place === undefined) await clickInto(frame, 'cardNumber');
          else await page.click(place);
          await page.evaluate((field) => document.querySelector('sealed-fields')?.focus(field), name);
          const expected = name ?? 'expiry';
          assert.equal(await until(caret, (at) => at === expected), expected);
        }
      });
    }

    it('stays in the field that focus() named, where the frame had the focus before', async () => {
      const isThere = () => page.$eval('sealed-fields', ({state}) => state.fields.expiry?.focused === true);
      for (let times = 0; times < 10; times += 1) {
        await clickInto(frame, 'cardNumber');
        await page.$eval('sealed-fields', (element) => {
          element.focus('expiry');
        });
        await settle(isThere, true);
        await page.$eval('sealed-fields', (element) => element.seal()); // answered after what the frame has done
        assert.equal(await isThere(), true);
      }
    });

    it('goes into the field that focus() named, where that overtakes the loss of a focus before', async () => {
      for (let times = 0; times < 10; times += 1) {
        await clickInto(frame, 'cardNumber');
        await page.$eval('sealed-fields', (element) => {
          element.focus('securityCode');
          document.getElementById('after')?.focus();
          element.querySelector('iframe')?.focus();
        });
        assert.equal(await until(caret, (at) => at === 'securityCode'), 'securityCode');
        await page.$eval('sealed-fields', (element) => element.seal()); // answered after what the frame has done
        await settle(caret, 'securityCode');
      }
    });

    it('goes into the first field at fault where a script focuses the frame itself', async () => {
      await typeInto(page, frame, 'cardNumber', CARD.cardNumber);
      await page.click('#after');
      await page.$eval('iframe', (element) => {
        element.focus();
      });
      assert.equal(await until(caret, (at) => at === 'expiry'), 'expiry');
    });

    for (const path of ['/', '/novalidate']) {
      it(`goes by a refused submit of ${path} into the field at fault, and so does what is typed`, async () => {
        await open(path);
        await typeInto(page, frame, 'cardNumber', CARD.cardNumber);
        await page.click('button');
        assert.equal(await until(caret, (at) => at === 'expiry'), 'expiry');
        await page.keyboard.type('1231');
        assert.equal(
          await until(
            () => valueOf(frame, 'expiry'),
            (text) => text === '12 / 31',
          ),
          '12 / 31',
        );
        await page.click('button');
        assert.equal(await until(caret, (at) => at === 'securityCode'), 'securityCode');
        assert.equal(page.url(), stage.page + path);
      });
    }

    it('goes by Enter in an incomplete card to the first field at fault; the frame stays where it is', async () => {
      const violations = await frame.evaluateHandle(() => {
        const blocked: string[] = [];
        document.addEventListener('securitypolicyviolation', ({blockedURI}) => blocked.push(blockedURI));
        return blocked;
      });
      await typeInto(page, frame, 'cardNumber', CARD.cardNumber);
      await page.keyboard.press('Enter');
      await frame.waitForSelector('#securityCode[aria-invalid=true]');
      assert.equal(await until(caret, (at) => at === 'expiry'), 'expiry');
      assert.deepEqual(await violations.jsonValue(), []);
      assert.equal(page.url(), `${stage.page}/`);
    });

    it('leaves by Enter with a whole card, which the default button sends', async () => {
      await typeWholeCard(page, frame, CARD);
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      const {pathname, searchParams} = new URL(page.url());
      assert.deepEqual([pathname, searchParams.getAll('by')], ['/sent', ['first']]);
      assert.deepEqual(stage.open(searchParams.getAll('encrypted_number')), [CARD.cardNumber]);
    });

    it('stays by Enter with a whole card where the default button is disabled', async () => {
      const heard = await page.evaluateHandle(() => {
        const types: string[] = [];
        for (const type of ['sealed-submit', 'submit'])
          window.addEventListener(type, () => types.push(type), true);
        document.querySelector('button')?.setAttribute('disabled', '');
        return types;
      });
      await typeWholeCard(page, frame, CARD);
      await page.keyboard.press('Enter');
      await page.waitForFunction((types) => types.length > 0, {}, heard);
      // What Enter has begun would be through before what is asked after it.
      const result = await page.evaluate(() => document.querySelector('sealed-fields')?.seal());
      assert.equal(result?.ok, true);
      assert.deepEqual(await heard.jsonValue(), ['sealed-submit']);
      assert.equal(await caret(), 'securityCode');
    });

    it('goes by a refused submit to the button of fields that did not come, and back to it where they fail anew', async () => {
      const logged: string[] = [];
      page.on('console', (message) => logged.push(message.text()));
      stage.weather.set('/v1/m/', reset);
      await page.goto(stage.page);
      const button = await untilFailed(page);
      await page.click('[name=by]');
      await settle(() => hasFocus(button), true);
      assert.doesNotMatch(logged.join('\n'), /not focusable/); // Chromium's word where it shows no message
      await page.keyboard.press('Enter');
      await page.waitForFunction((button) => !button.checkVisibility(), {}, button);
      await untilFailed(page);
      await settle(() => hasFocus(button), true);
      await stage.weather.clear();
      await page.keyboard.press('Enter');
      await readyFrame(page, stage);
      await settle(() => page.evaluate(() => document.activeElement?.localName), 'iframe');
    });

    it('passes by fields that a fieldset disables, and so does the form', async () => {
      await typeInto(page, frame, 'cardNumber', '4012');
      await disable(page, frame, true);
      await page.click('#before');
      await untilLeft(frame);
      assert.deepEqual(await tab(1), ['after']);
      await Promise.all([page.waitForNavigation(), page.click('button')]);
      assert.equal(page.url(), `${stage.page}/sent?before=stays&by=first`);
    });

    it('takes up fields that are enabled again, with what stood in them, and so does the form', async () => {
      await typeWholeCard(page, frame, CARD);
      await disable(page, frame, true);
      await disable(page, frame, false);
      await page.click('#before');
      await untilLeft(frame);
      assert.deepEqual(await tab(1), ['cardNumber']);
      await Promise.all([page.waitForNavigation(), page.click('button')]);
      const sent = new URL(page.url()).searchParams;
      assert.deepEqual(stage.open([sent.get('encrypted_number') ?? '']), [CARD.cardNumber]);
    });
  });
}

/** The failure view's button, once it is there. */
async function untilFailed(page: Page): Promise<ElementHandle<HTMLButtonElement>> {
  const button = await page.waitForFunction(() => {
    const found = document.querySelector('sealed-fields')?.shadowRoot?.querySelector('button');
    return found?.checkVisibility() === true && found;
  });
  return button as ElementHandle<HTMLButtonElement>;
}

/** Whether the focus is on it, in its element's shadow root. */
function hasFocus(button: ElementHandle<HTMLButtonElement>): Promise<boolean> {
  return button.evaluate((each) => document.activeElement?.shadowRoot?.activeElement === each);
}

/** Asks until the answer will do, for five seconds. @returns the last answer. */
async function until<T>(ask: () => Promise<T>, isDone: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 5000;
  for (;;) {
    const answer = await ask();
    if (isDone(answer) || Date.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Each field that was told to the page as focused, in order. */
async function listenToFocus(page: Page) {
  return page.evaluateHandle(() => {
    const heard: string[] = [];
    document.querySelector('sealed-fields')?.addEventListener('sealed-change', ({detail}) => {
      for (const [name, {focused}] of Object.entries(detail.fields)) if (focused) heard.push(name);
    });
    return heard;
  });
}

async function disable(page: Page, frame: Frame, disabled: boolean): Promise<void> {
  await page.$eval('fieldset', (fieldset, value) => (fieldset.disabled = value), disabled);
  await frame.waitForFunction(
    (value) => [...document.querySelectorAll('input')].every((input) => input.disabled === value),
    {},
    disabled,
  );
}
