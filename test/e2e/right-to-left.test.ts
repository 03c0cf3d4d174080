import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {allReady, frameWith} from './frames.ts';
import {inEngines} from './scene.ts';
import {settle} from './settle.ts';
import {clickInto, valueOf, RELEASE_ENGINES} from './shopper.ts';
import {snippet} from './stage.ts';

/** Arabic-Indic digits, as an Arabic keyboard types them. */
const TYPED = '٤٠١٢٠٠٠٠٩٨٧٦٥٤٣٩';

/** Pixels by which an edge may miss another: the letters of a text do not fill their advance. */
const SLACK = 2;

const BANK = 'routingNumber accountNumber';

/** In a page of this language, where a name's letters run and where they begin. */
const NAMES = [
  ['ar', 'نجيب محفوظ', 'rtl', 'right'],
  ['he', 'Zoë Müller', 'ltr', 'right'],
  ['en', 'דוד בן גוריון', 'rtl', 'start'],
  ['en', 'Zoë Müller', 'ltr', 'start'],
] as const;

inEngines(
  {merchants: {jwe: {profile: 'jwe'}}},
  (scene) => {
    const open = async (tab: Page, lang: string, attributes: string) => {
      const {stage} = scene;
      const {html} = snippet(
        stage,
        `<form><sealed-fields ${attributes}></sealed-fields><button>Pay</button></form>`,
      );
      stage.pages.set('/', {
        html: html.replace('lang="en"', `lang="${lang}" dir="${lang === 'en' ? 'ltr' : 'rtl'}"`),
      });
      await tab.goto(stage.page);
      await allReady(tab);
      const [first = 'cardNumber'] = attributes.match(/routingNumber|cardholderName/) ?? [];
      return frameWith(tab, first);
    };

    scene.onPage(
      'Arabic digits, key by key, are grouped from left to right, the caret behind the last',
      async (tab) => {
        const frame = await open(tab, 'ar', '');
        await clickInto(frame, 'cardNumber');
        const caret = () => frame.$eval('#cardNumber', (input) => (input as HTMLInputElement).selectionStart);
        let shown = '';
        for (const [index, digit] of Array.from(TYPED).entries()) {
          await tab.keyboard.type(digit);
          shown += `${index > 0 && index % 4 === 0 ? ' ' : ''}${'0123456789'['٠١٢٣٤٥٦٧٨٩'.indexOf(digit)] ?? ''}`;
          await settle(() => valueOf(frame, 'cardNumber'), shown);
          await settle(caret, shown.length);
        }
        await tab.keyboard.press('ArrowLeft');
        await settle(caret, shown.length - 1);
        await tab.keyboard.press('Backspace');
        await settle(() => valueOf(frame, 'cardNumber'), `${shown.slice(0, -2)}9`);
        await settle(caret, shown.length - 2);
      },
    );

    for (const lang of ['ar', 'he']) {
      scene.onPage(`words begin at the right in ${lang}, numbers too, and a row is mirrored`, async (tab) => {
        const frame = await open(tab, lang, 'data-layout="inline"');
        await tab.click('button');
        await frame.waitForSelector('#securityCode[aria-invalid=true]');
        const rows = await placesIn(frame);
        assert.equal(rows.length, 3);
        for (const {input, label, problem, direction, align} of rows) {
          assert.deepEqual([direction, align], ['ltr', 'right']);
          for (const text of [label, problem]) assert.ok(Math.abs(text - input) <= SLACK);
        }
        const edges = rows.map(({input}) => input);
        assert.deepEqual(
          edges,
          edges.toSorted((a, b) => b - a),
        );
      });

      scene.onPage(`what stands beside a label in ${lang} stands at its left`, async (tab) => {
        const frame = await open(tab, lang, `data-fields="${BANK}"`);
        const [label, button, input] = await Promise.all(
          ['#accountNumber-label', '#accountNumber-reveal', '#accountNumber'].map((selector) =>
            frame.$eval(selector, (node) => node.getBoundingClientRect().toJSON() as DOMRect),
          ),
        );
        assert.ok(button !== undefined && label !== undefined && input !== undefined);
        assert.ok(button.right <= label.left + SLACK && Math.abs(button.left - input.left) <= SLACK);
      });
    }

    for (const [lang, name, direction, align] of NAMES)
      scene.onPage(`${name} in ${lang} runs ${direction} and begins at the ${align}`, async (tab) => {
        const frame = await open(tab, lang, 'data-merchant="jwe" data-fields="cardholderName"');
        await clickInto(frame, 'cardholderName');
        await tab.keyboard.type(name);
        await settle(() => valueOf(frame, 'cardholderName'), name);
        const looks = await frame.$eval('#cardholderName', (input) => {
          const {direction, textAlign} = getComputedStyle(input);
          return [direction, textAlign];
        });
        assert.deepEqual(looks, [direction, align]);
      });

    scene.onPage('a placeholder runs as its own letters do, the page’s too', async (tab) => {
      const frame = await open(
        tab,
        'ar',
        'data-placeholder-expiry="2 ثم 2" data-placeholder-card-number="16 digits"',
      );
      const placeholders = () =>
        frame.$$eval('input', (inputs) => inputs.map(({placeholder}) => placeholder));
      await settle(placeholders, ['16 digits', '\u20672 ثم 2\u2069', '\u20673 أرقام\u2069']);
    });
  },
  RELEASE_ENGINES,
);

/** Where each field's parts stand, and of texts, where their letters do. */
async function placesIn(frame: Frame) {
  return frame.$$eval('hosted-field', (fields) =>
    fields.map((field) => {
      const [input, label, problem] = ['input', 'label', 'p'].map((selector) => {
        const node = field.querySelector(selector) ?? field;
        const range = document.createRange();
        range.selectNodeContents(node);
        return (selector === 'input' ? node : range).getBoundingClientRect().right;
      });
      const {direction, textAlign} = getComputedStyle(field.querySelector('input') ?? field);
      return {input: input ?? 0, label: label ?? 0, problem: problem ?? 0, direction, align: textAlign};
    }),
  );
}
