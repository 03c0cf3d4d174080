import assert from 'node:assert/strict';
import type {Browser, Page} from 'puppeteer-core';
import type {Engine} from './find-browsers.ts';
import {openReady, typeWhole} from './frames.ts';
import type {Servers} from './servers.ts';

/** A test card, as a shopper types it. */
export const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};

/** The values of {@link CARD}, as {@link openCard} returns them. */
export const CARD_VALUES = ['4012000098765439', '12', '2031', '999'];

/** The form values of a card under the profile `paytrace`. */
export const CARD_NAMES = [
  'encrypted_number',
  'encrypted_expiration_month',
  'encrypted_expiration_year',
  'encrypted_csc',
];

/** Decrypts the card in a received form with OpenSSL: number, month, year, security code. */
export function openCard(servers: Servers, form: Readonly<Record<string, string>>): string[] {
  return servers.open(CARD_NAMES.map((name) => form[name] ?? ''));
}

/** Form values that every sealed submission has in addition to the ciphertexts. */
export const SUBMISSION = ['sealed_key_id', 'sealed_id'];

/** One payment at the shop. */
export interface Payment {
  /** The form as the shop's server received it. */
  received: Record<string, string>;
  /** The gateway's response. */
  answer: Record<string, unknown>;
  /** Names of the page's own inputs. */
  own: (string | null)[];
  /** Texts that the page, its console and the servers' logs could see, without numbers that servers generated. */
  seen: string[];
}

/** Pays on a page of the shop, as a shopper does. */
export async function payAt(
  browser: Browser,
  engine: Engine,
  servers: Servers,
  path: string,
  typed: object,
): Promise<Payment> {
  let noted = () => Promise.resolve<string[]>([]);
  const page = await openReady(browser, `${servers.shop}${path}`, (opened) => {
    noted = listenTo(opened, engine);
  });
  const seen: string[] = [];
  await typeWhole(page, typed as Record<string, string>);
  seen.push(
    await page.content(),
    await page.evaluate(() =>
      JSON.stringify(Array.from(document.querySelectorAll('sealed-fields'), ({state}) => state)),
    ),
  );
  const own = await page.$$eval('form input[name]', (controls) =>
    controls.map((each) => each.getAttribute('name')),
  );
  await Promise.all([page.waitForNavigation(), page.click('form button:last-of-type')]);
  seen.push(await page.content(), ...servers.log);
  const received = JSON.parse(await textOf(page, '#received')) as Record<string, string>;
  const answer = JSON.parse(await textOf(page, '#answer')) as Record<string, unknown>;
  seen.push(...(await noted()));
  await page.close();
  const made = [
    answer['transaction_id'],
    answer['check_transaction_id'],
    answer['approval_code'],
    ...Object.values(received),
  ];
  return {received, answer, own, seen: seen.map((text) => without(text, made.map(String)))};
}

/** Records what the shop's page could see: its console, errors, and every request with its body. */
function listenTo(page: Page, engine: Engine): () => Promise<string[]> {
  const seen: Promise<string>[] = [];
  const note = (text: string) => seen.push(Promise.resolve(text));
  page.on('console', (message) => note(message.text()));
  page.on('pageerror', (error) => note(String(error)));
  page.on('request', (request) => {
    note(`${request.url()} ${JSON.stringify(request.headers())}`);
    // Firefox's driver does not report bodies; the shop's server has the posted form.
    if (engine === 'chromium' && request.hasPostData())
      seen.push(request.fetchPostData().then((body = '') => body));
  });
  return () => Promise.all(seen);
}

export async function textOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, (node) => node.textContent);
}

/** The text without ports and without numbers that servers generated: these may contain any digits. */
function without(text: string, made: readonly string[]): string {
  const rest = text.replace(/(localhost|127\.0\.0\.1):\d+/g, '');
  return made
    .filter((value) => value.length > 4 && !/^\d{12,19}$/.test(value))
    .reduce((left, value) => left.replaceAll(value, ''), rest);
}

/**
 * Asserts that the text does not contain five consecutive entered digits, with or without separators. The gateway may
 * reveal a card's last four digits.
 */
export function assertNoDigits(text: string, digits: string): void {
  const runs = Array.from({length: digits.length - 4}, (_, at) => digits.slice(at, at + 5));
  const plain = text.replace(/[\s-]/g, '');
  for (const run of runs) assert.ok(!text.includes(run) && !plain.includes(run), `found ${run}`);
}
