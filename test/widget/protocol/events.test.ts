import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {type FrameEvents, FRAME_EVENTS} from '../../../widget/protocol/frame-events.ts';
import {type HostEvents, HOST_EVENTS} from '../../../widget/protocol/host-events.ts';
import {parseHello, parsePortOffer} from '../../../widget/protocol/greeting.ts';
import {FRAME_SAYS, HOST_SAYS} from './protocol-1.ts';

const ID = '0123456789abcdef0123456789abcdef';
/** One good payload of each event. */
const FRAME = firstOf<FrameEvents>(FRAME_SAYS);
const HOST = firstOf<HostEvents>(HOST_SAYS);

const GOOD = [...Object.entries(FRAME), ...Object.entries(HOST)] as [string, object][];
const parsers: Record<string, (data: unknown) => unknown> = {...FRAME_EVENTS, ...HOST_EVENTS};
const parse = (event: string, data: unknown) => parsers[event]?.(structuredClone(data));
/** Nothing is lost of a message but what is undefined in it. */
const plain = (data: unknown): unknown => JSON.parse(JSON.stringify(data));

describe('messages', () => {
  for (const [event, payloads] of Object.entries({...FRAME_SAYS, ...HOST_SAYS}))
    it(`are understood as protocol 1 says them: ${event}`, () => {
      for (const payload of payloads) expect(plain(parse(event, payload))).to.deep.equal(payload);
    });

  it('of a failure that has no word here are a failed seal', () => {
    expect(parse('failed', {code: 'not-yet-thought-of'})).to.deep.equal({
      request: undefined,
      code: 'seal-failed',
    });
  });

  for (const [event, payload] of GOOD) {
    it(`gives ${event} back as it came`, () => {
      expect(parse(event, payload)).to.deep.equal(payload);
    });

    it(`leaves keys out of ${event} that are not declared`, () => {
      const hostile = {...payload, digits: '4111111111111111', length: 16, then: 1};
      expect(parse(event, hostile)).to.deep.equal(payload);
    });

    it(`refuses anything but a plain object as ${event}`, () => {
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
        expect(() => parse(event, odd), typeof odd).to.throw(TypeError);
    });

    it(`reads no prototype for ${event}`, () => {
      const inherits = Object.create(payload) as object;
      if (Object.keys(payload).length > 0) expect(() => parsers[event]?.(inherits)).to.throw(TypeError);
    });

    for (const key of Object.keys(payload)) {
      it(`refuses ${event} whose ${key} is of another type`, () => {
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
          expect(() => parse(event, broken), JSON.stringify(odd)).to.throw(TypeError);
        }
      });
    }
  }

  it('refuses what is required and missing', () => {
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
        expect(() => parse(event, rest), `${event}.${key}`).to.throw(TypeError);
      }
  });

  it('takes out of a text what would show other than it reads', () => {
    const written = 'a\u202Eb\u2066c\u2069\u0000d\ne\uD83D 💳\u200F';
    const {labels, placeholders} = HOST_EVENTS.configure({
      ...HOST.configure,
      labels: {expiry: written},
      placeholders: {expiry: written},
    });
    for (const text of [labels.expiry, placeholders.expiry]) expect(text).to.equal('abc d e 💳\u200F');
  });

  it('takes nothing longer than it says', () => {
    const long = 'x'.repeat(201);
    const {configure, seal} = HOST;
    expect(() => parse('configure', {...configure, labels: {expiry: long}})).to.throw(TypeError);
    expect(() => parse('change', {...FRAME.change, message: long})).to.throw(TypeError);
    expect(() => parse('title', {title: 'x'.repeat(1601)})).to.throw(TypeError);
    expect(() => parse('configure', {...configure, locale: 'en-GB'})).to.throw(TypeError);
    expect(() => parse('seal', {...seal, submission: `${ID}0`})).to.throw(TypeError);
    expect(() => parse('seal', {...seal, submission: `${ID}\n`})).to.throw(TypeError);
    const ready = {...FRAME.ready, fields: Array(1e5).fill('expiry')};
    expect(() => parse('ready', ready)).to.throw(TypeError);
  });

  it('takes of a theme the tokens that are in their form, and configures all the same', () => {
    const themed = (theme: unknown) => HOST_EVENTS.configure({...HOST.configure, theme}).theme;
    expect(themed({radius: '4px', gap: 'var(--x)', colour: 'red'})).to.deep.equal({radius: '4px'});
    for (const odd of [null, 'dark', 1, [], [{}], new Map()]) expect(themed(odd)).to.deep.equal({});
  });

  it('asks no getter and keeps no __proto__', () => {
    const trap = {
      get height(): number {
        throw new Error('asked');
      },
    };
    expect(() => FRAME_EVENTS.height(trap)).to.throw(TypeError, 'height');
    const labels = JSON.parse('{"__proto__": {"polluted": true}, "expiry": "Date"}') as object;
    const parsed = HOST_EVENTS.configure({...HOST.configure, labels});
    expect(parsed.labels).to.deep.equal({expiry: 'Date'});
    expect(Object.getPrototypeOf(parsed.labels)).to.equal(Object.prototype);
    expect(({} as {polluted?: true}).polluted).to.equal(undefined);
  });

  it('refuses a problem that its field cannot have', () => {
    const refused = {request: 1, fields: [{field: 'cardNumber', problem: 'past'}]};
    expect(() => parse('refused', refused)).to.throw(TypeError);
  });

  it('refuses form value names that could reach a prototype', () => {
    for (const name of ['__proto__', '', '1a', 'a b', 'a=b', 'ä', 'x'.repeat(65)]) {
      const {sealed} = FRAME;
      const values = JSON.parse(`{${JSON.stringify(name)}: "AAAA"}`) as object;
      expect(() => parse('sealed', {...sealed, envelope: {...sealed.envelope, values}}), name).to.throw(
        TypeError,
      );
    }
  });

  it('never throws anything but a TypeError, whatever comes', () => {
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
      {numRuns: 2000},
    );
  });
});

describe('window messages', () => {
  it('takes a hello and a port offer with a channel', () => {
    expect(parseHello({sealed: 'hello', channel: ID, more: 1})).to.deep.equal({sealed: 'hello', channel: ID});
    for (const configure of [undefined, HOST.configure])
      expect(parsePortOffer({sealed: 'port', channel: ID, configure, more: 1})).to.deep.equal({
        sealed: 'port',
        channel: ID,
        configure,
      });
  });

  it('refuses every other', () => {
    for (const odd of [
      {sealed: 'port', channel: ID},
      {sealed: 'hello'},
      {sealed: 'hello', channel: ID.toUpperCase()},
      'hello',
      null,
    ])
      expect(() => parseHello(odd)).to.throw(TypeError);
    expect(() => parsePortOffer({sealed: 'hello', channel: ID})).to.throw(TypeError);
  });
});

/** Values of the list above that the declared type takes. */
function isHarmless(event: string, key: string, odd: unknown): boolean {
  const isEmptyTable =
    JSON.stringify(odd) === '{}' || (typeof odd === 'object' && odd !== null && !Array.isArray(odd));
  if (['fields', 'labels', 'placeholders', 'names'].includes(key) && event !== 'ready' && event !== 'refused')
    return isEmptyTable;
  if (key === 'message' || key === 'title') return odd === 'no such word';
  if (key === 'theme') return true; // looks keep nobody from paying
  return ['fields'].includes(key) && Array.isArray(odd) && odd.length === 0;
}

function firstOf<M>(says: {readonly [E in keyof M]: readonly M[E][]}): M {
  const entries = Object.entries<readonly unknown[]>(says).map(([event, [first]]) => [event, first]);
  return Object.fromEntries(entries) as M;
}
