import {own} from './mutate.ts';

/** What a shape answers to data that is none of it. */
export const REFUSED = Symbol('refused');

/** A second reading of the protocol: what a parser must make of data, or {@link REFUSED}. */
export type Shape = (data: unknown) => unknown;

export const anyOf =
  (...words: readonly (string | number)[]): Shape =>
  (data) =>
    words.includes(data as string) ? data : REFUSED;

export const flag: Shape = (data) => (data === true || data === false ? data : REFUSED);

export const whole =
  (least: number, most: number): Shape =>
  (data) =>
    typeof data === 'number' && data >= least && data <= most && data % 1 === 0 ? data : REFUSED;

/** A text of at most so many UTF-16 units, each of them one that `isGood` takes. */
export const letters =
  (most: number, isGood: (text: string) => boolean = () => true, least = 0): Shape =>
  (data) =>
    typeof data === 'string' && data.length >= least && data.length <= most && isGood(data) ? data : REFUSED;

export const isMadeOf = (alphabet: string) => (text: string) =>
  Array.from(text).every((letter) => alphabet.includes(letter));

export const SMALL = 'abcdefghijklmnopqrstuvwxyz';
export const ASCII_DIGITS = '0123456789';

/** 128 bits in hexadecimal. */
export const id = letters(32, isMadeOf('0123456789abcdef'), 32);

export const list =
  (most: number, item: Shape): Shape =>
  (data) => {
    if (!Array.isArray(data) || data.length > most) return REFUSED;
    const items = Array.from({length: data.length}, (_, index) => item(own(data, index)));
    return items.includes(REFUSED) ? REFUSED : items;
  };

/** An object of the page's or the frame's own making; whatever has a class of its own is none. */
export function isPlain(data: unknown): data is object {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return false;
  const prototype: unknown = Object.getPrototypeOf(data);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** An object with these keys; those that end in `?` may be missing, those beside them are not looked at. */
export function object(shapes: Readonly<Record<string, Shape>>): Shape {
  return (data) => {
    if (!isPlain(data)) return REFUSED;
    const result: Record<string, unknown> = {};
    for (const [name, shape] of Object.entries(shapes)) {
      const key = name.replace('?', '');
      const value = own(data, key);
      if (value === undefined && name !== key) continue;
      result[key] = shape(value);
      if (result[key] === REFUSED) return REFUSED;
    }
    return result;
  };
}

/** An object that has some of these keys. */
export function some(shapes: Readonly<Record<string, Shape>>): Shape {
  return (data) => {
    if (!isPlain(data)) return REFUSED;
    const present = Object.entries(shapes).filter(([key]) => Object.hasOwn(data, key));
    return object(Object.fromEntries(present))(data);
  };
}

/** The same shape under each of these keys. */
export const under = (keys: readonly string[], shape: Shape): Record<string, Shape> =>
  Object.fromEntries(keys.map((key) => [key, shape]));

/** A name that every form parser carries: a letter, then at most 63 letters, digits and `_ . - [ ]`. */
export const formName = letters(
  64,
  (text) =>
    isMadeOf(SMALL)(text.slice(0, 1).toLowerCase()) &&
    isMadeOf(`${SMALL}${SMALL.toUpperCase()}${ASCII_DIGITS}_.-[]`)(text),
  1,
);
