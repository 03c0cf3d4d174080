import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {announce, NOTHING_ANNOUNCED} from '../../../widget/form/announcer.ts';
import {
  attempt,
  blur,
  edit,
  focus,
  type FormState,
  markFailed,
  shownProblem,
  startForm,
} from '../../../widget/form/state.ts';
import {texts as de} from '../../../widget/locales/de.ts';
import {en} from '../../../widget/locales/en.ts';
import {PRESETS} from '../../../widget/protocol/names.ts';
import {runs} from '../../support/properties.ts';

const EMPTY = startForm(PRESETS.card, [], () => ({year: 2026, month: 11}));
const SHORT = blur(edit(EMPTY, 'cardNumber', '4012'), 'cardNumber');

/** The content of the live region after each of these states. */
function announcements(...states: readonly FormState[]): string[] {
  let announced = NOTHING_ANNOUNCED;
  return states.map((state) => (announced = announce(announced, state, en)).text);
}

describe('announce', () => {
  const {cardNumber, expiry} = en.problems;

  it('announces a problem when it is shown, in the given language', () => {
    assert.deepEqual(announcements(EMPTY, SHORT), ['', cardNumber.incomplete]);
    assert.equal(announce(NOTHING_ANNOUNCED, SHORT, de).text, de.problems.cardNumber.incomplete);
  });

  it('announces the number of problems that a submit attempt finds, including known ones', () => {
    assert.deepEqual(announcements(EMPTY, attempt(EMPTY), SHORT, attempt(SHORT)), [
      '',
      en.problemCount(3),
      cardNumber.incomplete,
      en.problemCount(3),
    ]);
  });

  it('announces the number even for a single problem, unless its field has the focus', () => {
    const single = edit(edit(EMPTY, 'cardNumber', '4012 0000 9876 5439'), 'securityCode', '999');
    const focused = focus(single, 'expiry');
    assert.deepEqual(announcements(single, attempt(single)), ['', en.problemCount(1)]);
    assert.deepEqual(announcements(focused, attempt(focused)), ['', expiry.required]);
  });

  it('keeps the announcement while the user fixes a problem, and announces another problem on blur', () => {
    const wrong = edit(focus(SHORT, 'cardNumber'), 'cardNumber', '4111 1111 1111 1112');
    assert.deepEqual(announcements(SHORT, focus(SHORT, 'cardNumber'), wrong, blur(wrong, 'cardNumber')), [
      cardNumber.incomplete,
      cardNumber.incomplete,
      cardNumber.incomplete,
      cardNumber.invalid,
    ]);
  });

  it('returns an empty text once the problem is fixed, and announces the problem again if it returns', () => {
    const fixed = edit(SHORT, 'cardNumber', '4012 0000 9876 5439');
    assert.deepEqual(announcements(SHORT, fixed, SHORT), [cardNumber.incomplete, '', cardNumber.incomplete]);
  });

  it('announces a failed seal until the next edit', () => {
    assert.deepEqual(announcements(EMPTY, markFailed(EMPTY), edit(focus(EMPTY, 'expiry'), 'expiry', '1')), [
      '',
      en.sealFailed,
      '',
    ]);
  });

  it('returns the same result for the same state', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(EMPTY, SHORT, attempt(EMPTY), attempt(SHORT), markFailed(EMPTY)),
        (state) => {
          const first = announce(NOTHING_ANNOUNCED, state, en);
          assert.deepEqual(announce(first, state, en), first);
          const shown = state.names.filter((name) => shownProblem(state, name) !== undefined);
          assert.equal(first.text === '', shown.length === 0);
        },
      ),
      runs(20),
    );
  });
});
