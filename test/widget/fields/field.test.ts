import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {deleteThroughSeparator, digitsOf, groupDigits, toAsciiDigits} from '../../../widget/fields/field.ts';

/** Every code point that Unicode calls a decimal digit, by the tables of this engine. */
const DECIMAL_DIGITS = Array.from({length: 0x110000}, (_, code) => String.fromCodePoint(code)).filter(
  (each) => /^\p{Nd}$/u.test(each),
);

describe('toAsciiDigits', () => {
  it('reads the digits of every numbering system as Intl writes them', () => {
    const systems = Intl.supportedValuesOf('numberingSystem')
      .map((system) => new Intl.NumberFormat(`en-u-nu-${system}`, {useGrouping: false}).format(9876543210))
      .filter((written) => /^\p{Nd}+$/u.test(written));
    expect(systems).to.have.length.above(50);
    for (const written of systems) expect(toAsciiDigits(written), written).to.equal('9876543210');
  });

  it('maps all decimal digits of Unicode to one digit, each of the ten equally often', () => {
    const counts = new Map<string, number>();
    for (const digit of DECIMAL_DIGITS) {
      const ascii = toAsciiDigits(digit);
      counts.set(ascii, (counts.get(ascii) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).to.deep.equal(Array.from('0123456789'));
    expect(new Set(counts.values())).to.deep.equal(new Set([DECIMAL_DIGITS.length / 10]));
  });

  it('gives the digit behind another one more, and zero after nine', () => {
    const known = new Set(DECIMAL_DIGITS);
    for (const digit of DECIMAL_DIGITS) {
      const next = String.fromCodePoint((digit.codePointAt(0) ?? 0) + 1);
      if (known.has(next))
        expect(Number(toAsciiDigits(next)), next).to.equal((Number(toAsciiDigits(digit)) + 1) % 10);
    }
  });

  it('tells the five runs of mathematical digits apart', () => {
    expect(toAsciiDigits('𝟎𝟗𝟘𝟡𝟢𝟫𝟬𝟵𝟶𝟿')).to.equal('0909090909');
  });

  it('leaves alone what is no decimal digit', () => {
    for (const text of ['', 'abc', ' / ', '①②', 'Ⅳ', '½', '四', '²', '🂡', '\ud835'])
      expect(toAsciiDigits(text)).to.equal(text);
  });

  it('looks at no more than 256 UTF-16 units', () => {
    expect(toAsciiDigits('７'.repeat(1_000_000))).to.equal('7'.repeat(256));
  });
});

describe('digitsOf', () => {
  it('keeps the digits of all scripts and nothing else', () => {
    expect(digitsOf('４১- ٣x9\u200e')).to.equal('4139');
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
      expect(`${edited.text.slice(0, edited.caret)}|${edited.text.slice(edited.caret)}`).to.equal(shown);
    });

  it('keeps the caret behind the digit that it stood behind, wherever the gaps are', () => {
    const gaps = fc.uniqueArray(fc.integer({min: 1, max: 20}), {maxLength: 6});
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9 x]{0,30}$/), fc.nat(30), gaps, (text, at, places) => {
        const caret = Math.min(at, text.length);
        const edited = groupDigits(text, caret, 30, places);
        const head = edited.text.slice(0, edited.caret);
        expect(head.replaceAll(' ', '')).to.equal(text.slice(0, caret).replace(/[ x]/g, ''));
        expect(head).not.to.match(/ $/);
      }),
    );
  });
});

describe('deleteThroughSeparator', () => {
  const rows = [
    ['Backspace at a gap', '1234 5|', '1234|5', 'deleteContentBackward', '123|5'],
    ['Backspace behind a separator of three', '12 / |27', '12 /|27', 'deleteContentBackward', '1| /27'],
    ['Backspace inside a separator', '12 /| 27', '12 | 27', 'deleteContentBackward', '1|  27'],
    ['Delete at a gap', '1234| 5', '1234|5', 'deleteContentForward', '1234|'],
    ['Delete before a separator of three', '12| / 27', '12|/ 27', 'deleteContentForward', '12/ |7'],
    ['Backspace on a digit', '1234|', '123|', 'deleteContentBackward', '123|'],
    ['Delete on a digit', '12|34', '12|4', 'deleteContentForward', '12|4'],
    ['Backspace with no digit before it', ' / |27', ' /|27', 'deleteContentBackward', ' /|27'],
    ['Delete with no digit behind it', '12| / ', '12|/ ', 'deleteContentForward', '12|/ '],
    ['a gap cut out', '1234 5|', '1234|5', 'deleteByCut', '1234|5'],
    ['a separator typed', '12|', '12/|', 'insertText', '12/|'],
  ] as const;

  for (const [what, before, after, inputType, expected] of rows)
    it(`makes ${after} of ${before} to ${expected}: ${what}`, () => {
      const edited = {text: after.replace('|', ''), caret: after.indexOf('|')};
      const {text, caret} = deleteThroughSeparator(before.replace('|', ''), edited, inputType);
      expect(`${text.slice(0, caret)}|${text.slice(caret)}`).to.equal(expected);
    });
});
