import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {
  FRAME_EVENTS,
  type FrameEvents,
  HOST_EVENTS,
  type HostEvents,
} from '../../../widget/protocol/messages.ts';
import {parseHello, parsePortOffer} from '../../../widget/protocol/handshake.ts';
import {runs} from '../../support/properties.ts';
import {FRAME_PAYLOADS, HOST_PAYLOADS} from './protocol-2.ts';

const ID = '0123456789abcdef0123456789abcdef';
/** One valid payload for each event. */
const FRAME = firstOf<FrameEvents>(FRAME_PAYLOADS);
const HOST = firstOf<HostEvents>(HOST_PAYLOADS);

const GOOD = [...Object.entries(FRAME), ...Object.entries(HOST)] as [string, object][];
const parsers: Record<string, (data: unknown) => unknown> = {...FRAME_EVENTS, ...HOST_EVENTS};
const parse = (event: string, data: unknown) => parsers[event]?.(structuredClone(data));
/** Removes keys that are undefined. */
const plain = (data: unknown): unknown => JSON.parse(JSON.stringify(data));

describe('messages', () => {
  for (const [event, payloads] of Object.entries({...FRAME_PAYLOADS, ...HOST_PAYLOADS}))
    it(`are parsed as protocol 1 defines them: ${event}`, () => {
      for (const payload of payloads) assert.deepEqual(plain(parse(event, payload)), payload);
    });

  it('are parsed as seal-failed if the failure code is unknown', () => {
    assert.deepEqual(parse('failed', {code: 'not-yet-thought-of'}), {
      request: undefined,
      code: 'seal-failed',
    });
  });

  it('are parsed with the brand unknown if a newer frame sends another one', () => {
    const brandIn = (brand: string) => FRAME_EVENTS.change({...FRAME.change, brand}).brand;
    assert.deepEqual(['rupay', 'not-yet-thought-of'].map(brandIn), ['rupay', 'unknown']);
    for (const brand of ['', 'Visa', 'visa ', 'x'.repeat(41)]) assert.throws(() => brandIn(brand), TypeError);
  });

  for (const [event, payload] of GOOD) {
    it(`lose undeclared keys: ${event}`, () => {
      const hostile = {...payload, digits: '4111111111111111', length: 16, then: 1};
      assert.deepEqual(parse(event, hostile), payload);
    });

    it(`are rejected unless they are plain objects: ${event}`, () => {
      for (const odd of [
        null,
        undefined,
        '',
        'x',
        0,
        NaN,
        true,
        1n,
        [],
        [payload],
        new Map(),
        new Date(),
        new Error('x'),
      ])
        assert.throws(() => parse(event, odd), TypeError, typeof odd);
    });

    it(`are parsed without reading the prototype: ${event}`, () => {
      const inherits = Object.create(payload) as object;
      if (Object.keys(payload).length > 0) assert.throws(() => parsers[event]?.(inherits), TypeError);
    });

    for (const key of Object.keys(payload)) {
      it(`are rejected if ${key} has another type: ${event}`, () => {
        for (const odd of [
          null,
          -1,
          1.5,
          NaN,
          '',
          'no such word',
          {},
          [],
          [{}],
          {toString: 'x'},
          {__proto__: null, x: 1},
        ]) {
          const broken = {...payload, [key]: odd};
          if (isHarmless(event, key, odd)) continue;
          assert.throws(() => parse(event, broken), TypeError, JSON.stringify(odd));
        }
      });
    }
  }

  it('are rejected if a required key is missing', () => {
    const optional = new Set([
      'change.brand',
      'change.message',
      'failed.request',
      'configure.brand',
      'configure.theme',
      'focus.field',
    ]);
    for (const [event, payload] of GOOD)
      for (const key of Object.keys(payload)) {
        if (optional.has(`${event}.${key}`)) continue;
        const rest = Object.fromEntries(Object.entries(payload).filter(([name]) => name !== key));
        assert.throws(() => parse(event, rest), TypeError, `${event}.${key}`);
      }
  });

  it('lose control characters, unpaired surrogates and bidi controls in labels and placeholders', () => {
    const given = 'a\u202Eb\u2066c\u2069\u0000d\ne\uD83D 💳\u200F';
    const {labels, placeholders} = HOST_EVENTS.configure({
      ...HOST.configure,
      labels: {expiry: given},
      placeholders: {expiry: given},
    });
    for (const text of [labels.expiry, placeholders.expiry]) assert.equal(text, 'abc d e 💳\u200F');
  });

  it('keep the directional marks in labels and placeholders, and no other character that changes directions', () => {
    const kept = ['\u200E', '\u200F', '\u061C'];
    const removed = [
      '\u202A',
      '\u202B',
      '\u202C',
      '\u202D',
      '\u202E',
      '\u2066',
      '\u2067',
      '\u2068',
      '\u2069',
    ];
    for (const character of [...kept, ...removed]) {
      const texts = {expiry: `a${character}b`};
      const {labels, placeholders} = HOST_EVENTS.configure({
        ...HOST.configure,
        labels: texts,
        placeholders: texts,
      });
      const expected = kept.includes(character) ? texts.expiry : 'ab';
      assert.deepEqual([labels.expiry, placeholders.expiry], [expected, expected], JSON.stringify(character));
    }
  });

  it('are rejected if a string or list is longer than declared', () => {
    const long = 'x'.repeat(201);
    const {configure, seal} = HOST;
    assert.throws(() => parse('configure', {...configure, labels: {expiry: long}}), TypeError);
    assert.throws(() => parse('change', {...FRAME.change, message: long}), TypeError);
    assert.throws(() => parse('title', {title: 'x'.repeat(1601)}), TypeError);
    assert.throws(() => parse('configure', {...configure, locale: 'en-GB'}), TypeError);
    assert.throws(() => parse('seal', {...seal, submission: `${ID}0`}), TypeError);
    assert.throws(() => parse('seal', {...seal, submission: `${ID}\n`}), TypeError);
    const ready = {...FRAME.ready, fields: Array(1e5).fill('expiry')};
    assert.throws(() => parse('ready', ready), TypeError);
  });

  it('keep known tokens of a theme, and are accepted with any other theme content', () => {
    const themed = (theme: unknown) => HOST_EVENTS.configure({...HOST.configure, theme}).theme;
    const given = {radius: '4px', gap: 'var(--x)', fontWeight: 500, height: {}, colour: 'red'};
    assert.deepEqual(themed(given), {radius: '4px', gap: 'var(--x)', fontWeight: '500'});
    assert.deepEqual(themed({fontFamily: 'x'.repeat(401), labels: 'x'.repeat(400)}), {
      labels: 'x'.repeat(400),
    });
    for (const odd of [null, 'dark', 1, [], [{}], new Map()]) assert.deepEqual(themed(odd), {});
  });

  it('are parsed without calling a getter or keeping __proto__', () => {
    const trap = {
      get height(): number {
        throw new Error('the getter was called');
      },
    };
    assert.throws(() => FRAME_EVENTS.height(trap), {name: 'TypeError', message: /height/});
    const labels = JSON.parse('{"__proto__": {"polluted": true}, "expiry": "Date"}') as object;
    const parsed = HOST_EVENTS.configure({...HOST.configure, labels});
    assert.deepEqual(parsed.labels, {expiry: 'Date'});
    assert.equal(Object.getPrototypeOf(parsed.labels), Object.prototype);
    assert.equal(({} as {polluted?: true}).polluted, undefined);
  });

  it('are rejected if a problem does not belong to its field', () => {
    const refused = {request: 1, fields: [{field: 'cardNumber', problem: 'past'}]};
    assert.throws(() => parse('refused', refused), TypeError);
  });

  it('are rejected if a form value has an invalid name, such as __proto__', () => {
    for (const name of ['__proto__', '', '1a', 'a b', 'a=b', 'ä', 'x'.repeat(65)]) {
      const {sealed} = FRAME;
      const values = JSON.parse(`{${JSON.stringify(name)}: "AAAA"}`) as object;
      assert.throws(
        () => parse('sealed', {...sealed, envelope: {...sealed.envelope, values}}),
        TypeError,
        name,
      );
    }
  });

  it('are rejected with no error but TypeError, for any content', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(parsers)),
        fc.anything({withMap: true, withDate: true}),
        (event, data) => {
          try {
            parsers[event]?.(data);
          } catch (error) {
            return error instanceof TypeError;
          }
          return true;
        },
      ),
      runs(2000),
    );
  });
});

describe('window messages', () => {
  it('are accepted if they are a hello or a port offer with a channel', () => {
    assert.deepEqual(parseHello({sealed: 'hello', channel: ID, more: 1}), {sealed: 'hello', channel: ID});
    for (const configure of [undefined, HOST.configure])
      assert.deepEqual(parsePortOffer({sealed: 'port', channel: ID, configure, more: 1}), {
        sealed: 'port',
        channel: ID,
        configure,
      });
  });

  it('are rejected otherwise', () => {
    for (const odd of [
      {sealed: 'port', channel: ID},
      {sealed: 'hello'},
      {sealed: 'hello', channel: ID.toUpperCase()},
      'hello',
      null,
    ])
      assert.throws(() => parseHello(odd), TypeError);
    assert.throws(() => parsePortOffer({sealed: 'hello', channel: ID}), TypeError);
  });
});

/** Whether the parser must accept this value from the list above. */
function isHarmless(event: string, key: string, odd: unknown): boolean {
  const isEmptyTable =
    JSON.stringify(odd) === '{}' || (typeof odd === 'object' && odd !== null && !Array.isArray(odd));
  if (['fields', 'labels', 'placeholders', 'names'].includes(key) && event !== 'ready' && event !== 'refused')
    return isEmptyTable;
  if (key === 'message' || key === 'title') return odd === 'no such word';
  if (key === 'theme') return true; // an invalid theme never stops a payment
  return ['fields'].includes(key) && Array.isArray(odd) && odd.length === 0;
}

function firstOf<M>(payloads: {readonly [E in keyof M]: readonly M[E][]}): M {
  const entries = Object.entries<readonly unknown[]>(payloads).map(([event, [first]]) => [event, first]);
  return Object.fromEntries(entries) as M;
}
