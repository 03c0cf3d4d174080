import {digitsOf, type FieldSpec} from './field.ts';

/** Longest valid name, in UTF-16 units. */
const MAX_UNITS = 100;

/** Most UTF-16 units that the field keeps. Higher than {@link MAX_UNITS}: a name that is too long is reported, not cut off. */
const UNIT_LIMIT = 120;

/** A text with this many digits is a number in the wrong field, not a name. */
const INVALID_DIGITS = 5;

/** Characters that are removed: control characters, unpaired surrogates and bidi controls. */
const STRANGE = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu;

/** The name on the card, in any script. */
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
    if (digitsOf(name).length >= INVALID_DIGITS) return {status: 'invalid', problem: 'invalid'};
    if (name.length > MAX_UNITS) return {status: 'invalid', problem: 'too-long'};
    return /\p{L}/u.test(name) ? {status: 'valid'} : {status: 'incomplete', problem: 'invalid'};
  },
};

/** The name in Unicode Normalization Form C, with single spaces. */
export function nameOf(text: string): string {
  return shown(text).normalize('NFC').replace(/\s+/gu, ' ').trimEnd();
}

function shown(text: string): string {
  return text.slice(0, UNIT_LIMIT).replace(STRANGE, '').trimStart();
}
