import {SealedFieldsError} from '../../../widget/protocol/errors.ts';
import {NAMED_VALUES} from '../../../widget/protocol/envelope.ts';
import {BRANDS} from '../../../widget/protocol/names.ts';
import {parseRecord} from '../../../widget/merchant-record.ts';
import {type Random, arbitraryOf} from '../../support/random.ts';
import {CANARY, type Changed, changeText, changeTree} from './mutate.ts';
import {
  anyOf,
  ASCII_DIGITS,
  formName,
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
} from './shapes.ts';
import {check, isSame, target} from './target.ts';

// ---- the rules (docs/deploy.md) --------------------------------------------------------------------------

/** These keys and no others. */
const closed =
  (keys: readonly string[], shape: Shape): Shape =>
  (data) =>
    isPlain(data) && Object.keys(data).every((key) => keys.includes(key)) ? shape(data) : REJECTED;

const noneTwice =
  (shape: Shape): Shape =>
  (data) => {
    const items = shape(data);
    return Array.isArray(items) && new Set(items).size < items.length ? REJECTED : items;
  };

/** `https:`, or `http:` on this machine; as a browser serializes it, in characters that a CSP can contain. */
function isOrigin(text: string): boolean {
  const [, scheme = '', host = '', port] = /^(https?):\/\/([^:]*)(?::([^:]*))?$/.exec(text) ?? [];
  if (!isMadeOf(`${SMALL}${ASCII_DIGITS}.-`)(host) || host === '') return false;
  if (scheme === 'http' && host !== 'localhost' && !/^127\.\d+\.\d+\.\d+$/.test(host)) return false;
  if (port === (scheme === 'http' ? '80' : '443')) return false;
  return (
    (port === undefined || `${Number(port)}` === port) &&
    URL.canParse(text) &&
    new URL(text).host === text.slice(scheme.length + 3)
  );
}

/** `2026-11-01T00:00:00Z`, a valid date and time. */
function isMoment(text: string): boolean {
  const [, ...parts] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/.exec(text) ?? [];
  const [year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN] = parts.map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  const days = [31, leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
}

const moment = letters(20, isMoment);

const key = closed(
  ['kid', 'pem', 'notBefore', 'notAfter'],
  object({
    kid: letters(128, isMadeOf(`${SMALL}${SMALL.toUpperCase()}${ASCII_DIGITS}_.:-`), 1),
    pem: letters(Infinity, (text) => text.startsWith('-')),
    'notBefore?': moment,
    'notAfter?': moment,
  }),
);

const keys: Shape = (data) => {
  const found = list(8, key)(data);
  if (!Array.isArray(found) || found.length === 0) return REJECTED;
  const kids = (found as {kid: string}[]).map(({kid}) => kid);
  return new Set(kids).size < kids.length ? REJECTED : found;
};

const RESERVED = ['sealed_key_id', 'sealed_id', 'card_bin', 'card_last4'];

/** The form values of a profile, with their default names. */
const namesBy = (profile: unknown, sealed: string): Record<string, string> =>
  profile === 'jwe'
    ? {sealed: 'sealed'}
    : {
        cardNumber: 'encrypted_number',
        expirationMonth: `${sealed}expiration_month`,
        expirationYear: `${sealed}expiration_year`,
        securityCode: 'encrypted_csc',
        routingNumber: 'encrypted_routing_number',
        accountNumber: 'encrypted_account_number',
        accountType: 'account_type',
      };

const namesFor =
  (profile: unknown, expiry: unknown): Shape =>
  (data) => {
    const own = namesBy(profile, expiry === 'sealed' ? 'encrypted_' : '');
    const values = Object.keys(own);
    const given = closed(values, some(under(values, formName)))(data);
    if (given === REJECTED) return REJECTED;
    const names = {...own, ...(given as object)};
    const all = [...Object.values(names), ...RESERVED];
    return new Set(all).size < all.length ? REJECTED : names;
  };

function isId(text: string): boolean {
  return isMadeOf(`${SMALL}${ASCII_DIGITS}-`)(text) && !text.startsWith('-');
}

const record: Shape = (data) => {
  if (!isPlain(data)) return REJECTED;
  const whole = {profile: 'paytrace', names: {}, reveal: [], brands: [], ...data} as Record<string, unknown>;
  const shapes = {
    id: letters(64, isId, 1),
    origins: noneTwice(list(64, letters(Infinity, isOrigin))),
    profile: anyOf('paytrace', 'jwe'),
    keys,
    expiry: whole['profile'] === 'jwe' ? anyOf('sealed') : anyOf('sealed', 'plain'),
    names: namesFor(whole['profile'], whole['expiry']),
    reveal: noneTwice(list(2, anyOf('bin', 'last4'))),
    brands: noneTwice(list(BRANDS.length, anyOf(...BRANDS))),
  };
  return closed(Object.keys(shapes), object(shapes))(whole);
};

// ---- inputs ----------------------------------------------------------------------------------------------

const ORIGINS = [
  'http://localhost:4100',
  'https://shop.example',
  'https://shop.example:8443',
  'http://127.0.0.1:80',
  'http://127.0.0.1',
  'http://shop.example',
  'https://Shop.example',
  'https://shop.example/',
  'https://shop.example:443',
  'https://*.shop.example',
  'https://a;b',
  'https://1',
  'https://xn--a',
  'https://a..b',
  'https://shop.example.',
  'http://[::1]',
  'http://127.1',
  'null',
  '*',
] as const;

const TIMES = [
  '2026-11-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '0000-01-01T00:00:00Z',
  '2024-02-29T00:00:00Z',
  '2026-02-29T00:00:00Z',
  '2026-11-01',
  '2026-11-01T00:00:00.000Z',
  '2026-11-01T00:00:00+00:00',
  '2026-11-01T24:00:00Z',
  '2026-11-01T23:59:60Z',
  '+012026-11-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '2026-11-01T00:00:00z',
] as const;

/** No error may quote any of it. */
const PEM = `-----BEGIN PUBLIC KEY-----\nMII${CANARY}\n-----END PUBLIC KEY-----\n`;

/** One of the first `valid` items, which are valid; one time in twelve any item. */
const mostly = <T>(from: readonly T[], valid: number, random: Random) =>
  random.once(12) ? random.pick(from) : random.pick(from.slice(0, valid));

function aKey(random: Random, kid: number): object {
  return {
    kid: random.pick([`key-${kid}`, 'a:B_1.2']),
    pem: random.once(16) ? changeText(PEM, random) : PEM,
    ...(random.once(3) && {notBefore: mostly(TIMES, 4, random)}),
    ...(random.once(3) && {notAfter: mostly(TIMES, 4, random)}),
  };
}

function aRecord(random: Random): Changed {
  const names = ['ccNumber', 'card[number]', 'x', 'sealed_id', 'encrypted_csc'];
  const data = {
    id: random.pick(['demo', 'a', 'x'.repeat(64), '0-0']),
    origins: Array.from({length: random.below(4)}, () => mostly(ORIGINS, 4, random)),
    keys: Array.from({length: 1 + random.pick([0, 0, 1, 7])}, (_, index) => aKey(random, index)),
    expiry: random.pick(['sealed', 'plain']),
    ...(random.once(3) && {profile: random.pick(['paytrace', 'jwe'])}),
    ...(random.once(3) && {names: {[random.pick(NAMED_VALUES)]: random.pick(names)}}),
    ...(random.once(6) && {
      names: {[random.pick(NAMED_VALUES)]: random.pick(names), cardNumber: random.pick(names)},
    }),
    ...(random.once(3) && {reveal: random.pick([[], ['bin'], ['last4', 'bin'], ['bin', 'bin']])}),
    ...(random.once(3) && {brands: [random.pick(BRANDS), random.pick(BRANDS)]}),
  };
  return changeTree(data, random, 'json');
}

// ---- the comparison --------------------------------------------------------------------------------------

function compare({data}: Changed): readonly [string, boolean] {
  const expected = record(data);
  const result = outcomeOf(data);
  check(!Object.hasOwn(Object.prototype, 'polluted'), 'Object.prototype was changed');
  check(
    (result === REJECTED) === (expected === REJECTED),
    `the rules ${expected === REJECTED ? 'reject' : 'accept'} this`,
  );
  if (result === REJECTED) return ['record', false];
  check(isSame(result, expected), `the rules read this as ${JSON.stringify(expected)}`);
  check(isSame(outcomeOf(result), result), 'parsing the result again changes it');
  return ['record', true];
}

function outcomeOf(data: unknown): unknown {
  try {
    return parseRecord(data);
  } catch (error) {
    if (!(error instanceof SealedFieldsError)) throw error;
    check(error.code === 'config-invalid', `the code is ${error.code}`);
    check(!error.message.includes(`MII${CANARY}`), 'the message quotes a key');
    check(error.message.length < 300, 'the length of the message is not limited');
    return REJECTED;
  }
}

/** Merchant records in JSON. */
export const records = target({
  name: 'records',
  runs: 100_000,
  inputs: arbitraryOf(aRecord, 64),
  known: ['+012026-11-01T00:00:00Z', '-000001-11-01T00:00:00Z'].map((notBefore) => ({
    data: {id: 'demo', origins: [], expiry: 'sealed', keys: [{kid: 'key', pem: PEM, notBefore}]},
    changes: ['a year of six digits'],
  })),
  compare,
  describe: ({changes, data}) => `${changes.join(', ')}\n${JSON.stringify(data)}`,
});
