import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {deleteThroughSeparator, digitsOf, groupDigits, toAsciiDigits} from '../../../widget/fields/field.ts';
import {runs} from '../../support/properties.ts';
import {mark} from './text-input.ts';

/** Every character of the Unicode category Nd, as this engine knows it. */
const DECIMAL_DIGITS = Array.from({length: 0x110000}, (_, code) => String.fromCodePoint(code)).filter(
  (each) => /^\p{Nd}$/u.test(each),
);

describe('toAsciiDigits', () => {
  it('converts the digits of every numbering system that Intl can write', () => {
    const systems = Intl.supportedValuesOf('numberingSystem')
      .map((system) => new Intl.NumberFormat(`en-u-nu-${system}`, {useGrouping: false}).format(9876543210))
      .filter((written) => /^\p{Nd}+$/u.test(written));
    assert.ok(systems.length > 50);
    for (const written of systems) assert.equal(toAsciiDigits(written), '9876543210', written);
  });

  it('maps the decimal digits of Unicode to the ten ASCII digits, equally often to each', () => {
    const counts = new Map<string, number>();
    for (const digit of DECIMAL_DIGITS) {
      const ascii = toAsciiDigits(digit);
      counts.set(ascii, (counts.get(ascii) ?? 0) + 1);
    }
    assert.deepEqual([...counts.keys()].sort(), Array.from('0123456789'));
    assert.deepEqual(new Set(counts.values()), new Set([DECIMAL_DIGITS.length / 10]));
  });

  it('maps adjacent code points to adjacent digits, and the one after nine to zero', () => {
    const known = new Set(DECIMAL_DIGITS);
    for (const digit of DECIMAL_DIGITS) {
      const next = String.fromCodePoint((digit.codePointAt(0) ?? 0) + 1);
      if (known.has(next))
        assert.equal(Number(toAsciiDigits(next)), (Number(toAsciiDigits(digit)) + 1) % 10, next);
    }
  });

  it('distinguishes the five adjacent runs of mathematical digits', () => {
    assert.equal(toAsciiDigits('𝟎𝟗𝟘𝟡𝟢𝟫𝟬𝟵𝟶𝟿'), '0909090909');
  });

  it('keeps characters that are not decimal digits', () => {
    for (const text of ['', 'abc', ' / ', '①②', 'Ⅳ', '½', '四', '²', '🂡', '\ud835'])
      assert.equal(toAsciiDigits(text), text);
  });

  it('cuts the text after 256 UTF-16 units', () => {
    assert.equal(toAsciiDigits('７'.repeat(1_000_000)), '7'.repeat(256));
  });
});

describe('digitsOf', () => {
  it('keeps the digits of all scripts and nothing else', () => {
    assert.equal(digitsOf('４১- ٣x9\u200e'), '4139');
  });
});

describe('groupDigits', () => {
  const rows = [
    ['|', '|'],
    ['1|', '1|'],
    ['12|', '12|'],
    ['12 |', '12|'],
    ['123|', '12 3|'],
    ['12|3', '12| 3'],
    ['12 |3', '12| 3'],
    ['|12 3', '|12 3'],
    ['1|23456', '1|2 345 6'],
    ['12 345|6', '12 345| 6'],
    ['12 3456|', '12 345 6|'],
    ['１２３|', '12 3|'],
    ['𝟏𝟐𝟑|𝟒', '12 3|4'],
    ['1-2-3-4-5-6|-7-8-9', '12 345 6|78'],
    ['123456789|', '12 345 678|'],
    ['x|y', '|'],
  ] as const;

  for (const [typed, shown] of rows)
    it(`shows ${typed} as ${shown}`, () => {
      const caret = typed.indexOf('|');
      const edited = groupDigits(typed.replace('|', ''), caret, 8, [2, 5]);
      assert.equal(mark(edited), shown);
    });

  it('keeps the caret after the same digit, for any gaps', () => {
    const gaps = fc.uniqueArray(fc.integer({min: 1, max: 20}), {maxLength: 6});
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9 x]{0,30}$/), fc.nat(30), gaps, (text, at, places) => {
        const caret = Math.min(at, text.length);
        const edited = groupDigits(text, caret, 30, places);
        const head = edited.text.slice(0, edited.caret);
        assert.equal(head.replaceAll(' ', ''), text.slice(0, caret).replace(/[ x]/g, ''));
        assert.doesNotMatch(head, / $/);
      }),
      runs(),
    );
  });
});

describe('deleteThroughSeparator', () => {
  const rows = [
    ['Backspace at a gap', '1234 5|', '1234|5', 'deleteContentBackward', '123| 5'],
    [
      'Backspace after a separator of three characters',
      '12 / |27',
      '12 /|27',
      'deleteContentBackward',
      '1| / 27',
    ],
    ['Backspace inside a separator', '12 /| 27', '12 | 27', 'deleteContentBackward', '1| / 27'],
    ['Delete at a gap', '1234| 5', '1234|5', 'deleteContentForward', '1234 |'],
    [
      'Delete before a separator of three characters',
      '12| / 27',
      '12|/ 27',
      'deleteContentForward',
      '12 / |7',
    ],
    ['Backspace after a separator of one character', '12/|02', '12|02', 'deleteContentBackward', '1|/02'],
    ['Backspace on a digit', '1234|', '123|', 'deleteContentBackward', '123|'],
    ['Delete on a digit', '12|34', '12|4', 'deleteContentForward', '12|4'],
    ['Backspace with no digit before it', ' / |27', ' /|27', 'deleteContentBackward', ' /|27'],
    ['Delete with no digit after it', '12| / ', '12|/ ', 'deleteContentForward', '12|/ '],
    ['cutting a gap', '1234 5|', '1234|5', 'deleteByCut', '1234|5'],
    ['typing a separator', '12|', '12/|', 'insertText', '12/|'],
  ] as const;

  for (const [what, before, after, inputType, expected] of rows)
    it(`returns ${expected} for ${what}, which changes ${before} to ${after}`, () => {
      const edited = {text: after.replace('|', ''), caret: after.indexOf('|')};
      assert.equal(mark(deleteThroughSeparator(before.replace('|', ''), edited, inputType)), expected);
    });
});
