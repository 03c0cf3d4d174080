import {SealedFieldsError} from '../../widget/protocol/errors.ts';
import {NAMED_VALUES} from '../../widget/protocol/envelope.ts';
import {BRANDS} from '../../widget/protocol/names.ts';
import {parseRecord} from '../../widget/record.ts';
import {type Dice, madeBy} from './dice.ts';
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
  REFUSED,
  type Shape,
  SMALL,
  some,
  under,
} from './shapes.ts';
import {insist, isSame, target} from './target.ts';

// ---- what the rules say (docs/deploy.md) ---------------------------------------------------------------

/** These keys and no others. */
const closed =
  (keys: readonly string[], shape: Shape): Shape =>
  (data) =>
    isPlain(data) && Object.keys(data).every((key) => keys.includes(key)) ? shape(data) : REFUSED;

const noneTwice =
  (shape: Shape): Shape =>
  (data) => {
    const items = shape(data);
    return Array.isArray(items) && new Set(items).size < items.length ? REFUSED : items;
  };

/** `https:`, or plain `http:` on this very machine; exactly as a browser writes it, in what a policy can name. */
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

/** `2026-11-01T00:00:00Z`: a moment that there is. */
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
  if (!Array.isArray(found) || found.length === 0) return REFUSED;
  const kids = (found as {kid: string}[]).map(({kid}) => kid);
  return new Set(kids).size < kids.length ? REFUSED : found;
};

const RESERVED = ['sealed_key_id', 'sealed_id', 'card_bin', 'card_last4'];

/** What a profile puts into the form, under which name. */
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
    if (given === REFUSED) return REFUSED;
    const names = {...own, ...(given as object)};
    const all = [...Object.values(names), ...RESERVED];
    return new Set(all).size < all.length ? REFUSED : names;
  };

function isId(text: string): boolean {
  return isMadeOf(`${SMALL}${ASCII_DIGITS}-`)(text) && !text.startsWith('-');
}

const record: Shape = (data) => {
  if (!isPlain(data)) return REFUSED;
  const whole = {profile: 'paytrace', names: {}, reveal: [], brands: [], ...data} as Record<string, unknown>;
  const shapes = {
    id: letters(64, isId, 1),
    origins: noneTwice(list(64, letters(Infinity, isOrigin))),
    profile: anyOf('paytrace', 'jwe'),
    keys,
    expiry: whole['profile'] === 'jwe' ? anyOf('sealed') : anyOf('sealed', 'plain'),
    names: namesFor(whole['profile'], whole['expiry']),
    reveal: noneTwice(list(2, anyOf('bin', 'last4'))),
    brands: noneTwice(list(BRANDS.length, anyOf(...BRANDS.filter((brand) => brand !== 'unknown')))),
  };
  return closed(Object.keys(shapes), object(shapes))(whole);
};

// ---- what a merchant may have written -------------------------------------------------------------------

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

/** Nothing of it may come up in an error. */
const PEM = `-----BEGIN PUBLIC KEY-----\nMII${CANARY}\n-----END PUBLIC KEY-----\n`;

/** The first half of what may be picked is right, and is picked more often. */
const mostly = <T>(from: readonly T[], right: number, dice: Dice) =>
  dice.once(12) ? dice.pick(from) : dice.pick(from.slice(0, right));

function aKey(dice: Dice, kid: number): object {
  return {
    kid: dice.pick([`key-${kid}`, 'a:B_1.2']),
    pem: dice.once(16) ? changeText(PEM, dice) : PEM,
    ...(dice.once(3) && {notBefore: mostly(TIMES, 4, dice)}),
    ...(dice.once(3) && {notAfter: mostly(TIMES, 4, dice)}),
  };
}

function aRecord(dice: Dice): Changed {
  const names = ['ccNumber', 'card[number]', 'x', 'sealed_id', 'encrypted_csc'];
  const data = {
    id: dice.pick(['demo', 'a', 'x'.repeat(64), '0-0']),
    origins: Array.from({length: dice.below(4)}, () => mostly(ORIGINS, 4, dice)),
    keys: Array.from({length: 1 + dice.pick([0, 0, 1, 7])}, (_, index) => aKey(dice, index)),
    expiry: dice.pick(['sealed', 'plain']),
    ...(dice.once(3) && {profile: dice.pick(['paytrace', 'jwe'])}),
    ...(dice.once(3) && {names: {[dice.pick(NAMED_VALUES)]: dice.pick(names)}}),
    ...(dice.once(6) && {names: {[dice.pick(NAMED_VALUES)]: dice.pick(names), cardNumber: dice.pick(names)}}),
    ...(dice.once(3) && {reveal: dice.pick([[], ['bin'], ['last4', 'bin'], ['bin', 'bin']])}),
    ...(dice.once(3) && {brands: [dice.pick(BRANDS), dice.pick(BRANDS)]}),
  };
  return changeTree(data, dice, 'json');
}

// ---- the judgement ---------------------------------------------------------------------------------------

function judge({data}: Changed): readonly [string, boolean] {
  const expected = record(data);
  const result = outcomeOf(data);
  insist(!Object.hasOwn(Object.prototype, 'polluted'), 'every object was given a key');
  insist(
    (result === REFUSED) === (expected === REFUSED),
    `the rules ${expected === REFUSED ? 'refuse' : 'take'} this`,
  );
  if (result === REFUSED) return ['record', false];
  insist(isSame(result, expected), `the rules make ${JSON.stringify(expected)} of this`);
  insist(isSame(outcomeOf(result), result), 'parsed again, it is another');
  return ['record', true];
}

function outcomeOf(data: unknown): unknown {
  try {
    return parseRecord(data);
  } catch (error) {
    if (!(error instanceof SealedFieldsError)) throw error;
    insist(error.code === 'config-invalid', `the code is ${error.code}`);
    insist(!error.message.includes(`MII${CANARY}`), 'the message quotes a key');
    insist(error.message.length < 300, 'the message is as long as its sender likes');
    return REFUSED;
  }
}

/** Merchant records, as JSON can hold them. */
export const records = target({
  name: 'records',
  runs: 100_000,
  inputs: madeBy(aRecord, 64),
  known: ['+012026-11-01T00:00:00Z', '-000001-11-01T00:00:00Z'].map((notBefore) => ({
    data: {id: 'demo', origins: [], expiry: 'sealed', keys: [{kid: 'key', pem: PEM, notBefore}]},
    changes: ['a year of six digits'],
  })),
  judge,
  describe: ({changes, data}) => `${changes.join(', ')}\n${JSON.stringify(data)}`,
});
