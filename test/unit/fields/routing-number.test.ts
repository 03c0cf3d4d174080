import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {routingNumber} from '../../../widget/fields/routing-number.ts';
import {runs} from '../../support/properties.ts';
import {type Entry, NOVEMBER_2026, show} from './text-input.ts';

function validate(text: string) {
  return routingNumber.validate(text, {brands: [], today: NOVEMBER_2026});
}

/** Any valid number: a prefix in use, six digits, and the check digit. */
const valid = fc
  .tuple(
    fc.oneof(
      fc.integer({min: 0, max: 12}),
      fc.integer({min: 21, max: 32}),
      fc.integer({min: 61, max: 72}),
      fc.constantFrom(15, 80),
    ),
    fc.integer({min: 1, max: 999_999}),
  )
  .map(([prefix, rest]) => {
    const digits = `${prefix}`.padStart(2, '0') + `${rest}`.padStart(6, '0');
    const weights = [3, 7, 1, 3, 7, 1, 3, 7];
    const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
    return `${digits}${(10 - (sum % 10)) % 10}`;
  });

describe('routingNumber', () => {
  const entries: Entry[] = [
    ['', '', 'empty'],
    ['bank', '', 'empty'],
    ['3', '3', 'incomplete', 'incomplete'],
    ['9', '9', 'incomplete', 'incomplete'],
    ['32507076', '32507076', 'incomplete', 'incomplete'],
    ['325070760', '325070760', 'valid'],
    ['011000015', '011000015', 'valid'],
    ['000000518', '000000518', 'valid'],
    ['000000000', '000000000', 'invalid', 'invalid'],
    ['154000008', '154000008', 'valid'],
    ['155000007', '155000007', 'valid'],
    ['122105278', '122105278', 'valid'],
    ['211070175', '211070175', 'valid'],
    ['322271627', '322271627', 'valid'],
    ['800000019', '800000019', 'valid'],
    ['3250-7076-0', '325070760', 'valid'],
    [' 325 070 760 ', '325070760', 'valid'],
    ['３２５０７０７６０', '325070760', 'valid'],
    ['٣٢٥٠٧٠٧٦٠', '325070760', 'valid'],
    ['611000012', '611000012', 'invalid', 'invalid'],
    ['325070761', '325070761', 'invalid', 'invalid'],
    ['325070706', '325070706', 'invalid', 'invalid'],
    ['352070760', '352070760', 'invalid', 'unknown-prefix'],
    ['3250707600', '3250707600', 'invalid', 'too-long'],
    ['32507076012345678', '32507076012345678', 'invalid', 'too-long'],
    ['325070760123456789', '32507076012345678', 'invalid', 'too-long'],
  ];
  for (const [entered, shown, status, problem] of entries)
    it(`shows '${entered}' as '${shown}': ${problem ?? status}`, () => {
      assert.equal(show(routingNumber, `${entered}|`), `${shown}|`);
      assert.deepEqual(validate(shown), problem ? {status, problem} : {status});
    });

  it('accepts the prefixes 00–12, 15, 21–32, 61–72 and 80, and rejects others from the second digit on', () => {
    for (let prefix = 0; prefix < 100; prefix += 1) {
      const isInUse =
        prefix <= 12 ||
        prefix === 15 ||
        (prefix >= 21 && prefix <= 32) ||
        (prefix >= 61 && prefix <= 72) ||
        prefix === 80;
      const text = `${prefix}`.padStart(2, '0');
      const expected = isInUse
        ? {status: 'incomplete', problem: 'incomplete'}
        : {status: 'invalid', problem: 'unknown-prefix'};
      assert.deepEqual(validate(text), expected, text);
      // Exactly one of the ten possible last digits gives a correct sum.
      const all = Array.from('0123456789', (last) => validate(`${text}123456${last}`));
      assert.equal(all.filter(({status}) => status === 'valid').length, isInUse ? 1 : 0, text);
      if (!isInUse) for (const verdict of all) assert.deepEqual(verdict, expected, text);
    }
  });

  it('accepts every number with a prefix in use and a correct check digit, but not if it is incomplete', () => {
    fc.assert(
      fc.property(valid, (digits) => {
        const statuses = Array.from(`${digits}.`, (_, length) => validate(digits.slice(0, length)).status);
        assert.deepEqual(statuses, ['empty', ...Array.from({length: 8}, () => 'incomplete'), 'valid']);
      }),
      runs(),
    );
  });

  it('rejects every number that differs from a valid one in a single digit', () => {
    fc.assert(
      fc.property(valid, (digits) => {
        for (let at = 0; at < digits.length; at += 1)
          for (let digit = 0; digit < 10; digit += 1) {
            const changed = `${digits.slice(0, at)}${digit}${digits.slice(at + 1)}`;
            assert.equal(validate(changed).status === 'valid', changed === digits, changed);
          }
      }),
      runs(),
    );
  });

  it('rejects a number with two adjacent digits swapped, unless they differ by five', () => {
    fc.assert(
      fc.property(valid, (digits) => {
        for (let at = 1; at < digits.length; at += 1) {
          const [left = '', right = ''] = [digits[at - 1], digits[at]];
          const swapped = digits.slice(0, at - 1) + right + left + digits.slice(at + 1);
          const distance = Math.abs(Number(left) - Number(right));
          if (distance % 5 !== 0) assert.notEqual(validate(swapped).status, 'valid', swapped);
          // The checksum cannot detect this, and only the prefix has another check.
          else if (at > 2) assert.equal(validate(swapped).status, 'valid', swapped);
        }
      }),
      runs(),
    );
  });
});
