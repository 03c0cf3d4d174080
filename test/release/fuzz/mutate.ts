import type {Random} from '../../support/random.ts';

/** A test card number that no error message may contain. */
export const CANARY = '4012000098765439';

/** Names with a meaning in JavaScript, characters that parsers mishandle, and strings at length limits. */
const STRANGE_TEXTS = [
  '',
  CANARY,
  ' ',
  '\0',
  '\n',
  '\r\n',
  '\uFEFF',
  '\uD83D',
  '\uDCB3',
  '💳',
  '\u202E',
  '\u2066x',
  'é',
  'İ',
  '0x1',
  '1e0',
  ' 1',
  '1\n',
  '-0',
  'true',
  'undefined',
  'constructor',
  '__proto__',
  'toString',
  '<img src=x onerror=alert(1)>',
  '${x}',
  '%00',
  'a'.repeat(200),
  'a'.repeat(201),
  '٣'.repeat(64),
  'a'.repeat(8192),
  'a'.repeat(8193),
  '4'.repeat(100_000),
] as const;

const STRANGE_NUMBERS = [0, 1, -1, 0.5, -0, 2 ** 31, 2 ** 53, 1e308, Number(CANARY)];

/** The text after one random change. */
export function changeText(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const to = Math.min(text.length, at + 1 + random.below(4));
  const [head, middle, tail] = [text.slice(0, at), text.slice(at, to), text.slice(to)];
  const changes = [
    () => head + tail,
    () => head + middle + middle + tail,
    () => head + random.pick(STRANGE_TEXTS) + middle + tail,
    () => head + random.pick(STRANGE_TEXTS) + tail,
    () => head + String.fromCharCode(random.below(0x100)) + tail,
    () => head + String.fromCharCode(random.below(0x10000)) + tail,
    () => head,
    () => text + random.pick(STRANGE_TEXTS),
    () => random.pick(STRANGE_TEXTS) + text,
    () => text.toUpperCase(),
    () => text.toLowerCase(),
    () => text + text,
    () => head + Array.from(middle).reverse().join('') + tail,
    () => random.pick(STRANGE_TEXTS),
  ];
  return random.pick(changes)();
}

/** An unexpected JSON value. */
export function strangeJson(random: Random): unknown {
  const kinds = [
    () => null,
    () => random.pick(STRANGE_TEXTS),
    () => random.pick(STRANGE_NUMBERS),
    () => random.once(2),
    () => [],
    () => ({}),
    () => [random.pick(STRANGE_TEXTS)],
    () => ({[random.pick(STRANGE_TEXTS)]: random.pick(STRANGE_TEXTS)}),
    () => JSON.parse(`{"__proto__": {"polluted": true}}`) as unknown,
    () => nest(random.below(2000)),
  ];
  return random.pick(kinds)();
}

class Lookalike {
  get event() {
    return foreignCode();
  }
}

/** An unexpected value that only script can make; only some can be posted, but here all reach the parser. */
function strangeValue(random: Random): unknown {
  const kinds = [
    () => strangeJson(random),
    () => undefined,
    () => random.pick([NaN, Infinity, -Infinity]),
    () => 2n ** 70n,
    () => Symbol('event'),
    () => new Date(0),
    () => new Map([['event', 'clear']]),
    () => new Set(['clear']),
    () => /clear/,
    () => Object(random.pick(['clear', 1, true])) as object,
    () => new Uint8Array(64),
    () => new Lookalike(),
    () => foreignCode,
    () => Object.create(Object.prototype, {event: {get: foreignCode}}) as object,
    () => new Array<unknown>(random.pick([1, 7, 1e9])),
    () => circle(),
  ];
  return random.pick(kinds)();
}

/** A getter or method of the sender's object, which no parser may call. */
export function foreignCode(): never {
  throw new Error('the parser ran foreign code');
}

function nest(depth: number): unknown {
  let value: unknown = {};
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : {payload: value};
  return value;
}

function circle(): object {
  const value: {payload?: object} = {};
  value.payload = value;
  return value;
}

/** An object and one of its keys. */
type Place = readonly [holder: object, key: PropertyKey];

export const own = (holder: object, key: PropertyKey): unknown =>
  Object.getOwnPropertyDescriptor(holder, key)?.value;

const put = ([holder, key]: Place, value: unknown) =>
  Reflect.defineProperty(holder, key, {value, enumerable: true, writable: true, configurable: true});

/** A random place in the tree, found without calling a getter. */
function somewhere(root: object, random: Random): Place {
  let place: Place = [root, 'data'];
  for (;;) {
    const inner = own(...place);
    if (!isTree(inner) || random.below(4) === 0) return place;
    const keys = Reflect.ownKeys(inner).filter((key) => key !== 'length');
    if (keys.length === 0) return place;
    place = [inner, random.pick(keys)];
  }
}

function isTree(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Array.isArray(value);
}

type Change = (place: Place, random: Random) => unknown;

/** Changes after which the tree is still JSON. */
const JSON_CHANGES: Readonly<Record<string, Change>> = {
  drop: ([holder, key]) => Reflect.deleteProperty(holder, key),
  replace: (place, random) => put(place, strangeJson(random)),
  spoil(place, random) {
    const value = own(...place);
    if (typeof value === 'string') put(place, changeText(value, random));
    else if (typeof value === 'number') put(place, random.pick([value + 1, -value, value + 0.5, `${value}`]));
    else if (typeof value === 'boolean') put(place, random.pick([!value, Number(value), String(value)]));
    else put(place, strangeJson(random));
  },
  nest(place, random) {
    const value = own(...place);
    put(place, random.pick([[value], {data: value}, [value, value]]));
  },
  add(place, random) {
    const value = own(...place);
    const key = random.pick([...STRANGE_TEXTS.slice(0, 23), 'polluted', 'pem', 'names', 'sealed']);
    if (isTree(value) && !Array.isArray(value)) put([value, key], strangeJson(random));
  },
  swap([holder, key], random) {
    const other = random.pick(Reflect.ownKeys(holder).filter((each) => each !== 'length'));
    const [one, two] = [own(holder, key), own(holder, other)];
    put([holder, key], two);
    put([holder, other], one);
  },
  copy([holder, key], random) {
    const other = random.pick(Reflect.ownKeys(holder).filter((each) => each !== 'length'));
    put([holder, key], own(holder, other));
  },
  lengthen(place, random) {
    const value = own(...place);
    if (!Array.isArray(value)) return;
    for (let times = random.below(20); times >= 0; times -= 1) put([value, value.length], own(value, 0));
  },
};

/** Changes that only script can make. */
const SCRIPT_CHANGES: Readonly<Record<string, Change>> = {
  ...JSON_CHANGES,
  replace: (place, random) => put(place, strangeValue(random)),
  'hide behind a getter': ([holder, key]) =>
    Reflect.defineProperty(holder, key, {get: foreignCode, enumerable: true, configurable: true}),
  'make not enumerable': ([holder, key]) => Reflect.defineProperty(holder, key, {enumerable: false}),
  'move to a prototype'(place) {
    const value = own(...place);
    if (isTree(value) && !Array.isArray(value))
      put(place, Object.create(Object.assign(Object.create(null) as object, entriesOf(value))));
  },
  'move one key to a prototype'([holder, key], random) {
    const value = own(holder, key);
    if (!isTree(value) || Array.isArray(value)) return;
    const entries = Object.entries(entriesOf(value));
    const away = random.below(entries.length + 1);
    const prototype = Object.fromEntries(entries.slice(away, away + 1));
    Object.setPrototypeOf(prototype, null);
    const rest = Object.fromEntries(entries.filter((_, index) => index !== away));
    put([holder, key], Object.assign(Object.create(prototype) as object, rest));
  },
  'remove the prototype'(place) {
    const value = own(...place);
    if (isTree(value) && !Array.isArray(value)) Reflect.setPrototypeOf(value, null);
  },
  'make an instance'(place) {
    const value = own(...place);
    if (isTree(value)) put(place, Object.setPrototypeOf(entriesOf(value), Lookalike.prototype));
  },
  'wrap in a proxy'(place) {
    const value = own(...place);
    if (isTree(value) && !Array.isArray(value))
      put(place, new Proxy(value, {get: foreignCode, has: foreignCode}));
  },
  freeze(place) {
    const value = own(...place);
    if (isTree(value)) Object.freeze(value);
  },
  'make the array sparse'(place) {
    const value = own(...place);
    if (Array.isArray(value)) Reflect.deleteProperty(value, 0);
  },
  'hide an item behind a getter'(place) {
    const value = own(...place);
    if (Array.isArray(value)) Reflect.defineProperty(value, 0, {get: foreignCode, configurable: true});
  },
  symbol(place) {
    const value = own(...place);
    if (isTree(value)) put([value, Symbol.toPrimitive], foreignCode);
  },
};

function entriesOf(value: object): Record<string, unknown> {
  const keys = Reflect.ownKeys(value).filter((key) => typeof key === 'string');
  return Object.fromEntries(keys.map((key) => [key, own(value, key)]));
}

/** A tree and the changes made to it. */
export interface Changed {
  data: unknown;
  changes: readonly string[];
}

/** Changes a new tree in up to three places. */
export function changeTree(data: unknown, random: Random, by: 'json' | 'script'): Changed {
  const table = by === 'json' ? JSON_CHANGES : SCRIPT_CHANGES;
  const root = {data};
  const changes: string[] = [];
  for (let times = random.pick([0, 0, 1, 1, 2, 3]); times > 0; times -= 1) {
    const name = random.pick(Object.keys(table));
    const place = somewhere(root, random);
    changes.push(`${name} at ${String(place[1])}`);
    table[name]?.(place, random);
  }
  return {data: own(root, 'data'), changes};
}
