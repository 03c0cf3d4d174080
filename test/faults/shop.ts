import assert from 'node:assert/strict';
import type {Page as Tab} from 'puppeteer-core';
import {settle} from '../e2e/settle.ts';
import {type Card, readyFrame, typeWholeCard} from '../e2e/shopper.ts';
import {type Page, snippet, type Stage} from '../e2e/stage.ts';

export const CARD: Card = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};

/** Without its element: that comes when the page is there. */
export const FORM = '<form method="post" action="/received"><button>Pay</button></form>';

export const payForm = (attributes = '') =>
  FORM.replace('<button>', `<sealed-fields ${attributes}></sealed-fields><button>`);

/** Serves `body` behind the snippet, at the root, and takes what is posted from there; nothing was yet. */
export function serve(stage: Stage, body = payForm()): void {
  stage.pages.set('/', snippet(stage, body));
  stage.pages.set('/received', {html: '<!doctype html><title>Received</title>'});
  stage.received.length = 0;
}

const VALUES = [
  'encrypted_number',
  'encrypted_expiration_month',
  'encrypted_expiration_year',
  'encrypted_csc',
];

/**
 * In the shop's page, never in the frame: keeps what the element tells, and counts submits before and after it has
 * seen them. Deadlines go by a clock of their own, see {@link Clock}; `failedAt` is what it showed at the last failure.
 */
const WATCH = `if (window === top) {
  const {rate = 20, until = Infinity, isPatient = true} = JSON.parse(sessionStorage.clock);
  Object.assign(window, {clock: 0, rate, until, told: [], failedAt: 0, tried: 0, submitted: 0});
  const element = () => document.querySelector('sealed-fields');
  const ask = window.fetch;
  let asked = Promise.resolve();
  window.fetch = (...request) => {
    const answer = ask(...request);
    if (isPatient) asked = answer.catch(() => undefined);
    return answer;
  };
  const {setTimeout: wait, clearTimeout: clear} = window;
  const cleared = new Set();
  window.clearTimeout = (id) => {
    cleared.add(id);
    clear(id);
  };
  window.setTimeout = (action, delay = 0) => {
    if (delay < 1000) return wait(action, delay);
    const due = clock + delay;
    const strike = async () => {
      await asked;
      if (cleared.has(id)) return;
      if (clock >= window.until) {
        wait(strike, 20);
        return;
      }
      clock = Math.max(clock, due);
      action();
    };
    const id = wait(strike, delay / window.rate);
    return id;
  };
  for (const type of ['sealed-ready', 'sealed-warning', 'sealed-error'])
    addEventListener(type, ({detail}) => {
      told.push(detail === null ? type : type + ' ' + detail.code);
      if (type === 'sealed-error') failedAt = clock;
    });
  addEventListener('submit', () => { tried += 1; }, true);
  addEventListener('submit', () => { submitted += 1; });
  Object.assign(window, {element});
}`;

/** The clock that deadlines go by. */
export interface Clock {
  /** How often faster than real time; 20 by default. */
  rate?: number;
  /** It stands once it shows so many milliseconds. */
  until?: number;
  /** It stands while the page asks the network for something, as by default: machines are slow at times. */
  isPatient?: boolean;
}

/** A page of a shop, with one form that is posted to its server. */
export interface Shop {
  run: <T>(script: string) => Promise<T>;
  /** Puts the element into the form. */
  mount: (attributes?: string) => Promise<void>;
  /** What the element has told so far: the types of its events, with their codes. */
  told: () => Promise<string[]>;
  /** Waits until it has told something. */
  hears: (what: string) => Promise<void>;
  /** Sets the clock, for this document and those after it. */
  setClock: (clock: Clock) => Promise<void>;
  /** Whether the failure view can be seen, with its text and its button. */
  showsFailure: () => Promise<boolean>;
  pressRetry: () => Promise<void>;
  /** Types a card, sends the form, and finds at the shop's server what was typed. */
  pay: () => Promise<void>;
  /** Sends the form, which holds a whole card. */
  send: () => Promise<void>;
}

export async function openShop(tab: Tab, stage: Stage, page: Page, clock: Clock = {}): Promise<Shop> {
  const run = <T>(script: string) => tab.evaluate(script) as Promise<T>;
  const told = () => run<string[]>('told');
  const shop: Shop = {
    run,
    mount: (attributes = '') =>
      run(
        `document.forms[0].insertAdjacentHTML('afterbegin', '<sealed-fields ${attributes}></sealed-fields>')`,
      ),
    told,
    hears: (what) => settle(async () => (await told()).includes(what), true),
    async setClock(changed) {
      await run(`{
        const changed = ${JSON.stringify(changed)};
        sessionStorage.clock = JSON.stringify(changed);
        void Object.assign(window, {until: Infinity}, changed);
      }`);
    },
    async showsFailure() {
      const view = await tab.$('sealed-fields >>> [role=alert]');
      const button = await tab.$('sealed-fields >>> [role=alert] button');
      if ((await view?.isVisible()) !== true || (await button?.isVisible()) !== true) return false;
      return /could not be loaded.*Try again/s.test((await view?.evaluate((node) => node.textContent)) ?? '');
    },
    pressRetry: () => tab.click('sealed-fields >>> [role=alert] button'),
    async pay() {
      await typeWholeCard(tab, await readyFrame(tab, stage), CARD);
      await shop.send();
    },
    async send() {
      await tab.click('form > button');
      const {form} = await stage.nextReceived();
      const opened = stage.open(VALUES.map((name) => form[name] ?? ''));
      assert.deepEqual(opened, ['4012000098765439', '12', '2031', '999']);
    },
  };
  serve(stage);
  stage.pages.set('/shop', page);
  await tab.evaluateOnNewDocument(
    `if (window === top) sessionStorage.clock ??= '${JSON.stringify(clock)}';${WATCH}`,
  );
  await tab.goto(`${stage.page}/shop`);
  return shop;
}
