import assert from 'node:assert/strict';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, it} from 'node:test';
import {openBrowser, readyFrame, type Start, typeWholeCard} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import type {Engine} from '../../support/find-browsers.ts';
import {CARD, serve} from './merchant-page.ts';

const VALUES = ['encrypted_number', 'encrypted_expiration_month', 'encrypted_csc'];

/** A script and what it returns in a browser with these settings. Proves that the browser has them. */
type Proof = readonly [script: string, answer: unknown];

/** Whether a script in the page can use its storage at all. */
const STORES = `{ const answer = (() => { try { localStorage.length; return 'yes'; } catch (error) { return error.name; } })(); answer; }`;

/** The privacy settings of each engine. Each needs a browser of its own. */
const SETTINGS: Record<Engine, Record<string, Start & {proof?: Proof}>> = {
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
    // Without letterboxing, in which the driver cannot set the size of a window.
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

/** Chromium's settings for cookies and storage, as its own dialogue writes them. */
const PROFILES: Record<string, object> = {
  'third-party': {profile: {cookie_controls_mode: 1, block_third_party_cookies: true}},
  all: {profile: {default_content_setting_values: {cookies: 2}}},
};

inEngines('a browser with privacy settings', (suite) => {
  const profiles = {folder: ''};
  before(async () => {
    profiles.folder = await mkdtemp(join(tmpdir(), 'sealed-fields-profiles-'));
    for (const [name, preferences] of Object.entries(PROFILES)) {
      await mkdir(join(profiles.folder, name, 'Default'), {recursive: true});
      await writeFile(join(profiles.folder, name, 'Default/Preferences'), JSON.stringify(preferences));
    }
  });
  after(() => rm(profiles.folder, {recursive: true, maxRetries: 5}));

  for (const [what, {profile, proof, ...start}] of Object.entries(SETTINGS[suite.engine]))
    it(`pays twice with ${what}`, {timeout: 60_000}, async (test) => {
      const {servers} = suite;
      const browser = await openBrowser(suite.engine, {
        ...start,
        ...(profile !== undefined && {profile: join(profiles.folder, profile)}),
      });
      test.after(() => browser.close());
      const page = await browser.newPage();
      serve(servers);
      for (const visit of [0, 1]) {
        await page.goto(servers.page);
        if (proof !== undefined) assert.deepEqual(await page.evaluate(proof[0]), proof[1]);
        await typeWholeCard(page, await readyFrame(page, servers), CARD);
        await Promise.all([page.waitForNavigation(), page.click('button')]);
        const {form} = await servers.nextReceived(visit);
        const decrypted = servers.open(VALUES.map((name) => form[name] ?? ''));
        assert.deepEqual(decrypted, ['4012000098765439', '12', '999']);
      }
    });
});
