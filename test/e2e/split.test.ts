import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Page} from 'puppeteer-core';
import {en} from '../../widget/locales/en.ts';
import {allReady, frameWith, openReady, typeAll, typeWhole} from './frames.ts';
import {settle} from './settle.ts';
import {clickInto, ALONE, openBrowser, valueOf, RELEASE_ENGINES} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};
const AMERICAN_EXPRESS = '371449635392376';

const split = (attributes: string, form = 'action="/sent" method="post"') => `<form ${form}>
  <input id="before" value="x" />
  <sealed-fields data-fields="cardNumber" ${attributes}></sealed-fields>
  <input id="between" value="x" />
  <sealed-fields data-fields="expiry" ${attributes}></sealed-fields>
  <sealed-fields data-fields="securityCode" ${attributes}></sealed-fields>
  <button id="pay">Pay</button>
</form>`;

/** A card or a bank account, in a page that sends by itself. */
const BESIDE = `<form onsubmit="return false">
  <sealed-fields data-optional></sealed-fields><sealed-fields data-fields="bank" data-optional></sealed-fields>
  <button id="pay">Pay</button>
</form>`;

/** What the last error told the page, and of which element. */
const HEAR = `<script>
  addEventListener('sealed-error', ({target, detail}) => {
    window.failure = [target.dataset.fields, detail.code, detail.message];
  });
</script>`;

/** Whose frames have an address when the first one is ready. */
const NOTE_FRAMES = `<script>
  addEventListener('sealed-ready', () => {
    window.onTheirWay = Array.from(document.querySelectorAll('iframe[src]'), (frame) => frame.parentElement.dataset.fields);
  }, {once: true});
</script>`;

for (const engine of RELEASE_ENGINES) {
  describe(`a card in three frames in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    before(async () => {
      stage = await setStage();
      stage.pages.set('/', snippet(stage, split('')));
      stage.pages.set('/novalidate', snippet(stage, split('', 'action="/sent" method="post" novalidate')));
      stage.pages.set('/beside', snippet(stage, BESIDE));
      stage.pages.set('/waits', snippet(stage, NOTE_FRAMES + split('')));
      stage.pages.set('/optional', snippet(stage, split('data-optional')));
      stage.pages.set(
        '/broken',
        snippet(
          stage,
          HEAR + split('').replace('data-fields="expiry"', 'data-fields="expiry" data-merchant="gone"'),
        ),
      );
      stage.pages.set('/sent', {html: 'Sent.'});
      browser = await openBrowser(engine);
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    /** A test on a page of its own, whose elements are all ready. */
    const onPage = (path: string, name: string, test: (page: Page) => Promise<void>) => {
      it(name, async () => {
        const page = await openReady(browser, stage.page + path);
        await test(page).finally(() => page.close());
      });
    };

    /** What has the focus, as far as the page can tell: the fields of an element, or a control's id. */
    const focused = (page: Page) =>
      page.evaluate(() => {
        const {activeElement} = document;
        return activeElement?.closest('sealed-fields')?.dataset['fields'] ?? activeElement?.id ?? '';
      });

    /** The field or control that has the caret. Other frames are not asked: WebKit's driver would focus them. */
    const caret = async (page: Page) => {
      const at = await focused(page);
      if (!(at in CARD)) return at;
      const frame = await frameWith(page, at);
      return frame.evaluate(() => (document.hasFocus() && document.activeElement?.id) || '');
    };

    const codeAsks = async (page: Page) =>
      (await frameWith(page, 'securityCode')).$eval('input', ({placeholder}) => placeholder);

    onPage(
      '/',
      'goes by Tab from frame to frame and through what stands between them, and back',
      async (page) => {
        const order = ['before', 'cardNumber', 'between', 'expiry', 'securityCode', 'pay'];
        await page.click('#before');
        for (const next of order.slice(1)) {
          await page.keyboard.press('Tab');
          await settle(() => caret(page), next);
        }
        for (const next of order.toReversed().slice(1)) {
          await page.keyboard.down('Shift');
          await page.keyboard.press('Tab');
          await page.keyboard.up('Shift');
          await settle(() => caret(page), next);
        }
      },
    );

    onPage('/', 'lets the code know the brand of the number, as long as it is known', async (page) => {
      await typeAll(page, {cardNumber: AMERICAN_EXPRESS, securityCode: '999'});
      await settle(() => codeAsks(page), en.fourDigits);
      const status = () =>
        page.$eval('sealed-fields:nth-of-type(3)', ({state}) => state.fields.securityCode?.status);
      await settle(status, 'incomplete');
      await page.$eval('sealed-fields', (element) => {
        element.clear();
      });
      await settle(() => codeAsks(page), en.placeholders.securityCode);
      await settle(status, 'valid');
    });

    onPage('/', 'lets a code that comes later know it, and forget it with the number', async (page) => {
      await typeAll(page, {cardNumber: AMERICAN_EXPRESS});
      await page.$eval('sealed-fields:nth-of-type(3)', (element) => {
        const {parentNode, nextSibling} = element;
        element.remove();
        parentNode?.insertBefore(element, nextSibling);
      });
      await allReady(page);
      await settle(() => codeAsks(page), en.fourDigits);
      await page.$eval('sealed-fields', (element) => {
        element.remove();
      });
      await settle(() => codeAsks(page), en.placeholders.securityCode);
    });

    onPage('/', 'lets a code that goes to another form forget it', async (page) => {
      await typeAll(page, {cardNumber: AMERICAN_EXPRESS});
      await settle(() => codeAsks(page), en.fourDigits);
      await page.$eval('sealed-fields:nth-of-type(3)', (element) => {
        document.body.append(Object.assign(document.createElement('form'), {id: 'other'}));
        element.setAttribute('form', 'other');
      });
      await settle(() => codeAsks(page), en.placeholders.securityCode);
    });

    onPage(
      '/beside',
      'stays sealed when an empty account beside it is entered, until it is edited',
      async (page) => {
        await typeAll(page, CARD);
        await settle(() => page.$eval('sealed-fields', ({state}) => state.complete), true);
        await page.click('#pay');
        const sealed = () => page.$$eval('sealed-fields input', (inputs) => inputs.length);
        await settle(sealed, 6);
        await clickInto(await frameWith(page, 'routingNumber'), 'routingNumber');
        const isFocused = () =>
          page.$eval('sealed-fields + sealed-fields', ({state}) => state.fields.routingNumber?.focused);
        await settle(isFocused, true);
        assert.equal(await sealed(), 6);
        await page.keyboard.type('3');
        await settle(sealed, 0);
      },
    );

    for (const path of ['/', '/novalidate'])
      for (const by of ['Enter in the last', 'the button'])
        onPage(
          path,
          `goes by ${by} on ${path} into the first field at fault, and so does what is typed`,
          async (page) => {
            await typeAll(page, {cardNumber: CARD.cardNumber, securityCode: '99'});
            if (by === 'the button') await page.click('#pay');
            else await page.keyboard.press('Enter');
            // In WebKit the first key brings the caret; elsewhere one that comes before the caret is lost.
            await settle(() => (engine === 'webkit' ? focused(page) : caret(page)), 'expiry');
            await page.keyboard.type('1231');
            const expiry = await frameWith(page, 'expiry');
            await settle(() => valueOf(expiry, 'expiry'), '12 / 31');
            assert.equal(await valueOf(await frameWith(page, 'securityCode'), 'securityCode'), '99');
            assert.equal(page.url(), stage.page + path);
          },
        );

    onPage('/', 'is sent by Enter in any of its frames, under one id', async (page) => {
      stage.received.length = 0;
      await typeWhole(page, CARD);
      await clickInto(await frameWith(page, 'cardNumber'), 'cardNumber');
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      const {form} = await stage.nextReceived();
      assert.deepEqual(stage.open([form['encrypted_number'] ?? '', form['encrypted_csc'] ?? '']), [
        CARD.cardNumber,
        CARD.securityCode,
      ]);
      assert.match(form['sealed_id'] ?? '', /^[0-9a-f]{32}$/);
    });

    onPage('/optional', 'may be left out as a whole, and not in part', async (page) => {
      stage.received.length = 0;
      await typeAll(page, {cardNumber: CARD.cardNumber});
      await page.click('#pay');
      await settle(() => caret(page), 'expiry');
      const problem = () =>
        frameWith(page, 'expiry').then((frame) => frame.$eval('p', (node) => node.textContent));
      await settle(problem, en.problems.expiry.required);
      await page.$eval('sealed-fields', (element) => {
        element.clear();
      });
      await settle(() => page.$eval('form', (form) => form.checkValidity()), true);
      await Promise.all([page.waitForNavigation(), page.click('#pay')]);
      assert.deepEqual((await stage.nextReceived()).form, {});
    });

    onPage(
      '/waits',
      'loads its frames side by side: the last is on its way before the first is there',
      async (page) => {
        const onTheirWay = await page.evaluate(() => Reflect.get(window, 'onTheirWay') as unknown);
        assert.deepEqual(onTheirWay, ['cardNumber', 'expiry', 'securityCode']);
      },
    );

    it('is held by one frame that fails, which names itself, and goes on once that one has come', async () => {
      stage.received.length = 0;
      const hasFailed = (opened: Page) => opened.waitForFunction('window.failure');
      const page = await openReady(browser, `${stage.page}/broken`, undefined, hasFailed);
      const [fields, code, message] = (await page.evaluate('failure')) as string[];
      assert.deepEqual([fields, code], ['expiry', 'frame-refused']);
      assert.match(message ?? '', /the frame for expiry of http/);
      await typeAll(page, {cardNumber: CARD.cardNumber, securityCode: CARD.securityCode});
      const valid = () =>
        page.$$eval('sealed-fields', (all) => all.map((element) => element.matches(':valid')));
      await settle(valid, [true, false, true]);
      await page.click('#pay');
      const failed = await page.$('sealed-fields:nth-of-type(2)');
      assert.equal(await failed?.evaluate((element) => element.matches(':invalid')), true);
      assert.deepEqual(await valid(), [true, false, true]);
      assert.deepEqual(stage.received, []);
      // The browser's bubble points at the button: WebKitGTK ends the page where that leaves the tree.
      await failed?.evaluate((element) => {
        element.dataset['merchant'] = 'demo';
        element.retry();
      });
      await allReady(page);
      await typeWhole(page, {expiry: CARD.expiry});
      await Promise.all([page.waitForNavigation(), page.click('#pay')]);
      const {form} = await stage.nextReceived();
      assert.deepEqual(
        stage.open([form['encrypted_number'] ?? '', form['encrypted_expiration_year'] ?? '']),
        [CARD.cardNumber, '2031'],
      );
      await page.close();
    });
  });
}
