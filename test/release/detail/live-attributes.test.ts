import assert from 'node:assert/strict';
import type {ElementHandle, Frame, Page} from 'puppeteer-core';
import {type FieldName, PRESETS} from '../../../widget/protocol/names.ts';
import {en} from '../../../widget/locales/en.ts';
import {clickInto, readyFrame, typeCard, typeInto, untilCaret, valueOf} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {CARD} from '../../support/payment.ts';
import {poll} from '../../support/poll.ts';
import {serveModule, snippet} from '../../support/servers.ts';

/** Records warnings, and the entries that the form would send. */
const WATCH = `<script>
  const [warnings, submitted] = [[], []];
  addEventListener('sealed-warning', ({detail}) => warnings.push(detail));
  addEventListener('submit', (event) => {
    event.preventDefault();
    submitted.push(Object.fromEntries(new FormData(event.target)));
  });
</script>`;

/** An origin without a server. */
const NOWHERE = 'http://127.0.0.2:9';

const MARKUP = '<img src=x onerror="document.title = 1"><b>Number</b>';

/** Values of `data-names` that are rejected; the table of all is in the browser test of the options. */
const INVALID_NAMES = ['second', '{"cardNumber": "sealed_id"}'];

inEngines('an attribute that changes', (suite) => {
  /** A page with one form, one element and one button. */
  const open = async (page: Page, attributes = '', entry: 'script' | 'module' = 'script') => {
    const {servers} = suite;
    const form = `<form><sealed-fields ${attributes}></sealed-fields><button>Pay</button></form>`;
    const {html} = snippet(servers, WATCH + form);
    servers.pages.set('/', {
      html: entry === 'script' ? html : html.replace(/<script src.*?<\/script>/, serveModule(servers)),
    });
    await page.goto(servers.page);
    return new Fields(page, await readyFrame(page, servers), await page.$('iframe'));
  };

  suite.onPage('changes colours, texts and auto-advance in the existing frame', async (page) => {
    const fields = await open(page);
    const {frame} = fields;
    await typeInto(page, frame, 'cardNumber', '4012');

    const schemes = async () => [
      await fields.iframe?.evaluate((node) => getComputedStyle(node).colorScheme),
      ...(await frame.evaluate(() => {
        const {documentElement: root} = document;
        return [getComputedStyle(root).colorScheme, root.dataset['scheme']];
      })),
    ];
    await poll(schemes, ['light', 'light', 'light']);
    for (const theme of ['dark', 'light']) {
      await fields.set('data-theme', theme);
      await poll(schemes, [theme, theme, theme]);
    }
    await fields.run(`document.documentElement.style.colorScheme = 'dark'`);
    await fields.remove('data-theme');
    await poll(schemes, ['dark', 'dark', 'dark']); // the page's

    const texts = async () => {
      const {labels, placeholders} = await fields.shown();
      return [labels[0], placeholders[1], await frame.$$eval('img, b', (nodes) => nodes.length)];
    };
    await fields.set('data-label-card-number', MARKUP);
    await fields.set('data-placeholder-expiry', MARKUP);
    await poll(texts, [MARKUP, MARKUP, 0]);
    await fields.remove('data-label-card-number');
    await fields.remove('data-placeholder-expiry');
    await poll(texts, [en.labels.cardNumber, en.placeholders.expiry, 0]);
    await fields.assertKept('cardNumber', '4012');

    await fields.run('element.clear()');
    await poll(() => fields.statusOf('cardNumber'), 'empty');
    await clickInto(frame, 'cardNumber'); // or WebKit lets no script move the focus into a frame
    const complete = async (name: FieldName, text: string) => {
      await fields.run(`element.focus('${name}')`); // received after the attribute, so this waits for that too
      await poll(fields.caret, name);
      await page.keyboard.type(text);
      await poll(() => fields.statusOf(name), 'valid');
      return fields.caret();
    };
    assert.equal(await complete('expiry', CARD.expiry), 'expiry');
    await fields.set('data-auto-advance', '');
    assert.equal(await complete('cardNumber', CARD.cardNumber), 'expiry');
    await fields.remove('data-auto-advance');
    await fields.run('element.clear()');
    await poll(() => fields.statusOf('cardNumber'), 'empty');
    assert.equal(await complete('cardNumber', CARD.cardNumber), 'cardNumber');
    await fields.assertKept('cardNumber', '4012 0000 9876 5439');
  });

  suite.onPage('makes the fields optional, and renames the values of the next submission', async (page) => {
    const fields = await open(page, `data-names='{"cardNumber": "first"}'`);
    const {frame} = fields;
    const {cardNumber, expiry, securityCode} = en.problems;
    const isValid = () => fields.run<boolean>(`element.matches(':valid')`);
    const submitted = () => fields.run<Record<string, string>[]>('submitted');
    const pay = () => page.click('button');
    const displays = (...problems: string[]) => poll(async () => (await fields.shown()).problems, problems);

    await fields.set('data-optional', '');
    await poll(isValid, true);
    await pay();
    await poll(submitted, [{}]);
    await typeInto(page, frame, 'cardNumber', CARD.cardNumber);
    await poll(() => fields.statusOf('cardNumber'), 'valid');
    await pay();
    await displays('', expiry.required, securityCode.required);
    await poll(fields.caret, 'expiry');
    await fields.run('element.clear()');
    await poll(isValid, true);
    await fields.run(`element.removeAttribute('data-optional'); document.querySelector('button').click()`);
    await displays(cardNumber.required, expiry.required, securityCode.required);
    await poll(fields.caret, 'cardNumber');
    assert.deepEqual(await submitted(), [{}]);

    await typeCard(page, frame, CARD);
    await poll(isValid, true);
    const send = async (count: number) => {
      await pay();
      await poll(async () => (await submitted()).length, count + 1);
      const {first, second, encrypted_number: number} = (await submitted())[count] ?? {};
      return [first, second, number].map((value) => value && suite.servers.open([value])[0]);
    };
    assert.deepEqual(await send(1), [CARD.cardNumber, undefined, undefined]);
    await fields.set('data-names', '{"cardNumber": "second"}');
    assert.deepEqual(await send(2), [undefined, CARD.cardNumber, undefined]);
    for (const invalid of INVALID_NAMES) {
      await fields.set('data-names', invalid);
      const [warning, ...more] = await fields.run<Record<string, string>[]>('warnings.splice(0)');
      assert.deepEqual([warning?.['code'], more], ['config-invalid', []]);
      assert.match(warning?.['message'] ?? '', /^data-names: expected a JSON object/);
    }
    assert.deepEqual(await send(3), [undefined, CARD.cardNumber, undefined]); // the last valid table
    await fields.assertKept('securityCode', '999');
  });

  suite.onPage(
    'adapts a security code to the brand, and changes the fields only on retry()',
    async (page) => {
      const fields = await open(page, 'data-fields="securityCode"');
      const {frame} = fields;
      await typeInto(page, frame, 'securityCode', '999');
      const verdict = async () => [
        await fields.statusOf('securityCode'),
        ...(await fields.shown()).placeholders,
      ];
      await poll(verdict, ['valid', '3 digits']);
      await fields.set('data-brand', 'american-express');
      await poll(verdict, ['incomplete', '4 digits']);
      await page.click('button');
      await poll(async () => (await fields.shown()).problems, [en.problems.securityCode.incomplete]);
      await untilCaret(frame, 'securityCode');
      await page.keyboard.type('7');
      await poll(verdict, ['valid', '4 digits']);
      await fields.set('data-brand', 'visa');
      await poll(verdict, ['invalid', '3 digits']);
      await fields.remove('data-brand');
      await poll(verdict, ['valid', '3 digits']);

      await fields.set('data-fields', 'expiry');
      await fields.set('data-label-security-code', 'Code');
      await poll(async () => (await fields.shown()).labels, ['Code']);
      await fields.assertKept('securityCode', '9997');
      await fields.run('element.retry()');
      const reopened = await readyFrame(page, suite.servers);
      assert.deepEqual(await reopened.$$eval('input', (inputs) => inputs.map(({id}) => id)), ['expiry']);
    },
  );

  for (const entry of ['script', 'module'] as const)
    suite.onPage(`changes merchant and origin only on retry(), in a page with the ${entry}`, async (page) => {
      const {servers} = suite;
      const fields = await open(page, `data-merchant="demo" data-origin="${servers.widget}"`, entry);
      await typeInto(page, fields.frame, 'cardNumber', '4012');
      await fields.set('data-merchant', 'missing');
      await fields.set('data-origin', NOWHERE);
      await fields.set('data-label-expiry', 'Good until');
      await poll(async () => (await fields.shown()).labels[1], 'Good until');
      await fields.assertKept('cardNumber', '4012');
      await fields.run(`element.focus('cardNumber')`);
      await poll(fields.caret, 'cardNumber');

      await fields.run('element.retry()');
      const {origin, pathname} = new URL(await page.$eval('iframe', ({src}) => src));
      // The origin of a script is that of its own address.
      assert.deepEqual([origin, pathname], [entry === 'module' ? NOWHERE : servers.widget, '/v1/m/missing/']);
      await fields.set('data-merchant', 'demo');
      await fields.set('data-origin', servers.widget);
      await fields.run('element.retry()');
      const reopened = await readyFrame(page, servers);
      const ids = await reopened.$$eval('input', (inputs) => inputs.map(({id}) => id));
      assert.deepEqual(ids, [...PRESETS.card]);
    });
});

/** The element of a page, and its original frame. */
class Fields {
  constructor(
    readonly page: Page,
    readonly frame: Frame,
    readonly iframe: ElementHandle<HTMLIFrameElement> | null,
  ) {}

  /** Runs a script in the page, in which `element` is defined. */
  run<T>(script: string): Promise<T> {
    const scoped = `{const element = document.querySelector('sealed-fields'); ${script}}`;
    return this.page.evaluate(scoped) as Promise<T>;
  }

  set(name: string, value: string): Promise<void> {
    return this.run(`element.setAttribute('${name}', ${JSON.stringify(value)})`);
  }

  remove(name: string): Promise<void> {
    return this.run(`element.removeAttribute('${name}')`);
  }

  statusOf(name: FieldName): Promise<string> {
    return this.run(`element.state.fields.${name}.status`);
  }

  readonly caret = (): Promise<string | undefined> =>
    this.frame.evaluate(() => (document.hasFocus() ? document.activeElement?.id : 'elsewhere'));

  /** The texts of the frame. */
  shown() {
    return this.frame.evaluate(() => ({
      labels: Array.from(document.querySelectorAll('label'), (node) => node.innerText),
      placeholders: Array.from(document.querySelectorAll('input'), (node) => node.placeholder),
      problems: Array.from(document.querySelectorAll('hosted-field p'), (node) => node.textContent),
    }));
  }

  /** Asserts that the frame has not been replaced and that its field has this text. */
  async assertKept(name: FieldName, text: string): Promise<void> {
    assert.equal(await this.iframe?.evaluate((node) => node === document.querySelector('iframe')), true);
    assert.equal(await valueOf(this.frame, name), text);
  }
}
