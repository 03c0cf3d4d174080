import {type Brand, BRANDS} from '../protocol/names.ts';
import {cardTypes, GAPS} from './card-types.ts';
import {digitsOf, type FieldSpec, groupDigits, toAsciiDigits} from './field.ts';

/** Most digits that the field keeps. Higher than any card number has, so that cutting off digits cannot make it valid. */
const DIGIT_LIMIT = 32;

/** Lengths of a number in no known range: at most 19 (ISO/IEC 7812-1), at least 12, the shortest in use (Maestro). */
const LENGTHS = [12, 13, 14, 15, 16, 17, 18, 19];

/** Numbers of JCB with 15 digits (PayU, card formats): credit-card-type has the lengths of its other numbers for them. */
const JCB_OF_15_DIGITS = /^(?:1800|2131)/;

/** Weights of the first 15 digits of a number of Naranja (Active Merchant). */
const NARANJA_WEIGHTS = [4, 3, 2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/**
 * Ranges that Discover accepts although they belong to another brand: of UnionPay (Wikipedia, "Payment card number") and of
 * RuPay (part of Discover's 65).
 */
const ALSO_DISCOVER = [
  [622126, 622925],
  [652150, 653149],
] as const;

/** A pasted card: its number and, after white space, an expiry that a code may follow. */
const WHOLE_CARD = /^(.*?\d)\s+(?:0?[1-9]|1[0-2])\s*[/-]\s*(?:20)?\d\d(?:\s+\d{3,4})?\s*$/s;

/** The card number, in groups as on the card; digits 17 to 19 are a group of their own. */
export const cardNumber: FieldSpec<'cardNumber'> = {
  name: 'cardNumber',
  autocomplete: 'cc-number',

  /** Of a pasted card, keeps the number alone if it is valid; of the track of a card, the number alone. */
  format(text, caret) {
    const ascii = toAsciiDigits(text);
    const [, pasted = ''] = WHOLE_CARD.exec(ascii) ?? [];
    if (isWhole(digitsOf(pasted))) return cardNumber.format(pasted, pasted.length);
    const {number, rest} = splitTrack(ascii);
    if (rest.includes('=')) return cardNumber.format(number, number.length);
    const [type] = cardTypes(digitsOf(text));
    return groupDigits(text, caret, DIGIT_LIMIT, [...(type?.gaps ?? GAPS), 16]);
  },

  restOf(text) {
    return splitTrack(toAsciiDigits(text)).rest;
  },

  validate(text, {brands}) {
    const digits = digitsOf(text);
    if (!digits) return {status: 'empty'};
    if (brands.length > 0 && !isAccepted(digits, brands))
      return {status: 'invalid', problem: 'brand-refused'};
    if (isWhole(digits)) return {status: 'valid'};
    const lengths = lengthsOf(digits);
    const longest = Math.max(...lengths);
    // At a length that the brand uses, a wrong digit is likelier than a missing one.
    const isFull = lengths.includes(digits.length) || digits.length > longest;
    return {
      status: digits.length < longest ? 'incomplete' : 'invalid',
      problem: isFull ? 'invalid' : 'incomplete',
    };
  },
};

/**
 * Splits what a card reader types: `%B<number>^<name>^<data>?;<number>=<data>?` (ISO/IEC 7813). The second number is that of
 * the same card, or of the next one.
 *
 * @returns `number`: the last number that was read to its end, else the text. `rest`: `%` while a number is being read, `%=`
 * after its end, with the beginning of another number. Later keys depend on it; it contains no name and no data.
 */
function splitTrack(text: string): {number: string; rest: string} {
  const [, number = '', data] = /^([^^=]*)[\^=](.*)$/s.exec(text) ?? [];
  const isRead = data !== undefined && (/[%;]/.test(number) || isWhole(digitsOf(number)));
  if (!isRead) return {number: text, rest: /[%;]/.test(text) ? '%' : ''};
  const [next = ''] = /[%;].*$/s.exec(data) ?? [];
  const later = splitTrack(next);
  const isNext = later.number.startsWith('%') || isWhole(digitsOf(later.number));
  if (later.rest.includes('=') && isNext) return later;
  const [begun = ''] = /[%;][^%;^=]*$/.exec(data) ?? [];
  return {number, rest: `%=${begun}`};
}

/**
 * The brand of the number, as soon as its first digits belong to a single brand; `unknown` if it is valid and in no
 * known range.
 */
export function brandOf(text: string): Brand | undefined {
  const digits = digitsOf(text);
  const [first, ...others] = cardTypes(digits);
  const isCertain = first?.matchStrength !== undefined && others.length === 0;
  return isCertain || isWhole(digits)
    ? (BRANDS.find((brand) => brand === first?.type) ?? 'unknown')
    : undefined;
}

/** The brand's own spelling of its name; empty for `unknown`. */
export function brandName(brand: Brand): string {
  return brand === 'unknown' ? '' : cardTypes.getTypeInfo(brand).niceType;
}

/** Whether a brand that is known is one of `brands`, or its number is also Discover's and Discover is. */
function isAccepted(digits: string, brands: readonly Brand[]): boolean {
  const brand = brandOf(digits);
  const prefix = Number(digits.slice(0, 6));
  const isDiscover = ALSO_DISCOVER.some(([first, last]) => first <= prefix && prefix <= last);
  return brand === undefined || brands.includes(brand) || (isDiscover && brands.includes('discover'));
}

/** Whether a longer number can begin with these digits. */
export function canGrow(text: string): boolean {
  const digits = digitsOf(text);
  return digits.length < Math.max(...lengthsOf(digits));
}

function isWhole(digits: string): boolean {
  return lengthsOf(digits).includes(digits.length) && hasCheckDigit(digits);
}

function lengthsOf(digits: string): number[] {
  if (JCB_OF_15_DIGITS.test(digits)) return [15];
  const lengths = cardTypes(digits).flatMap((type) => type.lengths);
  return lengths.length > 0 ? lengths : LENGTHS;
}

/**
 * Whether the number has the check digit that its brand requires. UnionPay requires none (card-validator); its numbers of
 * 14 and 15 digits need that of Luhn here, so that the beginning of a longer number is not taken for a number.
 */
export function hasCheckDigit(digits: string): boolean {
  const [type] = cardTypes(digits);
  if (type?.type === 'naranja') return passesNaranja(digits);
  return (type?.type === 'unionpay' && digits.length > 15) || passesLuhn(digits);
}

/** The check digit of Naranja: the weighted sum of the other digits, taken from the next multiple of 11; 10 and 11 are 0. */
function passesNaranja(digits: string): boolean {
  const sum = NARANJA_WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  const check = 11 - (sum % 11);
  return Number(digits[15]) === (check > 9 ? 0 : check);
}

/**
 * The Luhn check (ISO/IEC 7812-1 annex B): doubles every second digit from the right and adds all digits. It does not detect
 * a number of zeros, which no card has.
 */
function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, index) => {
      const value = digit * (1 + (index % 2));
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum > 0 && sum % 10 === 0;
}
