import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {expiry, expiryOf} from '../../../widget/fields/expiry.ts';
import {deleteThroughSeparator, type Edited} from '../../../widget/fields/field.ts';

const NOVEMBER_2026 = {brands: [], today: {year: 2026, month: 11}};

function mark({text, caret}: Edited) {
  return `${text.slice(0, caret)}|${text.slice(caret)}`;
}

/** `|` marks the caret. */
function show(marked: string) {
  return mark(expiry.format(marked.replace('|', ''), marked.indexOf('|')));
}

/** What stands in the field after these keys: `<` Backspace, `>` Delete, `←` `→` and `↑` (to the front) move. */
function press(keys: string) {
  let {text, caret}: Edited = {text: '', caret: 0};
  const apply = (start: number, end: number, typed: string, inputType: string) => {
    if (start < 0 || end > text.length) return;
    const raw = {text: text.slice(0, start) + typed + text.slice(end), caret: start + typed.length};
    const through = deleteThroughSeparator(text, raw, inputType);
    ({text, caret} = expiry.format(through.text, through.caret));
  };
  for (const key of keys)
    if (key === '<') apply(caret - 1, caret, '', 'deleteContentBackward');
    else if (key === '>') apply(caret, caret + 1, '', 'deleteContentForward');
    else if (key === '←') caret = Math.max(0, caret - 1);
    else if (key === '→') caret = Math.min(text.length, caret + 1);
    else if (key === '↑') caret = 0;
    else apply(caret, caret, key, 'insertText');
  return mark({text, caret});
}

describe('expiry.format', () => {
  const rows = [
    ['|', '|'],
    ['abc|', '|'],
    ['/|', '|'],
    ['0|', '0|'],
    ['1|', '1|'],
    ['2|', '02|'],
    ['9|', '09|'],
    ['|5', '|5'],
    ['5|/', '05|'],
    ['12|', '12|'],
    ['13|', '13|'],
    ['1/|', '01 / |'],
    ['5/|', '05 / |'],
    ['12/|', '12 / |'],
    ['12 |', '12 / |'],
    ['12|/', '12|'],
    ['127|', '12 / 7|'],
    ['1227|', '12 / 27|'],
    ['12/27|', '12 / 27|'],
    ['12/2027|', '12 / 27|'],
    ['12/202|', '12 / 202|'],
    ['122027|', '12 / 27|'],
    ['012027|', '01 / 27|'],
    ['202701|', '01 / 27|'],
    ['20271|', '2027-1|'],
    ['2027|', '2027-|'],
    ['2027-0|', '2027-0|'],
    ['02 / 00|0', '2000-|'],
    ['20|27-0', '20|27-0'],
    ['2027-5|', '05 / 27|'],
    ['12027|', '01 / 27|'],
    ['12 / 027|', '01 / 27|'],
    ['02 / 027|', '2027-|'],
    ['12/027|', '12/027|'],
    ['12-027|', '12/027|'],
    ['12 0|27', '12/0|27'],
    ['2/027|', '02/027|'],
    ['2|/027', '2|/027'],
    ['02028|', '02/028|'],
    ['12/0271|', '12 / 0271|'],
    ['92027|', '09 / 27|'],
    ['927|', '09 / 27|'],
    ['127|', '12 / 7|'],
    ['25|', '25|'],
    ['25/27|', '25 / 27|'],
    ['2027-01|', '01 / 27|'],
    ['2027-1|', '2027-1|'],
    ['2027/12|', '12 / 27|'],
    ['1/27|', '01 / 27|'],
    ['1 27|', '01 / 27|'],
    ['0127|', '01 / 27|'],
    ['12-2029|', '12 / 29|'],
    ['12.29|', '12 / 29|'],
    [' 12 / 29 |', '12 / 29|'],
    ['１２／２７|', '12 / 27|'],
    ['١٢/٢٠٢٧|', '12 / 27|'],
    ['𝟏𝟐𝟐|𝟕', '12 / 2|7'],
    ['13/27|', '13 / 27|'],
    ['1327|', '13 / 27|'],
    ['0/27|', '0 / 27|'],
    ['00/27|', '00 / 27|'],
    ['12/1929|', '12 / 1929|'],
    ['12/2129|', '12 / 2129|'],
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
    ['2027-01-31|', '02 / 027013|'],
    ['/2027123|', ' / 202712|'],
    [' / 202712|', ' / 202712|'],
    ['01/31/2027|', '01 / 312027|'],
    ['12/999999999|', '12 / 999999|'],
  ] as const;
  for (const [typed, shown] of rows)
    it(`shows ${typed} as ${shown}`, () => {
      expect(show(typed)).to.equal(shown);
    });

  const walks = [
    ['1227', '12 / 27|'],
    ['12/27', '12 / 27|'],
    ['12 27', '12 / 27|'],
    ['12/2029', '12 / 29|'],
    ['122029', '12 / 29|'],
    ['527', '05 / 27|'],
    ['0527', '05 / 27|'],
    ['5/27', '05 / 27|'],
    ['1/27', '01 / 27|'],
    ['2027-01', '01 / 27|'],
    ['2027-12', '12 / 27|'],
    ['2027-5', '05 / 27|'],
    ['2027/1', '2027-1|'],
    ['202712', '12 / 27|'],
    ['2027<', '02 / 02|'],
    ['2027-<<', '02 / 0|'],
    ['12027', '01 / 27|'],
    ['12/027', '01 / 27|'],
    ['2027↑01', '01| / 27'],
    ['1 2027', '01 / 27|'],
    ['1327', '13 / 27|'],
    ['5<', '0|'],
    ['5<<', '|'],
    ['5<<11', '11|'],
    ['1/<', '0|'],
    ['12/2<', '12 / |'],
    ['12/2<<', '1|'],
    ['1227<<<<', '|'],
    ['1227←←<', '1| / 27'],
    ['1227←←<1', '11| / 27'],
    ['1227←←<<', '| / 27'],
    ['1227←←<<5', '5| / 27'],
    ['1227←←<<05', '05| / 27'],
    ['1227↑>', '|2 / 27'],
    ['1227↑>0', '0|2 / 27'],
    ['1227↑→→>', '12 / |7'],
    ['1227↑→→>>', '12 / |'],
    ['1227↑>>>>', '|'],
    ['12↑>', '|2'],
    ['12↑>0', '0|2'],
  ] as const;
  for (const [keys, shown] of walks)
    it(`stands at ${shown} after the keys ${keys}`, () => {
      expect(press(keys)).to.equal(shown);
    });

  it('shows one form, and no other, once the person is done', () => {
    for (const text of ['2027-1', '20271', '2027-01', '1/27', '0127'])
      expect(expiry.format(text, Infinity)).to.deep.equal({text: '01 / 27', caret: 7});
  });

  it('leaves a month that was ended where it is, once the person is done', () => {
    for (const [text, shown] of [
      ['12/027', '12/027'],
      ['2/027', '02/027'],
      ['02028', '02/028'],
    ] as const)
      expect(expiry.format(text, Infinity).text).to.equal(shown);
  });

  const typed = fc.stringMatching(/^[0-9 /x-]{0,10}$/);

  it('changes nothing when it formats twice', () => {
    fc.assert(
      fc.property(fc.oneof(typed, fc.string({unit: 'binary'})), fc.nat(12), (text, at) => {
        const once = expiry.format(text, Math.min(at, text.length));
        expect(expiry.format(once.text, once.caret)).to.deep.equal(once);
      }),
      {numRuns: 1000},
    );
  });

  it('keeps the caret behind the same digit, whatever month and year, wherever it stands', () => {
    for (let month = 0; month < 20; month += 1)
      for (const year of ['', '2', '29', '202', '192', '1929']) {
        const digits = `${month}`.padStart(2, '0') + year;
        for (let caret = 0; caret <= digits.length; caret += 1) {
          const edited = expiry.format(digits, caret);
          expect(edited.text.replace(' / ', '')).to.equal(digits);
          expect(edited.text.slice(0, edited.caret).replace(' / ', '')).to.equal(digits.slice(0, caret));
        }
      }
  });

  it('is emptied by Backspace whatever was typed', () => {
    fc.assert(
      fc.property(typed, (keys) => {
        expect(press(keys + '<'.repeat(16))).to.equal('|');
      }),
    );
  });
});

describe('expiry.validate', () => {
  const rows = [
    ['', 'empty', undefined],
    ['x', 'empty', undefined],
    ['0', 'incomplete', 'incomplete'],
    ['1', 'incomplete', 'incomplete'],
    ['5', 'incomplete', 'incomplete'],
    ['12', 'incomplete', 'incomplete'],
    ['12 / ', 'incomplete', 'incomplete'],
    ['12 / 2', 'incomplete', 'incomplete'],
    ['12 / 202', 'incomplete', 'incomplete'],
    ['0 / 27', 'incomplete', 'incomplete'],
    [' / 27', 'incomplete', 'incomplete'],
    [' / 202712', 'invalid', 'invalid'],
    ['00', 'invalid', 'invalid'],
    ['13', 'invalid', 'invalid'],
    ['22', 'incomplete', 'incomplete'],
    ['22 / ', 'invalid', 'invalid'],
    ['13 / 2', 'invalid', 'invalid'],
    ['13 / 27', 'invalid', 'invalid'],
    ['00 / 27', 'invalid', 'invalid'],
    ['20 / 27', 'invalid', 'invalid'],
    ['99 / 99', 'invalid', 'invalid'],
    ['12 / 293', 'invalid', 'incomplete'],
    ['12 / 192', 'invalid', 'incomplete'],
    ['12 / 20277', 'invalid', 'incomplete'],
    ['12/027', 'invalid', 'incomplete'],
    ['02/028', 'invalid', 'incomplete'],
    ['20 / 270131', 'invalid', 'invalid'],
    ['11 / 26', 'valid', undefined],
    ['12 / 26', 'valid', undefined],
    ['01 / 27', 'valid', undefined],
    ['1 / 27', 'valid', undefined],
    ['12 / 45', 'valid', undefined],
    ['2027-01', 'valid', undefined],
    ['202701', 'valid', undefined],
    ['１２ / ２７', 'valid', undefined],
    ['10 / 26', 'invalid', 'past'],
    ['01 / 26', 'invalid', 'past'],
    ['12 / 25', 'invalid', 'past'],
    ['12 / 20', 'incomplete', 'past'],
    ['12 / 00', 'invalid', 'past'],
    ['12 / 2025', 'invalid', 'past'],
    ['12 / 1929', 'invalid', 'past'],
    ['12 / 0027', 'invalid', 'past'],
    ['01 / 46', 'invalid', 'too-far'],
    ['12 / 46', 'invalid', 'too-far'],
    ['12 / 99', 'invalid', 'too-far'],
    ['12 / 2127', 'invalid', 'too-far'],
  ] as const;
  for (const [text, status, problem] of rows)
    it(`calls '${text}' ${problem ?? status} in November 2026`, () => {
      expect(expiry.validate(text, NOVEMBER_2026)).to.deep.equal(problem ? {status, problem} : {status});
    });

  it('holds a card good through December, and past on New Year', () => {
    const judge = (year: number, month: number) =>
      expiry.validate('12 / 26', {brands: [], today: {year, month}}).status;
    expect([judge(2026, 12), judge(2027, 1)]).to.deep.equal(['valid', 'invalid']);
  });

  it('calls no text invalid that digits typed behind it can make valid', () => {
    for (const month of ['01', '10', '12', '13', '00'])
      for (let year = 0; year < 1000; year += 1) {
        const verdict = expiry.validate(`${month} / ${year}`, NOVEMBER_2026);
        if (!('problem' in verdict) || verdict.problem !== 'invalid') continue;
        for (let more = 0; more < 110; more += 1) {
          const text = `${month} / ${year}${more < 10 ? more : `${more - 10}`.padStart(2, '0')}`;
          expect(expiry.validate(text, NOVEMBER_2026).status, text).not.to.equal('valid');
        }
      }
  });
});

describe('expiryOf', () => {
  const rows = [
    ['12 / 31', {month: '12', year: '2031'}],
    ['01 / 2031', {month: '01', year: '2031'}],
    ['1/31', {month: '01', year: '2031'}],
    ['2031-01', {month: '01', year: '2031'}],
    ['203101', {month: '01', year: '2031'}],
    ['0131', {month: '01', year: '2031'}],
    ['٠١٣١', {month: '01', year: '2031'}],
    ['12 / 05', {month: '12', year: '2005'}],
    ['12 / 1931', {month: '12', year: '1931'}],
    ['', undefined],
    ['12', undefined],
    ['12 / 3', undefined],
    ['12 / 203', undefined],
    ['13 / 31', undefined],
    ['00 / 31', undefined],
    ['0 / 31', undefined],
    ['12 / 20315', undefined],
    [' / 31', undefined],
    ['12/031', undefined],
    ['02031', undefined],
    ['12031', {month: '01', year: '2031'}],
  ] as const;
  for (const [text, expected] of rows)
    it(`finds ${expected ? `${expected.month} ${expected.year}` : 'nothing'} in '${text}'`, () => {
      expect(expiryOf(text)).to.deep.equal(expected);
    });

  it('finds in what is shown what it finds in what was typed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{1,4}[ /-]{0,2}[0-9]{1,4}$/), (text) => {
        expect(expiryOf(expiry.format(text, text.length).text)).to.deep.equal(expiryOf(text));
      }),
      {numRuns: 1000},
    );
  });
});
