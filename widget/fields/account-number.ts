import {digitsOf, type FieldSpec, groupDigits} from './field.ts';

/** Most digits of an account number (Nacha Operating Rules, entry detail record). */
const MAX_DIGITS = 17;
const MIN_DIGITS = 4;

/** Most digits that the field keeps. Higher than {@link MAX_DIGITS}: too many digits are reported, not cut off. */
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
    if (length < MIN_DIGITS) return {status: 'incomplete', problem: 'incomplete'};
    return length > MAX_DIGITS ? {status: 'invalid', problem: 'too-long'} : {status: 'valid'};
  },
};

/** The account number again, to detect typing errors. Only compared, never sealed. */
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
