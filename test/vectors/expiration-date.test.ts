import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {expiry, expiryOf} from '../../widget/fields/expiry.ts';
import {readVectors, SKIP} from './vectors.ts';

/** A case of card-validator's own tests; what is no text cannot be typed and is left out. */
interface Case {
  args: [text: unknown, yearsAhead?: number];
  expected: {isValid: boolean; isPotentiallyValid: boolean; month: string | null; year: string | null};
  /** The clock that the case was written for. */
  now: string;
}

/** Where our rule is another one on purpose, with the status that it gives. */
const OURS: Readonly<Record<string, [status: string, why: string]>> = {
  '127': ['incomplete', 'typed key by key it is December of a year from 70 to 79'],
  '1202': ['invalid', 'December 2002; the next digit may still make January 2027 of it'],
  '1.2': ['incomplete', 'any character may part month and year'],
  foo: ['empty', 'letters do not come to stand in the field'],
  '11 / 2046': ['invalid', 'nineteen years ahead is the limit, and not for a page to move'],
};

describe('the expiry dates of card-validator', {skip: SKIP}, () => {
  const {cases = []} = readVectors('card-validator/expiration-date.json') as {cases?: Case[]};
  const typed = cases.filter(({args}) => typeof args[0] === 'string');

  it('are there, and so is every case in which we differ', () => {
    assert.ok(typed.length > 100);
    const texts = typed.map(({args}) => args[0]);
    for (const text of Object.keys(OURS)) assert.ok(texts.includes(text), text);
  });

  for (const {args, expected, now} of typed) {
    const text = args[0] as string;
    const theirs = expected.isValid ? 'valid' : expected.isPotentiallyValid ? 'incomplete' : 'invalid';
    const [status, why] = OURS[text] ?? [theirs];
    it(`are ${status} when ‘${text}’ is typed${why === undefined ? '' : `, unlike theirs: ${why}`}`, () => {
      const date = new Date(now);
      const today = {year: date.getUTCFullYear(), month: date.getUTCMonth() + 1};
      const shown = expiry.format(text, text.length).text;
      const verdict = expiry.validate(shown, {brands: [], today});
      // What is empty may still become anything.
      assert.equal(why === undefined && verdict.status === 'empty' ? 'incomplete' : verdict.status, status);
      if (why !== undefined || !expected.isValid) return;
      assert.equal(expiryOf(shown)?.month, expected.month?.padStart(2, '0'));
      assert.equal(expiryOf(shown)?.year, expected.year?.padStart(4, '20'));
    });
  }
});
