import {parseEnvelope, NAMED_VALUES} from '../../../widget/protocol/envelope.ts';
import {ERROR_CODES} from '../../../widget/protocol/errors.ts';
import {FRAME_EVENTS, HOST_EVENTS, type Parsers, parseThemeTexts} from '../../../widget/protocol/messages.ts';
import {parseHello, parsePortOffer} from '../../../widget/protocol/handshake.ts';
import {BRANDS, FIELD_NAMES, FIELD_PROBLEMS, LOCALES} from '../../../widget/protocol/names.ts';
import {type Handlers, receive} from '../../../widget/protocol/port.ts';
import {type Random, arbitraryOf} from '../../support/random.ts';
import {CANARY, type Changed, changeTree, foreignCode, own} from './mutate.ts';
import {
  anyOf,
  ASCII_DIGITS,
  flag,
  formName,
  id,
  isMadeOf,
  isPlain,
  letters,
  list,
  object,
  REJECTED,
  type Shape,
  SMALL,
  some,
  under,
  whole,
} from './shapes.ts';
import {check, isSame, target} from './target.ts';

// ---- the rules (docs/protocol.md) ------------------------------------------------------------------------

const request = whole(1, 2 ** 53 - 1);

/** The format of `2026-11-24T05:00:00.000Z`, not its validity. */
const isTime = (text: string) =>
  Array.from('0000-00-00T00:00:00.000Z').every((sign, place) =>
    sign === '0' ? isMadeOf(ASCII_DIGITS)(text.charAt(place) || 'x') : text.charAt(place) === sign,
  );

function isVersion(text: string): boolean {
  const [major = '', minor = '', patch = ''] = text.split('.');
  return [major, minor, patch.slice(0, 1)].every((part) => part !== '' && isMadeOf(ASCII_DIGITS)(part));
}

/** Without control characters, unpaired surrogates and bidi controls. */
function readable(text: string): string {
  let result = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0);
    const isBidi = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    const isHalf = code >= 0xd800 && code <= 0xdfff;
    if (!isBidi && !isHalf) result += isControl ? ' ' : character;
  }
  return result;
}

const shownText: Shape = (data) => {
  const text = letters(200)(data);
  return typeof text === 'string' ? readable(text) : REJECTED;
};

const fieldState = (name: keyof typeof FIELD_PROBLEMS) =>
  object({
    status: anyOf('empty', 'incomplete', 'invalid', 'valid'),
    'problem?': anyOf(...FIELD_PROBLEMS[name]),
    focused: flag,
    visited: flag,
  });

const fieldFault: Shape = (data) => {
  const name = FIELD_NAMES.find((each) => isPlain(data) && own(data, 'field') === each);
  if (name === undefined) return REJECTED;
  return object({field: anyOf(name), problem: anyOf(...FIELD_PROBLEMS[name])})(data);
};

/** Values after the sixteenth are ignored. One invalid name among the first sixteen rejects all of them. */
const values: Shape = (data) => {
  if (!isPlain(data)) return REJECTED;
  const names = Object.keys(data).slice(0, 16);
  if (names.some((name) => formName(name) === REJECTED)) return REJECTED;
  return object(under(names, letters(8192)))(data);
};

const envelope = object({values, keyId: letters(128), id, sealedAt: letters(24, isTime, 24)});

/** A word that this version does not know is read as another one. */
const newerWord =
  (known: readonly string[], other: string): Shape =>
  (data) => {
    const word = letters(40, isMadeOf(`${SMALL}-`), 1)(data);
    return word === REJECTED || known.some((each) => each === word) ? word : other;
  };

const FRAME: Readonly<Record<keyof typeof FRAME_EVENTS, Shape>> = {
  ready: object({
    protocol: whole(1, 1000),
    version: letters(32, isVersion),
    fields: list(FIELD_NAMES.length, anyOf(...FIELD_NAMES)),
  }),
  change: object({
    fields: some(Object.fromEntries(FIELD_NAMES.map((name) => [name, fieldState(name)]))),
    'brand?': newerWord(BRANDS, 'unknown'),
    empty: flag,
    complete: flag,
    sealed: flag,
    'message?': letters(200, (text) => /[^\n\r\u2028\u2029]/.test(text)),
  }),
  title: object({title: letters(1600, (text) => text.trim() !== '')}),
  height: object({height: whole(0, 4000)}),
  sealing: object({request}),
  sealed: object({request, envelope}),
  refused: object({request, fields: list(FIELD_NAMES.length, fieldFault)}),
  failed: object({'request?': request, code: newerWord(ERROR_CODES, 'seal-failed')}),
  submit: object({}),
  interrupted: object({field: anyOf(...FIELD_NAMES)}),
  bye: object({}),
};

const HOST: Readonly<Record<keyof typeof HOST_EVENTS, Shape>> = {
  configure: object({
    colorScheme: anyOf('light', 'dark'),
    'theme?': parseThemeTexts, // the rules of the values have tests of their own
    layout: anyOf('stacked', 'inline'),
    locale: anyOf(...LOCALES),
    labels: some(under(FIELD_NAMES, shownText)),
    placeholders: some(under(FIELD_NAMES, shownText)),
    disabled: flag,
    optional: flag,
    autoAdvance: flag,
    'brand?': anyOf(...BRANDS),
    names: some(under(NAMED_VALUES, formName)),
  }),
  seal: object({request, submission: id}),
  focus: object({'field?': anyOf(...FIELD_NAMES)}),
  attempt: object({}),
  clear: object({}),
  'focus-taken': object({}),
};

/** A `configure` that is invalid is read as a missing one. */
const portOffer = object({
  sealed: anyOf('port'),
  channel: id,
  'configure?': (data) => {
    const configure = HOST.configure(data);
    return configure === REJECTED ? undefined : configure;
  },
});

// ---- inputs ----------------------------------------------------------------------------------------------

/** A valid value; one time in 24 an invalid one. */
const oneOf = (valid: readonly unknown[], invalid: readonly unknown[], random: Random): unknown =>
  random.once(24) ? random.pick(invalid) : random.pick(valid);

const A_HASH = '7a'.repeat(16);
const ALL_PROBLEMS = Object.values(FIELD_PROBLEMS).flat();

const anId = (random: Random) =>
  oneOf(
    [A_HASH, 'f'.repeat(32)],
    [A_HASH.toUpperCase(), `${A_HASH}0`, A_HASH.slice(1), 'g'.repeat(32), CANARY],
    random,
  );
const aNumber = (most: number, random: Random) =>
  oneOf([1, 2, most], [0, most + 1, -1, 1.5, '1', Number(CANARY)], random);
const aRequest = (random: Random) => aNumber(2 ** 53 - 1, random);
const aWord = (words: readonly string[], random: Random) =>
  oneOf(words, ['', words[0]?.toUpperCase(), [words[0]], 'constructor', CANARY], random);
const aFlag = (random: Random) => oneOf([false, true], [0, 'true', CANARY, null, {}], random);
const aText = (most: number, random: Random) =>
  oneOf(
    ['Card', '', '\u202Eraed\u2066', 'a\0b', '\uD83D', 'x'.repeat(most), CANARY],
    ['x'.repeat(most + 1), Number(CANARY), ['x']],
    random,
  );
const aName = (random: Random) =>
  oneOf(
    ['ccNumber', 'a', 'card[number]', 'x'.repeat(64)],
    ['', '1a', 'a b', '__proto__', 'x'.repeat(65), 'é', CANARY],
    random,
  );
const someOf = <T>(all: readonly T[], random: Random) => all.filter(() => random.once(2));
const aTable = (names: readonly string[], make: () => unknown, random: Random) =>
  Object.fromEntries(someOf(names, random).map((name) => [name, make()]));
const maybe = (key: string, make: () => unknown, random: Random) => (random.once(2) ? {[key]: make()} : {});

function anEnvelope(random: Random): object {
  const names = ['encrypted_number', 'a', 'card[number]', 'sealed.x-1', 'constructor'];
  const many = Array.from({length: 15 + random.below(3)}, (_, index) => `name${index}`);
  const values = random.once(8)
    ? Object.fromEntries(many.map((name) => [name, 'x']))
    : aTable(names, () => aText(8192, random), random);
  return {
    values: random.once(8) ? {...values, [String(aName(random))]: 'x'} : values,
    keyId: aText(128, random),
    id: anId(random),
    sealedAt: oneOf(
      ['2026-11-24T05:00:00.000Z', '0000-99-99T99:99:99.999Z'],
      ['2026-11-24T05:00:00Z', '2026-11-24 05:00:00.000Z', CANARY, '+02026-11-24T05:00:00.00Z'],
      random,
    ),
  };
}

function aFieldState(name: keyof typeof FIELD_PROBLEMS, random: Random): object {
  return {
    status: aWord(['empty', 'incomplete', 'invalid', 'valid'], random),
    ...maybe('problem', () => oneOf([undefined, ...FIELD_PROBLEMS[name]], ALL_PROBLEMS, random), random),
    focused: aFlag(random),
    visited: aFlag(random),
  };
}

function aFieldFault(random: Random): object {
  const field = random.pick(FIELD_NAMES.filter((name) => FIELD_PROBLEMS[name].length > 0));
  return {field, problem: oneOf(FIELD_PROBLEMS[field], ALL_PROBLEMS, random)};
}

const aTheme = (random: Random) =>
  oneOf(
    [{}, {radius: '4px', colorText: '#123'}, {gap: 'x', fontFamily: 'Inter', fontWeight: 500}],
    [null, 'dark', [], {radius: {}}, {colorText: `url(${CANARY})`}],
    random,
  );

function aConfigure(random: Random): object {
  return {
    colorScheme: aWord(['light', 'dark'], random),
    ...maybe('theme', () => aTheme(random), random),
    layout: aWord(['stacked', 'inline'], random),
    locale: aWord(LOCALES, random),
    labels: aTable(FIELD_NAMES, () => aText(200, random), random),
    placeholders: aTable(FIELD_NAMES, () => aText(200, random), random),
    disabled: aFlag(random),
    optional: aFlag(random),
    autoAdvance: aFlag(random),
    ...maybe('brand', () => aWord(BRANDS, random), random),
    names: aTable(NAMED_VALUES, () => aName(random), random),
  };
}

/** A payload for each event and each message outside of the port; most are valid. */
const PAYLOADS: Readonly<Record<string, (random: Random) => object>> = {
  'frame ready': (random) => ({
    protocol: aNumber(1000, random),
    version: oneOf(
      ['0.1.0', '10.20.30-beta.1'],
      ['0.1', 'v0.1.0', `0.1.0-${'x'.repeat(27)}`, CANARY],
      random,
    ),
    fields: someOf(FIELD_NAMES, random),
  }),
  'frame change': (random) => ({
    fields: Object.fromEntries(someOf(FIELD_NAMES, random).map((name) => [name, aFieldState(name, random)])),
    ...maybe('brand', () => aWord(BRANDS, random), random),
    empty: aFlag(random),
    complete: aFlag(random),
    sealed: aFlag(random),
    ...maybe('message', () => aText(200, random), random),
  }),
  'frame title': (random) => ({title: aText(1600, random)}),
  'frame height': (random) => ({height: oneOf([0, 94, 4000], [-1, 4001, 0.5, NaN, '94'], random)}),
  'frame sealing': (random) => ({request: aRequest(random)}),
  'frame sealed': (random) => ({request: aRequest(random), envelope: anEnvelope(random)}),
  'frame refused': (random) => ({
    request: aRequest(random),
    fields: Array.from({length: random.pick([0, 1, 2, 7, 8])}, () => aFieldFault(random)),
  }),
  'frame failed': (random) => ({
    ...maybe('request', () => aRequest(random), random),
    code: oneOf(
      [...ERROR_CODES, 'of-a-later-version'],
      ['', 'Seal-Failed', 'x'.repeat(41), CANARY, null],
      random,
    ),
  }),
  'frame submit': () => ({}),
  'frame bye': () => ({}),
  'host configure': aConfigure,
  'host seal': (random) => ({request: aRequest(random), submission: anId(random)}),
  'host focus': (random) => maybe('field', () => aWord(FIELD_NAMES, random), random),
  'host attempt': () => ({}),
  'host clear': () => ({}),
  hello: (random) => ({sealed: aWord(['hello'], random), channel: anId(random)}),
  'port offer': (random) => ({
    sealed: aWord(['port'], random),
    channel: anId(random),
    ...maybe('configure', () => aConfigure(random), random),
  }),
  envelope: anEnvelope,
};

interface Message extends Changed {
  kind: string;
}

/** The name of an event may be changed as well as its payload. */
function aMessage(random: Random): Message {
  const kind = random.pick(Object.keys(PAYLOADS));
  const payload = PAYLOADS[kind]?.(random);
  const [side, event] = kind.split(' ');
  const isEvent = side === 'frame' || side === 'host';
  return {kind, ...changeTree(isEvent ? {event, payload} : payload, random, 'script')};
}

// ---- the comparison --------------------------------------------------------------------------------------

function compare({kind, data}: Message): readonly [string, boolean] {
  if (kind.startsWith('frame ')) return [kind, compareEvent(FRAME_EVENTS, FRAME, data)];
  if (kind.startsWith('host ')) return [kind, compareEvent(HOST_EVENTS, HOST, data)];
  if (kind === 'hello')
    return [kind, comparePayload(parseHello, object({sealed: anyOf('hello'), channel: id}), data)];
  if (kind === 'port offer') return [kind, comparePayload(parsePortOffer, portOffer, data)];
  return [kind, comparePayload(parseEnvelope, envelope, data)];
}

/** Compares the event that the port delivers, and the result of the event's own parser. */
function compareEvent<M>(
  parsers: Parsers<M>,
  shapes: Readonly<Record<keyof M, Shape>>,
  data: unknown,
): boolean {
  const events = Object.keys(parsers) as (keyof M & string)[];
  const received = deliver(parsers, events, data);
  const event = events.find((name) => isPlain(data) && own(data, 'event') === name);
  if (event === undefined) {
    check(received.length === 0, 'the port delivered something that is not an event');
    return false;
  }
  const isAccepted = comparePayload(parsers[event], shapes[event], own(data as object, 'payload'));
  check(received.length === (isAccepted ? 1 : 0), 'the port does not follow its parser');
  check(!isAccepted || received[0]?.[0] === event, 'the port called another handler');
  return isAccepted;
}

function deliver<M>(parsers: Parsers<M>, events: readonly (keyof M & string)[], data: unknown) {
  const received: [string, unknown][] = [];
  const handlers = Object.fromEntries(
    events.map((event) => [event, (payload: unknown) => received.push([event, payload])]),
  ) as unknown as Handlers<M>;
  const port = {onmessage: undefined as unknown} as unknown as MessagePort;
  receive(port, parsers, handlers);
  port.onmessage?.({data} as MessageEvent);
  return received;
}

function comparePayload(parse: (data: unknown) => unknown, shape: Shape, data: unknown): boolean {
  const expected = shape(data);
  const result = outcomeOf(parse, data);
  check(!Object.hasOwn(Object.prototype, 'polluted'), 'Object.prototype was changed');
  check(
    (result === REJECTED) === (expected === REJECTED),
    `the rules ${expected === REJECTED ? 'reject' : 'accept'} this`,
  );
  if (result === REJECTED) return false;
  check(isSame(result, expected), `the rules read this as ${JSON.stringify(expected)}`);
  checkFresh(result, data);
  check(isSame(outcomeOf(parse, result), result), 'parsing the result again changes it');
  return true;
}

function outcomeOf(parse: (data: unknown) => unknown, data: unknown): unknown {
  try {
    return parse(data);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    check(!error.message.includes(CANARY.slice(0, 6)), 'the message quotes what it got');
    return REJECTED;
  }
}

/** No object in the result is the sender's or has a prototype of the sender's. */
function checkFresh(result: unknown, data: unknown): void {
  if (typeof result !== 'object' || result === null) return;
  check(result !== data, 'the result is an object of the sender');
  const prototype: unknown = Object.getPrototypeOf(result);
  check(
    prototype === Object.prototype || prototype === Array.prototype,
    'the result has a prototype of the sender',
  );
  for (const key of Object.keys(result)) checkFresh(own(result, key), own(data as object, key));
}

/** A list with a getter in place of its item, which was once called. */
function listWithGetter(): Message {
  const fields = Object.defineProperty([], 0, {get: foreignCode, configurable: true});
  const payload = {protocol: 1, version: '0.1.0', fields};
  return {kind: 'frame ready', data: {event: 'ready', payload}, changes: ['hide an item behind a getter']};
}

/** All messages between a page and a frame, through the port and the parsers of both sides. */
export const messages = target({
  name: 'messages',
  runs: 1_000_000,
  inputs: arbitraryOf(aMessage, 160),
  known: [listWithGetter()],
  compare,
  describe: ({kind, changes, data}) => `${kind}: ${changes.join(', ')}\n${printed(data)}`,
});

function printed(data: unknown): string {
  try {
    return JSON.stringify(data);
  } catch {
    return 'not JSON';
  }
}
