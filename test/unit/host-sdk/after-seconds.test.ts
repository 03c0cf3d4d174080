import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it, mock} from 'node:test';
import {afterSeconds} from '../../../host-sdk/frame/load-timeout.ts';

describe('afterSeconds', () => {
  let calls: number;
  /** How far the page's clock is ahead of its timers, in ms, as after sleep. */
  let asleep: number;
  let now: number;
  const action = () => (calls += 1);

  beforeEach(() => {
    calls = asleep = now = 0;
    mock.timers.enable({apis: ['setTimeout']});
    mock.method(performance, 'now', () => now + asleep);
  });

  afterEach(() => {
    mock.timers.reset();
    mock.restoreAll();
  });

  function pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += 100) {
      now += 100;
      mock.timers.tick(100);
    }
  }

  it('calls the action once, after the given number of seconds', () => {
    afterSeconds(3, action);
    pass(2900);
    assert.equal(calls, 0);
    pass(100);
    assert.equal(calls, 1);
    pass(5000);
    assert.equal(calls, 1);
  });

  it('does not count a second in which the page was frozen', () => {
    afterSeconds(3, action);
    pass(1500);
    asleep = 60_000;
    pass(2400);
    assert.equal(calls, 0);
    pass(100);
    assert.equal(calls, 1);
  });

  it('counts a second whose timer is at most one second late', () => {
    afterSeconds(2, action);
    pass(500);
    asleep = 900;
    pass(1500);
    assert.equal(calls, 1);
  });

  it('does not call the action after it is cancelled', () => {
    const cancel = afterSeconds(1, action);
    pass(900);
    cancel();
    pass(5000);
    assert.equal(calls, 0);
  });
});
