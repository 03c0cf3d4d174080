import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {beforeEach} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import {PAY_PAGES} from '../../demo/merchant/pay-pages.ts';
import {en} from '../../widget/locales/en.ts';
import {type Clock, openShop, type Shop} from '../faults/shop.ts';
import {allReady, frameWith, openReady, typeAll, typeWhole} from './frames.ts';
import {inEngines, type Scene} from './scene.ts';
import {settle} from './settle.ts';
import {ALONE, clickInto, RELEASE_ENGINES} from './shopper.ts';
import {OF_THE_SHOP, snippet} from './stage.ts';
import {type Fault, hang, reset, withHeaders} from './weather.ts';

/** axe-core, as the text of a script: the debugger runs it in a document, whatever that document's policy is. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2, levels A and AA, and what axe-core's authors hold to be good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What a whole page needs: a frame stands in one that has it, and would bring it twice. */
const OF_PAGES = ['landmark-one-main', 'page-has-heading-one', 'region'];

/** Stands on a tint of its own colour, 8 parts of a hundred; axe-core cannot tell its contrast. */
const TINTED = '<p class="line"';

/** Of the page around the fields, in each scheme; the frame is transparent. */
const BACKGROUNDS = {light: '#ffffff', dark: '#0f1418'};

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};
const ACCOUNT = '0012345678';
const BANK = {routingNumber: '325070760', accountNumber: ACCOUNT, accountNumberConfirmation: ACCOUNT};
const BANK_FIELDS = `data-fields="accountType ${Object.keys(BANK).join(' ')}"`;

/** Where it fails, no frame speaks. */
const DOCUMENT = '/v1/m/';

const PAGE = `<main><h1>Checkout</h1>
  <fieldset><legend>Payment</legend><form method="post" action="/received"><button>Pay</button></form></fieldset>
</main>`;

/** How the fields come to a state. */
interface State {
  attributes?: string;
  /** What befalls requests for this path. */
  fault?: [path: string, fault: Fault];
  clock?: Clock;
  reach?: (tab: Page, shop: Shop) => Promise<unknown>;
}

const problems = async (tab: Page, name: string) => {
  await tab.click('form > button');
  await (await frameWith(tab, name)).waitForSelector(`#${name}[aria-invalid=true]`);
};

const STATES: Record<string, State> = {
  'a card, empty': {},
  'a card with the caret in it': {reach: async (tab) => clickInto(await frameWith(tab, 'expiry'), 'expiry')},
  'a card, whole': {reach: (tab) => typeWhole(tab, CARD)},
  'a card with its problems': {reach: (tab) => problems(tab, 'securityCode')},
  'a card that is disabled': {
    async reach(tab) {
      await tab.$eval('fieldset', (set) => (set.disabled = true));
      await (await frameWith(tab, 'expiry')).waitForSelector('#expiry:disabled');
    },
  },
  'a card that may be left out': {attributes: 'data-optional'},
  'a card in one row': {attributes: 'data-layout="inline"', reach: (tab) => typeAll(tab, {expiry: '13/31'})},
  'a card in Arabic': {attributes: 'data-locale="ar"', reach: (tab) => problems(tab, 'securityCode')},
  'a card that could not be sealed': {
    fault: ['/v1/assets/seal-', reset],
    async reach(tab) {
      await typeWhole(tab, CARD);
      await tab.click('form > button');
      const frame = await frameWith(tab, 'expiry');
      await settle(() => frame.$eval('#outcome', ({textContent}) => textContent), en.unsealed);
    },
  },
  'a bank account, empty': {attributes: BANK_FIELDS},
  'a bank account, whole, one number masked and one shown': {
    attributes: BANK_FIELDS,
    async reach(tab) {
      await typeAll(tab, BANK);
      await (await frameWith(tab, 'accountNumber')).click('#accountNumber-reveal');
    },
  },
  'a bank account with its problems': {
    attributes: BANK_FIELDS,
    reach: (tab) => problems(tab, 'accountNumber'),
  },
  'fields that still load': {fault: [DOCUMENT, hang], clock: {until: 0}},
  'fields that are late': {
    fault: [DOCUMENT, hang],
    clock: {until: 10_000},
    reach: (_, shop) => shop.hears('sealed-warning slow'),
  },
  'fields that did not come': {
    fault: [DOCUMENT, reset],
    reach: (_, shop) =>
      settle(async () => (await shop.told()).some((each) => each.startsWith('sealed-error')), true),
  },
};

const define = (scene: Scene) => {
  beforeEach(async () => {
    await scene.stage.weather.clear();
    scene.stage.weather.set('/v1/assets/', withHeaders({'cache-control': 'no-store'})); // nothing from a test before
  });

  for (const [name, {attributes, fault, clock = {}, reach}] of Object.entries(STATES))
    scene.onPage(
      `${name}, and the page around it, pass axe-core in light and in dark${ALONE}`,
      async (tab) => {
        const {stage} = scene;
        if (fault !== undefined) stage.weather.set(...fault);
        const shop = await openShop(tab, stage, snippet(stage, PAGE), {isPatient: false, ...clock});
        await shop.mount(attributes);
        if (fault === undefined || fault[0] !== DOCUMENT) await allReady(tab);
        await reach?.(tab, shop);
        for (const scheme of ['light', 'dark'] as const) {
          await paint(tab, scheme);
          assert.deepEqual(await violationsIn(tab), []);
          for (const frame of fault?.[0] === DOCUMENT ? [] : fieldFrames(tab)) {
            await frame.waitForSelector(`html[data-scheme=${scheme}]`);
            await frame.evaluate(`document.documentElement.style.background = '${BACKGROUNDS[scheme]}'`);
            assert.deepEqual(await violationsIn(frame, OF_PAGES), []);
          }
        }
      },
    );

  for (const path of ['/', ...PAY_PAGES.map((each) => each.path)])
    scene.onPage(`the shop’s ${path} and its fields pass axe-core`, async () => {
      const tab = await openReady(scene.browser, scene.stage.shop + path);
      assert.deepEqual(await violationsIn(tab), []);
      for (const frame of fieldFrames(tab)) assert.deepEqual(await violationsIn(frame, OF_PAGES), []);
      await tab.close();
    });

  /** Lets the page be of a scheme, as its styles would. */
  const paint = (tab: Page, scheme: 'light' | 'dark') =>
    tab.evaluate(
      (name, background) => {
        const {style} = document.documentElement;
        Object.assign(style, {colorScheme: name, background, color: name === 'dark' ? '#ffffff' : '#000000'});
        Object.assign(document.querySelector('button')?.style ?? {}, {background, color: 'inherit'});
        document.querySelector('sealed-fields')?.setAttribute('data-theme', 'auto'); // makes it look
      },
      scheme,
      BACKGROUNDS[scheme],
    );

  const fieldFrames = (tab: Page) =>
    tab.frames().filter((frame) => frame.url().startsWith(`${scene.stage.widget}${DOCUMENT}`));
};

inEngines({merchants: OF_THE_SHOP}, define, RELEASE_ENGINES);

/** The rules that a document breaks, each with the nodes that break it, and what axe-core cannot tell by itself. */
async function violationsIn(document: Page | Frame, leftOut: readonly string[] = []): Promise<string[]> {
  await document.evaluate(AXE);
  const options = {
    iframes: false,
    runOnly: RULES,
    rules: Object.fromEntries([...leftOut, 'frame-tested'].map((rule) => [rule, {enabled: false}])),
    resultTypes: ['violations', 'incomplete'],
  };
  const found = `axe.run(document, ${JSON.stringify(options)}).then(({violations, incomplete, passes}) => [
    ...violations.flatMap(({id, nodes}) => nodes.map(({html}) => id + ': ' + html)),
    ...incomplete.flatMap(({id, nodes}) => nodes.map(({html}) => id + ', perhaps: ' + html)).filter((text) => !text.includes('${TINTED}')),
    ...(passes.length > 5 ? [] : ['axe-core found next to nothing to look at']),
  ])`;
  return document.evaluate(found) as Promise<string[]>;
}
