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

/** What a field's validity depends on beside its own text. */
export interface FieldContext {
  /** Brand of the card that the field belongs to, once it is known. */
  brand?: Brand | undefined;
  /** Accepted brands; none listed means all. */
  brands: readonly Brand[];
  /** Digits of the account number that a confirmation must repeat. */
  accountNumber?: string | undefined;
  today: CalendarMonth;
}

/** Whether a text may be sealed, and if not, why. A field left empty is judged by the form, not by the field. */
export type Verdict<F extends FieldName = FieldName> =
  {status: 'valid' | 'empty'} | {status: 'incomplete' | 'invalid'; problem: Problem<F>};

/** All that tells one field from another. */
export interface FieldSpec<F extends FieldName = FieldName> {
  name: F;
  /** Autofill detail token (HTML §4.10.18.7). */
  autocomplete: string;
  /** What there is to choose from, the first from the start; a field without them is typed, in digits if it {@link isText} not. */
  choices?: readonly string[];
  /** Typed in letters of any script. */
  isText?: boolean;
  /** Hidden from whoever looks on, while the caret is elsewhere. */
  isMasked?: boolean;
  /** What stands in it cannot be copied or cut out: whoever has it in hand types it anew. */
  isSecret?: boolean;
  /**
   * The text as it is to be shown after an edit; what is already shown comes back unchanged, caret included.
   *
   * @param caret `Infinity` once the person is done with the field.
   */
  format(text: string, caret: number): Edited;
  /** Never throws, whatever the text. */
  validate(text: string, context: FieldContext): Verdict<F>;
}

/** UTF-16 units that are looked at; no field has a use for more, and a paste may be of any size. */
const LENGTH_LIMIT = 256;

/**
 * The text with the decimal digits of every script as ASCII, all else left alone; cut after 256 UTF-16 units.
 *
 * Needs no table: digits stand in runs from zero to nine (Unicode Standard §4.6), and where
 * runs touch, as the five of the mathematical alphabets do, the distance to the first zero still tells.
 */
export function toAsciiDigits(text: string): string {
  return text.slice(0, LENGTH_LIMIT).replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let zero = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return `${(code - zero) % 10}`;
  });
}

/** The engine keeps the text that was matched last, for `RegExp.input`: after this, it is none that a person typed. */
export function forgetMatch(): void {
  /^/.test('');
}

/** The decimal digits of the text, of any script, as ASCII and without anything between them. */
export function digitsOf(text: string): string {
  return toAsciiDigits(text).replace(/\D/g, '');
}

/**
 * The first `limit` digits of the text with one space at each gap that has a digit behind it.
 * The caret stays behind the digit that it stood behind.
 *
 * @param gaps numbers of digits after which a space stands.
 */
export function groupDigits(text: string, caret: number, limit: number, gaps: readonly number[]): Edited {
  const grouped = (part: string) =>
    digitsOf(part)
      .slice(0, limit)
      .replace(/\d/g, (digit, index: number) => (gaps.includes(index) ? ` ${digit}` : digit));
  return {text: grouped(text), caret: grouped(text.slice(0, caret)).length};
}

/**
 * Lets Backspace and Delete reach through a separator: if all that they removed will be put back by `format`,
 * the digit beyond it goes instead, and the caret stands where that digit stood.
 *
 * @param before the text as it was shown before the edit.
 * @param after text and caret as the edit left them.
 * @param inputType of the `input` event (Input Events Level 2).
 * @returns what is to be formatted: `after` itself for every other edit.
 */
export function deleteThroughSeparator(before: string, after: Edited, inputType: string): Edited {
  const {text, caret} = after;
  if (digitsOf(before) !== digitsOf(text)) return after;
  const head = text.slice(0, caret);
  const tail = text.slice(caret);
  const backward = inputType === 'deleteContentBackward' ? head.search(/\d\D*$/) : -1;
  const forward = inputType === 'deleteContentForward' ? tail.search(/\d/) : -1;
  const at = forward < 0 ? backward : caret + forward;
  return at < 0 ? after : {text: text.slice(0, at) + text.slice(at + 1), caret: at};
}
