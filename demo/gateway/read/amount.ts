import type {Checked, Reader} from '../sandbox.ts';
import {asText, member} from './json.ts';

/** `amount` in cents: a positive number with at most two decimals, as a text or as a JSON number. */
export const readAmount: Reader<number> = (body) => atLeast(1, member(body, 'amount'));

/** An authorization may be over nothing: it then asks whether the card is good. */
export const readAmountOrZero: Reader<number> = (body) => atLeast(0, member(body, 'amount'));

/** Without an amount, all of it is meant. */
export const readOptionalAmount: Reader<number | undefined> = (body) => {
  const amount = member(body, 'amount');
  return amount === undefined ? {value: undefined} : atLeast(1, amount);
};

function atLeast(fewest: number, amount: unknown): Checked<number> {
  const cents = parseCents(asText(amount) ?? '');
  return cents !== undefined && cents >= fewest ? {value: cents} : {errors: [51]};
}

function parseCents(amount: string): number | undefined {
  const parts = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(amount);
  if (!parts) return undefined;
  const [, whole = '', fraction = ''] = parts;
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}
