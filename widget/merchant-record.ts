import {FORM_NAME, FORM_VALUES, type FormValue, RESERVED_NAMES} from './protocol/envelope.ts';
import {SealedFieldsError} from './protocol/errors.ts';
import {type Brand, BRANDS, MERCHANT_ID, type Profile, PROFILES} from './protocol/names.ts';
import {type Fields, list, member, oneOf, own, record} from './protocol/parse.ts';

/** `plain`: the gateway takes the expiry in clear, and the page sees it. One envelope for all holds the expiry as well. */
const EXPIRY_FORMS = {paytrace: ['sealed', 'plain'], jwe: ['sealed']} as const;

/** What the page may see of a number beside its ciphertext: the first six digits, the last four. */
const REVEALS = ['bin', 'last4'] as const;

const ACCEPTABLE_BRANDS = BRANDS.filter((brand) => brand !== 'unknown');

/** A public key, and when it may seal: ISO 8601 in UTC to the second, both ends included. */
export interface MerchantKey {
  /** What the gateway calls it; every envelope bears it. */
  kid: string;
  /** As it was published; only `crypto/key-gate` makes a key of it. */
  pem: string;
  notBefore?: string | undefined;
  notAfter?: string | undefined;
}

/** One merchant's facts, pinned in that merchant's frame document: no message can change them. */
export interface MerchantRecord {
  id: string;
  /** Whose pages may embed the frame and speak to it; nobody's when empty. */
  origins: readonly string[];
  profile: Profile;
  /** One to eight. */
  keys: readonly MerchantKey[];
  expiry: (typeof EXPIRY_FORMS)[Profile][number];
  /** The name in the form of every form value that the profile has, renamed or not. */
  names: Readonly<Partial<Record<FormValue, string>>>;
  reveal: readonly (typeof REVEALS)[number][];
  /** The accepted brands; all when empty. */
  brands: readonly Brand[];
}

/** `expiry` has no default: what is not sealed, the page sees. */
const DEFAULTS = {profile: 'paytrace', names: {}, reveal: [], brands: []};
const KEYS = ['id', 'origins', 'keys', 'expiry', ...Object.keys(DEFAULTS)];

/**
 * Reads a record as it was published, every key filled in; what was left out takes its default.
 *
 * @throws SealedFieldsError `config-invalid`; the message names the entry and says what was expected of it.
 */
export function parseRecord(data: unknown): MerchantRecord {
  try {
    const fields = {...DEFAULTS, ...closed(data, KEYS)};
    const profile = oneOf(fields, 'profile', PROFILES);
    const expiry = oneOf(fields, 'expiry', EXPIRY_FORMS[profile]);
    return {
      id: matching(fields, 'id', MERCHANT_ID, '1 to 64 of a-z, 0-9 and -, not - first'),
      origins: each(fields, 'origins', 64, parseOrigin),
      profile,
      keys: parseKeys(fields),
      expiry,
      names: within('names', () => parseNames(fields.names, profile, expiry)),
      reveal: each(fields, 'reveal', REVEALS.length, (item, at) => member(item, REVEALS, at)),
      brands: each(fields, 'brands', BRANDS.length, (item, at) => member(item, ACCEPTABLE_BRANDS, at)),
    };
  } catch (cause) {
    throw new SealedFieldsError('config-invalid', (cause as Error).message, {
      hint: 'docs/deploy.md lists the entries of a merchant record.',
      cause,
    });
  }
}

/**
 * The record with a page's names over its own, or undefined if two values would then share one, or the profile has
 * no such value.
 */
export function rename(record: MerchantRecord, names: MerchantRecord['names']): MerchantRecord | undefined {
  const {length} = Object.keys(record.names);
  const renamed = {...record.names, ...names};
  const isSound = Object.keys(renamed).length === length && new Set(Object.values(renamed)).size === length;
  return isSound ? {...record, names: renamed} : undefined;
}

/**
 * The newest key for this moment: of those in force, the one whose `notBefore` is latest.
 *
 * @param tolerance by how many milliseconds `now` may be wrong.
 */
export function usableKey(keys: readonly MerchantKey[], now: Date, tolerance = 0): MerchantKey | undefined {
  const from = ({notBefore = '1970-01-01T00:00:00Z'}: MerchantKey) => Date.parse(notBefore) - tolerance;
  const to = ({notAfter = '9999-12-31T23:59:59Z'}: MerchantKey) => Date.parse(notAfter) + tolerance;
  return keys
    .filter((key) => from(key) <= now.getTime() && now.getTime() <= to(key))
    .sort((one, other) => from(other) - from(one))[0];
}

/** Shoppers' clocks are wrong by a day or two. */
const CLOCK_TOLERANCE = 48 * 60 * 60 * 1000;

/** The newest key by a shopper's clock: one that is only just out of force serves if no other does. */
export function keyForShopper({keys}: Pick<MerchantRecord, 'keys'>, now: Date): MerchantKey | undefined {
  return usableKey(keys, now) ?? usableKey(keys, now, CLOCK_TOLERANCE);
}

/**
 * An origin as browsers write it, `https:` but on loopback, that `frame-ancestors` can name: a policy's host has
 * letters, digits, hyphens and dots (CSP3 §2.3.1). It has no IPv6 form: Chromium 156 and Firefox 153 match
 * `http://[::1]` with nothing. A host that a URL may have, such as `a;b`, would end the directive.
 */
function parseOrigin(item: unknown, at: string): string {
  const form = /^(https:\/\/[a-z0-9.-]+|http:\/\/(localhost|127(\.\d+){3}))(:\d+)?$/;
  if (typeof item === 'string' && form.test(item) && originOf(item) === item) return item;
  throw new TypeError(
    `${at}: expected an origin such as https://shop.example, or http://localhost:4100, with no path and no wildcard`,
  );
}

function originOf(url: string): string | undefined {
  try {
    return new URL(url).origin;
  } catch {
    return undefined;
  }
}

function parseKeys(fields: Fields): MerchantKey[] {
  const keys = each(fields, 'keys', 8, (item, at) => within(at, () => parseKey(item)));
  if (keys.length === 0) throw new TypeError('keys: expected at least one');
  if (new Set(keys.map(({kid}) => kid)).size < keys.length)
    throw new TypeError('keys: expected each kid once');
  return keys;
}

function parseKey(data: unknown): MerchantKey {
  const fields = closed(data, ['kid', 'pem', 'notBefore', 'notAfter']);
  return {
    kid: matching(fields, 'kid', /^[\w.:-]{1,128}$/, '1 to 128 of A-Z, a-z, 0-9 and _ . : -'),
    pem: matching(fields, 'pem', /^-/, 'a PEM block PUBLIC KEY'),
    notBefore: parseTime(fields, 'notBefore'),
    notAfter: parseTime(fields, 'notAfter'),
  };
}

function parseTime(fields: Fields, key: string): string | undefined {
  const value = own(fields, key);
  if (value === undefined) return undefined;
  // A year of six digits and a sign is a slip, though ECMAScript has it (§21.4.1.32.1).
  const isTime = typeof value === 'string' && /^\d/.test(value);
  if (isTime && new Date(value).toJSON() === value.replace('Z', '.000Z')) return value;
  throw new TypeError(`${key}: expected a time in UTC such as 2026-11-01T00:00:00Z`);
}

/** PayTrace's JSON API calls a sealed value by its plain name with `encrypted_` before it; an account's type is none. */
function namesOf(profile: Profile, expiry: MerchantRecord['expiry']): MerchantRecord['names'] {
  if (profile === 'jwe') return {sealed: 'sealed'};
  const prefix = expiry === 'sealed' ? 'encrypted_' : '';
  return {
    cardNumber: 'encrypted_number',
    securityCode: 'encrypted_csc',
    expirationMonth: `${prefix}expiration_month`,
    expirationYear: `${prefix}expiration_year`,
    routingNumber: 'encrypted_routing_number',
    accountNumber: 'encrypted_account_number',
    accountType: 'account_type',
  };
}

function parseNames(
  data: unknown,
  profile: Profile,
  expiry: MerchantRecord['expiry'],
): MerchantRecord['names'] {
  const values = FORM_VALUES[profile];
  const fields = {...namesOf(profile, expiry), ...closed(data, values)};
  for (const value of values)
    matching(fields, value, FORM_NAME, 'a letter, then at most 63 letters, digits and _ . - [ ]');
  if (new Set([...RESERVED_NAMES, ...Object.values(fields)]).size < RESERVED_NAMES.length + values.length)
    throw new TypeError(
      `expected every value to have its own name, and none of ${RESERVED_NAMES.join(', ')}`,
    );
  return fields;
}

/** @throws TypeError unless `data` is an object with none but `keys`. */
function closed(data: unknown, keys: readonly string[]): Fields {
  const fields = record(data);
  const stranger = Object.keys(fields).find((key) => !keys.includes(key));
  if (stranger !== undefined)
    throw new TypeError(`${stranger.slice(0, 32)}: expected none but ${keys.join(', ')}`);
  return fields;
}

/** @throws TypeError unless the entry is a string of this form. */
function matching(fields: Fields, key: string, form: RegExp, expected: string): string {
  const value = own(fields, key);
  if (typeof value !== 'string' || !form.test(value)) throw new TypeError(`${key}: expected ${expected}`);
  return value;
}

/** Parses a list whose items all differ; each learns where it stands, such as `origins[0]`. */
function each<T>(fields: Fields, key: string, limit: number, parse: (item: unknown, at: string) => T): T[] {
  let index = 0;
  const items = list(fields, key, limit, (item) => parse(item, `${key}[${index++}]`));
  if (new Set(items).size < items.length) throw new TypeError(`${key}: expected each item once`);
  return items;
}

/** Says where in the record an error arose. */
function within<T>(at: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new TypeError(`${at}: ${(cause as Error).message}`, {cause});
  }
}
