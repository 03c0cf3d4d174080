import {digitsOf, type FieldSpec, toAsciiDigits} from './field.ts';

/** The last month in which a card is valid: `month` from `01` to `12`, `year` with four digits. */
export interface Expiry {
  month: string;
  year: string;
}

const SEPARATOR = ' / ';

/** Most digits of a year that the field keeps. Higher than four: a year that is too long is reported, not cut off. */
const YEAR_LIMIT = 6;

/** Years until the latest valid expiry. Cards are valid for a shorter time, so a later year is a typing error. */
const YEARS_AHEAD = 19;

/** The text after the last key of 2027 or 12027: the keys before it were formatted as `02 / 02` or `12 / 02`. */
const LATE_YEAR = /^[^\d/]*(?:0?2 \/ |(1)2(?: \/ )?)(0\d\d)\D*$/;

/** The text before the last key of a {@link LATE_YEAR}, or before earlier ones. */
const BEGUN_LATE_YEAR = /^[01]?2 \/ (?:0|$)/;

/** The expiry, formatted as `MM / YY` from any form. */
export const expiry: FieldSpec<'expiry'> = {
  name: 'expiry',
  autocomplete: 'cc-exp',

  /**
   * A month of one digit gets its leading zero when the caret leaves it, or when no second digit can follow. Until then, the
   * user may enter another digit before it. The separator is added with the first digit of the year, or when the user enters
   * it. It has no spaces if ` / ` would make the text look like a {@link LATE_YEAR}: a month before a separator or a year of
   * four digits is final, and later keys must not change it.
   */
  format(text, caret) {
    const {month, year, isYearFirst, isSeparated} = read(text);
    if (isYearFirst && caret <= text.length && /^[01]?$/.test(month)) {
      const begun = `${year}-${month}`; // the month is not complete
      return {text: begun, caret: caret === text.length ? begun.length : Math.min(caret, begun.length)};
    }
    const head = toAsciiDigits(text.slice(0, caret));
    const intoYear = digitsOf(head).length - month.length;
    const isBeyond = intoYear > 0 || (intoYear === 0 && /\D$/.test(head));
    const isWhole = isBeyond ? /^[1-9]$/.test(month) : intoYear === 0 && !year && /^[2-9]$/.test(month);
    const fullMonth = isWhole ? `0${month}` : month;
    const shortYear = year.replace(/^20(?=\d\d$)/, '');
    const shown = fullMonth + SEPARATOR + shortYear;
    const isFinal = isSeparated || shortYear !== year;
    const separator = (isFinal ? BEGUN_LATE_YEAR : LATE_YEAR).test(shown) ? '/' : SEPARATOR;
    const left = fullMonth + (year || (month && isBeyond) ? separator : '');
    const inYear = Math.min(Math.max(0, intoYear - year.length + shortYear.length), shortYear.length);
    return {
      text: left + shortYear,
      caret: isBeyond ? left.length + inYear : fullMonth.length + intoYear,
    };
  },

  validate(text, {today}) {
    const {month, year} = read(text);
    if (!month && !year) return {status: 'empty'};
    const found = expiryOf(text);
    const isMonth = /^(0?[1-9]|1[0-2])$/.test(month);
    // 22 may continue to 227, for February 2027: a pasted text is read as if it was entered key by key.
    const isBegun = /^[2-9]\d$/.test(text) || /^(0?[1-9]?|1[0-2])$/.test(month);
    if (!found)
      return isBegun && /^(\d{0,2}|20\d|\d{4})$/.test(year)
        ? {status: 'incomplete', problem: 'incomplete'}
        : {status: 'invalid', problem: isMonth ? 'incomplete' : 'invalid'};
    const years = Number(found.year) - today.year;
    if (years < 0 || (years === 0 && Number(found.month) < today.month))
      return {status: year === '20' ? 'incomplete' : 'invalid', problem: 'past'}; // 20 may continue to 2027
    return years > YEARS_AHEAD ? {status: 'invalid', problem: 'too-far'} : {status: 'valid'};
  },
};

/** The month and year of a complete text, past or not; a year of two digits is in the 2000s. */
export function expiryOf(text: string): Expiry | undefined {
  const {month, year} = read(text);
  return /^(0?[1-9]|1[0-2])$/.test(month) && /^(\d\d|\d{4})$/.test(year)
    ? {month: month.padStart(2, '0'), year: year.padStart(4, '20')}
    : undefined;
}

interface Reading extends Expiry {
  isYearFirst: boolean;
  /** The user has entered a separator after the month: there is another one than the automatic {@link SEPARATOR}. */
  isSeparated: boolean;
}

/**
 * The digits of month and year, as entered. The year is first only if it is in the 2000s and nothing but a month follows. If
 * the text starts with a slash, the month was deleted, and the digits are the year. A first digit of 2 or more is the whole
 * month, as if it was entered key by key, unless exactly two digits precede a separator.
 */
function read(text: string): Reading {
  const ascii = toAsciiDigits(text);
  const [, century, last = ''] = /^[^\d/]*(20\d\d)\D*(\d{0,2})\D*$/.exec(ascii) ?? [];
  if (century) return {month: last, year: century, isYearFirst: true, isSeparated: false};
  const [, ahead = '', late] = LATE_YEAR.exec(ascii) ?? [];
  if (late) return {month: ahead, year: `2${late}`, isYearFirst: !ahead, isSeparated: false};
  const [, month = '', rest = ''] = /^(?:\s*(?=\/)|\D*)(\d\d(?!\d)|[01]\d|\d|)(.*)$/s.exec(ascii) ?? [];
  const isSeparated = /^\D|\//.test(rest.replace(SEPARATOR, ''));
  return {month, year: digitsOf(rest).slice(0, YEAR_LIMIT), isYearFirst: false, isSeparated};
}
