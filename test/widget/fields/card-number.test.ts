import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {brandOf, cardNumber} from '../../../widget/fields/card-number.ts';
import {deleteThroughSeparator} from '../../../widget/fields/field.ts';
import type {Brand} from '../../../widget/protocol/names.ts';

const TODAY = {year: 2026, month: 11};

/** Test numbers that the brands' gateways publish, as they stand on the card. */
const CARDS = [
  ['visa', '4111 1111 1111 1111'],
  ['visa', '4242 4242 4242 4242'],
  ['visa', '4035 5010 0000 0008'],
  ['mastercard', '5555 5555 5555 4444'],
  ['mastercard', '5105 1051 0510 5100'],
  ['mastercard', '2223 0031 2200 3222'],
  ['american-express', '3782 822463 10005'],
  ['american-express', '3400 000000 00009'],
  ['diners-club', '3056 930902 5904'],
  ['diners-club', '3056 930009 020004'],
  ['discover', '6011 1111 1111 1117'],
  ['discover', '6011 0009 9013 9424'],
  ['jcb', '3530 1113 3330 0000'],
  ['jcb', '3566 0020 2036 0505'],
  ['unionpay', '6200 0000 0000 0005'],
  ['unionpay', '6205 5000 0000 0000 004'],
  ['maestro', '6759 6498 2643 8453'],
  ['maestro', '5033 9619 8909 17'],
  ['maestro', '6771 8309 9999 1239 343'],
  ['elo', '5066 9911 1111 1118'],
  ['mir', '2201 3820 0000 0013'],
  ['hiper', '6370 9500 0000 0005'],
  ['hipercard', '6062 8288 8866 6688'],
  ['troy', '9792 0300 0000 0000'],
  ['verve', '5060 9905 8000 0217 499'],
  ['unknown', '1354 1001 4004 955'],
  ['unknown', '9490 2200 0661 1406'],
] as const;

/** `5` in six scripts, two of them outside the basic plane. */
const ZEROS = [0x30, 0x660, 0x966, 0xff10, 0x1d7ce, 0x1d7d8];

/** Digits of mixed scripts with anything between them: what is typed, and the ASCII digits in it. */
const pieces = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.tuple(fc.constantFrom(...ZEROS), fc.nat(9)).map(([zero, value]) => ({
        typed: String.fromCodePoint(zero + value),
        digit: `${value}`,
      })),
    },
    fc.constantFrom(' ', '-', '\u00a0', '\u200f', 'x', '½', '🂡').map((typed) => ({typed, digit: ''})),
  ),
  {maxLength: 40},
);

function validate(text: string, brands: readonly Brand[] = []) {
  return cardNumber.validate(text, {brands, today: TODAY});
}

/** `|` marks the caret. */
function show(marked: string) {
  return mark(cardNumber.format(marked.replace('|', ''), marked.indexOf('|')));
}

function mark({text, caret}: {text: string; caret: number}) {
  return `${text.slice(0, caret)}|${text.slice(caret)}`;
}

describe('cardNumber.format', () => {
  for (const [brand, number] of CARDS)
    it(`groups ${number} of ${brand}`, () => {
      const digits = number.replaceAll(' ', '');
      expect(show(`${digits}|`)).to.equal(`${number}|`);
    });

  const rows = [
    ['|', '|'],
    ['abc|', '|'],
    ['4|', '4|'],
    ['4111|', '4111|'],
    ['4111 |', '4111|'],
    ['41111|', '4111 1|'],
    ['4111| 1', '4111| 1'],
    ['4111 2|1', '4111 2|1'],
    ['41112| 1', '4111 2|1'],
    ['411|1111', '411|1 111'],
    ['|4111 1', '|4111 1'],
    ['3782-822463-10005|', '3782 822463 10005|'],
    ['4１1١ 𝟏|11', '4111 1|11'],
    ['1234567890123456789|', '1234 5678 9012 3456 789|'],
    [`${'1'.repeat(40)}|`, `1111 1111 1111 1111 ${'1'.repeat(16)}|`],
  ] as const;
  for (const [typed, shown] of rows)
    it(`shows ${typed} as ${shown}`, () => {
      expect(show(typed)).to.equal(shown);
    });

  it('regroups when a digit in front makes it another brand', () => {
    expect(show('3|4111 1111 1111 11')).to.equal('3|411 111111 11111');
  });

  it('neither loses nor reorders a digit of any script, and keeps the caret behind the same one', () => {
    fc.assert(
      fc.property(pieces, fc.nat(40), (typed, at) => {
        const join = (key: 'typed' | 'digit', from: typeof typed) => from.map((piece) => piece[key]).join('');
        const head = typed.slice(0, at);
        const {text, caret} = cardNumber.format(join('typed', typed), join('typed', head).length);
        expect(text.replaceAll(' ', '')).to.equal(join('digit', typed).slice(0, 32));
        expect(text.slice(0, caret).replaceAll(' ', '')).to.equal(join('digit', head).slice(0, 32));
        expect(text).to.match(/^(\d+( \d+)*)?$/);
      }),
    );
  });

  it('changes nothing when it formats twice', () => {
    fc.assert(
      fc.property(pieces, fc.nat(80), (typed, at) => {
        const text = typed.map((piece) => piece.typed).join('');
        const once = cardNumber.format(text, Math.min(at, text.length));
        expect(cardNumber.format(once.text, once.caret)).to.deep.equal(once);
      }),
    );
  });

  it('lets Backspace and Delete empty the field from any place', () => {
    for (const [, number] of CARDS)
      for (const [inputType, step] of [
        ['deleteContentBackward', -1],
        ['deleteContentForward', 0],
      ] as const) {
        let shown = {text: number as string, caret: step < 0 ? number.length : 0};
        for (let left = number.replaceAll(' ', '').length - 1; left >= 0; left -= 1) {
          const at = shown.caret + step;
          const raw = {text: shown.text.slice(0, at) + shown.text.slice(at + 1), caret: at};
          const {text, caret} = deleteThroughSeparator(shown.text, raw, inputType);
          shown = cardNumber.format(text, caret);
          expect(shown.text.replaceAll(' ', '')).to.have.length(left);
        }
      }
  });
});

describe('cardNumber.validate', () => {
  for (const [brand, number] of CARDS)
    it(`takes ${number} of ${brand}`, () => {
      expect(validate(number)).to.deep.equal({status: 'valid'});
    });

  const rows = [
    ['', 'empty', undefined],
    ['-', 'empty', undefined],
    ['4', 'incomplete', 'incomplete'],
    ['9', 'incomplete', 'incomplete'],
    ['4111 1111 1111 111', 'incomplete', 'incomplete'],
    ['4111 1111 1111 1112', 'incomplete', 'invalid'],
    ['4222 2222 2222 2', 'incomplete', 'incomplete'],
    ['4111 1111 1111 1111 0', 'incomplete', 'incomplete'],
    ['4111 1111 1111 1111 111', 'invalid', 'invalid'],
    ['4111 1111 1111 1111 1111', 'invalid', 'invalid'],
    ['5555 5555 5555 444', 'incomplete', 'incomplete'],
    ['5555 5555 5555 4445', 'invalid', 'invalid'],
    ['5555 5555 5555 4444 0', 'invalid', 'invalid'],
    ['3782 822463 1000', 'incomplete', 'incomplete'],
    ['3782 822463 10006', 'invalid', 'invalid'],
    ['3782 822463 10005 0', 'invalid', 'invalid'],
    ['6370 9500 0000 0006', 'invalid', 'invalid'],
    ['1354 1001 400', 'incomplete', 'incomplete'],
    ['1354 1001 4004 956', 'incomplete', 'invalid'],
    ['1354 1001 4004 9550 001', 'invalid', 'invalid'],
    ['４１１１ １１１１ １１１１ １１１１', 'valid', undefined],
    ['٤١١١١١١١١١١١١١١١', 'valid', undefined],
  ] as const;
  for (const [text, status, problem] of rows)
    it(`calls '${text}' ${status}`, () => {
      expect(validate(text)).to.deep.equal(problem ? {status, problem} : {status});
    });

  it('refuses every number that differs from a valid one in a single digit', () => {
    for (const [, number] of CARDS)
      for (let at = 0; at < number.length; at += 1)
        for (const digit of '0123456789') {
          const changed = number.slice(0, at) + digit + number.slice(at + 1);
          if (number[at] !== ' ' && changed !== number)
            expect(validate(changed).status, changed).not.to.equal('valid');
        }
  });

  it('refuses two neighbours swapped, but for 0 and 9', () => {
    for (const [, number] of CARDS) {
      const digits = number.replaceAll(' ', '');
      for (let at = 1; at < digits.length; at += 1) {
        const pair = digits.slice(at - 1, at + 1);
        const swapped = `${pair[1]}${pair[0]}`;
        if (pair === swapped || pair === '09' || pair === '90') continue;
        const changed = digits.slice(0, at - 1) + swapped + digits.slice(at + 1);
        expect(validate(changed).status, changed).not.to.equal('valid');
      }
    }
  });

  const refusals = [
    ['5555 5555 5555 4444', ['visa'], 'brand-refused'],
    ['55', ['visa'], 'brand-refused'],
    ['37', ['visa', 'mastercard'], 'brand-refused'],
    ['1354 1001 4004 955', ['visa'], 'brand-refused'],
    ['5', ['visa'], 'incomplete'],
    ['4', ['visa'], 'incomplete'],
    ['1354 1001 400', ['visa'], 'incomplete'],
    ['4111 1111 1111 1111', ['mastercard', 'visa'], undefined],
    ['1354 1001 4004 955', ['unknown'], undefined],
    ['5555 5555 5555 4444', [], undefined],
  ] as const;
  for (const [text, brands, problem] of refusals)
    it(`finds ${problem ?? 'no problem'} in ${text} where [${brands.join()}] is accepted`, () => {
      const status = problem === 'brand-refused' ? 'invalid' : problem;
      expect(validate(text, brands)).to.deep.equal(status ? {status, problem} : {status: 'valid'});
    });
});

describe('brandOf', () => {
  for (const [brand, number] of CARDS)
    it(`finds ${brand} in ${number}`, () => {
      expect(brandOf(number)).to.equal(brand);
    });

  const rows = [
    ['', undefined],
    ['3', undefined],
    ['4', undefined],
    ['41', 'visa'],
    ['34', 'american-express'],
    ['5', undefined],
    ['55', 'mastercard'],
    ['6', undefined],
    ['65', undefined],
    ['6011', 'discover'],
    ['1', undefined],
    ['9', undefined],
    ['99', undefined],
    ['35', undefined],
    ['3530', 'jcb'],
    ['1354 1001 4004 956', undefined],
    ['４１', 'visa'],
  ] as const;
  for (const [text, brand] of rows)
    it(`finds ${brand ?? 'none yet'} in '${text}'`, () => {
      expect(brandOf(text)).to.equal(brand);
    });

  it('never goes over to another brand while a number is typed', () => {
    for (const [, number] of CARDS) {
      const found = Array.from(number, (_, index) => brandOf(number.slice(0, index + 1)));
      expect(new Set(found.filter((brand) => brand !== undefined)), number).to.have.property('size', 1);
    }
  });
});
