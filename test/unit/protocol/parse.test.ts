import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {runInNewContext} from 'node:vm';
import {
  flag,
  integer,
  list,
  member,
  oneOf,
  optional,
  own,
  plainObject,
  table,
  text,
} from '../../../widget/protocol/parse.ts';

describe('parse', () => {
  it('accepts plain objects with or without a prototype, from any realm', () => {
    assert.deepEqual(plainObject({a: 1}), {a: 1});
    assert.doesNotThrow(() => plainObject(Object.create(null)));
    assert.doesNotThrow(() => plainObject(runInNewContext('({})')));
  });

  it('rejects everything else', () => {
    class Payload {
      digits = '4111';
    }
    for (const odd of [
      null,
      undefined,
      1,
      'x',
      [],
      new Payload(),
      new Map(),
      new Date(),
      () => 1,
      Object.create({a: 1}),
    ])
      assert.throws(() => plainObject(odd), TypeError);
  });

  it('reads own data properties, but no getters and no prototype', () => {
    const fields = plainObject({
      a: 1,
      get b() {
        throw new Error('the getter was called');
      },
    });
    assert.equal(own(fields, 'a'), 1);
    assert.equal(own(fields, 'b'), undefined);
    assert.equal(own(fields, 'toString'), undefined);
    const items = Object.defineProperty([], 0, {
      get() {
        throw new Error('the getter was called');
      },
    });
    assert.deepEqual(list({items}, 'items', 1, String), ['undefined']);
  });

  it('states the expected value in the message, and does not quote the given one', () => {
    const fields = plainObject({secret: '4111111111111111'});
    const attempts = [
      () => oneOf(fields, 'secret', ['a', 'b']),
      () => flag(fields, 'secret'),
      () => integer(fields, 'secret', 0, 9),
      () => text(fields, 'secret', 5),
      () => list(fields, 'secret', 5, String),
      () => table(fields, 'secret', ['x'], String),
      () => member('4111111111111111', ['a'], 'secret'),
    ];
    for (const attempt of attempts)
      assert.throws(attempt, {name: 'TypeError', message: /expected (?!.*4111)/});
  });

  it('limits numbers, strings and lists', () => {
    const fields = plainObject({number: 5, word: 'abc', items: [1, 2, 3]});
    assert.equal(integer(fields, 'number', 5, 5), 5);
    assert.throws(() => integer(fields, 'number', 6, 9), TypeError);
    assert.throws(() => integer(fields, 'number', 0, 4), TypeError);
    assert.equal(text(fields, 'word', 3), 'abc');
    assert.throws(() => text(fields, 'word', 2), TypeError);
    assert.throws(() => text(fields, 'word', 3, /^x/), TypeError);
    assert.deepEqual(list(fields, 'items', 3, Number), [1, 2, 3]);
    assert.throws(() => list(fields, 'items', 2, Number), TypeError);
  });

  it('reads only declared keys of a table', () => {
    const fields = plainObject({labels: {a: 1, c: 3}});
    assert.deepEqual(table(fields, 'labels', ['a', 'b'], own), {a: 1});
  });

  it('accepts a missing optional value, and checks a present one', () => {
    const fields = plainObject({there: 'no'});
    assert.equal(optional(fields, 'absent', flag), undefined);
    assert.throws(() => optional(fields, 'there', flag), TypeError);
  });
});
