import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import type {FieldContext} from '../../../widget/fields/field.ts';
import {routingNumber} from '../../../widget/fields/routing-number.ts';

const CONTEXT: FieldContext = {brands: [], today: {year: 2026, month: 11}};

function statusOf(text: string) {
  return routingNumber.validate(text, CONTEXT).status;
}

/** Any valid number: seven digits behind a prefix in use, and the digit that makes the sum right. */
const valid = fc
  .tuple(
    fc.oneof(
      fc.integer({min: 0, max: 12}),
      fc.integer({min: 21, max: 32}),
      fc.integer({min: 61, max: 72}),
      fc.constant(80),
    ),
    fc.integer({min: 0, max: 999_999}),
  )
  .map(([prefix, rest]) => {
    const digits = `${prefix}`.padStart(2, '0') + `${rest}`.padStart(6, '0');
    const weights = [3, 7, 1, 3, 7, 1, 3, 7];
    const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
    return `${digits}${(10 - (sum % 10)) % 10}`;
  });

describe('routingNumber', () => {
  it('takes every number with a prefix in use and a right sum', () => {
    fc.assert(
      fc.property(valid, (digits) => {
        expect(statusOf(digits)).to.equal('valid');
      }),
    );
  });

  it('refuses every change of a single digit', () => {
    fc.assert(
      fc.property(valid, (digits) => {
        for (let at = 0; at < digits.length; at += 1)
          for (let digit = 0; digit < 10; digit += 1) {
            const changed = `${digits.slice(0, at)}${digit}${digits.slice(at + 1)}`;
            expect(statusOf(changed) === 'valid', changed).to.equal(changed === digits);
          }
      }),
    );
  });

  it('refuses every swap of different neighbours, unless they differ by five', () => {
    fc.assert(
      fc.property(valid, (digits) => {
        for (let at = 1; at < digits.length; at += 1) {
          const [left = '', right = ''] = [digits[at - 1], digits[at]];
          const swapped = digits.slice(0, at - 1) + right + left + digits.slice(at + 1);
          const distance = Math.abs(Number(left) - Number(right));
          if (distance % 5 !== 0) expect(statusOf(swapped), swapped).not.to.equal('valid');
          // The sum cannot tell; behind the prefix nothing else does.
          else if (at > 2) expect(statusOf(swapped), swapped).to.equal('valid');
        }
      }),
    );
  });

  for (let prefix = 0; prefix < 100; prefix += 1) {
    const isInUse =
      prefix <= 12 || (prefix >= 21 && prefix <= 32) || (prefix >= 61 && prefix <= 72) || prefix === 80;
    const text = `${prefix}`.padStart(2, '0');
    it(`${isInUse ? 'goes on from' : 'refuses'} the prefix ${text}, at once and whatever follows`, () => {
      const verdict = routingNumber.validate(text, CONTEXT);
      expect(verdict).to.deep.equal(
        isInUse
          ? {status: 'incomplete', problem: 'incomplete'}
          : {status: 'invalid', problem: 'unknown-prefix'},
      );
      if (isInUse) return;
      fc.assert(
        fc.property(fc.integer({min: 0, max: 9_999_999}), (rest) => {
          expect(routingNumber.validate(text + `${rest}`.padStart(7, '0'), CONTEXT)).to.deep.equal(verdict);
        }),
        {numRuns: 20},
      );
    });
  }

  it('says of nothing that it is invalid, which digits typed behind it could mend', () => {
    fc.assert(
      fc.property(valid, fc.nat(8), (digits, length) => {
        expect(statusOf(digits.slice(0, length))).to.equal(length === 0 ? 'empty' : 'incomplete');
      }),
    );
  });
});
