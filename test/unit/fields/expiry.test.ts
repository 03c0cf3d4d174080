import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {expiry, expiryOf} from '../../../widget/fields/expiry.ts';
import type {CalendarMonth} from '../../../widget/fields/field.ts';
import {runs} from '../../support/properties.ts';
import {type Entry, NOVEMBER_2026, press, show} from './text-input.ts';

function validate(text: string, today: CalendarMonth = NOVEMBER_2026) {
  return expiry.validate(text, {brands: [], today});
}

/** Digits and separators that users enter. */
const typed = fc.stringMatching(/^[0-9 /x-]{0,10}$/);

describe('expiry', () => {
  const entries: Entry[] = [
    ['', '', 'empty'],
    ['MM/YY', '', 'empty'],
    ['/', '', 'empty'],
    ['0', '0', 'incomplete', 'incomplete'],
    ['1', '1', 'incomplete', 'incomplete'],
    ['2', '02', 'incomplete', 'incomplete'],
    ['9', '09', 'incomplete', 'incomplete'],
    ['12', '12', 'incomplete', 'incomplete'],
    ['13', '13', 'invalid', 'invalid'],
    ['00', '00', 'invalid', 'invalid'],
    ['22', '22', 'incomplete', 'incomplete'], // 227 would be February 2027
    ['25', '25', 'incomplete', 'incomplete'],
    ['22 / ', '22 / ', 'invalid', 'invalid'],
    ['1/', '01 / ', 'incomplete', 'incomplete'],
    ['5/', '05 / ', 'incomplete', 'incomplete'],
    ['11/', '11 / ', 'incomplete', 'incomplete'],
    ['12/', '12/', 'incomplete', 'incomplete'], // 12 / 028 is what the keys 12028 become
    ['12 ', '12/', 'incomplete', 'incomplete'],
    ['2-', '02/', 'incomplete', 'incomplete'],
    ['12 / ', '12 / ', 'incomplete', 'incomplete'],
    ['12/0', '12/0', 'incomplete', 'incomplete'],
    ['12 / 0', '12 / 0', 'incomplete', 'incomplete'],
    ['12 / 0/', '12/0', 'incomplete', 'incomplete'],
    ['127', '12 / 7', 'incomplete', 'incomplete'],
    ['12/2', '12 / 2', 'incomplete', 'incomplete'],
    ['12/202', '12 / 202', 'incomplete', 'incomplete'],
    ['13/2', '13 / 2', 'invalid', 'invalid'],
    ['2027', '2027-', 'incomplete', 'incomplete'],
    ['2027-0', '2027-0', 'incomplete', 'incomplete'],
    ['02 / 027', '2027-', 'incomplete', 'incomplete'],
    ['0/27', '0 / 27', 'incomplete', 'incomplete'],
    [' / 27', ' / 27', 'incomplete', 'incomplete'],

    ['927', '09 / 27', 'valid'],
    ['0127', '01 / 27', 'valid'],
    ['1/27', '01 / 27', 'valid'],
    ['1 27', '01 / 27', 'valid'],
    ['01-27', '01 / 27', 'valid'],
    ['12.29', '12 / 29', 'valid'],
    [' 12 / 29 ', '12 / 29', 'valid'],
    ['1 / 2027', '01 / 27', 'valid'],
    ['12-2029', '12 / 29', 'valid'],
    ['012027', '01 / 27', 'valid'],
    ['12027', '01 / 27', 'valid'],
    ['92027', '09 / 27', 'valid'],
    ['12 / 027', '01 / 27', 'valid'],
    ['202701', '01 / 27', 'valid'],
    ['2027-01', '01 / 27', 'valid'],
    ['2027-1', '2027-1', 'valid'],
    ['2027/1', '2027-1', 'valid'],
    ['20271', '2027-1', 'valid'],
    ['2027-5', '05 / 27', 'valid'],
    ['2027 12', '12 / 27', 'valid'],
    ['2027.12', '12 / 27', 'valid'],
    ['１２／２７', '12 / 27', 'valid'],
    ['９/２７', '09 / 27', 'valid'],
    ['١٢/٢٠٢٧', '12 / 27', 'valid'],

    ['11/26', '11 / 26', 'valid'],
    ['10/26', '10 / 26', 'invalid', 'past'],
    ['01/26', '01 / 26', 'invalid', 'past'],
    ['12/25', '12 / 25', 'invalid', 'past'],
    ['12/2025', '12 / 25', 'invalid', 'past'],
    ['1/2020', '01 / 20', 'incomplete', 'past'], // 20 can continue to 2027
    ['12/2000', '12/00', 'invalid', 'past'],
    ['12/00', '12/00', 'invalid', 'past'],
    ['12/1929', '12 / 1929', 'invalid', 'past'],
    ['12/0027', '12/0027', 'invalid', 'past'],
    ['12/0271', '12/0271', 'invalid', 'past'],
    ['11/2045', '11 / 45', 'valid'],
    ['12/45', '12 / 45', 'valid'],
    ['01/46', '01 / 46', 'invalid', 'too-far'],
    ['12/99', '12 / 99', 'invalid', 'too-far'],
    ['12/2127', '12 / 2127', 'invalid', 'too-far'],

    ['13/27', '13 / 27', 'invalid', 'invalid'],
    ['1327', '13 / 27', 'invalid', 'invalid'],
    ['00/27', '00 / 27', 'invalid', 'invalid'],
    ['20/27', '20 / 27', 'invalid', 'invalid'],
    ['25/27', '25 / 27', 'invalid', 'invalid'],
    ['99/99', '99 / 99', 'invalid', 'invalid'],
    ['20/270131', '20 / 270131', 'invalid', 'invalid'],
    ['/2027123', ' / 202712', 'invalid', 'invalid'], // the year does not become a month
    [' / 202712', ' / 202712', 'invalid', 'invalid'],
    ['12/123', '12 / 123', 'invalid', 'incomplete'],
    ['12/192', '12 / 192', 'invalid', 'incomplete'],
    ['12/20270', '12 / 20270', 'invalid', 'incomplete'],
    ['12/999999999', '12 / 999999', 'invalid', 'incomplete'],
    ['12/027', '12/027', 'invalid', 'incomplete'],
    ['12-027', '12/027', 'invalid', 'incomplete'],
    ['2/027', '02/027', 'invalid', 'incomplete'],
    ['02028', '02/028', 'invalid', 'incomplete'],
    ['2027-01-31', '02 / 027013', 'invalid', 'incomplete'],
    ['01/31/2027', '01 / 312027', 'invalid', 'incomplete'],
  ];
  for (const [entered, shown, status, problem] of entries)
    it(`shows '${entered}' as '${shown}': ${problem ?? status} in November 2026`, () => {
      assert.equal(show(expiry, `${entered}|`), `${shown}|`);
      assert.deepEqual(validate(shown), problem ? {status, problem} : {status});
    });

  const forms: [form: string, write: (month: number, year: number) => string][] = [
    ['MM/YY', (month, year) => `${padded(month)}/${year % 100}`],
    ['MMYY', (month, year) => `${padded(month)}${year % 100}`],
    ['M/YY', (month, year) => `${month}/${year % 100}`],
    ['MM / YYYY', (month, year) => `${padded(month)} / ${year}`],
    ['MMYYYY', (month, year) => `${padded(month)}${year}`],
    ['M YYYY', (month, year) => `${month} ${year}`],
    ['YYYY-MM', (month, year) => `${year}-${padded(month)}`],
    ['YYYYMM', (month, year) => `${year}${padded(month)}`],
    ['YYYY-M', (month, year) => `${year}-${month}`],
  ];
  for (const [form, write] of forms)
    it(`reads ${form} for every month, typed and pasted`, () => {
      for (let year = 2027; year <= 2045; year += 3)
        for (let month = 1; month <= 12; month += 1) {
          const text = write(month, year);
          const keyed = press(expiry, '|', text).replace('|', '');
          for (const entered of [text, keyed]) {
            const left = expiry.format(entered, Infinity).text;
            assert.equal(left, `${padded(month)} / ${year % 100}`, `${text}, ${entered}`);
            assert.deepEqual(expiryOf(left), {month: padded(month), year: `${year}`});
            assert.equal(validate(left).status, 'valid', left);
          }
        }
    });
});

describe('expiry.format', () => {
  const carets = [
    ['|5', '|5'],
    ['5|/', '05|'],
    ['12|/', '12|'],
    ['02 / 00|0', '2000-|'],
    ['20|27-0', '20|27-0'],
    ['12 0|27', '12/0|27'],
    ['2|/027', '2|/027'],
    ['𝟏𝟐𝟐|𝟕', '12 / 2|7'],
    ['12/20|29', '12 / |29'],
    ['12/2|029', '12 / |29'],
    ['1|/27', '1| / 27'],
    ['|1/27', '|1 / 27'],
    ['|2 / 27', '|2 / 27'],
    ['2 / 2|7', '02 / 2|7'],
    ['12| / 27', '12| / 27'],
    ['12 | / 27', '12 / |27'],
    ['012| / 27', '01 / 2|27'],
    ['| / 27', '| / 27'],
    ['5| / 27', '5| / 27'],
  ] as const;
  for (const [entered, shown] of carets)
    it(`shows ${entered} as ${shown}`, () => {
      assert.equal(show(expiry, entered), shown);
    });

  const edits = [
    ['|', '12/27', '12 / 27|'],
    ['|', '12 27', '12 / 27|'],
    ['|', '12/2029', '12 / 29|'],
    ['|', '527', '05 / 27|'],
    ['|', '2027/1', '2027-1|'],
    ['|', '12027', '01 / 27|'],
    ['|', '12/027', '12/027|'],
    ['|', '12/028', '12/028|'],
    ['|', '2/027', '02/027|'],
    ['|', '02/027', '02/027|'],
    ['|', '02027', '2027-|'],
    ['|', '120/28', '12/028|'],
    ['|', '12/20028', '12/028|'],
    ['12/|', '2', '12 / 2|'],
    ['12/0|', '⌫2', '12 / 2|'],
    ['12/0|', '⌫⌫', '1|'],
    ['12/|02', '⌫', '1| / 02'],
    ['12/|02', '⌫1', '11| / 02'],
    ['12|/02', '⌦', '12 / |2'],
    ['|', '1327', '13 / 27|'],
    ['2027-|', '⌫', '02 / 02|'],
    ['2027-|', '⌫⌫', '02 / 0|'],
    ['|2027-', '01', '01| / 27'],
    ['05|', '⌫', '0|'],
    ['05|', '⌫⌫', '|'],
    ['05|', '⌫⌫11', '11|'],
    ['01 / |', '⌫', '0|'],
    ['12 / 2|', '⌫', '12 / |'],
    ['12 / 2|', '⌫⌫', '1|'],
    ['12 / 27|', '⌫⌫⌫⌫', '|'],
    ['01 / 27|', '⌫', '01 / 2|'],
    ['01 / |27', '⌫', '0| / 27'],
    ['12 / |27', '⌫1', '11| / 27'],
    ['12 / |27', '⌫⌫', '| / 27'],
    ['12 / |27', '⌫⌫5', '5| / 27'],
    ['12 / |27', '⌫⌫05', '05| / 27'],
    ['|12 / 27', '⌦', '|2 / 27'],
    ['|12 / 27', '⌦0', '0|2 / 27'],
    ['|01 / 27', '⌦⌦12', '12| / 27'],
    ['12| / 27', '⌦', '12 / |7'],
    ['12| / 27', '⌦⌦', '12 / |'],
    ['|12 / 27', '⌦⌦⌦⌦', '|'],
    ['|12', '⌦', '|2'],
    ['|12', '⌦0', '0|2'],
    ['1[2] / 27', '⌫', '1| / 27'],
    ['20 / 0[0000]0', '0', '20 / 00|0'],
  ] as const;
  for (const [before, keys, after] of edits)
    it(`shows ${after} after typing ${keys} into ${before}`, () => {
      assert.equal(press(expiry, before, keys), after);
    });

  it('reads a month, a separator and a year like the pasted text if they are entered key by key', () => {
    const text = fc.tuple(
      fc.constantFrom('1', '2', '7', '01', '02', '09', '10', '11', '12', '13'),
      fc.constantFrom('/', ' ', '-', '.'),
      fc.stringMatching(/^\d{0,4}$/),
    );
    fc.assert(
      fc.property(text, (parts) => {
        const pasted = parts.join('');
        const keyed = press(expiry, '|', pasted);
        assert.equal(
          expiry.format(keyed.replace('|', ''), Infinity).text,
          expiry.format(pasted, Infinity).text,
        );
        assert.deepEqual(
          validate(keyed.replace('|', '')),
          validate(show(expiry, `${pasted}|`).replace('|', '')),
        );
      }),
      runs(2000),
    );
  });

  it('completes the format when the field loses the focus', () => {
    for (const text of ['2027-1', '20271', '2027-01', '1/27', '0127'])
      assert.deepEqual(expiry.format(text, Infinity), {text: '01 / 27', caret: 7});
  });

  it('keeps a month with a separator after it when the field loses the focus', () => {
    for (const [text, shown] of [
      ['12/027', '12/027'],
      ['2/027', '02/027'],
      ['02028', '02/028'],
    ] as const)
      assert.equal(expiry.format(text, Infinity).text, shown);
  });

  it('keeps the caret between the same digits of every month and year', () => {
    for (let month = 0; month < 20; month += 1)
      for (const year of ['', '2', '29', '202', '192', '1929']) {
        const digits = padded(month) + year;
        for (let caret = 0; caret <= digits.length; caret += 1) {
          const edited = expiry.format(digits, caret);
          assert.equal(edited.text.replace(' / ', ''), digits);
          assert.equal(edited.text.slice(0, edited.caret).replace(' / ', ''), digits.slice(0, caret));
        }
      }
  });

  it('removes digits with Backspace until the text is empty', () => {
    fc.assert(
      fc.property(typed, (keys) => {
        assert.equal(press(expiry, '|', keys + '⌫'.repeat(16)), '|');
      }),
      runs(300),
    );
  });
});

describe('expiry.validate', () => {
  const MONTHS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 20, 99];

  it('accepts every month from the current one to December nineteen years ahead', () => {
    for (const today of [NOVEMBER_2026, {year: 2026, month: 12}, {year: 2027, month: 1}])
      for (let year = 2000; year < 2100; year += 1)
        for (const month of MONTHS) {
          const isMonth = month >= 1 && month <= 12;
          const isPast = year < today.year || (year === today.year && month < today.month);
          const text = `${padded(month)} / ${padded(year % 100)}`;
          const isValid = validate(text, today).status === 'valid';
          assert.equal(isValid, isMonth && !isPast && year <= today.year + 19, text);
        }
  });

  it('does not return invalid for a text that more digits can make valid', () => {
    for (const month of ['01', '12', '13'])
      for (let year = 0; year < 1000; year += year < 100 ? 1 : 9) {
        const begun = `${month} / ${year}`;
        if (validate(begun).status !== 'invalid') continue;
        for (let more = 0; more < (year < 100 ? 110 : 10); more += 1) {
          const text = `${begun}${more < 10 ? more : padded(more - 10)}`;
          assert.notEqual(validate(text).status, 'valid', text);
        }
      }
  });
});

describe('expiryOf', () => {
  const rows = [
    ['12 / 31', '12', '2031'],
    ['01 / 2031', '01', '2031'],
    ['1/31', '01', '2031'],
    ['2031-01', '01', '2031'],
    ['203101', '01', '2031'],
    ['0131', '01', '2031'],
    ['٠١٣١', '01', '2031'],
    ['12 / 05', '12', '2005'],
    ['12 / 1931', '12', '1931'],
    ['12031', '01', '2031'],
  ] as const;
  for (const [text, month, year] of rows)
    it(`reads '${text}' as ${month} ${year}`, () => {
      assert.deepEqual(expiryOf(text), {month, year});
    });

  it('returns undefined for anything but one month and one year of two or four digits', () => {
    const texts = ['', '12', '12 / 3', '12 / 203', '13 / 31', '00 / 31', '0 / 31', '12 / 20315', ' / 31'];
    for (const text of [...texts, '12/031', '02031']) assert.equal(expiryOf(text), undefined, text);
  });

  it('returns the same date for the shown text as for the entered text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{1,4}[ /-]{0,2}[0-9]{1,4}$/), (text) => {
        assert.deepEqual(expiryOf(expiry.format(text, text.length).text), expiryOf(text));
      }),
      runs(1000),
    );
  });
});

function padded(number: number): string {
  return `${number}`.padStart(2, '0');
}
