import type {CalendarMonth} from '../../widget/fields/field.ts';

/** A second reading of what may be paid with (docs/integration.md), for tests to judge the fields by. */

/** The zero of some scripts, after which their other digits follow (Unicode 12, category Nd). */
export const ZEROS = [
  0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50,
  0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40,
  0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x11066, 0x116c0, 0x1d7ce,
  0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e950,
] as const;

const DIGITS = new Map(
  ZEROS.flatMap((zero) =>
    Array.from('0123456789', (digit, value) => [String.fromCodePoint(zero + value), digit] as const),
  ),
);

/** The digits that stand in a text, of the scripts above; of a paste of any size, those in the first 256 units. */
export function digitsIn(text: string): string {
  let digits = '';
  for (const character of text.slice(0, 256)) digits += DIGITS.get(character) ?? '';
  return digits;
}

/** ISO/IEC 7812-1 annex B, by a table of what a doubled digit adds. */
export function hasRightCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    sum += place % 2 === 0 ? digit : ([0, 2, 4, 6, 8, 1, 3, 5, 7, 9][digit] ?? NaN);
  }
  return sum % 10 === 0;
}

/** A brand that these first digits leave no doubt of, its lengths and its groups. */
export function brandBy(
  digits: string,
): readonly [brand: string, lengths: readonly number[], groups: RegExp] | undefined {
  const fours = /^\d{4}( \d{4})*( \d{1,4})?$/;
  if (/^4(012|111)/.test(digits)) return ['visa', [16, 18, 19], fours];
  if (/^5[1-5]/.test(digits)) return ['mastercard', [16], fours];
  if (/^3[47]/.test(digits)) return ['american-express', [15], /^\d{4} \d{6} \d{5}$/];
  return undefined;
}

export function isCardNumber(digits: string): boolean {
  const lengths = brandBy(digits)?.[1] ?? [12, 13, 14, 15, 16, 17, 18, 19];
  return lengths.includes(digits.length) && hasRightCheckDigit(digits);
}

/** Nine digits, a prefix that the Federal Reserve uses, and the check digit: 3 7 1 3 7 1 3 7 1, a multiple of ten. */
export function isRoutingNumber(digits: string): boolean {
  if (digits.length !== 9) return false;
  const prefix = Number(digits.slice(0, 2));
  const ranges = [
    [0, 12],
    [21, 32],
    [61, 72],
    [80, 80],
  ] as const;
  const [a, b, c, d, e, f, g, h, i] = Array.from(digits, Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const isInUse = ranges.some(([first, last]) => prefix >= first && prefix <= last);
  return isInUse && (3 * (a + d + g) + 7 * (b + e + h) + c + f + i) % 10 === 0;
}

/** What a shown expiry means: `MM / YY`, `MM / YYYY`, `YYYY-M` or `YYYY-MM`. */
export function monthShown(text: string): CalendarMonth | undefined {
  const [, month, year] = /^(\d\d?) \/ (\d\d|\d{4})$/.exec(text) ?? [];
  const [, yearFirst = year, monthLast = month] = /^(20\d\d)-(\d\d?)$/.exec(text) ?? [];
  if (yearFirst === undefined || monthLast === undefined) return undefined;
  const found = {year: Number(yearFirst) + (yearFirst.length === 2 ? 2000 : 0), month: Number(monthLast)};
  return found.month >= 1 && found.month <= 12 ? found : undefined;
}

/** From this month on, and nineteen calendar years ahead. */
export function isGoodIn({year, month}: CalendarMonth, today: CalendarMonth): boolean {
  const months = (year - today.year) * 12 + month - today.month;
  return months >= 0 && year <= today.year + 19;
}

/**
 * The digits that an expiry may show for these: all of them in their order, the month with its zero, the year with or
 * without its century, or the year brought behind the month. No other digit may come or go.
 */
export function expiryDigits(digits: string): ReadonlySet<string> {
  const shown = new Set<string>();
  const add = (month: string, year: string) => {
    for (const each of month.length === 1 ? [month, `0${month}`] : [month])
      for (const short of /^20\d\d$/.test(year) ? [year, year.slice(2)] : [year.slice(0, 6)]) {
        shown.add(each + short);
        if (year.startsWith('20')) shown.add(short + each);
      }
  };
  for (const size of [0, 1, 2]) add(digits.slice(0, size), digits.slice(size));
  const [, year = '', month = ''] = /^(20\d\d)(\d{0,2})$/.exec(digits) ?? [];
  add(month, year);
  // A year of the 2000s that was taken for a month, and given that month's zero, before its last digit came.
  const [, early = '', late = ''] = /^0?(1?)(20\d\d)$/.exec(digits) ?? [];
  add(early, late);
  return shown;
}
