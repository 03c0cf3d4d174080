import {FORM_NAME, FORM_VALUES, type FormValue, RESERVED_NAMES} from './protocol/envelope.ts';
import {SealedFieldsError} from './protocol/errors.ts';
import {type Brand, BRANDS, MERCHANT_ID, type Profile, PROFILES} from './protocol/names.ts';
import {type Fields, list, member, oneOf, own, plainObject} from './protocol/parse.ts';

/** `plain`: the gateway expects the expiry as plaintext, so the page can read it. In a JWE, the expiry is always sealed. */
const EXPIRY_FORMS = {paytrace: ['sealed', 'plain'], jwe: ['sealed']} as const;

/** The digits of a card number that a record can reveal to the page: the first six (`bin`) and the last four. */
const REVEALS = ['bin', 'last4'] as const;

/** A public key and its validity period: ISO 8601 in UTC, to the second, both ends inclusive. */
export interface MerchantKey {
  /** The gateway's id of the key; part of every envelope. */
  kid: string;
  /** The PEM block as published; only `keys/public-key` parses it. */
  pem: string;
  notBefore?: string | undefined;
  notAfter?: string | undefined;
}

/**
 * The configuration of one merchant, with all defaults filled in. It is part of the merchant's frame document, so no
 * message can change it.
 *
 * @example
 * const record: MerchantRecord = {
 *   id: 'demo',
 *   origins: ['https://shop.example'],
 *   profile: 'jwe',
 *   keys: [{kid: '2026-11', pem: '-----BEGIN PUBLIC KEY-----\n…', notBefore: '2026-11-01T00:00:00Z'}],
 *   expiry: 'sealed',
 *   names: {sealed: 'sealed'},
 *   reveal: ['last4'],
 *   brands: [],
 * };
 */
export interface MerchantRecord {
  id: string;
  /** The origins whose pages may embed the frame and connect to it. Empty: no page. */
  origins: readonly string[];
  profile: Profile;
  /** One to eight, each with a different `kid`. */
  keys: readonly MerchantKey[];
  expiry: (typeof EXPIRY_FORMS)[Profile][number];
  /** The name in the form of each form value of the profile. */
  names: Readonly<Partial<Record<FormValue, string>>>;
  reveal: readonly (typeof REVEALS)[number][];
  /** The accepted brands, `unknown` among them. Empty: all brands. */
  brands: readonly Brand[];
}

/** `expiry` has no default: the merchant decides whether the page may see it. */
const DEFAULTS = {profile: 'paytrace', names: {}, reveal: [], brands: []};
const KEYS = ['id', 'origins', 'keys', 'expiry', ...Object.keys(DEFAULTS)];

/**
 * Parses a published record, in which every key has its PEM block. Fills in defaults for missing entries.
 *
 * @throws SealedFieldsError `config-invalid`; the message names the entry and what was expected.
 * @example
 * const {profile, reveal} = parseRecord({
 *   id: 'demo',
 *   origins: ['https://shop.example'],
 *   keys: [{kid: '2026-11', pem: '-----BEGIN PUBLIC KEY-----\n…'}],
 *   expiry: 'sealed',
 * });
 * // profile is 'paytrace', reveal is []
 */
export function parseRecord(data: unknown): MerchantRecord {
  try {
    const fields = {...DEFAULTS, ...closedObject(data, KEYS)};
    const profile = oneOf(fields, 'profile', PROFILES);
    const expiry = oneOf(fields, 'expiry', EXPIRY_FORMS[profile]);
    return {
      id: matching(fields, 'id', MERCHANT_ID, '1 to 64 of a-z, 0-9 and -, not - first'),
      origins: parseSet(fields, 'origins', 64, parseOrigin),
      profile,
      keys: parseKeys(fields),
      expiry,
      names: within('names', () => parseNames(fields.names, profile, expiry)),
      reveal: parseSet(fields, 'reveal', REVEALS.length, (item, at) => member(item, REVEALS, at)),
      brands: parseSet(fields, 'brands', BRANDS.length, (item, at) => member(item, BRANDS, at)),
    };
  } catch (cause) {
    throw new SealedFieldsError('config-invalid', (cause as Error).message, {
      hint: 'docs/deploy.md lists the entries of a merchant record.',
      cause,
    });
  }
}

/**
 * Returns the record with some form values renamed by the page. Undefined if two values would have the same name, or if the
 * profile does not have one of the values.
 */
export function rename(record: MerchantRecord, names: MerchantRecord['names']): MerchantRecord | undefined {
  const {length} = Object.keys(record.names);
  const renamed = {...record.names, ...names};
  const isValid = Object.keys(renamed).length === length && new Set(Object.values(renamed)).size === length;
  return isValid ? {...record, names: renamed} : undefined;
}

/**
 * The newest key that is valid now: the one with the latest `notBefore`.
 *
 * @param tolerance how far `now` may be wrong, in ms.
 */
export function usableKey(keys: readonly MerchantKey[], now: Date, tolerance = 0): MerchantKey | undefined {
  const from = ({notBefore = '1970-01-01T00:00:00Z'}: MerchantKey) => Date.parse(notBefore) - tolerance;
  const to = ({notAfter = '9999-12-31T23:59:59Z'}: MerchantKey) => Date.parse(notAfter) + tolerance;
  return keys
    .filter((key) => from(key) <= now.getTime() && now.getTime() <= to(key))
    .sort((one, other) => from(other) - from(one))[0];
}

/** How far a shopper's clock may be wrong: 48 hours. */
const CLOCK_TOLERANCE_MS = 48 * 60 * 60 * 1000;

/** The newest key that is valid by the shopper's clock. If there is none, the newest within {@link CLOCK_TOLERANCE_MS}. */
export function keyForShopper({keys}: Pick<MerchantRecord, 'keys'>, now: Date): MerchantKey | undefined {
  return usableKey(keys, now) ?? usableKey(keys, now, CLOCK_TOLERANCE_MS);
}

/**
 * Parses an origin in the form in which browsers serialize it. It must use `https:`, except on loopback, and must be valid
 * in `frame-ancestors`: letters, digits, hyphens and dots in the host (CSP3 §2.3.1). IPv6 is not accepted: in Chromium 156
 * and Firefox 153, `http://[::1]` matches nothing there. Some hosts that a URL accepts, such as `a;b`, would end the
 * directive.
 *
 * @throws TypeError that starts with `at`.
 */
export function parseOrigin(item: unknown, at: string): string {
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
  const keys = parseSet(fields, 'keys', 8, (item, at) => within(at, () => parseKey(item)));
  if (keys.length === 0) throw new TypeError('keys: expected at least one');
  if (new Set(keys.map(({kid}) => kid)).size < keys.length)
    throw new TypeError('keys: expected each kid once');
  return keys;
}

function parseKey(data: unknown): MerchantKey {
  const fields = closedObject(data, ['kid', 'pem', 'notBefore', 'notAfter']);
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
  // ECMAScript's years of six digits with a sign (§21.4.1.32.1) are not accepted.
  const isTime = typeof value === 'string' && /^\d/.test(value);
  if (isTime && new Date(value).toJSON() === value.replace('Z', '.000Z')) return value;
  throw new TypeError(`${key}: expected a time in UTC such as 2026-11-01T00:00:00Z`);
}

/** The default names. In PayTrace's JSON API, names of encrypted values start with `encrypted_`. */
function defaultNames(profile: Profile, expiry: MerchantRecord['expiry']): MerchantRecord['names'] {
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
  const fields = {...defaultNames(profile, expiry), ...closedObject(data, values)};
  for (const value of values)
    matching(fields, value, FORM_NAME, 'a letter, then at most 63 letters, digits and _ . - [ ]');
  if (new Set([...RESERVED_NAMES, ...Object.values(fields)]).size < RESERVED_NAMES.length + values.length)
    throw new TypeError(
      `expected every value to have its own name, and none of ${RESERVED_NAMES.join(', ')}`,
    );
  return fields;
}

/** @throws TypeError unless `data` is an object without keys other than `keys`. */
function closedObject(data: unknown, keys: readonly string[]): Fields {
  const fields = plainObject(data);
  const unknown = Object.keys(fields).find((key) => !keys.includes(key));
  if (unknown !== undefined)
    throw new TypeError(`${unknown.slice(0, 32)}: unknown entry; expected ${keys.join(', ')}`);
  return fields;
}

/** @throws TypeError unless the entry is a string of this form. */
function matching(fields: Fields, key: string, form: RegExp, expected: string): string {
  const value = own(fields, key);
  if (typeof value !== 'string' || !form.test(value)) throw new TypeError(`${key}: expected ${expected}`);
  return value;
}

/** Parses a list without duplicates. @param parse receives the position of an item, such as `origins[0]`. */
function parseSet<T>(
  fields: Fields,
  key: string,
  limit: number,
  parse: (item: unknown, at: string) => T,
): T[] {
  let index = 0;
  const items = list(fields, key, limit, (item) => parse(item, `${key}[${index++}]`));
  if (new Set(items).size < items.length) throw new TypeError(`${key}: expected each item once`);
  return items;
}

/** Adds the position in the record to the message of an error. */
function within<T>(at: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new TypeError(`${at}: ${(cause as Error).message}`, {cause});
  }
}
