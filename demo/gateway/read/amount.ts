import type {Checked, Reader} from '../sandbox.ts';
import {asText, member} from './json.ts';

/** Reads `amount`, in cents: a positive number with at most two decimals, as a string or a JSON number. */
export const readAmount: Reader<number> = (body) => atLeast(1, member(body, 'amount'));

/** Like {@link readAmount}, but accepts zero: an authorization of 0.00 checks that the card is valid. */
export const readAmountOrZero: Reader<number> = (body) => atLeast(0, member(body, 'amount'));

/** Like {@link readAmount}; undefined, for the full amount, if `amount` is absent. */
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
