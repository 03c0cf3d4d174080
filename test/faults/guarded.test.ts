import assert from 'node:assert/strict';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import type {Browser} from 'puppeteer-core';
import type {Engine} from '../browsers.ts';
import {ENGINES, openBrowser, readyFrame, type Start, typeWholeCard} from '../e2e/shopper.ts';
import {setStage, type Stage} from '../e2e/stage.ts';
import {CARD, serve} from './shop.ts';

const VALUES = ['encrypted_number', 'encrypted_expiration_month', 'encrypted_csc'];

/** What a browser says of itself where it was started so; a test that finds another answer was never so. */
type Proof = readonly [script: string, answer: unknown];

/** Whether a script in the page can use its storage at all. */
const STORES = `{ const answer = (() => { try { localStorage.length; return 'yes'; } catch (error) { return error.name; } })(); answer; }`;

/** How people guard themselves, by what each engine calls it. */
const WAYS: Record<Engine, Record<string, Start & {proof?: Proof}>> = {
  chromium: {
    'third-party cookies blocked': {profile: 'third-party'},
    'all cookies and storage blocked': {profile: 'all', proof: [STORES, 'SecurityError']},
    'a private window': {args: ['--incognito']},
  },
  firefox: {
    'strict tracking protection': {
      preferences: {
        'browser.contentblocking.category': 'strict',
        'network.cookie.cookieBehavior': 5,
        'privacy.trackingprotection.enabled': true,
        'privacy.trackingprotection.socialtracking.enabled': true,
        'privacy.trackingprotection.cryptomining.enabled': true,
        'privacy.trackingprotection.fingerprinting.enabled': true,
        'privacy.fingerprintingProtection': true,
        'privacy.query_stripping.enabled': true,
      },
    },
    'all cookies and storage blocked': {
      preferences: {'network.cookie.cookieBehavior': 2},
      proof: [STORES, 'SecurityError'],
    },
    'no storage at all': {preferences: {'dom.storage.enabled': false}, proof: ['localStorage', null]},
    // Without its letterboxing, under which the driver sets no size of a window.
    resistFingerprinting: {
      preferences: {'privacy.resistFingerprinting': true},
      proof: ['screen.width === innerWidth && screen.height === innerHeight', true],
    },
    'a private window': {preferences: {'browser.privatebrowsing.autostart': true}},
  },
  webkit: {
    'tracking prevention, no cookies': {args: ['--enable-itp', '--cookies-policy=never']},
    'no storage at all': {args: ['--enable-html5-local-storage=FALSE'], proof: ['localStorage', null]},
    'a private window': {args: ['--private']},
  },
};

/** Chromium's settings for cookies and all that is stored beside them, as its own dialogue writes them. */
const PROFILES: Record<string, object> = {
  'third-party': {profile: {cookie_controls_mode: 1, block_third_party_cookies: true}},
  all: {profile: {default_content_setting_values: {cookies: 2}}},
};

for (const engine of ENGINES)
  describe(`in ${engine}`, () => {
    let stage: Stage;
    let folder: string;
    before(async () => {
      stage = await setStage();
      folder = await mkdtemp(join(tmpdir(), 'sealed-fields-profiles-'));
      for (const [name, preferences] of Object.entries(PROFILES)) {
        await mkdir(join(folder, name, 'Default'), {recursive: true});
        await writeFile(join(folder, name, 'Default/Preferences'), JSON.stringify(preferences));
      }
      serve(stage);
    });
    after(async () => {
      await stage.close();
      await rm(folder, {recursive: true, maxRetries: 5});
    });

    for (const [what, {profile, proof, ...start}] of Object.entries(WAYS[engine]))
      it(`F11 pays twice under ${what}`, {timeout: 60_000}, async (test) => {
        const browser: Browser = await openBrowser(engine, {
          ...start,
          ...(profile !== undefined && {profile: join(folder, profile)}),
        });
        test.after(() => browser.close());
        const page = await browser.newPage();
        stage.received.length = 0;
        for (const visit of [0, 1]) {
          await page.goto(stage.page);
          if (proof !== undefined) assert.deepEqual(await page.evaluate(proof[0]), proof[1]);
          await typeWholeCard(page, await readyFrame(page, stage), CARD);
          await Promise.all([page.waitForNavigation(), page.click('button')]);
          const {form} = await stage.nextReceived(visit);
          assert.deepEqual(stage.open(VALUES.map((name) => form[name] ?? '')), [
            '4012000098765439',
            '12',
            '999',
          ]);
        }
      });
  });
