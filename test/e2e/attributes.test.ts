import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import type {Browser, ElementHandle, Frame, Page} from 'puppeteer-core';
import {en} from '../../widget/locales/en.ts';
import {PRESETS, type FieldName} from '../../widget/protocol/names.ts';
import {ROOT} from '../files.ts';
import {settle} from './settle.ts';
import {
  ALONE,
  clickInto,
  openBrowser,
  readyFrame,
  RELEASE_ENGINES,
  typeCard,
  typeInto,
  untilCaret,
  valueOf,
} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};

/** Keeps what the page is warned of and what its form would send. */
const WATCH = `<script>
  const [warnings, submitted] = [[], []];
  addEventListener('sealed-warning', ({detail}) => warnings.push(detail));
  addEventListener('submit', (event) => {
    event.preventDefault();
    submitted.push(Object.fromEntries(new FormData(event.target)));
  });
</script>`;

const MODULE = '<script type="module" src="/module.js">';

/** An origin where nothing answers. */
const NOWHERE = 'http://127.0.0.2:9';

const MARKUP = '<img src=x onerror="document.title = 1"><b>Number</b>';

/** No table of names: no JSON, one name for two values, a name that the element writes itself. */
const NO_NAMES = ['second', '{"cardNumber": "a", "securityCode": "a"}', '{"cardNumber": "sealed_id"}'];

for (const engine of RELEASE_ENGINES) {
  describe(`an attribute in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    let page: Page;
    let frame: Frame;
    let iframe: ElementHandle<HTMLIFrameElement> | null;
    before(async () => {
      stage = await setStage();
      const html = readFileSync(join(ROOT, 'dist/module/sealed-fields.js'), 'utf8');
      stage.pages.set('/module.js', {html, headers: {'Content-Type': 'text/javascript'}});
      browser = await openBrowser(engine);
      page = await browser.newPage();
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    /** Opens a page with one form, one element and one button; the npm module is another way to the same element. */
    const open = async (attributes = '', entry: 'script' | 'module' = 'script') => {
      const form = `<form><sealed-fields ${attributes}></sealed-fields><button>Pay</button></form>`;
      const {html} = snippet(stage, WATCH + form);
      stage.pages.set('/', {html: entry === 'script' ? html : html.replace(/<script src.*?>/, MODULE)});
      await page.goto(stage.page);
      await look();
    };
    const look = async () => {
      await readyFrame(page, stage);
      iframe = await page.$('iframe');
      const content = await iframe?.contentFrame();
      assert.ok(content);
      frame = content;
    };

    /** Runs in the page, with the element at hand. */
    const run = <T>(script: string) =>
      page.evaluate(`{const element = document.querySelector('sealed-fields'); ${script}}`) as Promise<T>;
    const set = (name: string, value: string) =>
      run(`element.setAttribute('${name}', ${JSON.stringify(value)})`);
    const remove = (name: string) => run(`element.removeAttribute('${name}')`);
    const isValid = () => run<boolean>(`element.matches(':valid')`);
    const submitted = () => run<Record<string, string>[]>('submitted');
    const statusOf = (name: FieldName) => run<string>(`element.state.fields.${name}.status`);
    const caret = () =>
      frame.evaluate(() => (document.hasFocus() ? document.activeElement?.id : 'elsewhere'));
    const pay = () => page.click('button');

    /** What a person can read in the frame. */
    const shown = () =>
      frame.evaluate(() => ({
        labels: Array.from(document.querySelectorAll('label'), (node) => node.innerText),
        placeholders: Array.from(document.querySelectorAll('input'), (node) => node.placeholder),
        problems: Array.from(document.querySelectorAll('hosted-field p'), (node) => node.textContent),
      }));
    const showsProblems = (...problems: string[]) => settle(async () => (await shown()).problems, problems);

    /** It is the frame from before, with what was typed there. */
    const assertKept = async (name: FieldName, text: string) => {
      assert.equal(await iframe?.evaluate((node) => node === document.querySelector('iframe')), true);
      assert.equal(await valueOf(frame, name), text);
    };

    it('colours frame and root by one word, which is the page’s where it is not set: data-theme', async () => {
      await open();
      await typeInto(page, frame, 'expiry', '12/31');
      const scheme = async () => [
        await iframe?.evaluate((node) => getComputedStyle(node).colorScheme),
        ...(await frame.evaluate(() => {
          const {documentElement: root} = document;
          return [getComputedStyle(root).colorScheme, root.dataset['scheme']];
        })),
      ];
      await settle(scheme, ['light', 'light', 'light']);
      for (const theme of ['dark', 'light']) {
        await set('data-theme', theme);
        await settle(scheme, [theme, theme, theme]);
      }
      await run(`document.documentElement.style.colorScheme = 'dark'`);
      await remove('data-theme');
      await settle(scheme, ['dark', 'dark', 'dark']);
      await assertKept('expiry', '12 / 31');
    });

    it('is shown as the text that it is, and no longer than it is there: data-label, data-placeholder', async () => {
      await open();
      await typeInto(page, frame, 'cardNumber', '4012');
      const words = async () => {
        const {labels, placeholders} = await shown();
        return [labels[0], placeholders[1], await frame.$$eval('img, b', (nodes) => nodes.length)];
      };
      await set('data-label-card-number', MARKUP);
      await set('data-placeholder-expiry', MARKUP);
      await settle(words, [MARKUP, MARKUP, 0]);
      await remove('data-label-card-number');
      await remove('data-placeholder-expiry');
      await settle(words, [en.labels.cardNumber, en.placeholders.expiry, 0]);
      await assertKept('cardNumber', '4012');
    });

    it('lets the form go without a card, not with half of one, while it is there: data-optional', async () => {
      const {cardNumber, expiry, securityCode} = en.problems;
      await open();
      await set('data-optional', '');
      await settle(isValid, true);
      await pay();
      await settle(submitted, [{}]);
      await typeInto(page, frame, 'cardNumber', CARD.cardNumber);
      await settle(() => statusOf('cardNumber'), 'valid');
      await pay();
      await showsProblems('', expiry.required, securityCode.required);
      await settle(caret, 'expiry');
      await run('element.clear()');
      await settle(isValid, true);
      await run(`element.removeAttribute('data-optional'); document.querySelector('button').click()`);
      await showsProblems(cardNumber.required, expiry.required, securityCode.required);
      await settle(caret, 'cardNumber');
      assert.deepEqual(await submitted(), [{}]);
      await assertKept('cardNumber', '');
    });

    it('renames from the next submission on, and where it is no table, the last one stays: data-names', async () => {
      await open(`data-names='{"cardNumber": "first"}'`);
      await typeCard(page, frame, CARD);
      await settle(isValid, true);
      const send = async (count: number) => {
        await pay();
        await settle(async () => (await submitted()).length, count);
        const {first, second, encrypted_number: number} = (await submitted())[count - 1] ?? {};
        return [first, second, number].map((value) => value && stage.open([value])[0]);
      };
      assert.deepEqual(await send(1), [CARD.cardNumber, undefined, undefined]);
      await set('data-names', '{"cardNumber": "second"}');
      assert.deepEqual(await send(2), [undefined, CARD.cardNumber, undefined]);
      for (const wrong of NO_NAMES) {
        await set('data-names', wrong);
        const [warning, ...more] = await run<Record<string, string>[]>('warnings.splice(0)');
        assert.deepEqual([warning?.['code'], more], ['config-invalid', []]);
        assert.match(warning?.['message'] ?? '', /^data-names: expected a JSON object/);
      }
      assert.deepEqual(await send(3), [undefined, CARD.cardNumber, undefined]);
      await assertKept('securityCode', '999');
    });

    it('moves the caret on from a complete field, while it is there: data-auto-advance', async () => {
      await open();
      await clickInto(frame, 'cardNumber'); // or WebKit lets no script move the focus into a frame
      const complete = async (name: FieldName, text: string) => {
        await run(`element.focus('${name}')`); // heard after the attribute, so this waits for that too
        await settle(caret, name);
        await page.keyboard.type(text);
        await settle(() => statusOf(name), 'valid');
        return caret();
      };
      assert.equal(await complete('expiry', '12/31'), 'expiry');
      await set('data-auto-advance', '');
      assert.equal(await complete('cardNumber', CARD.cardNumber), 'expiry');
      await remove('data-auto-advance');
      await run('element.clear()');
      await settle(() => statusOf('cardNumber'), 'empty');
      assert.equal(await complete('cardNumber', CARD.cardNumber), 'cardNumber');
      await assertKept('cardNumber', '4012 0000 9876 5439');
    });

    it('asks for as many digits as the card on file has: data-brand', async () => {
      await open('data-fields="securityCode"');
      await typeInto(page, frame, 'securityCode', '999');
      const judged = async () => [await statusOf('securityCode'), ...(await shown()).placeholders];
      await settle(judged, ['valid', '3 digits']);
      await set('data-brand', 'american-express');
      await settle(judged, ['incomplete', '4 digits']);
      await pay();
      await showsProblems(en.problems.securityCode.incomplete);
      await untilCaret(frame, 'securityCode');
      await page.keyboard.type('7');
      await settle(judged, ['valid', '4 digits']);
      await set('data-brand', 'visa');
      await settle(judged, ['invalid', '3 digits']);
      await remove('data-brand');
      await settle(judged, ['valid', '3 digits']);
      await assertKept('securityCode', '9997');
    });

    for (const [name, value, entry, address] of [
      ['data-fields', 'expiry', 'script', {path: '/v1/m/demo/'}],
      ['data-merchant', 'nobody', 'script', {path: '/v1/m/nobody/'}],
      ['data-origin', NOWHERE, 'module', {origin: NOWHERE}],
      ['data-origin', NOWHERE, 'script', {}],
    ] as const)
      it(`changes nothing until retry(): ${name} in a page with the ${entry}`, async () => {
        await open(entry === 'module' ? `data-merchant="demo" data-origin="${stage.widget}"` : '', entry);
        await typeInto(page, frame, 'cardNumber', '4012');
        await set(name, value);
        await set('data-label-expiry', 'Good until');
        await settle(async () => (await shown()).labels[1], 'Good until');
        await assertKept('cardNumber', '4012');
        await run(`element.focus('cardNumber')`);
        await settle(caret, 'cardNumber');
        await run('element.retry()');
        const {origin, pathname: path} = new URL(await page.$eval('iframe', ({src}) => src));
        assert.deepEqual({origin, path}, {origin: stage.widget, path: '/v1/m/demo/', ...address});
        if (name === 'data-merchant') await set(name, 'demo');
        if (name === 'data-origin') await set(name, stage.widget);
        await run('element.retry()');
        await look();
        const ids = await frame.$$eval('input', (inputs) => inputs.map(({id}) => id));
        assert.deepEqual(ids, name === 'data-fields' ? ['expiry'] : [...PRESETS.card]);
      });
  });
}
