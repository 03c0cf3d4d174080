import type {Brand} from '../protocol/names.ts';
import {digitsOf, type FieldSpec, groupDigits} from './field.ts';

/** Most digits that the field keeps. Higher than any code has: too many digits are reported, not cut off. */
const DIGIT_LIMIT = 6;

/** The side of the card that has the security code. */
export type CardSide = 'front' | 'back';

/** Where the code is: above the number on American Express, in the signature strip on all other cards. */
export function sideOfCode(brand: Brand | undefined): CardSide {
  return brand === 'american-express' ? 'front' : 'back';
}

/** CVV, CVC, CID or CSC: four digits on the front of a card, or three on its back. Accepts both until the brand is known. */
export const securityCode: FieldSpec<'securityCode'> = {
  name: 'securityCode',
  autocomplete: 'cc-csc',
  isSecret: true,

  format(text, caret) {
    return groupDigits(text, caret, DIGIT_LIMIT, []);
  },

  validate(text, {brand = 'unknown'}) {
    const {length} = digitsOf(text);
    const shortest = sideOfCode(brand) === 'front' ? 4 : 3;
    const longest = brand === 'unknown' ? 4 : shortest;
    if (length === 0) return {status: 'empty'};
    if (length < shortest) return {status: 'incomplete', problem: 'incomplete'};
    return length > longest ? {status: 'invalid', problem: 'invalid'} : {status: 'valid'};
  },
};
