import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Page} from 'puppeteer-core';
import {LOCALES} from '../../widget/protocol/names.ts';
import {frameWith, openReady, typeAll} from './frames.ts';
import {clippedIn, heightOf} from './measure.ts';
import {settle} from './settle.ts';
import {ALONE, RELEASE_ENGINES, openBrowser} from './shopper.ts';
import {painted} from './still.ts';
import {setStage, snippet, type Stage} from './stage.ts';

const CARD = 'cardNumber expiry securityCode';
const BANK = 'accountType routingNumber accountNumber accountNumberConfirmation';

/** The longest texts that fields can show. */
const LONG: Record<string, Record<string, string>> = {
  [CARD]: {cardNumber: '6212345678901234567', expiry: '2099-12', securityCode: '123456'},
  [BANK]: {
    routingNumber: '99',
    accountNumber: '12345678901234567',
    accountNumberConfirmation: '1234567890123456',
  },
};

/** Numbers of fields in each row, from the top, by list, layout and width of the element. */
const ROWS: [fields: string, layout: string, width: number, rows: number[]][] = [
  [CARD, 'stacked', 240, [1, 1, 1]],
  [CARD, 'stacked', 280, [1, 2]],
  [CARD, 'stacked', 900, [1, 2]],
  [CARD, 'inline', 280, [1, 2]],
  [CARD, 'inline', 560, [1, 2]],
  [CARD, 'inline', 568, [3]],
  [CARD, 'inline', 900, [3]],
  ['expiry', 'stacked', 280, [1]],
  ['expiry cardNumber', 'stacked', 280, [1, 1]],
  ['securityCode expiry', 'stacked', 280, [2]],
  [BANK, 'stacked', 280, [1, 1, 1, 1]],
  [BANK, 'stacked', 900, [1, 1, 1, 1]],
  [BANK, 'inline', 280, [1, 1, 1, 1]],
  [BANK, 'inline', 1200, [4]],
];

/** Notes each height that the element has from the moment in which it works. */
const WATCH = `<script>
  const heights = [];
  customElements.whenDefined('sealed-fields').then(() => {
    new ResizeObserver(([{contentRect}]) => heights.push(contentRect.height)).observe(document.querySelector('sealed-fields'));
  });
</script>`;

for (const engine of RELEASE_ENGINES) {
  describe(`layouts in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    before(async () => {
      stage = await setStage();
      browser = await openBrowser(engine);
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    const open = (fields: string, layout: string, width: number) => {
      const element = `<sealed-fields data-fields="${fields}" data-layout="${layout}"></sealed-fields>`;
      stage.pages.set('/', snippet(stage, `${WATCH}<form style="width: ${width}px">${element}</form>`));
      return openReady(browser, stage.page);
    };

    for (const [fields, layout, width, rows] of ROWS) {
      it(`have ${rows.join(' + ')} fields for ${fields}, ${layout} at ${width} px, and never move`, async () => {
        const page = await open(fields, layout, width);
        assert.deepEqual(await rowsIn(page, fields), rows);
        await painted(page);
        const heights = (await page.evaluate('heights')) as number[];
        assert.deepEqual([...new Set(heights)], [4 + 90 * rows.length]);
        await page.close();
      });
    }

    for (const [fields, texts] of Object.entries(LONG))
      for (const [layout, width, locales] of [
        ['stacked', 280, LOCALES],
        ['inline', 280, ['en']],
        ['inline', 460, ['en', 'de']],
        ['inline', 600, ['en', 'es']],
      ] as const) {
        it(`clip no text of ${fields}, ${layout} at ${width} px, in ${locales.join()}`, async () => {
          const page = await open(fields, layout, width);
          const [first = ''] = fields.split(' ');
          const clipped = async () => clippedIn(await frameWith(page, first));
          await settle(clipped, []);
          await typeAll(page, texts);
          await page.$eval('sealed-fields', (element) => element.reportValidity());
          for (const locale of locales) {
            await page.$eval(
              'sealed-fields',
              (element, value) => (element.dataset['locale'] = value),
              locale,
            );
            const frame = await frameWith(page, first);
            await settle(() => frame.evaluate(() => document.documentElement.lang), locale);
            await settle(clipped, []); // the page has to hear of another height first
          }
          await page.close();
        });
      }

    it('give each label its one line at 272 px, in every language but Hindi (machines of tests may have no letters for it)', async () => {
      for (const [fields, height] of [
        [CARD, 184],
        [BANK, 364],
      ] as const) {
        const page = await open(fields, 'stacked', 272);
        const frame = await frameWith(page, fields.split(' ')[0] ?? '');
        for (const locale of LOCALES.filter((each) => each !== 'hi')) {
          await page.$eval('sealed-fields', (node, value) => (node.dataset['locale'] = value), locale);
          await settle(() => frame.evaluate(() => document.documentElement.lang), locale);
          assert.deepEqual([locale, await heightOf(frame)], [locale, height]);
        }
        await page.close();
      }
    });

    it('change at once with the attribute', async () => {
      const page = await open(CARD, 'stacked', 900);
      await page.$eval('sealed-fields', (element) => (element.dataset['layout'] = 'inline'));
      await settle(() => rowsIn(page, CARD), [3]);
      await page.$eval('sealed-fields', (element) => {
        delete element.dataset['layout'];
      });
      await settle(() => rowsIn(page, CARD), [1, 2]);
      await page.close();
    });
  });
}

async function rowsIn(page: Page, fields: string): Promise<number[]> {
  const frame = await frameWith(page, fields.split(' ')[0] ?? '');
  const tops = await frame.$$eval('hosted-field', (all) =>
    all.map((each) => each.getBoundingClientRect().top),
  );
  return [...new Set(tops)].map((top) => tops.filter((other) => other === top).length);
}
