import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import type {Stage} from '../e2e/stage.ts';
import {clickInto} from '../e2e/shopper.ts';
import {openByHand, sealByHand} from './by-hand.ts';
import {CANARY} from './canary.ts';
import {inEngines} from './suite.ts';

/** The digits of a script, by its zero. */
const of = (zero: string) => (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(digit)));
/** Something between the digits, at its ends and, as people copy it, in fours. */
const apart = (by: string) => (text: string) => by + text.replace(/(\d{4})(?=\d)/g, `$1${by}`) + by;

type Outcome = 'sealed' | 'refused';

const WRITTEN: readonly [what: string, write: (text: string) => string, outcome: Outcome][] = [
  ['full-width', of('０'), 'sealed'],
  ['Arabic-Indic', of('٠'), 'sealed'],
  ['extended Arabic-Indic', of('۰'), 'sealed'],
  ['Devanagari', of('०'), 'sealed'],
  ['mathematical bold', of('𝟎'), 'sealed'],
  ['no-break spaces', apart('\u00a0'), 'sealed'],
  ['thin spaces', apart('\u2009'), 'sealed'],
  ['zero-width spaces', apart('\u200b'), 'sealed'],
  ['zero-width joiners', apart('\u200d'), 'sealed'],
  ['byte order marks', apart('\ufeff'), 'sealed'],
  ['marks of direction', apart('\u200f'), 'sealed'],
  ['en dashes', apart('–'), 'sealed'],
  ['Arabic-Indic with dashes', (text) => apart('–')(of('٠')(text)), 'sealed'],
  [
    'circled',
    (text) => text.replace(/[1-9]/g, (digit) => String.fromCodePoint(0x245f + Number(digit))),
    'refused',
  ],
  ['superscript', of('⁰'), 'refused'],
  [
    'Chinese',
    (text) => text.replace(/\d/g, (digit) => '〇一二三四五六七八九'[Number(digit)] ?? ''),
    'refused',
  ],
];

/** Puts a text into a field as an edit of the browser’s, in the place of what stood there. */
async function insert(frame: Frame, name: string, text: string): Promise<void> {
  await clickInto(frame, name);
  await frame.evaluate(`{
    document.getElementById('${name}').select();
    document.execCommand('insertText', false, ${JSON.stringify(text)});
  }`);
}

/** What the gateway reads of what was inserted, or that it was refused. */
async function outcomeOf(page: Page, stage: Stage, request: number): Promise<Outcome | string[]> {
  const {event, payload} = await sealByHand(page, request);
  if (event !== 'sealed') return event as Outcome;
  const {values} = payload['envelope'] as {values: Record<string, string>};
  return stage.open(
    Object.keys(values)
      .sort()
      .map((name) => values[name] ?? ''),
  );
}

inEngines({}, (scene) => {
  scene.prove('K17', 'a card', async (page) => {
    const {cardNumber, securityCode} = CANARY.card;
    const frame = await openByHand(page, scene.stage);
    for (const [index, [what, write, outcome]] of WRITTEN.entries()) {
      await insert(frame, 'cardNumber', write(cardNumber));
      await insert(frame, 'expiry', write('12/31'));
      await insert(frame, 'securityCode', write(securityCode));
      const read = [securityCode, '12', '2031', cardNumber];
      const found = await outcomeOf(page, scene.stage, index + 1);
      assert.deepEqual(found, outcome === 'sealed' ? read : 'refused', what);
    }
  });

  scene.prove('K17', 'a bank account', async (page) => {
    const {routingNumber, accountNumber} = CANARY.bank;
    const frame = await openByHand(page, scene.stage, {fields: Object.keys(CANARY.bank).join()});
    for (const [index, [what, write, outcome]] of WRITTEN.entries()) {
      for (const [name, digits] of Object.entries(CANARY.bank)) await insert(frame, name, write(digits));
      const read = [accountNumber, routingNumber];
      const found = await outcomeOf(page, scene.stage, index + 1);
      assert.deepEqual(found, outcome === 'sealed' ? read : 'refused', what);
    }
  });
});
