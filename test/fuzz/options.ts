import {localeFor} from '../../host-sdk/locale.ts';
import {type Attributes, type Options, parseOptions} from '../../host-sdk/options.ts';
import {NAMED_VALUES} from '../../widget/protocol/envelope.ts';
import {SealedFieldsError} from '../../widget/protocol/errors.ts';
import {type Configure, parseConfigure} from '../../widget/protocol/host-events.ts';
import {BRANDS, FIELD_NAMES, LOCALES} from '../../widget/protocol/names.ts';
import {type Dice, madeBy} from './dice.ts';
import {CANARY, changeText} from './mutate.ts';
import {
  anyOf,
  ASCII_DIGITS,
  formName,
  isMadeOf,
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
import {aThemeText, looksOf} from './themes.ts';

// ---- what the rules say (README.md, docs/integration.md) -----------------------------------------------

const ALPHANUMERIC = SMALL + SMALL.toUpperCase() + ASCII_DIGITS;

const PRESETS: Readonly<Record<string, readonly string[]>> = {
  card: ['cardNumber', 'expiry', 'securityCode'],
  bank: ['routingNumber', 'accountNumber', 'accountNumberConfirmation'],
};

/** Where the widget host is: scheme, host and port as a browser writes them, nothing behind. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const {protocol, host} = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && text === `${protocol}//${host}`;
}

function isTag(text: string): boolean {
  const [language = '', ...others] = text.split('-');
  const isPart = (part: string) => part.length > 0 && part.length < 9 && isMadeOf(ALPHANUMERIC)(part);
  return isPart(language) && !/\d/.test(language) && others.every(isPart);
}

function fieldsOf(text: string): unknown {
  const preset = ['card', 'bank'].find((name) => name === text.trim());
  if (preset !== undefined) return PRESETS[preset];
  const names = text
    .replaceAll(',', ' ')
    .trim()
    .split(/\s+/)
    .filter((name) => name !== '');
  const isAlone = names.includes('accountNumberConfirmation') && !names.includes('accountNumber');
  if (names.length === 0 || new Set(names).size < names.length || isAlone) return REFUSED;
  return list(FIELD_NAMES.length, anyOf(...FIELD_NAMES))(names);
}

function namesOf(text: string): unknown {
  try {
    const names = some(under(NAMED_VALUES, formName))(JSON.parse(text));
    if (names === REFUSED) return REFUSED;
    const given = Object.values(names as object) as string[];
    const all = [...given, 'sealed_key_id', 'sealed_id', 'card_bin', 'card_last4'];
    return new Set(all).size < all.length ? REFUSED : names;
  } catch {
    return REFUSED;
  }
}

/** Of one kind, by field: `data-label-card-number` and `data-label-cardNumber` alike, the last one counts. */
function textsOf(kind: string, set: Attributes): object {
  const texts: Record<string, string> = {};
  for (const [key, value] of Object.entries(set))
    for (const field of FIELD_NAMES)
      if (key.toUpperCase() === `${kind}${field}`.toUpperCase()) texts[field] = (value ?? '').slice(0, 200);
  return texts;
}

const read =
  (reader: (text: string) => unknown): Shape =>
  (data) =>
    typeof data === 'string' ? reader(data) : REFUSED;

const shape = object({
  origin: letters(Infinity, isOrigin),
  merchant: letters(64, (text) => isMadeOf(`${SMALL}${ASCII_DIGITS}-`)(text) && !text.startsWith('-'), 1),
  fields: read(fieldsOf),
  locale: letters(Infinity, isTag),
  layout: anyOf('stacked', 'inline'),
  'brand?': anyOf(...BRANDS),
  names: read(namesOf),
});

function expectedOf(element: Attributes, script: Attributes, rem: number): unknown {
  const set: Attributes = {...script, ...element};
  const {fields = 'card', locale = 'auto', layout = 'stacked', names = '{}'} = set;
  const origin = script['origin'] ?? set['origin'];
  const result = shape({
    origin,
    merchant: set['merchant'],
    fields,
    locale,
    layout,
    brand: set['brand'],
    names,
  });
  return result === REFUSED
    ? REFUSED
    : {
        ...(result as object),
        looks: looksOf(set['theme'] ?? 'auto', rem),
        labels: textsOf('label', set),
        placeholders: textsOf('placeholder', set),
        optional: set['optional'] !== undefined,
        autoAdvance: set['autoAdvance'] !== undefined,
      };
}

// ---- what a page may have written ------------------------------------------------------------------------

const VALUES: Readonly<Record<string, readonly string[]>> = {
  origin: [
    'https://pay.example',
    'http://127.0.0.1:4200',
    'http://[::1]:1',
    'https://pay.example/',
    'HTTPS://pay.example',
    'javascript:1',
    'https://user@pay.example',
    'blob:https://pay.example',
    'https://pay.example:443',
  ],
  merchant: ['demo', '0-a', 'x'.repeat(64), 'Demo', '-a', '../evil'],
  fields: [
    'card',
    ' bank ',
    'cardNumber, expiry',
    'securityCode\n',
    'accountNumber accountNumberConfirmation,accountType',
    'accountNumberConfirmation',
    'expiry expiry',
    'pin',
    ',',
    'constructor',
  ],
  locale: ['auto', 'de', 'pt-BR', 'zh-Hant-HK', 'de_DE', 'x'.repeat(9), 'a-1-b-2', 'de-'],
  layout: ['stacked', 'inline', 'compact'],
  brand: ['visa', 'american-express', 'unknown', 'amex'],
  names: [
    '{}',
    '{"cardNumber": "ccNumber"}',
    '{"cardNumber": "a", "securityCode": "b", "other": 1}',
    '{"__proto__": {"polluted": "x"}, "expirationYear": "year"}',
    '{"cardNumber": "x", "securityCode": "x"}',
    '{"cardNumber": "sealed_id"}',
    '["cardNumber"]',
    'null',
    '{"cardNumber": 1}',
  ],
  optional: ['', 'false'],
  autoAdvance: ['', 'false'],
  labelCardNumber: ['Number', '', '<b>', 'x'.repeat(500), '\u202Ex\0', '💳'.repeat(101)],
  labelCardnumber: ['Other'],
  'labelAccount-type': ['no such'],
  placeholderExpiry: ['MM / YY', CANARY, '\uD83D'],
  sealedFields: ['card'],
  __proto__x: ['x'],
};

/** What comes first in each list is right, and is picked most of the time. */
function aValue(key: string, dice: Dice): string {
  const [first = '', second = first, ...others] = VALUES[key] ?? [];
  const value = dice.pick([first, second, first, second, dice.pick([first, ...others])]);
  return dice.once(16) ? changeText(value, dice) : value;
}

type Input = readonly [element: Attributes, script: Attributes, rem: number];

function anInput(dice: Dice): Input {
  const attributes = (always: readonly string[]) => {
    const keys = Object.keys(VALUES).filter((key) => dice.once(4) || always.includes(key));
    return Object.fromEntries([
      ...(dice.once(4) ? [['theme', aThemeText(dice)]] : []),
      ...keys.map((key) => [dice.once(60) ? changeText(key, dice) : key, aValue(key, dice)]),
    ]) as Attributes;
  };
  const script = attributes(dice.once(8) ? [] : ['origin']);
  const element: Attributes = attributes(dice.once(8) ? [] : ['merchant']);
  return [
    dice.once(4) ? Object.assign(Object.create({brand: 'amex', locale: '_'}) as object, element) : element,
    script,
    dice.pick([16, 10, 20, 62.5]),
  ];
}

// ---- the judgement ---------------------------------------------------------------------------------------

function judge([element, script, rem]: Input): readonly [string, boolean] {
  const expected = expectedOf(element, script, rem);
  const result = outcomeOf(element, script, rem);
  insist(!Object.hasOwn(Object.prototype, 'polluted'), 'every object was given a key');
  insist(
    (result === undefined) === (expected === REFUSED),
    `the rules ${expected === REFUSED ? 'refuse' : 'take'} this`,
  );
  if (result === undefined) return ['options', false];
  const {mistakes, ...looks} = result.looks;
  const counted = {...result, looks: {...looks, mistakes: mistakes.length}};
  insist(
    mistakes.every((mistake) => mistake.startsWith('data-theme: ') && mistake.length < 500),
    'a mistake is as long as its sender likes',
  );
  insist(isSame(counted, expected), `the rules make ${JSON.stringify(expected)} of this`);
  insistOnConfigurable(result);
  return ['options', true];
}

function outcomeOf(element: Attributes, script: Attributes, rem: number): Options | undefined {
  try {
    return parseOptions(element, script, rem);
  } catch (error) {
    if (!(error instanceof SealedFieldsError)) throw error;
    const {code, message, hint} = error;
    insist(code === 'config-invalid' && /^data-[a-z]+: expected /.test(message), `${code}: ${message}`);
    insist(message.length < 300 && hint.length < 200, 'the message is as long as its sender likes');
    return undefined;
  }
}

/** What the page's side takes, the frame takes. */
function insistOnConfigurable({locale, looks, ...rest}: Options): void {
  const ours = locale === 'auto' ? 'en' : (localeFor(locale) ?? 'en');
  insist(LOCALES.includes(ours), 'a language that we do not speak');
  const configure = {
    ...rest,
    locale: ours,
    colorScheme: looks.scheme === 'dark' ? 'dark' : 'light',
    theme: looks.theme,
    disabled: false,
  } satisfies Configure & object;
  const heard = parseConfigure(configure);
  insist(isSame(heard.names, rest.names), 'the frame hears other names');
  insist(isSame(heard.theme, looks.theme), 'the frame hears another theme');
  insist(
    Object.keys(heard.labels).length === Object.keys(rest.labels).length,
    'the frame hears other labels',
  );
}

/** The attributes of an element and its script. */
export const options = target({
  name: 'options',
  runs: 100_000,
  inputs: madeBy(anInput, 128),
  known: [[{merchant: 'demo'}, {origin: 'https://pay.example'}, 16]],
  judge,
});
