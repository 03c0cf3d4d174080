import {expect} from '@open-wc/testing';
import {
  flag,
  integer,
  list,
  member,
  oneOf,
  optional,
  own,
  record,
  table,
  text,
} from '../../../widget/protocol/parse.ts';

describe('parse', () => {
  it('takes plain objects, with or without a prototype, of this realm or another', () => {
    expect(record({a: 1})).to.deep.equal({a: 1});
    expect(() => record(Object.create(null))).to.not.throw();
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const foreign = (frame.contentWindow as unknown as {Object: ObjectConstructor}).Object;
    expect(() => record(new foreign())).to.not.throw();
    frame.remove();
  });

  it('refuses everything else', () => {
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
      expect(() => record(odd)).to.throw(TypeError);
  });

  it('reads own data properties, never a getter or the prototype', () => {
    const fields = record({
      a: 1,
      get b() {
        throw new Error('asked');
      },
    });
    expect(own(fields, 'a')).to.equal(1);
    expect(own(fields, 'b')).to.equal(undefined);
    expect(own(fields, 'toString')).to.equal(undefined);
    const items = Object.defineProperty([], 0, {
      get() {
        throw new Error('asked');
      },
    });
    expect(list({items}, 'items', 1, String)).to.deep.equal(['undefined']);
  });

  it('names what it expected and not what it got', () => {
    const fields = record({secret: '4111111111111111'});
    const attempts = [
      () => oneOf(fields, 'secret', ['a', 'b']),
      () => flag(fields, 'secret'),
      () => integer(fields, 'secret', 0, 9),
      () => text(fields, 'secret', 5),
      () => list(fields, 'secret', 5, String),
      () => table(fields, 'secret', ['x'], String),
      () => member('4111111111111111', ['a'], 'secret'),
    ];
    for (const attempt of attempts) expect(attempt).to.throw(TypeError, /expected (?!.*4111)/);
  });

  it('bounds numbers, texts and lists', () => {
    const fields = record({number: 5, word: 'abc', items: [1, 2, 3]});
    expect(integer(fields, 'number', 5, 5)).to.equal(5);
    expect(() => integer(fields, 'number', 6, 9)).to.throw(TypeError);
    expect(() => integer(fields, 'number', 0, 4)).to.throw(TypeError);
    expect(text(fields, 'word', 3)).to.equal('abc');
    expect(() => text(fields, 'word', 2)).to.throw(TypeError);
    expect(() => text(fields, 'word', 3, /^x/)).to.throw(TypeError);
    expect(list(fields, 'items', 3, Number)).to.deep.equal([1, 2, 3]);
    expect(() => list(fields, 'items', 2, Number)).to.throw(TypeError);
  });

  it('reads the declared keys of a table, where they are', () => {
    const fields = record({labels: {a: 1, c: 3}});
    expect(table(fields, 'labels', ['a', 'b'], own)).to.deep.equal({a: 1});
  });

  it('lets what is optional be absent, and checks it where it is not', () => {
    const fields = record({there: 'no'});
    expect(optional(fields, 'absent', flag)).to.equal(undefined);
    expect(() => optional(fields, 'there', flag)).to.throw(TypeError);
  });
});
