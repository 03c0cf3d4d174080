import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {brandName, brandOf, cardNumber} from '../../../widget/fields/card-number.ts';
import {type Brand, BRANDS} from '../../../widget/protocol/names.ts';
import {runs} from '../../support/properties.ts';
import {type Entry, NOVEMBER_2026, press, replace, show, type TextInput} from './text-input.ts';

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
  ['jcb', '1800 0163 8277 392'],
  ['unionpay', '6200 0000 0000 0005'],
  ['unionpay', '6205 5000 0000 0000 004'],
  ['unionpay', '6221 5588 1234 0000'], // no check digit
  ['unionpay', '6212 3456 7890 02'],
  ['maestro', '6304 0000 0000 0000'],
  ['maestro', '6759 6498 2643 8453'],
  ['maestro', '5033 9619 8909 17'],
  ['maestro', '6771 8309 9999 1239 343'],
  ['maestro', '5000 5500 0000 0029'],
  ['maestro', '5641 8211 1116 6669'],
  ['maestro', '5868 2416 0825 5333 38'],
  ['elo', '5066 9911 1111 1118'],
  ['mir', '2201 3820 0000 0013'],
  ['hiper', '6370 9500 0000 0005'],
  ['hipercard', '6062 8288 8866 6688'],
  ['troy', '9792 0300 0000 0000'],
  ['verve', '5060 9905 8000 0217 499'],
  ['naranja', '5895 6278 2345 3005'],
  ['naranja', '5895 6270 8723 2438'],
  ['rupay', '6073 8497 0000 4947'],
  ['dankort', '5019 7170 1010 3742'],
  ['uatp', '1354 10014 004955'],
  ['uatp', '1354 12345 678911'],
  ['unknown', '9490 2200 0661 1406'],
  ['unknown', '6703 4444 4444 4449'], // Bancontact
  ['unknown', '6703 0000 0000 0000 3'],
  ['unknown', '5078 0362 4660 0381'], // Meeza
  ['unknown', '6035 2277 1642 7021'], // Cabal
  ['unknown', '6044 1410 0001 8769'], // a card of one shop
] as const;

/** Brands whose check digit is not that of Luhn. */
const WITHOUT_LUHN: readonly string[] = ['unionpay', 'naranja'];

/** Without the brands whose check digit is not that of Luhn. */
const ONE_OF_EACH_BRAND = [...new Map(CARDS)]
  .filter(([brand]) => !WITHOUT_LUHN.includes(brand))
  .map(([, number]) => number);

/** First digits of the brands that are not in credit-card-type, or whose ranges are others there. */
const RANGES: readonly [brand: Brand, length: number, first: number, last?: number][] = [
  ['rupay', 16, 508500, 508999],
  ['rupay', 16, 606985, 607984],
  ['rupay', 16, 608001, 608500],
  ['rupay', 16, 652150, 653149],
  ['rupay', 16, 817200, 820199],
  ['dankort', 16, 5019],
  ['mada', 16, 504300],
  ['mada', 16, 506968],
  ['mada', 16, 508160],
  ['mada', 16, 585265],
  ['mada', 16, 588845],
  ['mada', 16, 588848],
  ['mada', 16, 588850],
  ['mada', 16, 588982, 588983],
  ['mada', 16, 589005],
  ['mada', 16, 589206],
  ['mada', 16, 604906],
  ['mada', 16, 605141],
  ['mada', 16, 636120],
  ['mada', 16, 968201, 968209],
  ['mada', 16, 968211],
  ['carnet', 16, 286900],
  ['carnet', 16, 502275],
  ['carnet', 16, 506199, 506499],
  ['carnet', 16, 588772],
  ['carnet', 16, 60462203, 60462204],
  ['carnet', 16, 606333],
  ['carnet', 16, 627535],
  ['carnet', 16, 636318],
  ['carnet', 16, 636379],
  ['carnet', 16, 639388],
  ['carnet', 16, 639484],
  ['carnet', 16, 639559],
  ['uatp', 15, 1000, 1799],
  ['jcb', 15, 1800],
  ['uatp', 15, 1801, 1999],
  ['jcb', 15, 2131],
  ['hipercard', 16, 384100],
  ['hipercard', 16, 384140],
  ['hipercard', 16, 384160],
  ['hipercard', 16, 606282],
  ['naranja', 16, 589562],
  ['maestro', 12, 493698],
  ['maestro', 19, 5000, 5018],
  ['maestro', 16, 5020, 5038],
  ['maestro', 13, 5612],
  ['maestro', 18, 5641],
  ['maestro', 18, 5868],
  ['maestro', 16, 5893],
  ['maestro', 16, 590000, 599999],
  ['maestro', 16, 6304],
  ['maestro', 17, 6390],
  ['maestro', 16, 6700, 6702],
  ['maestro', 19, 6704, 6799],
];

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

/** A number with these first digits that passes the Luhn check. */
function numberWith(prefix: number, length: number): string {
  const body = `${prefix}`.padEnd(length - 1, '0');
  return Array.from('0123456789', (digit) => body + digit).find(passesLuhn) ?? '';
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
    ['4222222222222', '4222 2222 2222 2', 'incomplete', 'incomplete'], // the beginning of a longer number
    ['6221558812340000', '6221 5588 1234 0000', 'valid'],
    ['6221558812340001', '6221 5588 1234 0001', 'valid'],
    ['62123456789003', '6212 3456 7890 03', 'incomplete', 'invalid'],
    ['62000000000000050000', '6200 0000 0000 0005 0000', 'invalid', 'invalid'],
    ['5895627823453006', '5895 6278 2345 3006', 'invalid', 'invalid'],
    ['5895620000000002', '5895 6200 0000 0002', 'invalid', 'invalid'], // passes the Luhn check
    ['5895620000000000', '5895 6200 0000 0000', 'valid'], // 11 - 0 becomes 0
    ['5895620000000060', '5895 6200 0000 0060', 'valid'], // 11 - 1 as well
    ['5895620000000061', '5895 6200 0000 0061', 'invalid', 'invalid'],
    ['180001638277393', '1800 0163 8277 393', 'invalid', 'invalid'],
    ['18000163827739', '1800 0163 8277 39', 'incomplete', 'incomplete'],
    ['1800016382773920', '1800 0163 8277 3920', 'invalid', 'invalid'],
    ['135410014004955', '1354 10014 004955', 'valid'],
    ['1354100140049550', '1354 10014 0049550', 'invalid', 'invalid'],
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
    ['12345678901', '1234 56789 01', 'incomplete', 'incomplete'],
    ['135410014004956', '1354 10014 004956', 'invalid', 'invalid'],
    ['9490220006611407', '9490 2200 0661 1407', 'incomplete', 'invalid'],
    ['1354100140049550001', '1354 10014 0049550 001', 'invalid', 'invalid'],
    ['1234567890123456789', '1234 56789 0123456 789', 'invalid', 'invalid'],
    ['O111 1111 1111 1111', '1111 11111 111111', 'invalid', 'invalid'],
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
      `${'9'.repeat(32)}|`,
      '⌫',
      `9999 9999 9999 9999 ${'9'.repeat(15)}|`,
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

describe('cardNumber, with the keys of a card reader', () => {
  const EMPTY: TextInput = {text: '', start: 0, end: 0};
  const track1 = (number: string, data = '30121010000000000000') => `%B${number}^NAME/TEST^${data}?`;
  const track2 = (number: string, data = '30121010000000000000') => `;${number}=${data}?`;
  const both = (number: string) => track1(number) + track2(number);

  const entries: [fact: string, before: string, keys: string, shown: string, status: string][] = [
    ['two tracks', '', both('4012000098765439'), '4012 0000 9876 5439', 'valid'],
    ['the first track', '', track1('4012000098765439'), '4012 0000 9876 5439', 'valid'],
    ['the second track', '', track2('4012000098765439'), '4012 0000 9876 5439', 'valid'],
    ['spaces in the number', '', track1('3714 496353 92376'), '3714 496353 92376', 'valid'],
    ['a number of 19 digits', '', both('6771830999991239343'), '6771 8309 9999 1239 343', 'valid'],
    [
      'a name with digits',
      '',
      track1('4012000098765439').replace('TEST', 'J2'),
      '4012 0000 9876 5439',
      'valid',
    ],
    ['an unreadable second track', '', `${track1('4012000098765439')};E?`, '4012 0000 9876 5439', 'valid'],
    ['an unreadable first track', '', `%E?${track2('4012000098765439')}`, '4012 0000 9876 5439', 'valid'],
    ['a wrong check digit', '', both('4012000098765438'), '4012 0000 9876 5438', 'incomplete'],
    ['a card that is no payment card', '', '%CALOS ANGELES^DOE$JOHN^?;6360141234567=2912?', '', 'empty'],
    ['no sentinels', '', '4012000098765439=30121010000000000000', '4012 0000 9876 5439', 'valid'],
    [
      'a third track',
      '',
      `${both('4012000098765439')};014012000098765439=724724100?`,
      '4012 0000 9876 5439',
      'valid',
    ],
    ['the same card again', '', both('4012000098765439').repeat(2), '4012 0000 9876 5439', 'valid'],
    ['another card', '', both('4012000098765439') + both('5499740000000057'), '5499 7400 0000 0057', 'valid'],
    [
      'an invalid other card',
      '',
      both('4012000098765439') + both('5499740000000058'),
      '5499 7400 0000 0058',
      'invalid',
    ],
    ['typed digits before it', '40', both('4012000098765439'), '4012 0000 9876 5439', 'valid'],
    [
      'typed digits before one track',
      '40',
      track1('4012000098765439'),
      '4040 1200 0098 7654 39',
      'incomplete',
    ],
  ];
  for (const [fact, before, keys, shown, status] of entries)
    it(`shows the number alone: ${fact}`, () => {
      const keyed = press(cardNumber, `${before}|`, keys);
      assert.equal(keyed, `${shown}|`, 'typed');
      assert.equal(show(cardNumber, `${before}${keys}|`), `${shown}|`, 'pasted');
      assert.equal(cardNumber.format(before + keys, Infinity).text, shown, 'filled');
      assert.equal(validate(shown).status, status);
    });

  it('shows only digits of the number after each key', () => {
    const numbers = ONE_OF_EACH_BRAND.map(digitsOf);
    const years = fc.tuple(fc.constantFrom(...numbers), fc.stringMatching(/^\d{20}$/));
    fc.assert(
      fc.property(years, fc.constantFrom(track1, track2), ([number, data], track) => {
        const typed = Array.from(track(number, data)).reduce((input, key) => {
          const next = replace(cardNumber, input, key);
          const shown = digitsOf(next.text);
          assert.equal(shown, number.slice(0, shown.length), `${key} after ${input.text}`);
          return next;
        }, EMPTY);
        assert.equal(digitsOf(typed.text), number);
      }),
      runs(20),
    );
  });

  it('does not keep the name and the data of a track for later keys', () => {
    const keys = both('4012000098765439');
    for (let count = 0; count <= keys.length; count += 1) {
      const rest = cardNumber.restOf?.(keys.slice(0, count)) ?? '';
      assert.match(rest, /^(%|%=(;\d*)?|)$/, keys.slice(0, count));
    }
  });

  const edits = [
    ['4012|', '=00^00%98', '4012 0000 98|'],
    ['4012 0000 9876 5|', '=439', '4012 0000 9876 5439|'],
    ['4012 0000 9876 5439|', '=⌫8', '4012 0000 9876 5438|'],
    ['4012 0000 9876 5439|', '=←0', '4012 0000 9876 5430| 9'],
    ['[4012 0000 9876 5439]', '54', '54|'],
    ['|', '%⌫4', '4|'],
  ] as const;
  for (const [before, keys, after] of edits)
    it(`does not hinder typing: ${keys} into ${before}`, () => {
      assert.equal(press(cardNumber, before, keys), after);
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
          if (number[at] !== ' ' && changed !== number && brandOf(changed) !== 'unionpay')
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
        if (brandOf(changed) === 'unionpay') continue;
        assert.notEqual(validate(changed).status, 'valid', changed);
      }
    }
  });

  const accepted: [text: string, brands: readonly Brand[], problem?: 'brand-refused' | 'incomplete'][] = [
    ['5555 5555 5555 4444', ['visa'], 'brand-refused'],
    ['55', ['visa'], 'brand-refused'],
    ['37', ['visa', 'mastercard'], 'brand-refused'],
    ['9490 2200 0661 1406', ['visa'], 'brand-refused'],
    ['1354', ['visa'], 'brand-refused'],
    ['6703 4444 4444 4449', ['maestro'], 'brand-refused'],
    ['5019 7170 1010 3742', ['maestro'], 'brand-refused'],
    ['6200 0000 0000 0005', ['discover'], 'brand-refused'],
    ['6221 2500 0000 0000', ['discover'], 'brand-refused'],
    ['6221 2600 0000 0000', ['discover']],
    ['6221 2600 0000 0000', ['unionpay']],
    ['6221 2600 0000 0000', ['maestro'], 'brand-refused'],
    ['6229 2500 0000 0000', ['discover']],
    ['6229 2600 0000 0000', ['discover'], 'brand-refused'],
    ['6521 5000 0000 0006', ['discover']],
    ['6521 5000 0000 0006', ['rupay']],
    ['6521 5000 0000 0006', ['visa'], 'brand-refused'],
    ['6073 8497 0000 4947', ['discover'], 'brand-refused'],
    ['6221', ['discover'], 'incomplete'],
    ['6221 26', ['discover'], 'incomplete'],
    ['5', ['visa'], 'incomplete'],
    ['4', ['visa'], 'incomplete'],
    ['9490 2200 066', ['visa'], 'incomplete'],
    ['4111 1111 1111 1111', ['mastercard', 'visa']],
    ['9490 2200 0661 1406', ['unknown']],
    ['6703 4444 4444 4449', ['maestro', 'unknown']],
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
    ['1354', 'uatp'],
    ['18', undefined],
    ['1800', 'jcb'],
    ['9490 2200 0661 1407', undefined],
    ['50', undefined],
    ['5018', 'maestro'],
    ['5019', 'dankort'],
    ['6703', undefined],
    ['384', undefined],
    ['3841', undefined],
    ['384100', 'hipercard'],
    ['384101', 'diners-club'],
    ['402918', 'visa'],
    ['527572', 'mastercard'],
    ['４１', 'visa'],
  ] as const;
  for (const [text, brand] of rows)
    it(`returns ${brand ?? 'undefined'} for '${text}'`, () => {
      assert.equal(brandOf(text), brand);
    });

  for (const [brand, length, first, last = first] of RANGES)
    it(`returns ${brand} for numbers from ${first} to ${last}, and for no number next to them`, () => {
      const isListed = (prefix: number) =>
        RANGES.some(([other, , from, to = from]) => other === brand && from <= prefix && prefix <= to);
      for (const prefix of [first, last]) {
        const number = numberWith(prefix, length);
        assert.equal(brandOf(`${prefix}`), brand);
        assert.equal(brandOf(number), brand, number);
        if (brand !== 'naranja') assert.deepEqual(validate(number, [brand]), {status: 'valid'}, number);
      }
      for (const prefix of [first - 1, last + 1])
        if (!isListed(prefix)) assert.notEqual(brandOf(numberWith(prefix, 16)), brand, `${prefix}`);
    });

  it('returns no brand for numbers of 50, 56 to 59 and 6 that are in no known range', () => {
    for (const prefix of [
      504299, 507803, 508499, 560254, 574321, 589657, 600000, 604201, 605000, 639100, 690000,
    ])
      assert.equal(brandOf(numberWith(prefix, 16)), 'unknown', `${prefix}`);
  });

  it('does not change from one brand to another while a number is entered', () => {
    for (const [, number] of CARDS) {
      const found = Array.from(number, (_, index) => brandOf(number.slice(0, index + 1)));
      assert.equal(new Set(found.filter((brand) => brand !== undefined)).size, 1, number);
    }
  });
});

describe('brandName', () => {
  it('returns a name for each brand, and none for unknown', () => {
    const names = BRANDS.map((brand) => brandName(brand));
    assert.deepEqual(names.slice(0, 3), ['Visa', 'Mastercard', 'American Express']);
    assert.deepEqual(names.slice(-6), ['RuPay', 'Dankort', 'mada', 'Carnet', 'UATP', '']);
    assert.equal(new Set(names).size, BRANDS.length);
  });
});
