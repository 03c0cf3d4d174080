import type {Dice} from '../../support/random.ts';

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
export function changeText(text: string, dice: Dice): string {
  const at = dice.below(text.length + 1);
  const to = Math.min(text.length, at + 1 + dice.below(4));
  const [head, middle, tail] = [text.slice(0, at), text.slice(at, to), text.slice(to)];
  const changes = [
    () => head + tail,
    () => head + middle + middle + tail,
    () => head + dice.pick(STRANGE_TEXTS) + middle + tail,
    () => head + dice.pick(STRANGE_TEXTS) + tail,
    () => head + String.fromCharCode(dice.below(0x100)) + tail,
    () => head + String.fromCharCode(dice.below(0x10000)) + tail,
    () => head,
    () => text + dice.pick(STRANGE_TEXTS),
    () => dice.pick(STRANGE_TEXTS) + text,
    () => text.toUpperCase(),
    () => text.toLowerCase(),
    () => text + text,
    () => head + Array.from(middle).reverse().join('') + tail,
    () => dice.pick(STRANGE_TEXTS),
  ];
  return dice.pick(changes)();
}

/** An unexpected JSON value. */
export function strangeJson(dice: Dice): unknown {
  const kinds = [
    () => null,
    () => dice.pick(STRANGE_TEXTS),
    () => dice.pick(STRANGE_NUMBERS),
    () => dice.once(2),
    () => [],
    () => ({}),
    () => [dice.pick(STRANGE_TEXTS)],
    () => ({[dice.pick(STRANGE_TEXTS)]: dice.pick(STRANGE_TEXTS)}),
    () => JSON.parse(`{"__proto__": {"polluted": true}}`) as unknown,
    () => nest(dice.below(2000)),
  ];
  return dice.pick(kinds)();
}

class Lookalike {
  get event() {
    return foreignCode();
  }
}

/** An unexpected value that only script can make; some of them can be posted, all of them reach the parser here. */
function strangeValue(dice: Dice): unknown {
  const kinds = [
    () => strangeJson(dice),
    () => undefined,
    () => dice.pick([NaN, Infinity, -Infinity]),
    () => 2n ** 70n,
    () => Symbol('event'),
    () => new Date(0),
    () => new Map([['event', 'clear']]),
    () => new Set(['clear']),
    () => /clear/,
    () => Object(dice.pick(['clear', 1, true])) as object,
    () => new Uint8Array(64),
    () => new Lookalike(),
    () => foreignCode,
    () => Object.create(Object.prototype, {event: {get: foreignCode}}) as object,
    () => new Array<unknown>(dice.pick([1, 7, 1e9])),
    () => circle(),
  ];
  return dice.pick(kinds)();
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
function somewhere(root: object, dice: Dice): Place {
  let place: Place = [root, 'data'];
  for (;;) {
    const inner = own(...place);
    if (!isTree(inner) || dice.below(4) === 0) return place;
    const keys = Reflect.ownKeys(inner).filter((key) => key !== 'length');
    if (keys.length === 0) return place;
    place = [inner, dice.pick(keys)];
  }
}

function isTree(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Array.isArray(value);
}

type Change = (place: Place, dice: Dice) => unknown;

/** Changes after which the tree is still JSON. */
const JSON_CHANGES: Readonly<Record<string, Change>> = {
  drop: ([holder, key]) => Reflect.deleteProperty(holder, key),
  replace: (place, dice) => put(place, strangeJson(dice)),
  spoil(place, dice) {
    const value = own(...place);
    if (typeof value === 'string') put(place, changeText(value, dice));
    else if (typeof value === 'number') put(place, dice.pick([value + 1, -value, value + 0.5, `${value}`]));
    else if (typeof value === 'boolean') put(place, dice.pick([!value, Number(value), String(value)]));
    else put(place, strangeJson(dice));
  },
  nest(place, dice) {
    const value = own(...place);
    put(place, dice.pick([[value], {data: value}, [value, value]]));
  },
  add(place, dice) {
    const value = own(...place);
    const key = dice.pick([...STRANGE_TEXTS.slice(0, 23), 'polluted', 'pem', 'names', 'sealed']);
    if (isTree(value) && !Array.isArray(value)) put([value, key], strangeJson(dice));
  },
  swap([holder, key], dice) {
    const other = dice.pick(Reflect.ownKeys(holder).filter((each) => each !== 'length'));
    const [one, two] = [own(holder, key), own(holder, other)];
    put([holder, key], two);
    put([holder, other], one);
  },
  copy([holder, key], dice) {
    const other = dice.pick(Reflect.ownKeys(holder).filter((each) => each !== 'length'));
    put([holder, key], own(holder, other));
  },
  lengthen(place, dice) {
    const value = own(...place);
    if (!Array.isArray(value)) return;
    for (let times = dice.below(20); times >= 0; times -= 1) put([value, value.length], own(value, 0));
  },
};

/** Changes that only script can make. */
const SCRIPT_CHANGES: Readonly<Record<string, Change>> = {
  ...JSON_CHANGES,
  replace: (place, dice) => put(place, strangeValue(dice)),
  'hide behind a getter': ([holder, key]) =>
    Reflect.defineProperty(holder, key, {get: foreignCode, enumerable: true, configurable: true}),
  'make not enumerable': ([holder, key]) => Reflect.defineProperty(holder, key, {enumerable: false}),
  'move to a prototype'(place) {
    const value = own(...place);
    if (isTree(value) && !Array.isArray(value))
      put(place, Object.create(Object.assign(Object.create(null) as object, entriesOf(value))));
  },
  'move one key to a prototype'([holder, key], dice) {
    const value = own(holder, key);
    if (!isTree(value) || Array.isArray(value)) return;
    const entries = Object.entries(entriesOf(value));
    const away = dice.below(entries.length + 1);
    const prototype = Object.fromEntries(entries.slice(away, away + 1));
    Object.setPrototypeOf(prototype, null);
    const rest = Object.fromEntries(entries.filter((_, index) => index !== away));
    put([holder, key], Object.assign(Object.create(prototype) as object, rest));
  },
  'take the prototype away'(place) {
    const value = own(...place);
    if (isTree(value) && !Array.isArray(value)) Reflect.setPrototypeOf(value, null);
  },
  'make an instance'(place) {
    const value = own(...place);
    if (isTree(value)) put(place, Object.setPrototypeOf(entriesOf(value), Lookalike.prototype));
  },
  'put a proxy before'(place) {
    const value = own(...place);
    if (isTree(value) && !Array.isArray(value))
      put(place, new Proxy(value, {get: foreignCode, has: foreignCode}));
  },
  freeze(place) {
    const value = own(...place);
    if (isTree(value)) Object.freeze(value);
  },
  'make a hole'(place) {
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
export function changeTree(data: unknown, dice: Dice, by: 'json' | 'script'): Changed {
  const table = by === 'json' ? JSON_CHANGES : SCRIPT_CHANGES;
  const root = {data};
  const changes: string[] = [];
  for (let times = dice.pick([0, 0, 1, 1, 2, 3]); times > 0; times -= 1) {
    const name = dice.pick(Object.keys(table));
    const place = somewhere(root, dice);
    changes.push(`${name} at ${String(place[1])}`);
    table[name]?.(place, dice);
  }
  return {data: own(root, 'data'), changes};
}
