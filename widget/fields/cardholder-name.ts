import {digitsOf, type FieldSpec} from './field.ts';

/** UTF-16 units of a name at most. */
const LONGEST = 100;

/** Units that are kept: enough to see that there are too many, which is said and not cut to fit. */
const UNIT_LIMIT = 120;

/** More digits than any name has: a number that was typed into the wrong field. */
const DIGITS = 5;

/** What no name has: control characters, halves of characters, and whatever turns the direction of those around it. */
const STRANGE = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu;

/** The name on the card, in any script, as it is typed. */
export const cardholderName: FieldSpec<'cardholderName'> = {
  name: 'cardholderName',
  autocomplete: 'cc-name',
  isText: true,

  format(text, caret) {
    if (caret > text.length) {
      const name = nameOf(text);
      return {text: name, caret: name.length};
    }
    return {text: shown(text), caret: shown(text.slice(0, caret)).length};
  },

  validate(text) {
    const name = nameOf(text);
    if (name === '') return {status: 'empty'};
    if (digitsOf(name).length >= DIGITS) return {status: 'invalid', problem: 'invalid'};
    if (name.length > LONGEST) return {status: 'invalid', problem: 'too-long'};
    return /\p{L}/u.test(name) ? {status: 'valid'} : {status: 'incomplete', problem: 'invalid'};
  },
};

/** The name by itself, in composed characters (Unicode Normalization Form C), with single spaces. */
export function nameOf(text: string): string {
  return shown(text).normalize('NFC').replace(/\s+/gu, ' ').trimEnd();
}

function shown(text: string): string {
  return text.slice(0, UNIT_LIMIT).replace(STRANGE, '').trimStart();
}
