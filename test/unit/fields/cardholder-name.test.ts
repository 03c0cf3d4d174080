import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {cardholderName, nameOf} from '../../../widget/fields/cardholder-name.ts';
import {anyText, runs} from '../../support/properties.ts';
import {NOVEMBER_2026, show} from './text-input.ts';

const validate = (text: string) => cardholderName.validate(text, {brands: [], today: NOVEMBER_2026});

describe('cardholderName.format', () => {
  const rows: [entered: string, shown: string][] = [
    ['Zoë|', 'Zoë|'],
    ['|Zoë', '|Zoë'],
    ['Zoë |', 'Zoë |'],
    ['  Zoë|', 'Zoë|'],
    ['  | Zoë', '|Zoë'],
    ['Zo\u0000ë|\u202e', 'Zoë|'],
    ['Zo\ud83dë|', 'Zoë|'],
    ['वि\u200dकास|', 'वि\u200dकास|'],
    ['山田 太郎|', '山田 太郎|'],
    ['نجيب محفوظ|', 'نجيب محفوظ|'],
    [`${'x'.repeat(130)}|`, `${'x'.repeat(120)}|`],
  ];
  for (const [entered, shown] of rows)
    it(`shows ${JSON.stringify(entered)} as ${JSON.stringify(shown)}`, () => {
      assert.equal(show(cardholderName, entered), shown);
    });

  it('removes extra spaces when the field loses the focus', () => {
    const name = 'Ana María Núñez';
    assert.deepEqual(cardholderName.format('  Ana\u00a0 María   Núñez ', Infinity), {
      text: name,
      caret: name.length,
    });
  });

  it('removes control characters, unpaired surrogates, bidi controls and leading spaces', () => {
    fc.assert(
      fc.property(anyText(150), fc.nat(150), (text, at) => {
        for (const caret of [Math.min(at, text.length), Infinity]) {
          const once = cardholderName.format(text, caret);
          assert.doesNotMatch(once.text, /^\s|[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u);
          assert.deepEqual(cardholderName.format(once.text, once.caret), once);
        }
      }),
      runs(),
    );
  });
});

describe('cardholderName.validate', () => {
  const valid = [
    'Zoë Müller',
    'O’Brien-Smith, Jr.',
    'J. R. R.',
    'Al',
    'X Æ A-12',
    'Ελένη Παπαδοπούλου',
    'Лев Толстой',
    '山田太郎',
    '김민준',
    'नरेन्द्र कुमार',
    'نجيب محفوظ',
    'דוד בן־גוריון',
    'x'.repeat(100),
  ];
  it('accepts names in any script', () => {
    for (const name of valid) assert.deepEqual(validate(name), {status: 'valid'}, name);
  });

  const rejected: [text: string, status: string, problem: string][] = [
    ['1', 'incomplete', 'invalid'],
    ['...', 'incomplete', 'invalid'],
    ['4012000098765439', 'invalid', 'invalid'],
    ['Anna 4012 0', 'invalid', 'invalid'],
    ['Anna ٤٠١٢٠', 'invalid', 'invalid'],
    ['x'.repeat(101), 'invalid', 'too-long'],
  ];
  for (const [text, status, problem] of rejected)
    it(`returns ${status}, ${problem} for ${text.slice(0, 30)}`, () => {
      assert.deepEqual(validate(text), {status, problem});
    });

  it('returns empty for spaces', () => {
    for (const text of ['', '  ', '\u3000']) assert.deepEqual(validate(text), {status: 'empty'});
  });
});

describe('nameOf', () => {
  it('composes combining characters (NFC)', () => {
    assert.equal(nameOf('Zoe\u0308'), 'Zo\u00eb');
  });

  it('returns at most 100 UTF-16 units without control characters for every valid text', () => {
    fc.assert(
      fc.property(anyText(150), (text) => {
        const name = nameOf(text);
        fc.pre(validate(text).status === 'valid');
        assert.match(name, /^[^\p{Cc}\p{Cs}]{1,100}$/u);
        assert.equal(nameOf(name), name);
      }),
      runs(),
    );
  });
});
