import assert from 'node:assert/strict';
import {afterEach, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {de} from '../../widget/locales/de.ts';
import {frameWith, openReady, typeWhole} from './frames.ts';
import {fits, heightOf} from './measure.ts';
import {inEngines} from './scene.ts';
import {settle} from './settle.ts';
import {onlyInChromium, RELEASE_ENGINES, unlessWebKit} from './shopper.ts';
import {snippet} from './stage.ts';
import {movesOf, painted, shiftsOf, watchDocument} from './still.ts';
import {reset} from './weather.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '1231', securityCode: '999'};

const CARD_FIELDS = '<sealed-fields data-fields="card"></sealed-fields>';
const BANK_FIELDS =
  '<sealed-fields data-fields="accountType routingNumber accountNumber accountNumberConfirmation"></sealed-fields>';

/** The room that the documentation has a page keep for a card. */
const RESERVE = 'sealed-fields:not(:defined) { display: block; min-height: 184px; }';

/** In the page, before all else: keeps every height that a frame tells. */
const HEAR = `if (window === top) {
  window.heights = [];
  const {set, ...more} = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
  Object.defineProperty(MessagePort.prototype, 'onmessage', {...more, set(listener) {
    set.call(this, (event) => {
      if (event.data.event === 'height') heights.push(event.data.payload.height);
      listener.call(this, event);
    });
  }});
}`;

/** For 120 frames of its animation the form is another width in each, from narrow to wide and back, time and again. */
const STORM = `new Promise((done) => {
  const {style} = document.forms[0];
  let frames = 0;
  const blow = () => {
    if (frames === 120) return done(frames);
    frames += 1;
    style.width = 480 - 240 * Math.cos(frames / 4) + 'px';
    requestAnimationFrame(blow);
  };
  blow();
})`;

inEngines(
  {},
  (scene) => {
    afterEach(() => scene.stage.weather.clear());

    /** Opens a page with one form, so wide, whose script is there from the start. */
    const open = async (fields: string, width: string, prepare?: (page: Page) => unknown) => {
      const {fresh, stage} = scene;
      const form = `<form style="width: ${width}">${fields}<p id="below">Below</p><button>Pay</button></form>`;
      const {html} = snippet(stage, form);
      stage.pages.set('/', {html: html.replace('<body>', `<style>${RESERVE}</style><body>`)});
      return openReady(await fresh(), stage.page, prepare);
    };

    const toldIn = async (page: Page) => (await page.evaluate('heights')) as number[];

    /** Shows every problem that there is, in English, German and Arabic, and looks whether all of it can be seen. */
    const fitsInEachLanguage = async (page: Page) => {
      await page.$$eval('sealed-fields', (all) => {
        for (const element of all) element.reportValidity();
      });
      for (const locale of ['en', 'de', 'ar']) {
        await page.$$eval(
          'sealed-fields',
          (all, value) => {
            for (const element of all) element.dataset['locale'] = value;
          },
          locale,
        );
        for (const name of ['cardNumber', 'routingNumber']) {
          const frame = await frameWith(page, name);
          await settle(() => frame.evaluate(() => document.documentElement.lang), locale);
        }
        await fits(page);
      }
    };

    scene.onPage('heights follow a storm of widths, each told once, and the last is right', async () => {
      const fields = CARD_FIELDS.replace('>', ' data-layout="inline">');
      const page = await open(fields, '240px', (each) => each.evaluateOnNewDocument(HEAR));
      const before = (await toldIn(page)).length;
      const frames = (await page.evaluate(STORM)) as number;
      await page.$eval('form', ({style}) => {
        style.width = '400px';
      });
      const frame = await frameWith(page, 'cardNumber');
      await settle(() => frame.evaluate(() => innerWidth), 400); // the storm has passed there too
      await fits(page);
      const told = (await toldIn(page)).slice(before);
      assert.ok(told.length > 2 && told.length <= frames, `${told.length} heights in ${frames} frames`);
      assert.deepEqual(
        told.filter((height, at) => height === told[at - 1]),
        [],
      );
      assert.equal(told.at(-1), 184);
      for (let times = 0; times < 10; times += 1) await painted(page);
      assert.equal((await toldIn(page)).length, before + told.length, 'it does not come to rest');
      await page.close();
    });

    scene.onPage('heights stay where a problem, or that nothing could be sealed, fits its line', async () => {
      scene.stage.weather.set('/v1/assets/seal-', reset);
      const page = await open(CARD_FIELDS, '600px');
      await watchDocument(page);
      await page.click('button');
      const frame = await frameWith(page, 'securityCode');
      await frame.waitForSelector('#securityCode[aria-invalid=true]');
      assert.deepEqual([await movesOf(page), await shiftsOf(page)], [[], []]);
      await typeWhole(page, CARD);
      await page.click('button');
      await frame.waitForSelector('#outcome:not(:empty)');
      assert.deepEqual([await movesOf(page), await shiftsOf(page)], [[], []]);
      await fits(page);
      await page.close();
    });

    scene.onPage('heights grow once, and downward, where a problem does not fit its line', async () => {
      const fields = CARD_FIELDS.replace('>', ' data-locale="de">');
      const page = await open(fields, '280px');
      await watchDocument(page, '#below');
      await page.click('button');
      const frame = await frameWith(page, 'expiry');
      const problem = de.problems.expiry.required;
      await settle(() => frame.$eval('#expiry-problem', (node) => node.textContent), problem);
      await fits(page);
      const [move = '', ...others] = await movesOf(page);
      assert.deepEqual(others, []);
      const [, before, after] = /^p below \d+ ([\d.]+) .* to \d+ ([\d.]+) /.exec(move) ?? [];
      assert.equal(Number(after) - Number(before), 18); // a line of a problem
      await page.close();
    });

    for (const zoom of [1.1, 1.25, 1.5, 1.75, 2, 4])
      it(
        ...onlyInChromium(
          scene.engine,
          `heights are right at ${Math.round(zoom * 100)} % zoom of a window of 1280 px`,
          'no other takes device pixels',
        ),
        async () => {
          const page = await open(CARD_FIELDS + BANK_FIELDS, 'auto', (each) =>
            each.setViewport({width: Math.round(1280 / zoom), height: 1600, deviceScaleFactor: zoom}),
          );
          await fitsInEachLanguage(page);
          await page.close();
        },
      );

    for (const zoom of [2, 4])
      it(
        ...unlessWebKit(scene.engine, `heights are right in a page with zoom: ${zoom}`, 'it zooms no frame'),
        async () => {
          const page = await open(CARD_FIELDS + BANK_FIELDS, 'auto');
          await page.$eval(
            'html',
            ({style}, value) => {
              style.setProperty('zoom', String(value));
            },
            zoom,
          );
          await fitsInEachLanguage(page);
          await page.close();
        },
      );

    scene.onPage('heights that are not whole pixels are rounded up', async () => {
      const page = await open(CARD_FIELDS, '600px');
      const frame = await frameWith(page, 'cardNumber');
      await frame.$eval('form', (form) => {
        form.style.paddingBottom = '2.25px';
      });
      await settle(() => page.$eval('iframe', ({clientHeight}) => clientHeight), 185);
      assert.equal(await heightOf(frame), 184.25);
      await page.close();
    });
  },
  RELEASE_ENGINES,
);
