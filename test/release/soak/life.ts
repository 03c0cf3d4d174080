import fc from 'fast-check';
import type {Frame, Page} from 'puppeteer-core';
import {type Card, typeWholeCard} from '../../support/browser.ts';
import {insertAndRemove} from './resources.ts';

/** How long a page lives. */
export interface Life {
  /** Each enters another card, seals it, submits it once, and inserts and removes some elements. */
  rounds: number;
  /** Seal requests of one round. The last one is made by the form's submit. */
  seals: number;
  seed: number;
}

/** The form values of one round, and the card that was entered. */
export interface Sample {
  card: Card;
  values: Record<string, string>;
}

/** The gateway's own test numbers. */
const CARDS: readonly Card[] = [
  {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'},
  {cardNumber: '5499740000000057', expiry: '02/30', securityCode: '998'},
  {cardNumber: '371449635392376', expiry: '11/28', securityCode: '9997'},
  {cardNumber: '6011000993026909', expiry: '07/29', securityCode: '996'},
];

/** A seal takes two of the 200 messages that the port accepts in a second. The rest is a margin. */
const SEALS_A_SECOND = 85;

/** The page's body. It records the entries of a submitted form and does not navigate. */
export const FORM = `<form><sealed-fields></sealed-fields><button>Pay</button></form><script>
  let submitted;
  onsubmit = (event) => {
    event.preventDefault();
    submitted = Object.fromEntries(new FormData(event.target));
  };
</script>`;

/** In the page: `count` seal requests, `width` of them at a time, each of which must get its own id. */
const SEAL = `async (count, width) => {
  const element = document.querySelector('sealed-fields');
  const second = () => Math.floor(performance.now() / 1000);
  const ids = new Set();
  let [began, inSecond] = [second(), ${SEALS_A_SECOND}]; // earlier requests may have used up this second
  while (ids.size < count) {
    const some = Math.min(width, count - ids.size);
    if (second() > began) [began, inSecond] = [second(), 0];
    if (inSecond + some > ${SEALS_A_SECOND}) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      continue;
    }
    inSecond += some;
    const before = ids.size;
    for (const {id} of await Promise.all(Array.from({length: some}, () => element.seal()))) ids.add(id);
    if (ids.size < before + some) throw new Error('an id was used twice');
  }
}`;

/** In the page: submits the form and returns its entries. */
const SUBMIT = `async () => {
  submitted = undefined;
  document.querySelector('button').click();
  while (submitted === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
  return submitted;
}`;

/** Runs the life of a page with {@link FORM}. @returns what it submitted, one sample for each round. */
export async function live(page: Page, frame: Frame, {rounds, seals, seed}: Life): Promise<Sample[]> {
  const round = fc.record({card: fc.constantFrom(...CARDS), width: fc.integer({min: 1, max: 8})});
  const samples: Sample[] = [];
  for (const {card, width} of fc.sample(round, {seed, numRuns: rounds})) {
    await page.evaluate(`document.querySelector('sealed-fields').clear()`);
    await page.waitForFunction(() => document.querySelector('sealed-fields')?.state.empty);
    await typeWholeCard(page, frame, card);
    await page.evaluate(`(${SEAL})(${seals - 1}, ${width})`);
    const values = (await page.evaluate(`(${SUBMIT})()`)) as Sample['values'];
    await insertAndRemove(page, 1);
    samples.push({card, values});
  }
  return samples;
}
