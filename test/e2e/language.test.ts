import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {texts as ar} from '../../widget/locales/ar.ts';
import {texts as de} from '../../widget/locales/de.ts';
import {en, type Texts} from '../../widget/locales/en.ts';
import {texts as fr} from '../../widget/locales/fr.ts';
import {PRESETS} from '../../widget/protocol/names.ts';
import {readyFrame, typeInto, valueOf} from '../support/browser.ts';
import {inEngines} from '../support/engines.ts';
import {poll} from '../support/poll.ts';
import {snippet} from '../support/servers.ts';

/** Tolerance between text and the edge of its input: glyphs do not fill their advance. */
const SLACK_PX = 2;

const FORM = '<form><sealed-fields></sealed-fields><button>Pay</button></form>';

inEngines('the language of the fields', (suite) => {
  suite.onPage('is the page’s, and changes at run time with values and problems kept', async (page) => {
    const {servers} = suite;
    const {html} = snippet(servers, FORM);
    servers.pages.set('/', {html: html.replace('lang="en"', 'lang="fr"')});
    await page.goto(servers.page);
    const frame = await readyFrame(page, servers);
    const iframe = await page.$('iframe');
    await poll(() => textsOf(page, frame), expected('fr', fr, ['', '', ''], fr.problems.cardNumber.required));

    await typeInto(page, frame, 'cardNumber', '4012');
    await page.click('button');
    const isShownIn = async (locale: string, texts: Texts) => {
      const {cardNumber, expiry, securityCode} = texts.problems;
      const problems = [cardNumber.incomplete, expiry.required, securityCode.required];
      await poll(() => textsOf(page, frame), expected(locale, texts, problems, cardNumber.incomplete));
      assert.equal(await valueOf(frame, 'cardNumber'), '4012');
      assert.equal(await iframe?.evaluate((node) => node === document.querySelector('iframe')), true);
    };
    const setLocale = (locale: string) =>
      page.$eval('sealed-fields', (element, value) => (element.dataset['locale'] = value), locale);
    await isShownIn('fr', fr);
    await setLocale('de');
    await isShownIn('de', de);
    assert.deepEqual(await directionsIn(frame), ['left', 'left', 'left']);
    await setLocale('eo'); // not supported
    await isShownIn('en', en);
    await setLocale('ar');
    await isShownIn('ar', ar);
    assert.deepEqual(await directionsIn(frame), ['right', 'right', 'right']);
    await page.$eval('sealed-fields', (element) => {
      element.removeAttribute('data-locale');
    });
    await isShownIn('fr', fr);
  });
});

/** Every text of the fields and of the element around them. */
async function textsOf(page: Page, frame: Frame) {
  const inFrame = await frame.evaluate(() => ({
    lang: document.documentElement.lang,
    dir: document.documentElement.dir,
    labels: Array.from(document.querySelectorAll('label'), (node) => node.innerText),
    placeholders: Array.from(document.querySelectorAll('input'), ({placeholder}) =>
      placeholder.replace(/[\u2067\u2069]/g, ''),
    ),
    problems: Array.from(document.querySelectorAll('hosted-field p'), (node) => node.textContent),
  }));
  return {
    ...inFrame,
    title: await page.$eval('iframe', ({title}) => title),
    message: await page.$eval('sealed-fields', ({validationMessage}) => validationMessage),
  };
}

function expected(locale: string, texts: Texts, problems: string[], message: string) {
  return {
    lang: locale,
    dir: locale === 'ar' ? 'rtl' : 'ltr',
    labels: PRESETS.card.map((name) => texts.labels[name]),
    placeholders: PRESETS.card.map((name) => texts.placeholders[name]),
    problems,
    title: texts.title(PRESETS.card.map((name) => texts.labels[name])),
    message,
  };
}

/** For each field, the edge of the input at which its label starts. Digits must run from left to right. */
function directionsIn(frame: Frame): Promise<string[]> {
  return frame.$$eval(
    'hosted-field',
    (fields, slack) =>
      fields.map((field) => {
        const [label, input] = ['label', 'input'].map((selector) => field.querySelector(selector));
        if (!label || !input) return 'a part is missing';
        const range = document.createRange();
        range.selectNodeContents(label);
        const [text, box] = [range.getBoundingClientRect(), input.getBoundingClientRect()];
        if (getComputedStyle(input).direction !== 'ltr') return 'digits run from right to left';
        if (Math.abs(text.left - box.left) <= slack) return 'left';
        return Math.abs(text.right - box.right) <= slack ? 'right' : 'neither edge';
      }),
    SLACK_PX,
  );
}
