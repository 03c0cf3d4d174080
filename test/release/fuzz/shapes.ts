import {own} from './mutate.ts';

/** What a shape returns for data that it rejects. */
export const REJECTED = Symbol('rejected');

/** A second implementation of a parser: returns what the parser must return, or {@link REJECTED}. */
export type Shape = (data: unknown) => unknown;

export const anyOf =
  (...words: readonly (string | number)[]): Shape =>
  (data) =>
    words.includes(data as string) ? data : REJECTED;

export const flag: Shape = (data) => (data === true || data === false ? data : REJECTED);

export const whole =
  (least: number, most: number): Shape =>
  (data) =>
    typeof data === 'number' && data >= least && data <= most && data % 1 === 0 ? data : REJECTED;

/** A string of `least` to `most` UTF-16 units that `isGood` accepts. */
export const letters =
  (most: number, isGood: (text: string) => boolean = () => true, least = 0): Shape =>
  (data) =>
    typeof data === 'string' && data.length >= least && data.length <= most && isGood(data) ? data : REJECTED;

export const isMadeOf = (alphabet: string) => (text: string) =>
  Array.from(text).every((letter) => alphabet.includes(letter));

export const SMALL = 'abcdefghijklmnopqrstuvwxyz';
export const ASCII_DIGITS = '0123456789';

/** 128 bits in hexadecimal. */
export const id = letters(32, isMadeOf('0123456789abcdef'), 32);

export const list =
  (most: number, item: Shape): Shape =>
  (data) => {
    if (!Array.isArray(data) || data.length > most) return REJECTED;
    const items = Array.from({length: data.length}, (_, index) => item(own(data, index)));
    return items.includes(REJECTED) ? REJECTED : items;
  };

/** An object without a class. */
export function isPlain(data: unknown): data is object {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return false;
  const prototype: unknown = Object.getPrototypeOf(data);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** An object with these keys; those that end in `?` may be missing, all others are ignored. */
export function object(shapes: Readonly<Record<string, Shape>>): Shape {
  return (data) => {
    if (!isPlain(data)) return REJECTED;
    const result: Record<string, unknown> = {};
    for (const [name, shape] of Object.entries(shapes)) {
      const key = name.replace('?', '');
      const value = own(data, key);
      if (value === undefined && name !== key) continue;
      result[key] = shape(value);
      if (result[key] === REJECTED) return REJECTED;
    }
    return result;
  };
}

/** An object that has some of these keys. */
export function some(shapes: Readonly<Record<string, Shape>>): Shape {
  return (data) => {
    if (!isPlain(data)) return REJECTED;
    const present = Object.entries(shapes).filter(([key]) => Object.hasOwn(data, key));
    return object(Object.fromEntries(present))(data);
  };
}

/** The same shape under each of these keys. */
export const under = (keys: readonly string[], shape: Shape): Record<string, Shape> =>
  Object.fromEntries(keys.map((key) => [key, shape]));

/** The name of a form value: a letter, then at most 63 letters, digits and `_ . - [ ]`. */
export const formName = letters(
  64,
  (text) =>
    isMadeOf(SMALL)(text.slice(0, 1).toLowerCase()) &&
    isMadeOf(`${SMALL}${SMALL.toUpperCase()}${ASCII_DIGITS}_.-[]`)(text),
  1,
);
