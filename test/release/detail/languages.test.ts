import assert from 'node:assert/strict';
import {afterEach} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import {TEXTS} from '../../../host-sdk/texts.ts';
import {texts as de} from '../../../widget/locales/de.ts';
import {en, type Texts} from '../../../widget/locales/en.ts';
import {texts as fr} from '../../../widget/locales/fr.ts';
import {texts as nl} from '../../../widget/locales/nl.ts';
import {texts as tr} from '../../../widget/locales/tr.ts';
import {PRESETS, TEXT_LIMIT} from '../../../widget/protocol/names.ts';
import {readyFrame, typeInto} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {allReady, frameWith} from '../../support/frames.ts';
import {after} from '../../support/network-faults.ts';
import {poll} from '../../support/poll.ts';
import {snippet} from '../../support/servers.ts';

inEngines('the language of fields that load', (suite) => {
  afterEach(() => suite.servers.networkFaults.clear());

  /** Opens a page in a language, with one form, one element and one button. */
  const visit = async (page: Page, lang: string, attributes = '') => {
    const {servers} = suite;
    const {html} = snippet(
      servers,
      `<form><sealed-fields ${attributes}></sealed-fields><button>Pay</button></form>`,
    );
    servers.pages.set('/', {html: html.replace('lang="en"', `lang="${lang}"`)});
    await page.goto(servers.page);
  };
  const setLocale = (page: Page, locale: string) =>
    page.$eval('sealed-fields', (element, value) => (element.dataset['locale'] = value), locale);
  const message = (page: Page) => page.$eval('sealed-fields', ({validationMessage}) => validationMessage);
  const isShownIn = (page: Page, frame: Frame, locale: string, texts: Texts) =>
    poll(
      async () => [
        await frame.evaluate(() => document.documentElement.lang),
        await frame.$$eval('label', (nodes) => nodes.map((node) => node.innerText)),
        await message(page),
      ],
      [locale, PRESETS.card.map((name) => texts.labels[name]), texts.problems.cardNumber.required],
    );

  suite.onPage('is the page’s before they have loaded, and follows data-locale', async (page) => {
    suite.servers.networkFaults.set('/v1/m/', after(new Promise(() => undefined)));
    suite.servers.pages.set('/', snippet(suite.servers, '<form></form>'));
    await page.goto(suite.servers.page);
    await page.$eval('form', (form) => {
      form.lang = 'fr';
      form.append(document.createElement('sealed-fields')); // now, as drivers wait for pending frames
    });
    await page.waitForSelector('iframe');
    const title = () => page.$eval('iframe', (iframe) => iframe.title);
    assert.deepEqual([await message(page), await title()], [TEXTS.fr.loading, TEXTS.fr.title]);
    await setLocale(page, 'de');
    assert.deepEqual([await message(page), await title()], [TEXTS.de.loading, TEXTS.de.title]);
  });

  suite.onFreshPage('loads late without an error, and the fields with it', async (page) => {
    const {servers} = suite;
    await page.evaluateOnNewDocument(`
      window.broken = [];
      addEventListener('error', ({message}) => broken.push(message));
      addEventListener('unhandledrejection', ({reason}) => broken.push(String(reason)));`);
    let release = () => {};
    servers.networkFaults.set('/v1/assets/nl-', after(new Promise<void>((resolve) => (release = resolve))));
    await visit(page, 'nl');
    await poll(() => Promise.resolve(servers.asked.some(({url}) => url.includes('/assets/nl-'))), true);
    release();
    const frame = await readyFrame(page, servers);
    await isShownIn(page, frame, 'nl', nl);
    assert.deepEqual(await frame.evaluate('broken'), []);
  });

  suite.onFreshPage('is the last that was set while they loaded', async (page) => {
    const {servers} = suite;
    let releaseFirst = () => {};
    let releaseLast = () => {};
    servers.networkFaults.set(
      '/v1/assets/pl-',
      after(new Promise<void>((resolve) => (releaseFirst = resolve))),
    );
    servers.networkFaults.set(
      '/v1/assets/tr-',
      after(new Promise<void>((resolve) => (releaseLast = resolve))),
    );
    await visit(page, 'pl');
    await page.waitForFunction('document.querySelector("iframe") !== null');
    await setLocale(page, 'tr');
    releaseFirst();
    releaseLast();
    await isShownIn(page, await readyFrame(page, servers), 'tr', tr);
  });

  suite.onPage('is that of the frames’ titles, which name the fields by their labels', async (page) => {
    const {servers} = suite;
    const elements = PRESETS.card.map((name) => `<sealed-fields data-fields="${name}"></sealed-fields>`);
    servers.pages.set('/', snippet(servers, elements.join('')));
    await page.goto(servers.page);
    await allReady(page);
    const titles = () => page.$$eval('iframe', (frames) => frames.map(({title}) => title));
    const [number = '', code = ''] = [en.labels.cardNumber, en.labels.securityCode].map((text) =>
      en.title([text]),
    );
    await poll(titles, [number, en.title([en.labels.expiry]), code]);

    const label = `\u202E${'💳'.repeat(5)}Good until${'!'.repeat(1e6)}`;
    const [, expiry] = await page.$$('sealed-fields');
    await expiry?.evaluate((element, text) => (element.dataset['labelExpiry'] = text), label);
    const kept = label.slice(1, TEXT_LIMIT);
    await poll(titles, [number, en.title([kept]), code]);
    const frame = await frameWith(page, 'expiry');
    await poll(() => frame.$eval('label', (node) => node.innerText), kept);
    assert.equal(await frame.title(), en.title([kept]));

    await expiry?.evaluate((element) => (element.dataset['labelExpiry'] = ' '));
    await expiry?.evaluate((element) => (element.dataset['locale'] = 'fr'));
    await poll(titles, [number, fr.title([fr.labels.expiry]), code]);
    await poll(() => frame.$eval('label', (node) => node.innerText), fr.labels.expiry);
  });

  suite.onPage('is the same in validationMessage and at the first invalid field', async (page) => {
    await visit(page, 'en', 'data-locale="de"');
    const frame = await readyFrame(page, suite.servers);
    const {expiry, securityCode} = de.problems;
    for (const [name, text, problem] of [
      ['cardNumber', '4012000098765439', expiry.required],
      ['expiry', '13/31', expiry.invalid],
    ] as const) {
      await typeInto(page, frame, name, text);
      await page.click('button');
      const problems = () =>
        frame.$$eval('hosted-field p', (nodes) => nodes.map(({textContent}) => textContent));
      await poll(problems, ['', problem, securityCode.required]);
      await poll(() => message(page), problem);
    }
  });
});
