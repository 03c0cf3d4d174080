import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {brandOf, cardNumber} from '../../../widget/fields/card-number.ts';
import type {Brand} from '../../../widget/protocol/names.ts';
import {runs} from '../../support/properties.ts';
import {type Entry, NOVEMBER_2026, press, show} from './text-input.ts';

/** Test numbers published by gateways, grouped as on the card. */
const CARDS = [
  ['visa', '4111 1111 1111 1111'],
  ['visa', '4242 4242 4242 4242'],
  ['visa', '4035 5010 0000 0008'],
  ['visa', '4111 1111 1111 1111 110'],
  ['mastercard', '5555 5555 5555 4444'],
  ['mastercard', '5499 7400 0000 0057'],
  ['mastercard', '5105 1051 0510 5100'],
  ['mastercard', '2223 0031 2200 3222'],
  ['american-express', '3714 496353 92376'],
  ['american-express', '3782 822463 10005'],
  ['american-express', '3400 000000 00009'],
  ['diners-club', '3056 930902 5904'],
  ['diners-club', '3056 930009 020004'],
  ['diners-club', '3852 000002 3237'],
  ['discover', '6011 1111 1111 1117'],
  ['discover', '6011 0009 9013 9424'],
  ['discover', '6011 0009 9302 6909'],
  ['jcb', '3530 1113 3330 0000'],
  ['jcb', '3566 0020 2036 0505'],
  ['unionpay', '6200 0000 0000 0005'],
  ['unionpay', '6205 5000 0000 0000 004'],
  ['maestro', '6304 0000 0000 0000'],
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

const ONE_OF_EACH_BRAND = [...new Map(CARDS).values()];

/** First digits that identify one brand, and the lengths of its numbers. */
const LENGTHS = [
  ['4111', [16, 18, 19]],
  ['4012', [16, 18, 19]],
  ['51', [16]],
  ['55', [16]],
  ['34', [15]],
  ['37', [15]],
  ['9490', [12, 13, 14, 15, 16, 17, 18, 19]],
] as const;

const digitsOf = (text: string) => text.replaceAll(' ', '');

/** The Luhn check (ISO/IEC 7812-1 annex B), implemented differently than in the product: with a table of doubled digits. */
function passesLuhn(digits: string): boolean {
  const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, place) => total + (place % 2 === 0 ? digit : (doubled[digit] ?? NaN)), 0);
  return sum % 10 === 0;
}

function validate(text: string, brands: readonly Brand[] = []) {
  return cardNumber.validate(text, {brands, today: NOVEMBER_2026});
}

describe('cardNumber', () => {
  for (const [brand, number] of CARDS)
    it(`groups, accepts and recognizes ${number} (${brand})`, () => {
      assert.equal(show(cardNumber, `${digitsOf(number)}|`), `${number}|`);
      assert.deepEqual(validate(number), {status: 'valid'});
      assert.equal(brandOf(number), brand);
    });

  const entries: Entry[] = [
    ['', '', 'empty'],
    ['card', '', 'empty'],
    ['-', '', 'empty'],
    ['4012000098765439', '4012 0000 9876 5439', 'valid'],
    ['  4012 0000 9876 5439 ', '4012 0000 9876 5439', 'valid'],
    ['4012.0000.9876.5439', '4012 0000 9876 5439', 'valid'],
    ['4012-0000–9876—5439', '4012 0000 9876 5439', 'valid'],
    ['4012\u00a00000\u202f9876\u00a05439', '4012 0000 9876 5439', 'valid'],
    ['4012 0000\n9876 5439\n', '4012 0000 9876 5439', 'valid'],
    ['3714 4963 5392 376', '3714 496353 92376', 'valid'],
    ['４０１２００００９８７６５４３９', '4012 0000 9876 5439', 'valid'],
    ['٤٠١٢٠٠٠٠٩٨٧٦٥٤٣٩', '4012 0000 9876 5439', 'valid'],
    ['४०१२००००९८७६५४३९', '4012 0000 9876 5439', 'valid'],
    ['0', '0', 'incomplete', 'incomplete'],
    ['0000000000000000', '0000 0000 0000 0000', 'incomplete', 'invalid'],
    ['0000000000000000000', '0000 0000 0000 0000 000', 'invalid', 'invalid'],
    ['4', '4', 'incomplete', 'incomplete'],
    ['9', '9', 'incomplete', 'incomplete'],
    ['4111 ', '4111', 'incomplete', 'incomplete'],
    ['4111 1111 1111 1111 12/27 123', '4111 1111 1111 1111', 'valid'],
    ['4111111111111111 12/27', '4111 1111 1111 1111', 'valid'],
    ['4111-1111-1111-1111\t1/2027\n123\n', '4111 1111 1111 1111', 'valid'],
    ['371449635392376 05 / 28 9997', '3714 496353 92376', 'valid'],
    ['٤١١١١١١١١١١١١١١١ ١٢/٢٧', '4111 1111 1111 1111', 'valid'],
    ['4111 1111 1111 1112 12/27 123', '4111 1111 1111 1112 1227123', 'invalid', 'invalid'],
    ['4111 1111 1111 1111 13/27', '4111 1111 1111 1111 1327', 'invalid', 'invalid'],
    ['4111 1111 1111 1111 1227 123', '4111 1111 1111 1111 1227123', 'invalid', 'invalid'],
    ['4111 1111 1111 111112/27', '4111 1111 1111 1111 1227', 'invalid', 'invalid'],
    ['4111 1111 1111 1111 12/27 12345', '4111 1111 1111 1111 122712345', 'invalid', 'invalid'],
    ['40120', '4012 0', 'incomplete', 'incomplete'],
    ['401200009876543', '4012 0000 9876 543', 'incomplete', 'incomplete'],
    ['4012000098765438', '4012 0000 9876 5438', 'incomplete', 'invalid'],
    ['4012000098765493', '4012 0000 9876 5493', 'incomplete', 'invalid'],
    ['4222222222222', '4222 2222 2222 2', 'incomplete', 'incomplete'],
    ['41111111111111110', '4111 1111 1111 1111 0', 'incomplete', 'incomplete'],
    ['4111111111111111111', '4111 1111 1111 1111 111', 'invalid', 'invalid'],
    ['41111111111111111111', '4111 1111 1111 1111 1111', 'invalid', 'invalid'],
    ['4012000098765439'.repeat(625), '4012 0000 9876 5439 4012000098765439', 'invalid', 'invalid'],
    ['555555555555444', '5555 5555 5555 444', 'incomplete', 'incomplete'],
    ['5555555555554445', '5555 5555 5555 4445', 'invalid', 'invalid'],
    ['55555555555544440', '5555 5555 5555 4444 0', 'invalid', 'invalid'],
    ['37144963539237', '3714 496353 9237', 'incomplete', 'incomplete'],
    ['371449635392377', '3714 496353 92377', 'invalid', 'invalid'],
    ['3714496353923761', '3714 496353 923761', 'invalid', 'invalid'],
    ['6370950000000006', '6370 9500 0000 0006', 'invalid', 'invalid'],
    ['12345678901', '1234 5678 901', 'incomplete', 'incomplete'],
    ['135410014004956', '1354 1001 4004 956', 'incomplete', 'invalid'],
    ['9490220006611407', '9490 2200 0661 1407', 'incomplete', 'invalid'],
    ['1354100140049550001', '1354 1001 4004 9550 001', 'invalid', 'invalid'],
    ['1234567890123456789', '1234 5678 9012 3456 789', 'invalid', 'invalid'],
    ['O111 1111 1111 1111', '1111 1111 1111 111', 'incomplete', 'invalid'],
  ];
  for (const [entered, shown, status, problem] of entries)
    it(`shows ${JSON.stringify(entered.slice(0, 40))} as '${shown}': ${problem ?? status}`, () => {
      assert.equal(show(cardNumber, `${entered}|`), `${shown}|`);
      assert.deepEqual(validate(shown), problem ? {status, problem} : {status});
    });
});

describe('cardNumber.format', () => {
  const carets = [
    ['4111| 1', '4111| 1'],
    ['4111 2|1', '4111 2|1'],
    ['41112| 1', '4111 2|1'],
    ['411|1111', '411|1 111'],
    ['|4111 1', '|4111 1'],
    ['4１1١ 𝟏|11', '4111 1|11'],
    ['3|4111 1111 1111 11', '3|411 111111 11111'],
  ] as const;
  for (const [entered, shown] of carets)
    it(`shows ${entered} as ${shown}`, () => {
      assert.equal(show(cardNumber, entered), shown);
    });

  const edits: [fact: string, before: string, keys: string, after: string][] = [
    ['groups while digits are typed', '|', '4012000098765439', '4012 0000 9876 5439|'],
    ['groups American Express as 4-6-5', '|', '371449635392376', '3714 496353 92376|'],
    ['ignores letters and punctuation', '|', 'four4o0l1,2.', '4012|'],
    ['keeps the caret when it ignores a letter', '4012 0|098', 'x7', '4012 07|09 8'],
    ['inserts within a group', '4012 0|098', '7', '4012 07|09 8'],
    ['inserts before a gap', '4012| 0098', '7', '4012 7|009 8'],
    ['deletes within a group', '4012 00|00 98', '⌫', '4012 0|009 8'],
    ['Backspace after a gap removes the digit before the gap', '4012 |0098', '⌫', '401|0 098'],
    ['Backspace before a gap removes the digit before the gap', '4012| 0098', '⌫', '401|0 098'],
    ['Delete before a gap removes the digit after the gap', '4012| 7098', '⌦', '4012| 098'],
    ['Delete after a gap removes the digit after the gap', '4012 |7098', '⌦', '4012| 098'],
    [
      'Backspace removes the last of too many',
      `${'1'.repeat(32)}|`,
      '⌫',
      `1111 1111 1111 1111 ${'1'.repeat(15)}|`,
    ],
    ['replaces a selection', '4012[ 00]98', '7', '4012 7|98'],
    ['replaces everything', '[4012 0000 9876 5439]', '37144', '3714 4|'],
    ['deletes a selection', '4012[ 00]98', '⌦', '4012| 98'],
    ['deletes a digit when only a gap is selected', '4012[ ]0098', '⌫', '401|0 098'],
  ];
  for (const [fact, before, keys, after] of edits)
    it(`${fact}: ${before}`, () => {
      assert.equal(press(cardNumber, before, keys), after);
    });

  it('removes one digit for each Backspace or Delete, until the text is empty', () => {
    for (const [, number] of CARDS) {
      const digits = digitsOf(number);
      let [backward, forward] = [`${number}|`, `|${number}`];
      for (let count = 1; count <= digits.length; count += 1) {
        backward = press(cardNumber, backward, '⌫');
        assert.equal(backward.replace(/[ |]/g, ''), digits.slice(0, digits.length - count));
        forward = press(cardNumber, forward, '⌦');
        assert.equal(forward.replace(/[ |]/g, ''), digits.slice(count));
      }
    }
  });
});

describe('cardNumber.validate', () => {
  it('accepts exactly the numbers that pass the Luhn check and have a length of their brand', () => {
    const numbers = fc.tuple(
      fc.constantFrom(...LENGTHS),
      fc.integer({min: 12, max: 20}),
      fc.stringMatching(/^[0-9]{20}$/),
      fc.boolean(),
    );
    fc.assert(
      fc.property(numbers, ([[prefix, lengths], length, random, isRepaired]) => {
        const body = (prefix + random).slice(0, length - 1);
        const last = Array.from('0123456789').find((digit) => passesLuhn(body + digit)) ?? '';
        const digits = body + (isRepaired ? last : random.slice(-1));
        const isIssued = lengths.some((each) => each === length);
        assert.equal(validate(digits).status === 'valid', isIssued && passesLuhn(digits), digits);
      }),
      runs(500),
    );
  });

  it('rejects every number that differs from a valid one in a single digit', () => {
    for (const number of ONE_OF_EACH_BRAND)
      for (let at = 0; at < number.length; at += 1)
        for (const digit of '0123456789') {
          const changed = number.slice(0, at) + digit + number.slice(at + 1);
          if (number[at] !== ' ' && changed !== number)
            assert.notEqual(validate(changed).status, 'valid', changed);
        }
  });

  it('rejects a number with two adjacent digits swapped, except 0 and 9', () => {
    for (const number of ONE_OF_EACH_BRAND) {
      const digits = digitsOf(number);
      for (let at = 1; at < digits.length; at += 1) {
        const pair = digits.slice(at - 1, at + 1);
        const swapped = `${pair[1]}${pair[0]}`;
        if (pair === swapped || pair === '09' || pair === '90') continue;
        const changed = digits.slice(0, at - 1) + swapped + digits.slice(at + 1);
        assert.notEqual(validate(changed).status, 'valid', changed);
      }
    }
  });

  const accepted: [text: string, brands: readonly Brand[], problem?: 'brand-refused' | 'incomplete'][] = [
    ['5555 5555 5555 4444', ['visa'], 'brand-refused'],
    ['55', ['visa'], 'brand-refused'],
    ['37', ['visa', 'mastercard'], 'brand-refused'],
    ['1354 1001 4004 955', ['visa'], 'brand-refused'],
    ['5', ['visa'], 'incomplete'],
    ['4', ['visa'], 'incomplete'],
    ['1354 1001 400', ['visa'], 'incomplete'],
    ['4111 1111 1111 1111', ['mastercard', 'visa']],
    ['1354 1001 4004 955', ['unknown']],
    ['5555 5555 5555 4444', []],
  ];
  for (const [text, brands, problem] of accepted)
    it(`reports ${problem ?? 'no problem'} for ${text} if [${brands.join()}] are accepted`, () => {
      const status = problem === 'brand-refused' ? 'invalid' : problem;
      assert.deepEqual(validate(text, brands), status ? {status, problem} : {status: 'valid'});
    });
});

describe('brandOf', () => {
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
    it(`returns ${brand ?? 'undefined'} for '${text}'`, () => {
      assert.equal(brandOf(text), brand);
    });

  it('does not change from one brand to another while a number is entered', () => {
    for (const [, number] of CARDS) {
      const found = Array.from(number, (_, index) => brandOf(number.slice(0, index + 1)));
      assert.equal(new Set(found.filter((brand) => brand !== undefined)).size, 1, number);
    }
  });
});
