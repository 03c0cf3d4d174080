import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {expiry, expiryOf} from '../../../widget/fields/expiry.ts';
import {readVectors, SKIP} from './vectors.ts';

/** A case of card-validator's own tests. Values that are not strings cannot be entered and are left out. */
interface Case {
  args: [text: unknown, yearsAhead?: number];
  expected: {isValid: boolean; isPotentiallyValid: boolean; month: string | null; year: string | null};
  /** The date that the case was written for. */
  now: string;
}

/** Deliberate differences, with our status. */
const OURS: Readonly<Record<string, [status: string, why: string]>> = {
  '127': ['incomplete', 'entered key by key it is December of a year from 70 to 79'],
  '1202': ['invalid', 'December 2002; the next digit may still make it January 2027'],
  '1.2': ['incomplete', 'any character may separate month and year'],
  foo: ['empty', 'the field does not keep letters'],
  '11 / 2046': ['invalid', 'nineteen years ahead is the limit, which a page cannot change'],
};

describe('expiry dates of card-validator', {skip: SKIP}, () => {
  const {cases = []} = readVectors('card-validator/expiration-date.json') as {cases?: Case[]};
  const entered = cases.filter(({args}) => typeof args[0] === 'string');

  it('exist, with every case in which we differ', () => {
    assert.ok(entered.length > 100);
    const texts = entered.map(({args}) => args[0]);
    for (const text of Object.keys(OURS)) assert.ok(texts.includes(text), text);
  });

  for (const {args, expected, now} of entered) {
    const text = args[0] as string;
    const theirs = expected.isValid ? 'valid' : expected.isPotentiallyValid ? 'incomplete' : 'invalid';
    const [status, why] = OURS[text] ?? [theirs];
    it(`have the status ${status} for “${text}”${why === undefined ? '' : `, unlike there: ${why}`}`, () => {
      const date = new Date(now);
      const today = {year: date.getUTCFullYear(), month: date.getUTCMonth() + 1};
      const shown = expiry.format(text, text.length).text;
      const verdict = expiry.validate(shown, {brands: [], today});
      // An empty value may still become any date.
      assert.equal(why === undefined && verdict.status === 'empty' ? 'incomplete' : verdict.status, status);
      if (why !== undefined || !expected.isValid) return;
      assert.equal(expiryOf(shown)?.month, expected.month?.padStart(2, '0'));
      assert.equal(expiryOf(shown)?.year, expected.year?.padStart(4, '20'));
    });
  }
});
