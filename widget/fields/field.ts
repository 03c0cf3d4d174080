import type {Brand, FieldName, Problem} from '../protocol/names.ts';

/** A text and the caret in it, as an offset in UTF-16 units. */
export interface Edited {
  text: string;
  caret: number;
}

/** A month of the calendar; `month` counts from 1. */
export interface CalendarMonth {
  year: number;
  month: number;
}

/** What the validity of a field depends on, in addition to its own text. */
export interface FieldContext {
  /** Brand of the card, once it is known. */
  brand?: Brand | undefined;
  /** Accepted brands; an empty list means all. */
  brands: readonly Brand[];
  /** Digits of the account number that a confirmation must repeat. */
  accountNumber?: string | undefined;
  today: CalendarMonth;
}

/** Whether a text can be sealed and, if not, its problem. The form decides whether a field may be empty. */
export type Verdict<F extends FieldName = FieldName> =
  {status: 'valid' | 'empty'} | {status: 'incomplete' | 'invalid'; problem: Problem<F>};

/** The definition of one field. */
export interface FieldSpec<F extends FieldName = FieldName> {
  name: F;
  /** Autofill detail token (HTML §4.10.18.7). */
  autocomplete: string;
  /** The choices of a list; the first is preselected. A field without choices is an input. */
  choices?: readonly string[];
  /** The input accepts letters of any script; otherwise, digits. */
  isText?: boolean;
  /** The value is masked while the field has no focus. */
  isMasked?: boolean;
  /** The value cannot be copied or cut. */
  isSecret?: boolean;
  /**
   * The text and caret to show after an edit. Idempotent: a formatted text and its caret do not change.
   *
   * @param caret `Infinity` when the user has left the field.
   */
  format(text: string, caret: number): Edited;
  /**
   * What of an entered text has to precede the next keys although `format` drops it. A field without it needs nothing of
   * it. Card readers type their track character by character.
   */
  restOf?(text: string): string;
  /** The verdict on a text. Never throws. */
  validate(text: string, context: FieldContext): Verdict<F>;
}

/** Longest text that is processed, in UTF-16 units. No field needs more, but a pasted text can have any size. */
const LENGTH_LIMIT = 256;

/**
 * The text with the decimal digits of every script as ASCII; other characters stay. Cut after 256 UTF-16 units.
 *
 * Needs no table: the digits of a script are consecutive from zero to nine (Unicode Standard §4.6). If such runs are
 * adjacent, like the five of the mathematical alphabets, the digit is the distance to the first zero modulo ten.
 */
export function toAsciiDigits(text: string): string {
  return text.slice(0, LENGTH_LIMIT).replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let zero = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return `${(code - zero) % 10}`;
  });
}

/** Removes the last matched text, which may be a field value, from the engine's legacy `RegExp.input`. */
export function forgetMatch(): void {
  /^/.test('');
}

/** The decimal digits of the text, of any script, as ASCII, without other characters. */
export function digitsOf(text: string): string {
  return toAsciiDigits(text).replace(/\D/g, '');
}

/**
 * The first `limit` digits of the text, with a space at each gap that is followed by a digit. The caret stays after the
 * same digit.
 *
 * @param gaps numbers of digits that a space follows.
 */
export function groupDigits(text: string, caret: number, limit: number, gaps: readonly number[]): Edited {
  const grouped = (part: string) =>
    digitsOf(part)
      .slice(0, limit)
      .replace(/\d/g, (digit, index: number) => (gaps.includes(index) ? ` ${digit}` : digit));
  return {text: grouped(text), caret: grouped(text.slice(0, caret)).length};
}

/**
 * Makes Backspace and Delete skip a separator. If they have removed no digit, the next digit in their direction is removed
 * instead, the separator stays, and the caret moves to the place of the digit.
 *
 * @param before the text before the edit, formatted.
 * @param after text and caret after the edit.
 * @param inputType of the `input` event (Input Events Level 2).
 * @returns the text and caret to format: `after` for every other edit.
 */
export function deleteThroughSeparator(before: string, after: Edited, inputType: string): Edited {
  const {caret} = after;
  if (digitsOf(before) !== digitsOf(after.text)) return after;
  const head = before.slice(0, caret);
  const tail = before.slice(caret);
  const backward = inputType === 'deleteContentBackward' ? head.search(/\d\D*$/) : -1;
  const forward = inputType === 'deleteContentForward' ? tail.search(/\d/) : -1;
  const at = forward < 0 ? backward : caret + forward;
  return at < 0 ? after : {text: before.slice(0, at) + before.slice(at + 1), caret: at};
}
