import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, ElementHandle, Frame, Page} from 'puppeteer-core';
import {de} from '../../widget/locales/de.ts';
import {en, type Texts} from '../../widget/locales/en.ts';
import {PRESETS} from '../../widget/protocol/names.ts';
import {settle} from './settle.ts';
import {ALONE, RELEASE_ENGINES, openBrowser, readyFrame, typeCard, typeInto, valueOf} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};

/** The values of a card, as they are opened in the order of {@link NAMES}. */
const OPENED = ['4012000098765439', '12', '2031', '999'];
const NAMES = [
  'encrypted_number',
  'encrypted_expiration_month',
  'encrypted_expiration_year',
  'encrypted_csc',
];

/** Two forms of one page; scripts find a form, and what has an id, by its name. */
const FORMS = ['first', 'second'].map(
  (name) => `<form id="${name}" method="post" action="/received">
    <input type="hidden" name="form" value="${name}"><p><b><i>Card</i></b></p><div id="in_${name}"></div><button>Pay</button></form>`,
);

for (const engine of RELEASE_ENGINES) {
  describe(`a marked div in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    let page: Page;
    let frame: Frame;
    let iframe: ElementHandle<HTMLIFrameElement> | null;
    before(async () => {
      stage = await setStage();
      stage.pages.set('/', snippet(stage, FORMS.join('')));
      stage.pages.set('/received', {html: '<!doctype html><title>Received</title>'});
      browser = await openBrowser(engine);
      page = await browser.newPage();
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    const run = <T>(script: string) => page.evaluate(script) as Promise<T>;

    /** Goes to the forms once the script has come, so that it finds no mark there, and does this. */
    const start = async (script: string) => {
      stage.received.length = 0;
      await page.goto(stage.page);
      await page.waitForFunction('customElements.get("sealed-fields")');
      await change(script);
    };

    /** Changes the page, and looks at the one element that there is then. */
    const change = async (script: string) => {
      await run(`{${script}}`);
      await readyFrame(page, stage);
      assert.deepEqual(await elements(), ['DIV IFRAME']);
      iframe = await page.$('sealed-fields > iframe');
      const content = await iframe?.contentFrame();
      assert.ok(content);
      frame = content;
    };

    /** The tags of what is around each element and of what is in it. */
    const elements = () =>
      run<string[]>(`Array.from(document.querySelectorAll('sealed-fields'), (element) =>
        [element.parentElement, ...element.children].map(({tagName}) => tagName).join(' '))`);

    const labels = () => frame.$$eval('label', (nodes) => nodes.map((node) => node.innerText));
    const isSameFrame = () => iframe?.evaluate((node) => node === document.querySelector('iframe'));

    /** @returns what the server got with the form. */
    const pay = async (form: string) => {
      await settle(() => run(`${form}.checkValidity()`), true); // the page has heard of the last key
      await page.click(`#${form} button`);
      const received = await stage.nextReceived();
      assert.equal(received.form['form'], form);
      return received.form;
    };
    const assertPays = async (form: string) => {
      await typeCard(page, frame, CARD);
      const received = await pay(form);
      assert.deepEqual(stage.open(NAMES.map((name) => received[name] ?? '')), OPENED);
    };

    it('has its element wherever it is added, by markup deep in a tree too', async () => {
      await start(
        `first.querySelector('i').innerHTML = '<span><u>Pay</u><span><div data-sealed-fields="card" data-label-expiry="Good until"></div></span></span>'`,
      );
      assert.deepEqual(await labels(), [en.labels.cardNumber, 'Good until', en.labels.securityCode]);
      await assertPays('first');
    });

    it('has it from the moment on in which it is marked', async () => {
      await start(`in_first.setAttribute('data-sealed-fields', '')`);
      await assertPays('first');
    });

    it('gives it what the div is given later, and takes that back, without a new frame', async () => {
      await start(`in_first.dataset.sealedFields = 'card'`);
      await typeInto(page, frame, 'cardNumber', '4012');
      const labelsOf = ({labels}: Texts) => PRESETS.card.map((name) => labels[name]);
      const changes: [script: string, expected: string[]][] = [
        [`in_first.dataset.labelCardNumber = 'Number'`, ['Number', ...labelsOf(en).slice(1)]],
        [`delete in_first.dataset.labelCardNumber`, labelsOf(en)],
        [`in_first.dataset.locale = 'de'`, labelsOf(de)],
      ];
      for (const [script, expected] of changes) {
        await run(script);
        await settle(labels, expected);
        assert.equal(await isSameFrame(), true);
        assert.equal(await valueOf(frame, 'cardNumber'), '4012');
      }
      assert.deepEqual(await elements(), ['DIV IFRAME']);
      const message = () => page.$eval('sealed-fields', ({validationMessage}) => validationMessage);
      await settle(message, de.problems.cardNumber.incomplete);
    });

    it('has the fields that the mark says, in a new frame when it says others', async () => {
      await start(`in_first.dataset.sealedFields = 'card'`);
      await typeInto(page, frame, 'expiry', '11/30');
      await change(`in_first.dataset.sealedFields = 'expiry'`);
      assert.deepEqual(await frame.$$eval('input', (inputs) => inputs.map(({id, value}) => [id, value])), [
        ['expiry', ''],
      ]);
      await typeInto(page, frame, 'expiry', CARD.expiry);
      const received = await pay('first');
      assert.deepEqual(
        NAMES.map((name) => name in received),
        [false, true, true, false],
      );
      assert.deepEqual(stage.open(NAMES.slice(1, 3).map((name) => received[name] ?? '')), ['12', '2031']);
    });

    it('loses its element with its mark, and the form is free', async () => {
      await start(`in_first.dataset.sealedFields = 'card'`);
      assert.equal(await run('first.checkValidity()'), false);
      await run(`in_first.removeAttribute('data-sealed-fields')`);
      assert.deepEqual(await elements(), []);
      assert.equal(await run('in_first.childElementCount'), 0);
      assert.equal(await run('first.checkValidity()'), true);
      assert.deepEqual(await pay('first'), {form: 'first'});
    });

    it('has another one where the page has emptied it', async () => {
      await start(`in_first.dataset.sealedFields = 'card'`);
      await change('in_first.replaceChildren()');
      await assertPays('first');
    });

    it('keeps, without its mark, an element that the page wrote there itself', async () => {
      await start(`in_first.append(document.createElement('sealed-fields'))`);
      await change(`in_first.dataset.sealedFields = 'card'`);
      await change(`in_first.removeAttribute('data-sealed-fields')`);
      await assertPays('first');
    });

    it('takes its element along to another form, and leaves the first one free', async () => {
      await start(`in_first.dataset.sealedFields = 'card'`);
      await typeInto(page, frame, 'cardNumber', '5499740000000057');
      await run(`window.taken = in_first; taken.remove()`);
      assert.deepEqual(await elements(), []);
      await change(`in_second.append(taken)`);
      assert.deepEqual(await run('[first.checkValidity(), second.checkValidity()]'), [true, false]);
      await run('first.onsubmit = () => { window.isSent = true; return false; }');
      await page.click('#first button');
      await settle(() => run('window.isSent'), true);
      await assertPays('second');
    });
  });
}
