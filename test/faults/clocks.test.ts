import assert from 'node:assert/strict';
import {join} from 'node:path';
import type {Page} from 'puppeteer-core';
import {KEY_FOLDER} from '../../demo/gateway/keys.ts';
import {en} from '../../widget/locales/en.ts';
import {inEngines} from '../e2e/scene.ts';
import {settle} from '../e2e/settle.ts';
import {readyFrame, typeCard, typeInto, typeWholeCard} from '../e2e/shopper.ts';
import {CARD, payForm, serve} from './shop.ts';

/** In the page and in the frame: a clock that shows `iso` when a document begins, and goes on from there. */
const clockAt = (iso: string) => `{
  const offset = Date.parse('${iso}') - Date.now();
  const now = () => offset + Real.now();
  const Real = Date;
  window.Date = class extends Real {
    constructor(...parts) {
      super(...(parts.length === 0 ? [now()] : parts));
    }
    static now = now;
  };
  if (window === top) {
    Object.assign(window, {codes: [], element: () => document.querySelector('sealed-fields')});
    addEventListener('sealed-error', ({detail: {code}}) => codes.push(code));
  }
}`;

/** The demo's merchant, and one whose key has an end and a beginning. */
const file = join(KEY_FOLDER, 'public.pem');
const merchants = {
  dated: {keys: [{kid: 'dated', file, notBefore: '2026-01-01T00:00:00Z', notAfter: '2099-06-30T23:59:59Z'}]},
};

/** A card that is typed under a clock, and the problem of its expiry; none where it is paid. */
const TYPED: readonly [what: string, clock: string, expiry: string, problem?: string][] = [
  ['on a leap day, good through that very month', '2028-02-29T12:00:00Z', '02/28'],
  ['on a leap day, good through the month before', '2028-02-29T12:00:00Z', '01/28', en.problems.expiry.past],
  ['on the first of a month, good through the one before', '2027-03-01T12:00:00Z', '02/27'],
  ['48 hours into a month, good through the one before', '2027-03-02T12:00:00Z', '02/27'],
  ['three days into it', '2027-03-03T12:00:00Z', '02/27', en.problems.expiry.past],
  ['on New Year’s Day, good through December', '2027-01-01T12:00:00Z', '12/26'],
  ['on the last day of a month, good through it', '2027-03-31T12:00:00Z', '03/27'],
  ['by a clock of 1970', '1970-01-01T00:00:10Z', '12/31', en.problems.expiry['too-far']],
  ['by a clock of 2099', '2099-12-31T12:00:00Z', '12/31', en.problems.expiry.past],
];

/** Clocks by which a key that is in force from 2026 to June 2099 serves, within 48 hours, and those by which not. */
const DATED: readonly [clock: string, isTaken: boolean][] = [
  ['2025-12-30T01:00:00Z', true],
  ['2025-12-29T23:00:00Z', false],
  ['1970-01-01T00:00:10Z', false],
  ['2099-07-02T22:00:00Z', true],
  ['2099-07-03T01:00:00Z', false],
];

inEngines({merchants}, (scene) => {
  const open = async (page: Page, clock: string, attributes = '') => {
    const {stage} = scene;
    serve(stage, payForm(attributes));
    await page.evaluateOnNewDocument(clockAt(clock));
    await page.goto(stage.page);
  };

  for (const [what, clock, expiry, problem] of TYPED)
    scene.onPage(
      `F15 a card typed ${what} ${problem === undefined ? 'is paid' : `is told: ${problem}`}`,
      async (page) => {
        await open(page, clock);
        const frame = await readyFrame(page, scene.stage);
        const card = {...CARD, expiry};
        if (problem === undefined) {
          await typeWholeCard(page, frame, card);
          await page.click('button');
          const {form} = await scene.stage.nextReceived();
          const [month, year = ''] = expiry.split('/');
          const sealed = ['encrypted_expiration_month', 'encrypted_expiration_year'];
          assert.deepEqual(scene.stage.open(sealed.map((name) => form[name] ?? '')), [month, `20${year}`]);
        } else {
          await typeCard(page, frame, card);
          await page.click('button');
          await settle(() => frame.$eval('#expiry-problem', ({textContent}) => textContent), problem);
          assert.deepEqual([await page.evaluate('codes'), scene.stage.received], [[], []]);
        }
      },
    );

  for (const [clock, isTaken] of DATED)
    scene.onPage(
      `F15 by a clock that shows ${clock}, a key of 2026 to June 2099 ${isTaken ? 'seals' : 'is out of force, which is said before anything is typed'}`,
      async (page) => {
        await open(page, clock, 'data-merchant="dated" data-fields="securityCode"');
        if (isTaken) {
          const frame = await readyFrame(page, scene.stage);
          await typeInto(page, frame, 'securityCode', '999');
          await settle(() => page.evaluate('element().state.complete'), true);
          await page.click('button');
          const {form} = await scene.stage.nextReceived();
          assert.deepEqual(scene.stage.open([form['encrypted_csc'] ?? '']), ['999']);
        } else {
          await settle(() => page.evaluate('codes'), ['key-expired']);
          assert.equal(await page.$('iframe'), null);
        }
      },
    );
});
