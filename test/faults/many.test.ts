import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import type {FieldsState} from '../../widget/protocol/frame-events.ts';
import type {FieldName} from '../../widget/protocol/names.ts';
import {allReady} from '../e2e/frames.ts';
import {SUBMISSION} from '../e2e/payment.ts';
import {inEngines} from '../e2e/scene.ts';
import {type Page as Served, snippet, type Stage} from '../e2e/stage.ts';
import {makeKeyPair, open} from '../openssl.ts';

/** What is typed into a field, and what of it the gateway must read. */
interface Entry {
  field: FieldName;
  typed: string;
  sealed: Readonly<Record<string, string>>;
}

/** One element of a page. */
interface Part extends Entry {
  /** Its form, by number. */
  form: number;
  merchant: string;
}

type FormEntries = readonly (readonly [string, string])[];

/** Merchants beside the demo's that one page pays, each with a key of its own. */
const MERCHANTS = Array.from({length: 4}, (_, index) => ({id: `merchant-${index}`, keys: makeKeyPair()}));

/** Fields that may stand alone; where it can be, with a text that tells one element from another. */
const ENTRIES: readonly ((index: number) => Entry)[] = [
  (index) => plain('securityCode', 'encrypted_csc', String(100 + index)),
  () => plain('cardNumber', 'encrypted_number', '4012000098765439'),
  (index) => ({
    field: 'expiry',
    typed: `12/${27 + (index % 10)}`,
    sealed: {
      encrypted_expiration_month: '12',
      encrypted_expiration_year: String(2027 + (index % 10)),
    },
  }),
  () => plain('routingNumber', 'encrypted_routing_number', '021000021'),
  (index) => plain('accountNumber', 'encrypted_account_number', String(70_100 + index)),
];

/** What a page sent: its forms, one after the other. */
const LISTEN = `<script>
  const sent = [];
  onsubmit = (event) => {
    event.preventDefault();
    sent.push([...new FormData(event.target)]);
  };
</script>`;

/** All of them fit the window: Chromium misplaces a click that follows a scroll. */
const STYLE = `<style>
  body, form {display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr))}
  form:only-of-type {grid-column: 1 / -1}
</style>`;

const PAGES: Record<string, Part[]> = {
  ...Object.fromEntries(
    [1, 2, 5, 20].map((count) => [
      `one form of ${count} with the same field`,
      take(count, () => ({form: 0, entry: 0})),
    ]),
  ),
  ...Object.fromEntries(
    [2, 5].map((count) => [
      `one form of ${count}, each with another field`,
      take(count, (index) => ({form: 0, entry: index})),
    ]),
  ),
  'four forms of 5, each with another field': take(20, (index) => ({
    form: Math.floor(index / 5),
    entry: index % 5,
  })),
  '20 forms of one, for four merchants with keys of their own': take(20, (index) => ({
    form: index,
    entry: 0,
    merchant: `merchant-${index % MERCHANTS.length}`,
  })),
};

const merchants = Object.fromEntries(
  MERCHANTS.map(({id, keys}) => [id, {keys: [{kid: id, pem: keys.publicPem}]}]),
);

inEngines({merchants}, (scene) => {
  for (const [what, parts] of Object.entries(PAGES))
    scene.onPage(
      `F08 ${what}: all become ready, none changes another, and each form is paid by itself`,
      async (page) => {
        const {stage} = scene;
        stage.pages.set('/many', pageOf(stage, parts));
        await page.goto(`${stage.page}/many`);
        await allReady(page);
        const [first = 0, gone, ...rest] = middleFirst(parts);
        await assertAlone(page, parts, first, () => fillIn(page, parts, first));
        if (gone !== undefined)
          await assertAlone(page, parts, gone, () => page.evaluate(`part${gone}.remove()`));
        for (const index of rest) await fillIn(page, parts, index);
        await payEach(
          page,
          stage,
          parts.filter((_, index) => index !== gone),
        );
      },
      120_000,
    );
});

/** Does something to one element, and sees that the others tell the same as before. */
async function assertAlone(
  page: Page,
  parts: readonly Part[],
  touched: number,
  act: () => Promise<unknown>,
): Promise<void> {
  const others = parts.map((_, index) => index).filter((index) => index !== touched);
  const states = () => Promise.all(others.map((index) => stateOf(page, index)));
  const before = await states();
  await act();
  assert.deepEqual(await states(), before);
}

/**
 * Clicks and types without a hand in the frame, for of so many puppeteer loses one; it clicks again as a person does.
 * Keys go into the frame once the page knows that the focus does, which it may learn later than the field's state.
 */
async function fillIn(page: Page, parts: readonly Part[], index: number): Promise<void> {
  const {field, typed} = parts[index] ?? assert.fail();
  const isFocused = async () =>
    (await stateOf(page, index)).fields[field]?.focused === true &&
    (await page.evaluate(`part${index}.contains(document.activeElement)`)) === true;
  for (let tries = 0; !(await isFocused()); tries += 1) {
    if (tries === 40) assert.fail(`element ${index} does not take the focus`);
    await page.click(`#part${index} iframe`);
    for (let looks = 0; looks < 10 && !(await isFocused()); looks += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await page.keyboard.type(typed);
  await page.waitForFunction(`part${index}.state.complete`);
}

/** Sends every form, and asserts that each went with what was typed there, under an id of its own. */
async function payEach(page: Page, stage: Stage, parts: readonly Part[]): Promise<void> {
  const forms = [...new Set(parts.map(({form}) => form))];
  for (const form of forms) await page.click(`#form${form} button`);
  await page.waitForFunction(`sent.length >= ${forms.length}`);
  const sent = (await page.evaluate('sent')) as FormEntries[];
  const expected = forms.map((form) => parts.filter((part) => part.form === form));
  assert.deepEqual(
    sent.map((entries) => read(stage, entries)).sort(byText),
    expected.map(contentOf).sort(byText),
  );
  const ids = new Set(sent.map((entries) => valueOf(entries, 'sealed_id')));
  assert.equal(ids.size, forms.length);
}

/** A form as the holder of the key that it names reads it, but for its id. */
function read(stage: Stage, entries: FormEntries) {
  const kid = valueOf(entries, 'sealed_key_id');
  const merchant = MERCHANTS.find(({id}) => id === kid);
  const sealed = entries.filter(([name]) => !SUBMISSION.includes(name));
  const texts = sealed.map(([, value]) => value);
  const opened = merchant === undefined ? stage.open(texts) : open(texts, merchant.keys.privatePem);
  return {kid, values: sealed.map(([name], index) => [name, opened[index]])};
}

/** What {@link read} must find in a form of these elements. */
function contentOf(parts: readonly Part[]) {
  const merchant = parts[0]?.merchant ?? '';
  return {
    kid: merchant === 'demo' ? 'stage' : merchant,
    values: parts.flatMap(({sealed}) => Object.entries(sealed)),
  };
}

/** The one value of this name. */
function valueOf(entries: FormEntries, wanted: string): string {
  const found = entries.filter(([name]) => name === wanted).map(([, value]) => value);
  assert.equal(found.length, 1, wanted);
  return found[0] ?? '';
}

/** The first that is typed into, then the one that is taken away, and the rest. */
function middleFirst(parts: readonly Part[]): number[] {
  const all = parts.map((_, index) => index);
  const middle = Math.floor(parts.length / 2);
  return [middle, ...all.filter((index) => index !== middle)];
}

function pageOf(stage: Stage, parts: readonly Part[]): Served {
  const forms = [...new Set(parts.map(({form}) => form))].map((form) => {
    const elements = parts.map((part, index) => (part.form === form ? elementOf(part, index) : ''));
    return `<form id="form${form}">${elements.join('')}<button>Pay</button></form>`;
  });
  return snippet(stage, STYLE + LISTEN + forms.join(''));
}

function elementOf({field, merchant}: Part, index: number): string {
  return `<sealed-fields id="part${index}" data-merchant="${merchant}" data-fields="${field}"></sealed-fields>`;
}

async function stateOf(page: Page, index: number): Promise<FieldsState> {
  return (await page.evaluate(`part${index}.state`)) as FieldsState;
}

/** A field whose text is sealed as it is typed. */
function plain(field: FieldName, name: string, typed: string): Entry {
  return {field, typed, sealed: {[name]: typed}};
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
