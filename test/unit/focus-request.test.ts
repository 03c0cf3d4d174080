import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {isExpired} from '../../widget/focus-handoff.ts';

/** Times in ms. */
const CASES: [
  fact: string,
  requestedAt: number,
  blurredAt: number | undefined,
  now: number,
  expected: boolean,
][] = [
  ['does not expire while the frame has the focus, at any age', 0, undefined, 60_000, false],
  ['does not expire if it arrives just before a blur', 1000, 1002, 1010, false],
  ['does not expire until 500 ms after the blur', 1000, 1200, 1699, false],
  ['expires 500 ms after the blur', 1000, 1200, 1700, true],
  ['expires 500 ms after the blur, even if it arrived after the blur', 1300, 1200, 1700, true],
  ['does not expire if it arrives 500 ms after the blur or later', 1700, 1200, 9000, false],
];

describe('a focus request (isExpired)', () => {
  for (const [fact, requestedAt, blurredAt, now, expected] of CASES)
    it(fact, () => {
      assert.equal(isExpired(requestedAt, blurredAt, now), expected);
    });
});
