import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import type {Browser, Frame, Page} from 'puppeteer-core';
import {en} from '../../widget/locales/en.ts';
import {ENGINES, openBrowser, readyFrame, typeInto, typeWholeCard} from './shopper.ts';
import {type Received, setStage, snippet, type Stage} from './stage.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};

const PAY = '<button name="way" value="fast">Pay</button>';
const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** Notes what every listener of a page's own sees of a submit. */
const LISTENERS = `<script>
  const seen = [];
  const listen = (place, target, capture) => target.addEventListener('submit', ({submitter}) => {
    seen.push({place, form: Object.fromEntries(new FormData(document.forms[0], submitter))});
  }, capture);
  listen('document, capture', document, true);
  listen('form', document.forms[0], false);
  listen('document', document, false);
  listen('window', window, false);
</script>`;

/** Submit controls, and what each adds to the form. */
const CONTROLS: Record<string, {html: string; adds: Record<string, string>}> = {
  'a button that its own click handler disables in the next task': {
    html: '<button name="way" value="fast" onclick="setTimeout(() => (this.disabled = true))">Pay</button>',
    adds: {way: 'fast'},
  },
  'a button whose click handler disables it and calls form.submit()': {
    html: '<button name="way" value="fast" onclick="this.disabled = true; this.form.submit()">Pay</button>',
    adds: {},
  },
  'an image, with the place of the click': {
    html: `<input type="image" name="go" alt="Pay" width="40" height="30" src="${PIXEL}">`,
    adds: {'go.x': '7', 'go.y': '5'},
  },
};

for (const engine of ENGINES) {
  describe(`a submission in ${engine}`, () => {
    let stage: Stage;
    let browser: Browser;
    let page: Page;
    before(async () => {
      stage = await setStage();
      stage.pages.set('/received', {html: 'Received'});
      stage.pages.set('/stay', {html: '', status: 204});
      browser = await openBrowser(engine);
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });
    beforeEach(async () => {
      stage.received.length = 0;
      page = await browser.newPage();
    });
    afterEach(() => page.close());

    /** Opens a page with a form of these attributes, the fields, and `rest` of the form; `below` stands after it. */
    const open = async (attributes: string, rest: string, below = ''): Promise<Frame> => {
      const fields = '<input name="item" value="ridge"><sealed-fields></sealed-fields>';
      const html = `<form method="post" ${attributes}>${fields}${rest}</form>${below}`;
      stage.pages.set('/', snippet(stage, html));
      await page.goto(stage.page);
      return readyFrame(page, stage);
    };

    /** Asserts that the form holds the card, sealed, the page's own value, `adds`, and nothing else. */
    const assertSealed = (form: Received['form'], adds: Record<string, string> = {}) => {
      const {
        encrypted_number,
        encrypted_expiration_month,
        encrypted_expiration_year,
        encrypted_csc,
        ...rest
      } = form;
      const sealed = [encrypted_number, encrypted_expiration_month, encrypted_expiration_year, encrypted_csc];
      assert.deepEqual(stage.open(sealed.map((value) => value ?? '')), [
        CARD.cardNumber,
        '12',
        '2031',
        CARD.securityCode,
      ]);
      const {sealed_id = '', ...others} = rest;
      assert.match(sealed_id, /^[0-9a-f]{32}$/);
      assert.deepEqual(others, {item: 'ridge', sealed_key_id: 'stage', ...adds});
    };

    it('is seen once by each listener of the page, sealed and with its button', async () => {
      const frame = await open('action="/stay"', PAY, LISTENERS);
      await typeWholeCard(page, frame, CARD);
      await page.click('button');
      const {form} = await stage.nextReceived();
      assertSealed(form, {way: 'fast'});
      const places = ['document, capture', 'form', 'document', 'window'];
      assert.deepEqual(
        await page.evaluate('seen'),
        places.map((place) => ({place, form})),
      );
    });

    it('by form.submit() is sealed', async () => {
      const frame = await open('action="/received"', PAY);
      await typeWholeCard(page, frame, CARD);
      await page.evaluate(() => {
        document.forms[0]?.submit();
      });
      assertSealed((await stage.nextReceived()).form);
    });

    it('by the submit() of the prototype carries the page’s own values, and no card', async () => {
      const frame = await open('action="/received"', PAY);
      await typeWholeCard(page, frame, CARD);
      await page.evaluate('HTMLFormElement.prototype.submit.call(document.forms[0])');
      assert.deepEqual((await stage.nextReceived()).form, {item: 'ridge'});
    });

    it('of a novalidate form is held until the card is whole, with the caret where it is not', async () => {
      const frame = await open('action="/received" novalidate', PAY);
      await typeInto(page, frame, 'cardNumber', CARD.cardNumber);
      await page.click('button');
      await frame.waitForFunction(() => document.hasFocus() && document.activeElement?.id === 'expiry');
      for (const name of ['expiry', 'securityCode'] as const) {
        await frame.waitForSelector(`#${name}[aria-invalid=true]`);
        const problem = await frame.$eval(`#${name}-problem`, ({textContent}) => textContent);
        assert.equal(problem.trim(), en.problems[name].required);
      }
      await page.keyboard.type('1231');
      await typeInto(page, frame, 'securityCode', CARD.securityCode);
      await page.waitForFunction(() => document.querySelector('sealed-fields')?.state.complete);
      await page.click('button');
      assertSealed((await stage.nextReceived()).form, {way: 'fast'});
    });

    it('by a formnovalidate button goes at once, without the card', async () => {
      const frame = await open('action="/received"', '<button name="way" formnovalidate>Pay later</button>');
      await typeWholeCard(page, frame, CARD);
      await page.click('button');
      assert.deepEqual((await stage.nextReceived()).form, {item: 'ridge', way: ''});
    });

    for (const [control, {html, adds}] of Object.entries(CONTROLS)) {
      it(`is sealed and sent by ${control}`, async () => {
        const frame = await open('action="/received"', html);
        await typeWholeCard(page, frame, CARD);
        await page.click('form > :last-child', {offset: {x: 7, y: 5}});
        assertSealed((await stage.nextReceived()).form, adds);
      });
    }

    it('goes into the address by a button of method get, to the action of that button', async () => {
      const button = PAY.replace('>', ' formmethod="get" formaction="/received">');
      await typeWholeCard(page, await open('action="/nowhere"', button), CARD);
      await Promise.all([page.waitForNavigation(), page.click('button')]);
      const {pathname, searchParams} = new URL(page.url());
      assert.equal(pathname, '/received');
      assertSealed(Object.fromEntries(searchParams), {way: 'fast'});
      assert.deepEqual(stage.received, []);
    });
  });
}
