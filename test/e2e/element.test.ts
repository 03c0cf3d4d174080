import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Frame, Page} from 'puppeteer-core';
import {TEXTS} from '../../host-sdk/texts.ts';
import type {FieldName} from '../../widget/protocol/names.ts';
import {settle} from './settle.ts';
import {clickInto, ENGINES, openBrowser, readyFrame, typeCard, typeInto} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};

/** Stands before the element, which may fail at once. */
const WATCH = `<script>
  const errors = [];
  let submits = 0;
  addEventListener('sealed-error', ({detail: {code, message, hint}}) => errors.push({code, message, hint}));
  addEventListener('submit', (event) => { submits += 1; event.preventDefault(); });
</script>`;

/** An attribute, what it says, and what is repeated of that. */
const WRONG = [
  ['data-merchant', undefined, 'not set'],
  ['data-merchant', 'Demo', '“Demo”'],
  ['data-fields', 'cardNumber pin', '“pin”'],
  ['data-fields', 'expiry expiry', '“expiry expiry”'],
  ['data-layout', 'neon', '“neon”'],
  ['data-locale', 'de_DE', '“de_DE”'],
  ['data-names', '[]', '“[]”'],
  ['data-brand', 'visa2', '“visa2”'],
] as const;

for (const engine of ENGINES) {
  describe(`the element in ${engine}`, () => {
    let stage: Stage;
    let browser: Browser;
    let page: Page;
    let frame: Frame;
    before(async () => {
      stage = await setStage();
      browser = await openBrowser(engine);
      page = await browser.newPage();
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    /** Goes to a page with one form, one element and one button. */
    const visit = async (attributes: string, change = (html: string) => html) => {
      const form = `<form><fieldset><sealed-fields ${attributes}></sealed-fields></fieldset><button>Pay</button></form>`;
      stage.pages.set('/', {html: change(snippet(stage, WATCH + form).html)});
      await page.goto(stage.page);
    };
    const open = async (attributes = '') => {
      await visit(attributes);
      frame = await readyFrame(page, stage);
    };

    /** Runs in the page, with the element at hand. */
    const run = <T>(script: string) =>
      page.evaluate(`{const element = document.querySelector('sealed-fields'); ${script}}`) as Promise<T>;
    const statusOf = (name: FieldName) => run<string>(`element.state.fields.${name}.status`);
    const caret = () =>
      frame.evaluate(() => (document.hasFocus() ? document.activeElement?.id : 'elsewhere'));
    const focus = (name: string) =>
      run(`
        try { element.focus('${name}'); }
        catch ({name, code, message, hint}) { ({name, code, message, hint}); }`);

    for (const [attribute, value, repeated] of WRONG)
      it(`says what is wrong from the start, and holds the form: ${attribute} is ${repeated}`, async () => {
        const isMissing = value === undefined;
        await visit(isMissing ? '' : `${attribute}="${value}"`, (html) =>
          html.replace('lang="en"', 'lang="de"').replace(isMissing ? 'data-merchant="demo"' : '', ''),
        );
        await settle(() => run('errors.length'), 1);
        const [{code, message, hint} = {}] = await run<Record<string, string>[]>('errors');
        assert.equal(code, 'config-invalid');
        assert.ok(message?.startsWith(`${attribute}: expected `), message);
        assert.ok(hint?.startsWith(`${attribute} is ${repeated}. `), hint);
        assert.deepEqual(await run('element.ready.catch(({code, hint}) => ({code, hint}))'), {code, hint});
        const view = await page.$('sealed-fields >>> [role=alert]');
        assert.equal(await view?.isVisible(), true);
        assert.equal(await view?.evaluate((node) => node.textContent), TEXTS.de.failed + TEXTS.de.retry);
        assert.equal(await page.$('iframe'), null);
        assert.equal(await run('element.validationMessage'), TEXTS.de.failed);
        await page.click('form button');
        await run('document.forms[0].noValidate = true');
        await page.click('form button');
        assert.equal(await run('submits'), 0);
      });

    it('puts the caret into the field that focus() names, and knows only its own', async () => {
      await open('data-fields="cardNumber expiry"');
      await clickInto(frame, 'cardNumber'); // or WebKit lets no script move the focus into a frame
      assert.equal(await focus('expiry'), undefined);
      await settle(caret, 'expiry');
      for (const name of ['pin', 'securityCode']) {
        const {hint, ...error} = (await focus(name)) as Record<string, string>;
        assert.deepEqual(error, {
          name: 'SealedFieldsError',
          code: 'config-invalid',
          message: 'focus(): expected one of cardNumber, expiry.',
        });
        assert.ok(hint?.includes(`no field “${name}”`), hint);
      }
      await page.keyboard.type('12/31');
      await settle(() => statusOf('expiry'), 'valid');
    });

    /** What page styles can tell: invalid, valid, shown to be invalid. */
    const styles = () =>
      run<boolean[]>(`[':invalid', ':valid', ':state(user-invalid)'].map((each) => element.matches(each))`);
    const INVALID = [true, false, false];
    const SHOWN = [true, false, true];
    const VALID = [false, true, false];

    it('is :state(user-invalid) from a refused submit on until every problem is mended', async () => {
      await open();
      assert.deepEqual(await styles(), INVALID);
      await page.click('button');
      await settle(styles, SHOWN);
      await typeInto(page, frame, 'cardNumber', CARD.cardNumber);
      await typeInto(page, frame, 'expiry', CARD.expiry);
      await settle(() => statusOf('expiry'), 'valid');
      assert.deepEqual(await styles(), SHOWN);
      await typeInto(page, frame, 'securityCode', CARD.securityCode);
      await settle(styles, VALID);
      await page.keyboard.press('Backspace');
      await settle(styles, INVALID);
    });

    it('is :state(user-invalid) once a field is left with a wrong text, and not while it is typed', async () => {
      await open();
      await typeInto(page, frame, 'cardNumber', CARD.cardNumber.slice(0, -1));
      await settle(() => statusOf('cardNumber'), 'incomplete');
      assert.deepEqual(await styles(), INVALID);
      await clickInto(frame, 'expiry');
      await settle(styles, SHOWN);
      await run(`element.focus('cardNumber')`);
      await settle(caret, 'cardNumber');
      assert.deepEqual(await styles(), SHOWN);
      await page.keyboard.press('End');
      await page.keyboard.type(CARD.cardNumber.slice(-1));
      await settle(() => statusOf('cardNumber'), 'valid');
      assert.deepEqual(await styles(), INVALID);
    });

    it('is not :state(user-invalid) because it was asked, or emptied', async () => {
      await open();
      await clickInto(frame, 'cardNumber'); // or WebKit lets no script move the focus into a frame
      assert.deepEqual(await run('[element.checkValidity(), element.form.checkValidity()]'), [false, false]);
      await run(`element.focus('expiry')`); // heard after what the two would have said
      await settle(() => run('element.state.fields.expiry.focused'), true);
      assert.deepEqual(await styles(), INVALID);
      assert.equal(await run('element.reportValidity()'), false);
      await settle(styles, SHOWN);
      const isShown = () => run(`element.matches(':state(user-invalid)')`);
      await run(`element.parentElement.disabled = true`);
      await settle(isShown, false);
      await run(`element.parentElement.disabled = false`);
      await settle(styles, SHOWN);
      await run('element.form.reset()');
      await settle(styles, INVALID);
      await typeCard(page, frame, CARD);
      await settle(styles, VALID);
      assert.equal(await run('element.checkValidity()'), true);
    });
  });
}
