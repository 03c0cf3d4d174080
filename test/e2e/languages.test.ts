import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, ElementHandle, Frame, Page} from 'puppeteer-core';
import {TEXTS} from '../../host-sdk/texts.ts';
import {ar} from '../../widget/locales/ar.ts';
import {de} from '../../widget/locales/de.ts';
import {en, type Texts} from '../../widget/locales/en.ts';
import {fr} from '../../widget/locales/fr.ts';
import {nl} from '../../widget/locales/nl.ts';
import {tr} from '../../widget/locales/tr.ts';
import {TEXT_LIMIT} from '../../widget/protocol/host-events.ts';
import {PRESETS, type Locale} from '../../widget/protocol/names.ts';
import {allReady, frameWith} from './frames.ts';
import {settle} from './settle.ts';
import {ALONE, openBrowser, readyFrame, RELEASE_ENGINES, typeInto, valueOf} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';
import {late} from './weather.ts';

const UNTOUCHED = ['', '', ''];

for (const engine of RELEASE_ENGINES) {
  describe(`the language in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    let page: Page;
    let frame: Frame;
    let iframe: ElementHandle<HTMLIFrameElement> | null;
    before(async () => {
      stage = await setStage();
      browser = await openBrowser(engine);
      page = await browser.newPage();
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    /** Goes to a page in a language, with one form, one element and one button. */
    const visit = async (lang: string, attributes: string) => {
      const form = `<form><sealed-fields ${attributes}></sealed-fields><button>Pay</button></form>`;
      const {html} = snippet(stage, form);
      stage.pages.set('/', {html: html.replace('lang="en"', `lang="${lang}"`)});
      await page.goto(stage.page);
    };
    const open = async (lang: string, attributes = '') => {
      await visit(lang, attributes);
      frame = await readyFrame(page, stage);
      iframe = await page.$('iframe');
    };
    const setLocale = (locale: string) =>
      page.$eval('sealed-fields', (element, value) => (element.dataset['locale'] = value), locale);
    const message = () => page.$eval('sealed-fields', ({validationMessage}) => validationMessage);

    /** Everything that is said in a language, in the frame and around it. */
    const said = async () => ({
      ...(await frame.evaluate(() => ({
        lang: document.documentElement.lang,
        dir: document.documentElement.dir,
        labels: Array.from(document.querySelectorAll('label'), (node) => node.innerText),
        placeholders: Array.from(document.querySelectorAll('input'), ({placeholder}) =>
          placeholder.replace(/[\u2067\u2069]/g, ''),
        ),
        problems: Array.from(document.querySelectorAll('hosted-field p'), (node) => node.textContent),
      }))),
      title: await iframe?.evaluate((node) => node.title),
      message: await message(),
    });

    /** @param first what is wrong with the first field at fault, on display or not. */
    const isSpoken = (locale: Locale, texts: Texts, problems: string[], first: string) =>
      settle(said, {
        lang: locale,
        dir: locale === 'ar' ? 'rtl' : 'ltr',
        labels: PRESETS.card.map((name) => texts.labels[name]),
        placeholders: PRESETS.card.map((name) => texts.placeholders[name]),
        problems,
        title: texts.title(PRESETS.card.map((name) => texts.labels[name])),
        message: first,
      });

    it('is another one at once by data-locale, for a problem on display too, and the page’s without', async () => {
      await open('en');
      await typeInto(page, frame, 'cardNumber', '4012');
      await page.click('button');
      const isSpokenWith4012 = async (locale: Locale, texts: Texts) => {
        const {cardNumber, expiry, securityCode} = texts.problems;
        const problems = [cardNumber.incomplete, expiry.required, securityCode.required];
        await isSpoken(locale, texts, problems, cardNumber.incomplete);
        assert.equal(await valueOf(frame, 'cardNumber'), '4012');
        assert.equal(await iframe?.evaluate((node) => node === document.querySelector('iframe')), true);
      };
      await isSpokenWith4012('en', en);
      await setLocale('de');
      await isSpokenWith4012('de', de);
      await settle(() => frame.$eval('[role=status]', (node) => node.textContent), '');
      await setLocale('ar');
      await isSpokenWith4012('ar', ar);
      await page.$eval('sealed-fields', (element) => {
        element.removeAttribute('data-locale');
      });
      await isSpokenWith4012('en', en);
    });

    it('is the page’s from the start, and English for a data-locale that is not ours', async () => {
      await open('fr');
      await isSpoken('fr', fr, UNTOUCHED, fr.problems.cardNumber.required);
      await setLocale('eo');
      await isSpoken('en', en, UNTOUCHED, en.problems.cardNumber.required);
    });

    it('is that of the frames’ titles, which tell them apart by their labels', async () => {
      const elements = PRESETS.card.map((name) => `<sealed-fields data-fields="${name}"></sealed-fields>`);
      stage.pages.set('/', snippet(stage, elements.join('')));
      await page.goto(stage.page);
      await allReady(page);
      const titles = () => page.$$eval('iframe', (frames) => frames.map(({title}) => title));
      const [number, code] = [en.labels.cardNumber, en.labels.securityCode].map((text) => en.title([text]));
      const isTitled = (expiry: string) => settle(titles, [`${number}`, expiry, `${code}`]);
      await isTitled(en.title([en.labels.expiry]));
      const label = `\u202E${'💳'.repeat(5)}Good until${'!'.repeat(1e6)}`;
      const [, expiry] = await page.$$('sealed-fields');
      await expiry?.evaluate((element, text) => (element.dataset['labelExpiry'] = text), label);
      const kept = label.slice(1, TEXT_LIMIT);
      await isTitled(en.title([kept]));
      const shown = await frameWith(page, 'expiry');
      await settle(() => shown.$eval('label', (node) => node.innerText), kept);
      assert.equal(await shown.title(), en.title([kept]));
      await expiry?.evaluate((element) => (element.dataset['labelExpiry'] = ' '));
      await expiry?.evaluate((element) => (element.dataset['locale'] = 'fr'));
      await isTitled(fr.title([fr.labels.expiry]));
      await settle(() => shown.$eval('label', (node) => node.innerText), fr.labels.expiry);
    });

    it('is the page’s before the fields stand', async () => {
      await visit('fr', 'data-merchant="nobody"');
      await page.waitForFunction('customElements.get("sealed-fields")');
      assert.equal(await message(), TEXTS.fr.loading);
      assert.equal(await page.$eval('iframe', ({title}) => title), TEXTS.fr.title);
      await setLocale('de');
      assert.equal(await message(), TEXTS.de.loading);
      assert.equal(await page.$eval('iframe', ({title}) => title), TEXTS.de.title);
    });

    // Each of these languages is asked for once: no cache has its texts.
    it('comes late without an error, and the fields with it', async () => {
      await page.evaluateOnNewDocument(`
        window.broken = [];
        addEventListener('error', ({message}) => broken.push(message));
        addEventListener('unhandledrejection', ({reason}) => broken.push(String(reason)));`);
      stage.weather.set('/v1/assets/nl-', late(1000));
      await open('nl');
      await isSpoken('nl', nl, UNTOUCHED, nl.problems.cardNumber.required);
      assert.deepEqual(await frame.evaluate('broken'), []);
    });

    it('is the last that was asked for while the fields opened, and they are ready in it', async () => {
      stage.weather.set('/v1/assets/pl-', late(500));
      stage.weather.set('/v1/assets/tr-', late(1500));
      await visit('pl', '');
      await page.waitForFunction('document.querySelector("iframe") !== null');
      await setLocale('tr');
      frame = await readyFrame(page, stage);
      iframe = await page.$('iframe');
      await isSpoken('tr', tr, UNTOUCHED, tr.problems.cardNumber.required);
    });

    it('is one in validationMessage and at the first field at fault: they say the same', async () => {
      await open('en', 'data-locale="de"');
      const {expiry, securityCode} = de.problems;
      for (const [name, text, problem] of [
        ['cardNumber', '4012000098765439', expiry.required],
        ['expiry', '13/31', expiry.invalid],
      ] as const) {
        await typeInto(page, frame, name, text);
        await page.click('button');
        await isSpoken('de', de, ['', problem, securityCode.required], problem);
      }
    });
  });
}
