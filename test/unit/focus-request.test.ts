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
  ['is valid while the frame has the focus, however old it is', 0, undefined, 60_000, false],
  ['is valid if it came just before the blur that precedes its focus', 1000, 1002, 1010, false],
  ['is valid up to 500 ms after the blur', 1000, 1200, 1699, false],
  ['expires 500 ms after the blur', 1000, 1200, 1700, true],
  ['expires with the blur, even if it came after it', 1300, 1200, 1700, true],
  ['is valid if it came later than 500 ms after the blur', 1700, 1200, 9000, false],
];

describe('a focus request', () => {
  for (const [fact, requestedAt, blurredAt, now, expected] of CASES)
    it(fact, () => {
      assert.equal(isExpired(requestedAt, blurredAt, now), expected);
    });
});
