import creditCardType from 'credit-card-type';
import {type Brand, BRANDS} from '../protocol/names.ts';
import {digitsOf, type FieldSpec, groupDigits, toAsciiDigits} from './field.ts';

/** Most digits that the field keeps. Higher than any card number has, so that cutting off digits cannot make it valid. */
const DIGIT_LIMIT = 32;

/** Digits after which a number in no known range has a gap. */
const GAPS = [4, 8, 12];

/** Lengths of a number in no known range: at most 19 (ISO/IEC 7812-1), at least 12, the shortest in use (Maestro). */
const LENGTHS = [12, 13, 14, 15, 16, 17, 18, 19];

/** A pasted card: its number and, after white space, an expiry that a code may follow. */
const WHOLE_CARD = /^(.*?\d)\s+(?:0?[1-9]|1[0-2])\s*[/-]\s*(?:20)?\d\d(?:\s+\d{3,4})?\s*$/s;

/** The card number, in groups as on the card; digits 17 to 19 are a group of their own. */
export const cardNumber: FieldSpec<'cardNumber'> = {
  name: 'cardNumber',
  autocomplete: 'cc-number',

  /** Of a pasted card, keeps the number alone if it is valid. */
  format(text, caret) {
    const [, pasted = ''] = WHOLE_CARD.exec(toAsciiDigits(text)) ?? [];
    if (isWhole(digitsOf(pasted))) return cardNumber.format(pasted, pasted.length);
    const [type] = creditCardType(digitsOf(text));
    return groupDigits(text, caret, DIGIT_LIMIT, [...(type?.gaps ?? GAPS), 16]);
  },

  validate(text, {brands}) {
    const digits = digitsOf(text);
    if (!digits) return {status: 'empty'};
    const brand = brandOf(text);
    if (brand && brands.length > 0 && !brands.includes(brand))
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
 * The brand of the number, as soon as its first digits belong to a single brand; `unknown` if it is valid and in no range
 * of credit-card-type.
 */
export function brandOf(text: string): Brand | undefined {
  const digits = digitsOf(text);
  const [first, ...others] = creditCardType(digits);
  const isCertain = first?.matchStrength !== undefined && others.length === 0;
  return isCertain || isWhole(digits)
    ? (BRANDS.find((brand) => brand === first?.type) ?? 'unknown')
    : undefined;
}

/** The brand's own spelling of its name; empty for `unknown`. */
export function brandName(brand: Brand): string {
  return brand === 'unknown' ? '' : creditCardType.getTypeInfo(brand).niceType;
}

/** Whether a longer number can begin with these digits. */
export function canGrow(text: string): boolean {
  const digits = digitsOf(text);
  return digits.length < Math.max(...lengthsOf(digits));
}

function isWhole(digits: string): boolean {
  return lengthsOf(digits).includes(digits.length) && passesLuhn(digits);
}

function lengthsOf(digits: string): number[] {
  const lengths = creditCardType(digits).flatMap((type) => type.lengths);
  return lengths.length > 0 ? lengths : LENGTHS;
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
