/**
 * The checks that the parsers of this folder consist of. Each reads own properties only. Error messages name what was
 * expected and never quote what was found, which may be anything.
 */

/** A plain object: no array, map or class instance. Read its own properties only. */
export type Fields = Readonly<Record<string, unknown>>;

/** @throws TypeError unless `data` is an object literal, here or in another realm. */
export function plainObject(data: unknown): Fields {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new TypeError('expected an object');
  const prototype: unknown = Object.getPrototypeOf(data);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw new TypeError('expected a plain object');
  return data as Fields;
}

/** The own data property `key`, or undefined. Calls no getter and does not read the prototype. */
export function own(fields: object, key: PropertyKey): unknown {
  return Object.getOwnPropertyDescriptor(fields, key)?.value;
}

/** @throws TypeError unless the property is one of `allowed`. */
export function oneOf<const T extends string | number>(
  fields: Fields,
  key: string,
  allowed: readonly T[],
): T {
  return member(own(fields, key), allowed, key);
}

/**
 * @throws TypeError unless `value` is one of `allowed`; `what` names it in the message.
 * @seam closed-vocabulary
 */
export function member<const T extends string | number>(
  value: unknown,
  allowed: readonly T[],
  what: string,
): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new TypeError(`${what}: expected one of ${allowed.join(', ')}`);
  return found;
}

/** @throws TypeError unless the property is a boolean. */
export function flag(fields: Fields, key: string): boolean {
  const value = own(fields, key);
  if (typeof value !== 'boolean') throw new TypeError(`${key}: expected true or false`);
  return value;
}

/** @throws TypeError unless the property is a whole number from `min` to `max`. */
export function integer(fields: Fields, key: string, min: number, max: number): number {
  const value = own(fields, key);
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
    throw new TypeError(`${key}: expected a whole number from ${min} to ${max}`);
  return value;
}

/** @throws TypeError unless the property is a string of at most `limit` UTF-16 units that `pattern` matches. */
export function text(fields: Fields, key: string, limit: number, pattern = /^/): string {
  const value = own(fields, key);
  if (typeof value !== 'string' || value.length > limit || !pattern.test(value))
    throw new TypeError(`${key}: expected a string of at most ${limit} characters in its documented form`);
  return value;
}

/** @throws TypeError unless the property is an array of at most `limit` items that `parse` accepts. */
export function list<T>(fields: Fields, key: string, limit: number, parse: (item: unknown) => T): T[] {
  const value = own(fields, key);
  if (!Array.isArray(value) || value.length > limit)
    throw new TypeError(`${key}: expected a list of at most ${limit}`);
  return Array.from({length: value.length}, (_, index) => parse(own(value, index)));
}

/** @throws TypeError unless the property is an object. Only the keys in `names` are read, each by `parse`. */
export function table<K extends string, T>(
  fields: Fields,
  key: string,
  names: readonly K[],
  parse: (entries: Fields, name: K) => T,
): Partial<Record<K, T>> {
  const entries = plainObject(own(fields, key));
  const result: Partial<Record<K, T>> = {};
  for (const name of names) if (Object.hasOwn(entries, name)) result[name] = parse(entries, name);
  return result;
}

/** The property, read by `parse`, or undefined if it is absent. */
export function optional<T>(
  fields: Fields,
  key: string,
  parse: (fields: Fields, key: string) => T,
): T | undefined {
  return own(fields, key) === undefined ? undefined : parse(fields, key);
}
