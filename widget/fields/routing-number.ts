import {digitsOf, type FieldSpec, groupDigits} from './field.ts';

/** Digits of a routing number (ABA Routing Number Policy §I). */
const DIGIT_COUNT = 9;

/** Most digits that the field keeps. Higher than {@link DIGIT_COUNT}: too many digits are reported, not cut off. */
const DIGIT_LIMIT = 17;

/** Weights of the digits, repeated: 3 d₁ + 7 d₂ + 1 d₃ + … is a multiple of ten. */
const WEIGHTS = [3, 7, 1];

/**
 * First two digits in use: 01–12 for the Federal Reserve districts, 00 for the government and 15 for its Treasury, 21–32 for thrift
 * institutions, 61–72 for electronic transactions, 80 for travellers' cheques.
 */
const PREFIX = /^(0\d|1[0-2]|15|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/;

/** The ABA routing transit number of a bank in the United States. */
export const routingNumber: FieldSpec<'routingNumber'> = {
  name: 'routingNumber',
  autocomplete: 'off',

  format(text, caret) {
    return groupDigits(text, caret, DIGIT_LIMIT, []);
  },

  validate(text) {
    const digits = digitsOf(text);
    if (digits === '') return {status: 'empty'};
    if (digits.length > DIGIT_COUNT) return {status: 'invalid', problem: 'too-long'};
    // More digits cannot fix a wrong prefix.
    if (digits.length > 1 && !PREFIX.test(digits)) return {status: 'invalid', problem: 'unknown-prefix'};
    if (digits.length < DIGIT_COUNT) return {status: 'incomplete', problem: 'incomplete'};
    return passesChecksum(digits) ? {status: 'valid'} : {status: 'invalid', problem: 'invalid'};
  },
};

/** The checksum does not detect a number of zeros, which no bank has. */
function passesChecksum(digits: string): boolean {
  const sum = Array.from(digits, Number).reduce(
    (total, digit, index) => total + digit * (WEIGHTS[index % WEIGHTS.length] ?? 0),
    0,
  );
  return sum > 0 && sum % 10 === 0;
}
