import assert from 'node:assert/strict';
import type {Page as Tab} from 'puppeteer-core';
import {poll} from '../../support/poll.ts';
import {type Card, readyFrame, typeWholeCard} from '../../support/browser.ts';
import {type Page, snippet, type Servers} from '../../support/servers.ts';

export const CARD: Card = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};

/** What the card number field shows for {@link CARD}. */
export const SHOWN_NUMBER = '4012 0000 9876 5439';

/** A form without an element. */
export const FORM = '<form method="post" action="/received"><button>Pay</button></form>';

export const payForm = (attributes = '') =>
  FORM.replace('<button>', `<sealed-fields ${attributes}></sealed-fields><button>`);

/** Serves `body` with the snippet at the root, and accepts the form that it posts. Nothing has been received yet. */
export function serve(servers: Servers, body = payForm()): void {
  servers.pages.set('/', snippet(servers, body));
  servers.pages.set('/received', {html: '<!doctype html><title>Received</title>'});
  servers.received.length = 0;
}

const VALUES = [
  'encrypted_number',
  'encrypted_expiration_month',
  'encrypted_expiration_year',
  'encrypted_csc',
];

/** The server received one form, with {@link CARD} in it. */
export async function assertPaid(servers: Servers): Promise<void> {
  const {form} = await servers.nextReceived();
  const decrypted = servers.open(VALUES.map((name) => form[name] ?? ''));
  assert.deepEqual(decrypted, [CARD.cardNumber, '12', '2031', CARD.securityCode]);
  assert.equal(servers.received.length, 1);
}

/**
 * Runs in the merchant's page, not in the frame. Records the element's events in `events`, and counts submit events
 * before (`attempted`) and after (`submitted`) the element has handled them. Deadlines use their own clock, see
 * {@link Clock}; `failedAt` is its time at the last failure.
 */
const RECORD = `if (window === top) {
  const {rate = 20, until = Infinity, isPatient = true} = JSON.parse(sessionStorage.clock);
  Object.assign(window, {clock: 0, rate, until, events: [], failedAt: 0, attempted: 0, submitted: 0});
  const element = () => document.querySelector('sealed-fields');
  const request = window.fetch;
  let requested = Promise.resolve();
  window.fetch = (...parameters) => {
    const answer = request(...parameters);
    if (isPatient) requested = answer.catch(() => undefined);
    return answer;
  };
  const {setTimeout: start, clearTimeout: clear} = window;
  const cleared = new Set();
  window.clearTimeout = (id) => {
    cleared.add(id);
    clear(id);
  };
  window.setTimeout = (action, delay = 0) => {
    if (delay < 1000) return start(action, delay);
    const due = clock + delay;
    const run = async () => {
      await requested;
      if (cleared.has(id)) return;
      if (clock >= window.until) {
        start(run, 20);
        return;
      }
      clock = Math.max(clock, due);
      action();
    };
    const id = start(run, delay / window.rate);
    return id;
  };
  for (const type of ['sealed-ready', 'sealed-warning', 'sealed-error'])
    addEventListener(type, ({detail}) => {
      events.push(detail === null ? type : type + ' ' + detail.code);
      if (type === 'sealed-error') failedAt = clock;
    });
  addEventListener('submit', () => { attempted += 1; }, true);
  addEventListener('submit', () => { submitted += 1; });
  Object.assign(window, {element});
}`;

/** The clock of the page's deadlines. */
export interface Clock {
  /** How many times faster than real time; 20 by default. */
  rate?: number;
  /** The clock stops at this time, in ms. */
  until?: number;
  /** The clock pauses while a request of the page is pending, because test machines may be slow. True by default. */
  isPatient?: boolean;
}

/** A merchant's page with one form, which is posted to its server. */
export interface MerchantPage {
  run: <T>(script: string) => Promise<T>;
  /** Inserts the element into the form. */
  insert: (attributes?: string) => Promise<void>;
  /** The types of the element's events so far, with their codes. */
  events: () => Promise<string[]>;
  /** Waits until the element has dispatched this. */
  untilEvent: (event: string) => Promise<void>;
  /** Sets the clock, for this document and those after it. */
  setClock: (clock: Clock) => Promise<void>;
  /** Whether the failure view is visible, with its text and its button. */
  showsFailure: () => Promise<boolean>;
  pressRetry: () => Promise<void>;
  /** Types {@link CARD}, submits the form, and decrypts what the server received. */
  pay: () => Promise<void>;
  /** Submits the form, which already has {@link CARD}. */
  submit: () => Promise<void>;
}

/** Opens `page`, which contains {@link FORM}. */
export async function openMerchantPage(
  tab: Tab,
  servers: Servers,
  page: Page = snippet(servers, FORM),
  clock: Clock = {},
): Promise<MerchantPage> {
  const run = <T>(script: string) => tab.evaluate(script) as Promise<T>;
  const events = () => run<string[]>('events');
  const merchantPage: MerchantPage = {
    run,
    insert: (attributes = '') =>
      run(
        `document.forms[0].insertAdjacentHTML('afterbegin', '<sealed-fields ${attributes}></sealed-fields>')`,
      ),
    events,
    untilEvent: (event) => poll(async () => (await events()).includes(event), true),
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
      await typeWholeCard(tab, await readyFrame(tab, servers), CARD);
      await merchantPage.submit();
    },
    async submit() {
      await tab.click('form > button');
      await assertPaid(servers);
    },
  };
  serve(servers);
  servers.pages.set('/shop', page);
  await tab.evaluateOnNewDocument(
    `if (window === top) sessionStorage.clock ??= '${JSON.stringify(clock)}';${RECORD}`,
  );
  await tab.goto(`${servers.page}/shop`);
  return merchantPage;
}
