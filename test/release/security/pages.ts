import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import type {SealResult} from '../../../widget/protocol/messages.ts';
import {readyFrame} from '../../support/browser.ts';
import {snippet, type Servers} from '../../support/servers.ts';

interface FieldsPage {
  /** Attributes of the element. */
  attributes?: string;
  /** Markup before the form. */
  before?: string;
  headers?: Record<string, string>;
}

/** Opens a page with one element in a form that posts to `/received`, and waits until the element is ready. */
export async function openFields(page: Page, servers: Servers, options: FieldsPage = {}): Promise<Frame> {
  servePage(servers, options);
  await page.goto(`${servers.page}/shop`);
  return readyFrame(page, servers);
}

/** Serves that page at `/shop`. */
export function servePage(
  servers: Servers,
  {attributes = '', before = '', headers = {}}: FieldsPage = {},
): void {
  const form = `<form method="post" action="/received"><sealed-fields ${attributes}></sealed-fields><button>Pay</button></form>`;
  servers.received.length = 0;
  servers.pages.set('/received', {html: '<!doctype html><title>Received</title>'});
  servers.pages.set('/shop', {...snippet(servers, before + form), headers});
}

/** Sets field values by script, as an edit of the browser would. */
export async function setValues(frame: Frame, values: Readonly<Record<string, string>>): Promise<void> {
  await frame.evaluate(`for (const [name, value] of Object.entries(${JSON.stringify(values)})) {
    const input = document.getElementById(name);
    input.value = value;
    input.dispatchEvent(new InputEvent('input', {bubbles: true}));
  }`);
}

/**
 * Sets field values by script and waits until the element is complete. Faster than keys, for cases that are not about
 * typing. Also works in pages whose policy forbids creating functions from strings.
 */
export async function fill(
  page: Page,
  frame: Frame,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  await setValues(frame, values);
  await untilComplete(page);
}

/** Waits until these elements are complete, also in pages whose policy forbids strings as functions. */
export async function untilComplete(page: Page, selector = 'sealed-fields'): Promise<void> {
  await page.evaluate(`(async () => {
    for (const fields of document.querySelectorAll('${selector}'))
      while (!fields.state.complete)
        await new Promise((resolve) => { fields.addEventListener('sealed-change', resolve, {once: true}); });
  })()`);
}

/** Calls `seal()` of the page's element. */
export async function seal(page: Page): Promise<SealResult> {
  return (await page.evaluate(`document.querySelector('sealed-fields').seal()`)) as SealResult;
}

/** Calls `seal()` of the page's element. @returns `sealed`, `refused`, or the code of the error. */
export async function outcomeOfSeal(page: Page): Promise<string> {
  return (await page.evaluate(
    `document.querySelector('sealed-fields').seal().then(({ok}) => (ok ? 'sealed' : 'refused'), ({code}) => code)`,
  )) as string;
}

/** Submits the form of {@link servePage}. @returns the form as the server received it. */
export async function pay(page: Page, servers: Servers): Promise<Record<string, string>> {
  await Promise.all([page.waitForNavigation(), page.click('button')]);
  return (await servers.nextReceived()).form;
}

/** The gateway decrypts the number and the code of this form, or of these values of a result. */
export function assertDecrypts(
  servers: Servers,
  values: Readonly<Record<string, string>>,
  {cardNumber, securityCode}: {cardNumber: string; securityCode: string},
): void {
  const read = servers.open([values['encrypted_number'] ?? '', values['encrypted_csc'] ?? '']);
  assert.deepEqual(read, [cardNumber, securityCode]);
}
