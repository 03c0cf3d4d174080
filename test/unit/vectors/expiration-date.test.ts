import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {expiry, expiryOf} from '../../../widget/fields/expiry.ts';
import {readVectors, SKIP} from './vectors.ts';

/** A case from the tests of card-validator. Cases whose text is not a string are skipped: a user cannot enter them. */
interface Case {
  args: [text: unknown, yearsAhead?: number];
  expected: {isValid: boolean; isPotentiallyValid: boolean; month: string | null; year: string | null};
  /** The current date that the case assumes. */
  now: string;
}

/** Texts for which our status differs on purpose, by text. */
const OURS: Readonly<Record<string, [status: string, why: string]>> = {
  '127': ['incomplete', 'key by key, it is December of a year from 70 to 79'],
  '1202': ['invalid', 'December 2002, although the next digit can make it January 2027'],
  '1.2': ['incomplete', 'any character may separate month and year'],
  foo: ['empty', 'the field does not keep letters'],
  '11 / 2046': ['invalid', 'the limit is nineteen years ahead, and a page cannot change it'],
};

describe('expiry, with the test cases of card-validator', {skip: SKIP}, () => {
  const {cases = []} = readVectors('card-validator/expiration-date.json') as {cases?: Case[]};
  const entered = cases.filter(({args}) => typeof args[0] === 'string');

  it('has more than 100 cases, including every deliberate difference', () => {
    assert.ok(entered.length > 100);
    const texts = entered.map(({args}) => args[0]);
    for (const text of Object.keys(OURS)) assert.ok(texts.includes(text), text);
  });

  for (const {args, expected, now} of entered) {
    const text = args[0] as string;
    const theirs = expected.isValid ? 'valid' : expected.isPotentiallyValid ? 'incomplete' : 'invalid';
    const [status, why] = OURS[text] ?? [theirs];
    it(`returns ${status} for “${text}”${why === undefined ? '' : `, unlike card-validator: ${why}`}`, () => {
      const date = new Date(now);
      const today = {year: date.getUTCFullYear(), month: date.getUTCMonth() + 1};
      const shown = expiry.format(text, text.length).text;
      const verdict = expiry.validate(shown, {brands: [], today});
      // card-validator reports an empty text as potentially valid.
      assert.equal(why === undefined && verdict.status === 'empty' ? 'incomplete' : verdict.status, status);
      if (why !== undefined || !expected.isValid) return;
      assert.equal(expiryOf(shown)?.month, expected.month?.padStart(2, '0'));
      assert.equal(expiryOf(shown)?.year, expected.year?.padStart(4, '20'));
    });
  }
});
