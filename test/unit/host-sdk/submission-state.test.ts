import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {
  abandon,
  attempt,
  finish,
  IDLE,
  reopen,
  resume,
  type SubmissionState,
  update,
} from '../../../host-sdk/form/submission-state.ts';

const restart = () => undefined;
const SUBMITTED: SubmissionState = {phase: 'submitted'};

function sealing(): Extract<SubmissionState, {phase: 'sealing'}> {
  const state = attempt(IDLE, restart);
  assert.equal(state.phase, 'sealing');
  return state;
}

describe('submission state', () => {
  it('starts sealing at the first attempt, and keeps the last of the later attempts', () => {
    const first = sealing();
    assert.equal(first.next, undefined);
    const later = () => undefined;
    const state = attempt(attempt(first, restart), later);
    assert.deepEqual(state, {...first, next: later});
  });

  it('ignores attempts while the submit is repeated and after it', () => {
    for (const state of [resume(), SUBMITTED]) assert.equal(attempt(state, restart), state);
  });

  it('is submitted if the page did not prevent the repeated submit', () => {
    assert.deepEqual(finish(update(resume(), {event: {defaultPrevented: false}})), SUBMITTED);
    assert.deepEqual(finish(update(resume(), {event: {defaultPrevented: true}})), IDLE);
  });

  it('is submitted after form.submit(), even if the page prevented the event', () => {
    assert.deepEqual(finish(update(resume(), {isSubmitted: true})), SUBMITTED);
    assert.deepEqual(
      finish(update(resume(), {event: {defaultPrevented: true}, isSubmitted: true})),
      SUBMITTED,
    );
  });

  it('is idle if the browser blocked the repeated submit, which fires no event then', () => {
    assert.deepEqual(finish(resume()), IDLE);
  });

  it('ignores updates outside of a repeated submit', () => {
    for (const state of [IDLE, sealing(), SUBMITTED]) {
      assert.equal(update(state, {event: {defaultPrevented: false}, isSubmitted: true}), state);
      assert.equal(finish(state), state);
    }
  });

  it('is idle after reopening a submitted form, and does not change while sealing', () => {
    assert.deepEqual(reopen(SUBMITTED), IDLE);
    for (const state of [IDLE, sealing(), resume()]) assert.equal(reopen(state), state);
  });

  it('aborts sealing when the user leaves the page', () => {
    const state = sealing();
    assert.deepEqual(abandon(state), IDLE);
    assert.equal(state.abort.signal.aborted, true);
    assert.deepEqual(abandon(SUBMITTED), IDLE);
    const resuming = resume();
    assert.equal(abandon(resuming), resuming);
  });
});
