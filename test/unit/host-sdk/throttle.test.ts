import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it, mock} from 'node:test';
import {throttle} from '../../../host-sdk/frame/throttle.ts';

describe('throttle', () => {
  let received: {n: number}[];
  const {add, flush, cancel} = throttle<{n: number}>((value) => received.push(value));
  const numbers = () => received.map(({n}) => n);

  beforeEach(() => {
    received = [];
    mock.timers.enable({apis: ['setTimeout']});
  });

  afterEach(() => {
    mock.timers.tick(16);
    mock.timers.reset();
  });

  it('passes on the first value at once, then only the latest for each 16 ms', () => {
    for (const n of [1, 2, 3]) add({n});
    assert.deepEqual(numbers(), [1]);
    mock.timers.tick(15);
    assert.deepEqual(numbers(), [1]);
    mock.timers.tick(1);
    assert.deepEqual(numbers(), [1, 3]);
  });

  it('passes on a value at once again after 16 ms', () => {
    add({n: 1});
    mock.timers.tick(16);
    add({n: 2});
    assert.deepEqual(numbers(), [1, 2]);
  });

  it('passes on a waiting value once when it is flushed', () => {
    for (const n of [1, 2]) add({n});
    flush();
    flush();
    mock.timers.tick(16);
    assert.deepEqual(numbers(), [1, 2]);
  });

  it('drops a waiting value when it is cancelled, and passes on the next value at once', () => {
    for (const n of [1, 2]) add({n});
    cancel();
    add({n: 3});
    assert.deepEqual(numbers(), [1, 3]);
  });
});
