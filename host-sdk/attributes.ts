import {SealedFieldsError} from '../widget/protocol/errors.ts';
import {type FormValue, NAMED_VALUES, parseNameTable, RESERVED_NAMES} from '../widget/protocol/envelope.ts';
import type {Configure} from '../widget/protocol/messages.ts';
import {
  BRANDS,
  type Brand,
  FIELD_NAMES,
  type FieldName,
  LAYOUTS,
  type Locale,
  LOCALES,
  MERCHANT_ID,
  PRESETS,
  TEXT_LIMIT,
} from '../widget/protocol/names.ts';
import {type Looks, parseLooks} from './theme-attribute.ts';

/** Attributes that determine which frame document loads. They take effect on insertion and by `retry()`. */
export const IDENTITY_ATTRIBUTES = ['data-merchant', 'data-fields', 'data-origin'] as const;

/** Attributes that take effect when they change. */
export const LIVE_ATTRIBUTES: readonly string[] = [
  'data-locale',
  'data-theme',
  'data-layout',
  'data-optional',
  'data-auto-advance',
  'data-brand',
  'data-names',
  ...['data-label-', 'data-placeholder-'].flatMap((prefix) =>
    FIELD_NAMES.flatMap((name) =>
      [name, name.replace(/[A-Z]/g, '-$&')].map((field) => prefix + field.toLowerCase()),
    ),
  ),
];

/** Attributes of the script alone: an element could be injected. */
export const SCRIPT_ATTRIBUTES = ['data-action-origins', 'data-upgrade'] as const;

/** Length of an invalid value in an error, in UTF-16 units. */
const QUOTE_LENGTH = 64;

/** The `data-*` attributes of an element or a script, by their names in its `dataset`. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/** The parsed attributes of one element, completed by the script's defaults. */
export interface Options {
  /** Exact origin of the widget host. */
  origin: string;
  merchant: string;
  fields: readonly FieldName[];
  /** BCP 47, or `auto`. */
  locale: string;
  looks: Looks;
  optional: boolean;
  brand: Brand | undefined;
  /** Origins other than the page's own that its form may be sent to. */
  actionOrigins: readonly string[];
  /** What the frame gets unchanged. */
  settings: Pick<Configure, 'layout' | 'labels' | 'placeholders' | 'autoAdvance' | 'names'>;
}

/**
 * Parses the `data-*` attributes of an element. `defaults` supply what the element does not set. If they contain an
 * origin, as those of a script always do, the element cannot set another: injected markup could otherwise open a frame
 * of its choice.
 *
 * @param rem root font size of the page in CSS pixels.
 * @throws SealedFieldsError `config-invalid`; the message names the attribute and what was expected.
 */
export function parseOptions(element: Attributes, defaults: Attributes, rem?: number): Options {
  const preset = merge(defaults);
  const all = merge(preset, element);
  const read = (key: string) => all[key];
  const brand = read('brand');
  return {
    origin: parseOrigin(preset['origin'] ?? all['origin']),
    merchant: parseMerchant(read('merchant')),
    fields: parseFields(read('fields') ?? 'card'),
    locale: parseLocale(read('locale') ?? 'auto'),
    looks: parseLooks(read('theme') ?? 'auto', rem),
    optional: parseBoolean('data-optional', read('optional')),
    brand: brand === undefined ? undefined : oneOf('data-brand', brand, BRANDS),
    actionOrigins: parseActionOrigins(preset['actionOrigins'] ?? ''),
    settings: {
      layout: oneOf('data-layout', read('layout') ?? 'stacked', LAYOUTS),
      labels: fieldTexts('label', all),
      placeholders: fieldTexts('placeholder', all),
      autoAdvance: parseBoolean('data-auto-advance', read('autoAdvance')),
      names: parseNames(read('names') ?? '{}'),
    },
  };
}

/** The later attributes win. Without a prototype, because a library may have extended `Object.prototype`. */
function merge(...sources: readonly Attributes[]): Attributes {
  return Object.assign(Object.create(null) as object, ...sources) as Attributes;
}

/** @throws SealedFieldsError `config-invalid` unless it is an exact origin. */
export function parseOrigin(value: string | undefined): string {
  if (value !== undefined && isOrigin(value)) return value;
  const expected = 'the origin of the widget host without a path, such as https://pay.example';
  throw invalid('data-origin', expected, value);
}

/** Only the defaults can name them, never an element: markup can be injected. */
function parseActionOrigins(value: string): readonly string[] {
  const origins = value.split(/[\s,]+/).filter((origin) => origin !== '');
  if (origins.every(isOrigin)) return origins;
  throw invalid('data-action-origins', 'origins without a path, such as https://shop.example', value);
}

/** Whether it is an exact origin, as browsers write it. */
export function isOrigin(value: string): boolean {
  try {
    const {origin, protocol} = new URL(value);
    return origin === value && /^https?:$/.test(protocol);
  } catch {
    return false;
  }
}

function parseMerchant(value: string | undefined): string {
  if (value === undefined || !MERCHANT_ID.test(value))
    throw invalid(
      'data-merchant',
      'the id of your merchant record: lower-case letters, digits and dashes',
      value,
    );
  return value;
}

function parseFields(value: string): readonly FieldName[] {
  const [, preset] = Object.entries(PRESETS).find(([name]) => name === value.trim()) ?? [];
  if (preset !== undefined) return preset;
  const names = value.split(/[\s,]+/).filter((name) => name !== '');
  if (names.length === 0 || new Set(names).size !== names.length)
    throw invalid('data-fields', `card, bank, or a list of ${FIELD_NAMES.join(', ')}, each once`, value);
  if (names.includes('accountNumberConfirmation') && !names.includes('accountNumber'))
    throw invalid('data-fields', 'accountNumber in the same element as its confirmation', value);
  return names.map((name) => oneOf('data-fields', name, FIELD_NAMES));
}

/** Absent or `false`; empty, `true` or the attribute's name. Frameworks write a bound boolean as `true` or `false`. */
function parseBoolean(attribute: string, value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (['', 'true', attribute].includes(value)) return true;
  throw invalid(attribute, 'no value, true or false', value);
}

function parseLocale(value: string): string {
  if (!LANGUAGE_TAG.test(value))
    throw invalid('data-locale', 'auto, or a language tag such as de or pt-BR', value);
  return value;
}

function parseNames(value: string): Partial<Record<FormValue, string>> {
  try {
    const names = parseNameTable({names: JSON.parse(value) as unknown}, 'names');
    const given = Object.values(names);
    const isReserved = RESERVED_NAMES.some((name) => given.includes(name));
    if (new Set(given).size === given.length && !isReserved) return names;
  } catch {
    // Reported below.
  }
  const expected = `a JSON object of ${NAMED_VALUES.join(', ')} and form value names, each once`;
  throw invalid('data-names', expected, value);
}

/** Accepts `data-label-card-number` and `data-label-cardNumber`, which HTML converts to lower case. */
function fieldTexts(kind: string, attributes: Attributes) {
  const texts: Partial<Record<FieldName, string>> = {};
  for (const [key, value = ''] of Object.entries(attributes)) {
    const field = FIELD_NAMES.find((name) => key.toLowerCase() === kind + name.toLowerCase());
    if (field !== undefined) texts[field] = value.slice(0, TEXT_LIMIT);
  }
  return texts;
}

function oneOf<const T extends string>(attribute: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw invalid(attribute, `one of ${allowed.join(', ')}`, value);
  return found;
}

function invalid(attribute: string, expected: string, value: string | undefined): SealedFieldsError {
  const found = value === undefined ? 'not set' : `“${value.slice(0, QUOTE_LENGTH)}”`;
  return new SealedFieldsError('config-invalid', `${attribute}: expected ${expected}.`, {
    hint: `${attribute} is ${found}. Set it on the element, or on the <script> for all elements.`,
  });
}

/**
 * Parses the argument of {@link SealedFieldsElement.focus}.
 *
 * @throws SealedFieldsError `config-invalid` unless it is one of `fields`.
 */
export function parseFieldName(value: unknown, fields: readonly FieldName[]): FieldName {
  const found = fields.find((field) => field === value);
  if (found !== undefined) return found;
  throw new SealedFieldsError('config-invalid', `focus(): expected one of ${fields.join(', ')}.`, {
    hint: `This element has no field “${String(value).slice(0, QUOTE_LENGTH)}”; data-fields lists its fields.`,
  });
}

/** The form of a language tag (RFC 5646 §2.1), not its registry. */
const LANGUAGE_TAG = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/;

/**
 * Resolves the locale of the fields at `element`.
 *
 * @param wanted a language tag, or `auto`: the page's language at this element, then the browser's languages.
 * @returns `en` if no wanted language is supported.
 */
export function resolveLocale(element: Element, wanted: string): Locale {
  for (const tag of wanted === 'auto' ? [languageOf(element), ...navigator.languages] : [wanted]) {
    const locale = matchLocale(tag);
    if (locale !== undefined) return locale;
  }
  return 'en';
}

/** The supported locale with the same likely language and script: `zh-HK` matches `zh-Hant`. */
export function matchLocale(tag: string): Locale | undefined {
  const wanted = likelySubtags(tag);
  return LOCALES.find((locale) => likelySubtags(locale) === wanted);
}

function likelySubtags(tag: string): string | undefined {
  try {
    const {language, script} = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  } catch {
    return undefined; // a page's `lang` may be any text
  }
}

/** The nearest `lang`, also outside of shadow roots; empty if there is none. */
function languageOf(element: Element): string {
  const nearest = element.closest<HTMLElement>('[lang]');
  if (nearest !== null) return nearest.lang;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? languageOf(root.host) : '';
}
