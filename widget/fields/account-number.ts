import {digitsOf, type FieldSpec, groupDigits} from './field.ts';

/** Digits of an account number that the clearing house carries at most (Nacha Operating Rules, entry detail record). */
const LONGEST = 17;
const SHORTEST = 4;

/** Digits that are kept: enough to see that there are too many, which is said and not cut to fit. */
const DIGIT_LIMIT = 24;

function format(text: string, caret: number) {
  return groupDigits(text, caret, DIGIT_LIMIT, []);
}

/** A bank account's number: digits, of which leading zeros are a part. */
export const accountNumber: FieldSpec<'accountNumber'> = {
  name: 'accountNumber',
  autocomplete: 'off',
  isMasked: true,
  isSecret: true,
  format,

  validate(text) {
    const {length} = digitsOf(text);
    if (length === 0) return {status: 'empty'};
    if (length < SHORTEST) return {status: 'incomplete', problem: 'incomplete'};
    return length > LONGEST ? {status: 'invalid', problem: 'too-long'} : {status: 'valid'};
  },
};

/** The same number once more, against a slip of the hand: it is compared, and never sealed. */
export const accountNumberConfirmation: FieldSpec<'accountNumberConfirmation'> = {
  name: 'accountNumberConfirmation',
  autocomplete: 'off',
  isMasked: true,
  isSecret: true,
  format,

  validate(text, {accountNumber: expected = ''}) {
    const digits = digitsOf(text);
    if (digits === '') return {status: 'empty'};
    if (digits === expected) return {status: 'valid'};
    return expected.startsWith(digits)
      ? {status: 'incomplete', problem: 'incomplete'}
      : {status: 'invalid', problem: 'mismatch'};
  },
};
