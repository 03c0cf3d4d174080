import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {cardholderName, nameOf} from '../../../widget/fields/cardholder-name.ts';

const CONTEXT = {brands: [], today: {year: 2026, month: 11}};
const validate = (text: string) => cardholderName.validate(text, CONTEXT);

describe('cardholderName.format', () => {
  const rows: [typed: string, shown: string][] = [
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
  for (const [typed, shown] of rows)
    it(`shows ${JSON.stringify(typed)} as ${JSON.stringify(shown)}`, () => {
      const {text, caret} = cardholderName.format(typed.replace('|', ''), typed.indexOf('|'));
      expect(`${text.slice(0, caret)}|${text.slice(caret)}`).to.equal(shown);
    });

  it('takes superfluous spaces away once a person is done', () => {
    const name = 'Ana María Núñez';
    expect(cardholderName.format('  Ana\u00a0 María   Núñez ', Infinity)).to.deep.equal({
      text: name,
      caret: name.length,
    });
  });

  it('changes nothing when it formats twice', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 150}), fc.nat(150), (text, at) => {
        for (const caret of [Math.min(at, text.length), Infinity]) {
          const once = cardholderName.format(text, caret);
          expect(once.text).not.to.match(/^\s|[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u);
          expect(cardholderName.format(once.text, once.caret)).to.deep.equal(once);
        }
      }),
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
  for (const name of valid)
    it(`takes ${name.slice(0, 30)}`, () => {
      expect(validate(name)).to.deep.equal({status: 'valid'});
    });

  const refused: [text: string, status: string, problem: string][] = [
    ['1', 'incomplete', 'invalid'],
    ['...', 'incomplete', 'invalid'],
    ['4012000098765439', 'invalid', 'invalid'],
    ['Anna 4012 0', 'invalid', 'invalid'],
    ['Anna ٤٠١٢٠', 'invalid', 'invalid'],
    ['x'.repeat(101), 'invalid', 'too-long'],
  ];
  for (const [text, status, problem] of refused)
    it(`calls ${text.slice(0, 30)} ${status}: ${problem}`, () => {
      expect(validate(text)).to.deep.equal({status, problem});
    });

  it('calls spaces empty', () => {
    for (const text of ['', '  ', '\u3000']) expect(validate(text)).to.deep.equal({status: 'empty'});
  });
});

describe('nameOf', () => {
  it('composes what was typed in parts', () => {
    expect(nameOf('Zoe\u0308')).to.equal('Zo\u00eb');
  });

  it('leaves nothing that the ciphers would refuse of a valid name', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 150}), (text) => {
        const name = nameOf(text);
        fc.pre(validate(text).status === 'valid');
        expect(name).to.match(/^[^\p{Cc}\p{Cs}]{1,100}$/u);
        expect(nameOf(name)).to.equal(name);
      }),
    );
  });
});
