import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import type {FieldsState} from '../../../widget/protocol/messages.ts';
import type {FieldName} from '../../../widget/protocol/names.ts';
import {allReady} from '../../support/frames.ts';
import {SUBMISSION} from '../../support/payment.ts';
import {inEngines} from '../../support/engines.ts';
import {type Page as Served, snippet, type Servers} from '../../support/servers.ts';
import {makeKeyPair, open} from '../../support/openssl.ts';

/** The text for a field, and the values that the gateway must decrypt. */
interface Entry {
  field: FieldName;
  entered: string;
  sealed: Readonly<Record<string, string>>;
}

/** One element of a page. */
interface Part extends Entry {
  /** Its form, by number. */
  form: number;
  merchant: string;
}

type FormEntries = readonly (readonly [string, string])[];

/** More merchants that are paid on one page, each with its own key. */
const MERCHANTS = Array.from({length: 4}, (_, index) => ({id: `merchant-${index}`, keys: makeKeyPair()}));

/** Fields that an element may have alone. If possible, each element gets a different text. */
const ENTRIES: readonly ((index: number) => Entry)[] = [
  (index) => plain('securityCode', 'encrypted_csc', String(100 + index)),
  () => plain('cardNumber', 'encrypted_number', '4012000098765439'),
  (index) => ({
    field: 'expiry',
    entered: `12/${27 + (index % 10)}`,
    sealed: {
      encrypted_expiration_month: '12',
      encrypted_expiration_year: String(2027 + (index % 10)),
    },
  }),
  () => plain('routingNumber', 'encrypted_routing_number', '021000021'),
  (index) => plain('accountNumber', 'encrypted_account_number', String(70_100 + index)),
];

/** In the page: records the entries of each submitted form. */
const RECORD = `<script>
  const sent = [];
  onsubmit = (event) => {
    event.preventDefault();
    sent.push([...new FormData(event.target)]);
  };
</script>`;

/** All elements fit into the window: Chromium misplaces a click that follows a scroll. */
const STYLE = `<style>
  body, form {display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr))}
  form:only-of-type {grid-column: 1 / -1}
</style>`;

const PAGES: Record<string, Part[]> = {
  ...Object.fromEntries(
    [1, 2, 5, 20].map((count) => [
      `with ${count} elements of the same field in one form`,
      take(count, () => ({form: 0, entry: 0})),
    ]),
  ),
  ...Object.fromEntries(
    [2, 5].map((count) => [
      `with ${count} elements of different fields in one form`,
      take(count, (index) => ({form: 0, entry: index})),
    ]),
  ),
  'with 4 forms of 5 elements': take(20, (index) => ({
    form: Math.floor(index / 5),
    entry: index % 5,
  })),
  'with 20 forms for 4 merchants': take(20, (index) => ({
    form: index,
    entry: 0,
    merchant: `merchant-${index % MERCHANTS.length}`,
  })),
};

const merchants = Object.fromEntries(
  MERCHANTS.map(({id, keys}) => [id, {keys: [{kid: id, pem: keys.publicPem}]}]),
);

inEngines(
  'a page',
  (suite) => {
    for (const [what, parts] of Object.entries(PAGES))
      suite.onPage(
        `${what} has independent elements and pays each form`,
        async (page) => {
          const {servers} = suite;
          servers.pages.set('/many', pageOf(servers, parts));
          await page.goto(`${servers.page}/many`);
          await allReady(page);
          const [first = 0, removed, ...rest] = middleFirst(parts);
          await assertIndependent(page, parts, first, () => fillIn(page, parts, first));
          if (removed !== undefined)
            await assertIndependent(page, parts, removed, () => page.evaluate(`part${removed}.remove()`));
          for (const index of rest) await fillIn(page, parts, index);
          await payEach(
            page,
            servers,
            parts.filter((_, index) => index !== removed),
          );
        },
        120_000,
      );
  },
  {merchants},
);

/** Changes one element, and asserts that the state of the others stays the same. */
async function assertIndependent(
  page: Page,
  parts: readonly Part[],
  touched: number,
  change: () => Promise<unknown>,
): Promise<void> {
  const others = parts.map((_, index) => index).filter((index) => index !== touched);
  const states = () => Promise.all(others.map((index) => stateOf(page, index)));
  const before = await states();
  await change();
  assert.deepEqual(await states(), before);
}

/**
 * Clicks and types without evaluating anything in the frame, because puppeteer loses one of so many frames. May click
 * more than once. Keys go to the frame only when the page knows that it has the focus, which may be after the field's
 * own state has changed.
 */
async function fillIn(page: Page, parts: readonly Part[], index: number): Promise<void> {
  const {field, entered} = parts[index] ?? assert.fail();
  const isFocused = async () =>
    (await stateOf(page, index)).fields[field]?.focused === true &&
    (await page.evaluate(`part${index}.contains(document.activeElement)`)) === true;
  for (let clicks = 0; !(await isFocused()); clicks += 1) {
    if (clicks === 40) assert.fail(`element ${index} does not get the focus`);
    await page.click(`#part${index} iframe`);
    for (let looks = 0; looks < 10 && !(await isFocused()); looks += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await page.keyboard.type(entered);
  await page.waitForFunction(`part${index}.state.complete`);
}

/** Submits every form, and asserts that each was sent with its own values and its own id. */
async function payEach(page: Page, servers: Servers, parts: readonly Part[]): Promise<void> {
  const forms = [...new Set(parts.map(({form}) => form))];
  for (const form of forms) await page.click(`#form${form} button`);
  await page.waitForFunction(`sent.length >= ${forms.length}`);
  const sent = (await page.evaluate('sent')) as FormEntries[];
  const expected = forms.map((form) => parts.filter((part) => part.form === form));
  assert.deepEqual(
    sent.map((entries) => decrypt(servers, entries)).sort(byText),
    expected.map(contentOf).sort(byText),
  );
  const ids = new Set(sent.map((entries) => valueOf(entries, 'sealed_id')));
  assert.equal(ids.size, forms.length);
}

/** A form as the holder of its key decrypts it, without its id. */
function decrypt(servers: Servers, entries: FormEntries) {
  const kid = valueOf(entries, 'sealed_key_id');
  const merchant = MERCHANTS.find(({id}) => id === kid);
  const sealed = entries.filter(([name]) => !SUBMISSION.includes(name));
  const ciphertexts = sealed.map(([, value]) => value);
  const texts =
    merchant === undefined ? servers.open(ciphertexts) : open(ciphertexts, merchant.keys.privatePem);
  return {kid, values: sealed.map(([name], index) => [name, texts[index]])};
}

/** What {@link decrypt} must return for a form of these elements. */
function contentOf(parts: readonly Part[]) {
  const merchant = parts[0]?.merchant ?? '';
  return {
    kid: merchant === 'demo' ? 'test' : merchant,
    values: parts.flatMap(({sealed}) => Object.entries(sealed)),
  };
}

/** The one value of this name. */
function valueOf(entries: FormEntries, wanted: string): string {
  const found = entries.filter(([name]) => name === wanted).map(([, value]) => value);
  assert.equal(found.length, 1, wanted);
  return found[0] ?? '';
}

/** The element that is filled in first, the one that is removed, and the rest. */
function middleFirst(parts: readonly Part[]): number[] {
  const all = parts.map((_, index) => index);
  const middle = Math.floor(parts.length / 2);
  return [middle, ...all.filter((index) => index !== middle)];
}

function pageOf(servers: Servers, parts: readonly Part[]): Served {
  const forms = [...new Set(parts.map(({form}) => form))].map((form) => {
    const elements = parts.map((part, index) => (part.form === form ? elementOf(part, index) : ''));
    return `<form id="form${form}">${elements.join('')}<button>Pay</button></form>`;
  });
  return snippet(servers, STYLE + RECORD + forms.join(''));
}

function elementOf({field, merchant}: Part, index: number): string {
  return `<sealed-fields id="part${index}" data-merchant="${merchant}" data-fields="${field}"></sealed-fields>`;
}

async function stateOf(page: Page, index: number): Promise<FieldsState> {
  return (await page.evaluate(`part${index}.state`)) as FieldsState;
}

/** A field whose text is sealed as it is entered. */
function plain(field: FieldName, name: string, entered: string): Entry {
  return {field, entered, sealed: {[name]: entered}};
}

function take(
  count: number,
  place: (index: number) => {form: number; entry: number; merchant?: string},
): Part[] {
  return Array.from({length: count}, (_, index) => {
    const {form, entry, merchant = 'demo'} = place(index);
    return {form, merchant, ...(ENTRIES[entry]?.(index) ?? assert.fail())};
  });
}

function byText(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
