import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {jsonObject, member, part} from '../../../../demo/gateway/read/json.ts';

describe('a JSON body', () => {
  it('must be an object', () => {
    assert.deepEqual(jsonObject({}), {});
    for (const value of [null, undefined, [], 'x', 1, true]) assert.equal(jsonObject(value), undefined);
  });

  it('has only own members, without those that are null', () => {
    const body = {a: 1, b: null, c: {d: 2}, e: [3]};
    assert.equal(member(body, 'a'), 1);
    for (const name of ['b', 'z', 'toString', 'constructor', '__proto__'])
      assert.equal(member(body, name), undefined, name);
    assert.deepEqual(part(body, 'c'), {d: 2});
    for (const name of ['a', 'b', 'e', 'z', 'toString']) assert.deepEqual(part(body, name), {}, name);
  });
});
