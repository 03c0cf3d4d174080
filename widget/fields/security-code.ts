import {digitsOf, type FieldSpec, groupDigits} from './field.ts';

/** Digits that are kept: enough to see that the code is too long, which is said and not cut to fit. */
const DIGIT_LIMIT = 8;

/** CVV, CVC, CID or CSC: four digits on American Express, three on all others, either while the brand is not known. */
export const securityCode: FieldSpec<'securityCode'> = {
  name: 'securityCode',
  autocomplete: 'cc-csc',
  isSecret: true,

  format(text, caret) {
    return groupDigits(text, caret, DIGIT_LIMIT, []);
  },

  validate(text, {brand = 'unknown'}) {
    const {length} = digitsOf(text);
    const shortest = brand === 'american-express' ? 4 : 3;
    const longest = brand === 'unknown' ? 4 : shortest;
    if (length === 0) return {status: 'empty'};
    if (length < shortest) return {status: 'incomplete', problem: 'incomplete'};
    return length > longest ? {status: 'invalid', problem: 'invalid'} : {status: 'valid'};
  },
};
