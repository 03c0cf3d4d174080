import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {securityCode, sideOfCode} from '../../../widget/fields/security-code.ts';
import {type Brand, BRANDS} from '../../../widget/protocol/names.ts';
import {type Entry, NOVEMBER_2026, show} from './text-input.ts';

function validate(text: string, brand?: Brand) {
  return securityCode.validate(text, {brand, brands: [], today: NOVEMBER_2026});
}

describe('securityCode', () => {
  const entries: Entry[] = [
    ['', '', 'empty'],
    ['abc', '', 'empty'],
    ['9', '9', 'incomplete', 'incomplete'],
    ['99', '99', 'incomplete', 'incomplete'],
    ['000', '000', 'valid'],
    [' 99 9 ', '999', 'valid'],
    ['9a9-9', '999', 'valid'],
    ['９９９', '999', 'valid'],
    ['٩٩٩', '999', 'valid'],
    ['9997', '9997', 'valid'],
    ['99999', '99999', 'invalid', 'invalid'],
    ['123456', '123456', 'invalid', 'invalid'],
    ['12345678', '123456', 'invalid', 'invalid'],
  ];
  for (const [entered, shown, status, problem] of entries)
    it(`shows '${entered}' as '${shown}' while the brand is unknown: ${problem ?? status}`, () => {
      assert.equal(show(securityCode, `${entered}|`), `${shown}|`);
      assert.deepEqual(validate(shown), problem ? {status, problem} : {status});
    });

  it('keeps the caret after the same digit', () => {
    assert.equal(show(securityCode, '1|23'), '1|23');
    assert.equal(show(securityCode, '1a|2'), '1|2');
    assert.equal(show(securityCode, '𝟗|𝟖𝟕'), '9|87');
  });

  /** The expected result by number of digits, from zero to five. */
  const THREE = ['empty', 'incomplete', 'incomplete', 'valid', 'invalid', 'invalid'];
  const FOUR = ['empty', 'incomplete', 'incomplete', 'incomplete', 'valid', 'invalid'];
  const EITHER = ['empty', 'incomplete', 'incomplete', 'valid', 'valid', 'invalid'];

  for (const brand of [undefined, ...BRANDS]) {
    const expected =
      brand === 'american-express' ? FOUR : brand === undefined || brand === 'unknown' ? EITHER : THREE;
    it(`returns ${expected.join(', ')} for zero to five digits, with ${brand ?? 'no brand yet'}`, () => {
      const found = expected.map((_, length) => validate('12345'.slice(0, length), brand).status);
      assert.deepEqual(found, expected);
    });
  }
});

describe('sideOfCode', () => {
  it('returns the front for American Express and the back for every other card', () => {
    for (const brand of [undefined, ...BRANDS])
      assert.equal(sideOfCode(brand), brand === 'american-express' ? 'front' : 'back');
  });
});
