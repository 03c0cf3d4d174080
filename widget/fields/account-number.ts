import {digitsOf, type FieldSpec, groupDigits} from './field.ts';

/** Most digits of an account number (Nacha Operating Rules, entry detail record). */
const LONGEST = 17;
const SHORTEST = 4;

/** Most digits that the field keeps: too many are shown as a problem instead of being cut off. */
const DIGIT_LIMIT = 24;

function format(text: string, caret: number) {
  return groupDigits(text, caret, DIGIT_LIMIT, []);
}

/** A bank account number: digits, including leading zeros. */
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

/** The account number again, to find typing errors. It is compared and never sealed. */
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
