import fc from 'fast-check';
import type {Frame, Page} from 'puppeteer-core';
import {type Card, typeWholeCard} from '../e2e/shopper.ts';
import {mount} from './held.ts';

/** How much a page lives through. */
export interface Life {
  /** Each types another card, seals it, sends it once, and mounts some elements beside it. */
  rounds: number;
  /** In one round; the last of them goes by the form. */
  seals: number;
  seed: number;
}

/** One of a round's envelopes, beside what was typed. */
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

/** Each seal is two messages from its frame: half of what the port takes in a second, and a margin. */
const SEALS_A_SECOND = 85;

/** The body of such a page: it sends its form by itself, and stays. */
export const FORM = `<form><sealed-fields></sealed-fields><button>Pay</button></form><script>
  let sent;
  onsubmit = (event) => {
    event.preventDefault();
    sent = Object.fromEntries(new FormData(event.target));
  };
</script>`;

/** In the page: so many seals, `width` of them at once, each under an id of its own. */
const SEAL = `async (count, width) => {
  const element = document.querySelector('sealed-fields');
  const second = () => Math.floor(performance.now() / 1000);
  const ids = new Set();
  let [began, inSecond] = [second(), ${SEALS_A_SECOND}]; // whoever came before had this second
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
    if (ids.size < before + some) throw new Error('an id came twice');
  }
}`;

/** In the page: sends the form, and gives what it was sent with. */
const SEND = `async () => {
  sent = undefined;
  document.querySelector('button').click();
  while (sent === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
  return sent;
}`;

/** Lets a page of {@link FORM} live. @returns what it sent, once in a round. */
export async function live(page: Page, frame: Frame, {rounds, seals, seed}: Life): Promise<Sample[]> {
  const round = fc.record({card: fc.constantFrom(...CARDS), width: fc.integer({min: 1, max: 8})});
  const samples: Sample[] = [];
  for (const {card, width} of fc.sample(round, {seed, numRuns: rounds})) {
    await page.evaluate(`document.querySelector('sealed-fields').clear()`);
    await page.waitForFunction(() => document.querySelector('sealed-fields')?.state.empty);
    await typeWholeCard(page, frame, card);
    await page.evaluate(`(${SEAL})(${seals - 1}, ${width})`);
    const values = (await page.evaluate(`(${SEND})()`)) as Sample['values'];
    await mount(page, 1);
    samples.push({card, values});
  }
  return samples;
}
