import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import type {Engine} from '../browsers.ts';
import {frameWith, openReady, typeAll} from './frames.ts';
import {clippedIn, fits} from './measure.ts';
import {settle} from './settle.ts';
import {ALONE, openBrowser, RELEASE_ENGINES, type Start} from './shopper.ts';
import {setStage, snippet} from './stage.ts';

/** How a person has a browser write larger: by the size that pages begin with, or by the least that there may be. */
const SETTINGS: readonly [engine: Engine, what: string, width: number, start: Start][] = [
  ['chromium', 'letters of 32 px', 480, {args: ['--blink-settings=defaultFontSize=32']}],
  ['chromium', 'letters of 64 px', 1000, {args: ['--blink-settings=defaultFontSize=64']}],
  ['chromium', 'letters of 26 px at least', 480, {args: ['--blink-settings=minimumFontSize=26']}],
  ['firefox', 'letters of 32 px', 480, {preferences: {'font.size.variable.x-western': 32}}],
  ['firefox', 'letters of 26 px at least', 480, {preferences: {'font.minimum-size.x-western': 26}}],
];

/** Height of a label's letters in CSS pixels, in a browser as it comes. */
const USUAL = 18;

const FIELDS = {
  cardNumber: '6212345678901234567',
  expiry: '13/31',
  routingNumber: '99',
  accountNumber: '1234',
  accountNumberConfirmation: '999',
};
const LISTS = [
  'cardNumber expiry securityCode',
  'accountType routingNumber accountNumber accountNumberConfirmation',
];

for (const [engine, what, width, start] of SETTINGS.filter(([each]) => RELEASE_ENGINES.includes(each)))
  describe(`${what} in ${engine}${ALONE}`, () => {
    it('are the fields’ own, and clip nothing in German, problems and all', async (context) => {
      const stage = await setStage();
      const browser = await openBrowser(engine, start);
      context.after(async () => {
        await browser.close();
        await stage.close();
      });
      const elements = LISTS.map(
        (fields) => `<sealed-fields data-fields="${fields}" data-locale="de"></sealed-fields>`,
      );
      stage.pages.set('/', snippet(stage, `<form style="width: ${width}px">${elements.join('')}</form>`));
      const page = await openReady(browser, stage.page);
      const ofUsual = await heights(page);
      await typeAll(page, FIELDS);
      await page.$$eval('sealed-fields', (all) => {
        for (const element of all) element.reportValidity();
      });
      for (const [index, fields] of LISTS.entries()) {
        const frame = await frameWith(page, fields.split(' ')[0] ?? '');
        const size = await sizeOfLabel(frame);
        assert.ok(size > USUAL * 1.5, `${size} px`);
        await settle(() => clippedIn(frame), []);
        const isHigher = async () => ((await heights(page))[index] ?? 0) > (ofUsual[index] ?? Infinity);
        await settle(isHigher, true); // the problems take room
      }
    });

    it('are the fields’ own where they load out of sight', async (context) => {
      const stage = await setStage();
      const browser = await openBrowser(engine, start);
      context.after(async () => {
        await browser.close();
        await stage.close();
      });
      stage.pages.set('/', snippet(stage, '<div hidden><sealed-fields></sealed-fields></div>'));
      const page = await openReady(browser, stage.page);
      await page.$eval('div', (place) => {
        place.hidden = false;
      });
      const frame = await frameWith(page, 'cardNumber');
      await settle(async () => (await sizeOfLabel(frame)) > USUAL * 1.5, true);
      await fits(page);
    });
  });

/** Height of the first label's letters in CSS pixels. */
function sizeOfLabel(frame: Frame): Promise<number> {
  return frame.$eval('label', (label) => {
    const range = document.createRange();
    range.selectNodeContents(label);
    return range.getClientRects()[0]?.height ?? 0;
  });
}

function heights(page: Page): Promise<number[]> {
  return page.$$eval('sealed-fields', (all) => all.map(({offsetHeight}) => offsetHeight));
}
