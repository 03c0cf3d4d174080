import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {
  type Attributes,
  LIVE_ATTRIBUTES,
  matchLocale,
  type Options,
  parseFieldName,
  parseOptions,
} from '../../../host-sdk/attributes.ts';
import {SealedFieldsError} from '../../../widget/protocol/errors.ts';
import {parseConfigure} from '../../../widget/protocol/messages.ts';
import {CANARY, changeText} from '../../release/fuzz/mutate.ts';
import '../../support/css.ts';
import {runs} from '../../support/properties.ts';
import {type Random, arbitraryOf} from '../../support/random.ts';

const DEFAULTS = {origin: 'https://pay.example', merchant: 'demo'};

const optionsOf = (attributes: Attributes) => parseOptions(attributes, DEFAULTS);
const settingsOf = (attributes: Attributes) => optionsOf(attributes).settings;

/** The error for these attributes. */
function rejectionOf(attributes: Attributes, defaults: Attributes = DEFAULTS): SealedFieldsError {
  try {
    parseOptions(attributes, defaults);
  } catch (error) {
    if (error instanceof SealedFieldsError) return error;
    throw error;
  }
  return assert.fail('the attributes were accepted');
}

/** Valid values of each attribute, with the parsed value. */
const ACCEPTED = {
  origin: [
    ['https://pay.example'],
    ['http://127.0.0.1:4200'],
    ['http://[::1]:1'],
    ['https://pay.example:8443'],
  ],
  merchant: [['demo'], ['0-a'], ['x'.repeat(64)]],
  fields: [
    ['card', ['cardNumber', 'expiry', 'securityCode']],
    [' card ', ['cardNumber', 'expiry', 'securityCode']],
    ['bank', ['routingNumber', 'accountNumber', 'accountNumberConfirmation']],
    ['securityCode, expiry', ['securityCode', 'expiry']],
    [' cardNumber\n', ['cardNumber']],
    ['accountType, routingNumber accountNumber', ['accountType', 'routingNumber', 'accountNumber']],
    ['accountNumberConfirmation,accountNumber', ['accountNumberConfirmation', 'accountNumber']],
  ],
  locale: [['auto'], ['de'], ['pt-BR'], ['zh-Hant-HK'], ['a-1-b-2'], ['x'.repeat(8)]],
  layout: [['stacked'], ['inline']],
  brand: [['visa'], ['american-express'], ['unknown']],
  names: [
    ['{}', {}],
    ['{"cardNumber": "ccNumber", "securityCode": "ccCSC"}', {cardNumber: 'ccNumber', securityCode: 'ccCSC'}],
    ['{"cardNumber": "a", "other": 1}', {cardNumber: 'a'}],
    ['{"__proto__": {"polluted": "x"}, "expirationYear": "year"}', {expirationYear: 'year'}],
  ],
} as const satisfies Partial<
  Record<keyof (Options & Options['settings']), readonly (readonly [text: string, value?: unknown])[]>
>;

const REJECTED = {
  origin: [
    'https://pay.example/',
    'https://pay.example/v1',
    'pay.example',
    'HTTPS://pay.example',
    'https://pay.example:443',
    'https://user@pay.example',
    'javascript:alert(1)',
    'blob:https://pay.example',
    'ftp://pay.example',
  ],
  merchant: ['', '../evil', 'Demo', '-a', 'x'.repeat(65)],
  fields: ['', ',', 'pin', 'expiry expiry', 'constructor', 'routingNumber accountNumberConfirmation'],
  locale: ['', 'de_DE', 'de-', '1a', 'x'.repeat(9), '<b>'],
  layout: ['', 'compact'],
  brand: ['', 'amex'],
  names: [
    'ccNumber',
    'null',
    '[]',
    '{"cardNumber": 1}',
    '{"cardNumber": "a b"}',
    '{"cardNumber": "sealed_id"}',
    '{"cardNumber": "x", "securityCode": "x"}',
  ],
} as const satisfies Record<keyof typeof ACCEPTED, readonly string[]>;

describe('parseOptions', () => {
  it('requires only origin and merchant', () => {
    assert.deepEqual(optionsOf({}), {
      origin: 'https://pay.example',
      merchant: 'demo',
      fields: ['cardNumber', 'expiry', 'securityCode'],
      locale: 'auto',
      looks: {scheme: 'auto', theme: {}, mistakes: []},
      optional: false,
      brand: undefined,
      actionOrigins: [],
      settings: {layout: 'stacked', labels: {}, placeholders: {}, autoAdvance: false, names: {}},
    });
    assert.match(rejectionOf({}, {}).message, /^data-origin/);
    assert.match(rejectionOf({}, {origin: 'https://pay.example'}).message, /^data-merchant/);
  });

  for (const [name, values] of Object.entries(ACCEPTED))
    it(`accepts valid values of data-${name}`, () => {
      for (const [text, value = text] of values as readonly (readonly [string, unknown?])[]) {
        const {settings, ...others} = parseOptions(
          {merchant: 'demo', [name]: text},
          name === 'origin' ? {} : DEFAULTS,
        );
        assert.deepEqual(new Map(Object.entries({...settings, ...others} as object)).get(name), value, text);
      }
      assert.ok(!('polluted' in {}));
    });

  for (const [name, texts] of Object.entries(REJECTED))
    it(`rejects other values of data-${name}, and names the attribute`, () => {
      for (const text of texts) {
        const attributes = {[name]: text};
        const {code, message, hint} = rejectionOf(
          attributes,
          name === 'origin' ? {merchant: 'demo'} : DEFAULTS,
        );
        assert.equal(code, 'config-invalid', text);
        assert.match(message, new RegExp(`^data-${name}: expected .{5,}`), text);
        assert.ok(hint.startsWith(`data-${name} is “${text.slice(0, 64)}”. `), hint);
      }
    });

  it('does not read Object.prototype', () => {
    const {prototype} = Object as unknown as {prototype: Record<string, unknown>};
    Object.assign(prototype, {origin: 'https://evil.example', theme: 'dark', names: '{}', optional: ''});
    try {
      assert.throws(() => parseOptions({merchant: 'demo'}, {}), /data-origin/);
      const {looks, optional} = parseOptions({merchant: 'demo'}, {origin: 'https://pay.example'});
      assert.deepEqual([looks.scheme, optional], ['auto', false]);
    } finally {
      for (const key of ['origin', 'theme', 'names', 'optional']) Reflect.deleteProperty(prototype, key);
    }
  });

  it('does not read the prototype of the attributes', () => {
    const inherits = Object.create({brand: 'visa', locale: 'de'}) as Attributes;
    const {brand, locale} = optionsOf(inherits);
    assert.deepEqual([brand, locale], [undefined, 'auto']);
  });

  it('prefers attributes of the element to those of the script', () => {
    const defaults = {...DEFAULTS, theme: 'light', locale: 'de'};
    const {merchant, locale, looks} = parseOptions({merchant: 'other', theme: 'dark'}, defaults);
    assert.deepEqual([merchant, locale, looks.scheme], ['other', 'de', 'dark']);
  });

  it('ignores an origin on the element', () => {
    assert.equal(optionsOf({origin: 'https://evil.example'}).origin, 'https://pay.example');
    assert.equal(parseOptions(DEFAULTS, {}).origin, 'https://pay.example');
  });

  it('parses labels and placeholders in both spellings, uses the last one of a field, and cuts them at 200 characters', () => {
    // The `dataset` names of data-label-card-number, data-label-securityCode and data-placeholder-expiry.
    const {labels, placeholders} = settingsOf({
      labelCardNumber: 'Number',
      labelSecuritycode: 'Code',
      labelExpiry: 'Date',
      'labelAccount-type': 'no such field',
      placeholderExpiry: 'x'.repeat(5000),
    });
    assert.deepEqual(labels, {cardNumber: 'Number', securityCode: 'Code', expiry: 'Date'});
    assert.deepEqual(placeholders, {expiry: 'x'.repeat(200)});
    assert.deepEqual(settingsOf({labelCardNumber: 'A', labelCardnumber: 'B'}).labels, {cardNumber: 'B'});
  });

  it('observes every spelling of a label and a placeholder', () => {
    for (const name of ['data-label-card-number', 'data-label-cardnumber', 'data-placeholder-expiry'])
      assert.ok(LIVE_ATTRIBUTES.includes(name), name);
  });

  for (const [key, attribute, read] of [
    ['optional', 'data-optional', (options: Options) => options.optional],
    ['autoAdvance', 'data-auto-advance', (options: Options) => options.settings.autoAdvance],
  ] as const)
    it(`reads ${attribute} as a boolean, as frameworks write it`, () => {
      for (const text of ['', 'true', attribute]) assert.equal(read(optionsOf({[key]: text})), true, text);
      assert.equal(read(optionsOf({[key]: 'false'})), false);
      assert.equal(read(optionsOf({})), false);
      for (const text of ['no', '0', 'False', ' true'])
        assert.match(
          rejectionOf({[key]: text}).message,
          new RegExp(`^${attribute}: expected no value, true or`),
        );
    });

  it('takes the origins of form actions from the script alone, since markup can be injected', () => {
    const actionOrigins = 'https://pay.shop.example, https://shop.example:8443';
    assert.deepEqual(optionsOf({actionOrigins}).actionOrigins, []);
    assert.deepEqual(parseOptions({}, {...DEFAULTS, actionOrigins}).actionOrigins, actionOrigins.split(', '));
    for (const text of ['shop.example', 'https://shop.example/', '*'])
      assert.match(
        rejectionOf({}, {...DEFAULTS, actionOrigins: text}).message,
        /^data-action-origins: expected origins/,
      );
  });

  it('converts rem in the theme by the root font size of the page', () => {
    assert.deepEqual(parseOptions({theme: '{"gap": "1rem"}'}, DEFAULTS, 10).looks.theme, {gap: '10px'});
  });

  it('throws a short message, or returns options that the frame accepts unchanged', () => {
    fc.assert(
      fc.property(arbitraryOf(anElement, 96), (attributes) => {
        try {
          assertAcceptedByFrame(parseOptions(attributes, DEFAULTS));
        } catch (error) {
          if (!(error instanceof SealedFieldsError)) throw error;
          assert.equal(error.code, 'config-invalid');
          assert.match(error.message, /^data-[a-z]+: expected /);
          assert.ok(error.message.length < 300 && error.hint.length < 200);
        }
        assert.ok(!('polluted' in {}));
      }),
      runs(500),
    );
  });
});

describe('parseFieldName', () => {
  it('accepts only a field of the element', () => {
    assert.equal(parseFieldName('expiry', ['expiry']), 'expiry');
    for (const name of ['cardNumber', '', 'constructor', undefined, {}])
      assert.throws(() => parseFieldName(name, ['expiry']), {
        code: 'config-invalid',
        message: /expected one of expiry/,
      });
  });
});

/** Attributes as a page may write them. Most of them are valid. */
function anElement(random: Random): Attributes {
  const texts: Readonly<Record<string, readonly string[]>> = {
    ...Object.fromEntries(
      Object.entries(ACCEPTED).map(([name, values]) => [name, values.map(([text]) => text)]),
    ),
    theme: ['auto', 'dark', '{"radius": "4px", "colorText": "#123"}', '{"gap": "x", "scheme": "light"}'],
    optional: ['', 'false'],
    labelCardNumber: ['Number', '', '<b>', 'x'.repeat(500), '\u202Ex\0', '💳'.repeat(101)],
    placeholderExpiry: ['MM / YY', CANARY, '\uD83D'],
    sealedFields: ['card'],
    __proto__x: ['x'],
  };
  const entries = Object.keys(texts)
    .filter(() => random.once(4))
    .map((key) => {
      const text = random.pick(texts[key] ?? ['']);
      return [
        random.once(60) ? changeText(key, random) : key,
        random.once(12) ? changeText(text, random) : text,
      ];
    });
  return Object.fromEntries(entries) as Attributes;
}

/** Asserts that the frame neither rejects nor changes anything that the host has accepted. */
function assertAcceptedByFrame({locale, looks, brand: preset, optional, settings}: Options): void {
  const {names, theme, labels, placeholders, layout, brand} = parseConfigure({
    ...settings,
    brand: preset,
    optional,
    locale: matchLocale(locale) ?? 'en',
    colorScheme: looks.scheme === 'dark' ? 'dark' : 'light',
    theme: looks.theme,
    disabled: false,
  });
  assert.deepEqual(
    {names, theme, layout, brand},
    {names: settings.names, theme: looks.theme, layout: settings.layout, brand: preset},
  );
  assert.deepEqual(Object.keys(labels).sort(), Object.keys(settings.labels).sort());
  assert.deepEqual(Object.keys(placeholders).sort(), Object.keys(settings.placeholders).sort());
}
