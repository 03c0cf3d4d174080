import {SealedFieldsError} from '../widget/protocol/errors.ts';
import {type FormValue, NAMED_VALUES, parseNameTable, RESERVED_NAMES} from '../widget/protocol/envelope.ts';
import {
  BRANDS,
  type Brand,
  FIELD_NAMES,
  type FieldName,
  type Layout,
  LAYOUTS,
  MERCHANT_ID,
  PRESETS,
  TEXT_LIMIT,
} from '../widget/protocol/names.ts';
import {LOCALE} from './locale.ts';
import {type Looks, parseLooks} from './theme.ts';

/** Attributes that say which frame it is: they take effect when one is opened, on insertion or by `retry()`. */
export const IDENTITY_ATTRIBUTES = ['data-merchant', 'data-fields', 'data-origin'] as const;

/** Attributes that take effect at once. */
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

/** Characters of a wrong value that an error repeats. */
const VALUE_LIMIT = 64;

/** The `data-*` of an element or a script, by their names in its `dataset`. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/** What a merchant set on one element, its script's defaults filled in. */
export interface Options {
  /** Exact origin of the widget host. */
  origin: string;
  merchant: string;
  fields: readonly FieldName[];
  /** BCP 47, or `auto`. */
  locale: string;
  looks: Looks;
  layout: Layout;
  labels: Partial<Record<FieldName, string>>;
  placeholders: Partial<Record<FieldName, string>>;
  optional: boolean;
  autoAdvance: boolean;
  brand: Brand | undefined;
  /** Form value names, over those of the record. */
  names: Partial<Record<FormValue, string>>;
}

/**
 * Reads the `data-*` of an element, and of its script for what the element leaves out. Where the script names an
 * origin, and it always has its own, no element can name another: markup that was let into a page would else open
 * a frame of its choice in our place.
 *
 * @param rem CSS pixels of the page's root font size.
 * @throws SealedFieldsError `config-invalid`; the message names the attribute and what was expected.
 */
export function parseOptions(element: Attributes, defaults: Attributes, rem?: number): Options {
  const given = own(defaults);
  const set = own(given, element);
  const read = (key: string) => set[key];
  const brand = read('brand');
  return {
    origin: parseOrigin(given['origin'] ?? set['origin']),
    merchant: parseMerchant(read('merchant')),
    fields: parseFields(read('fields') ?? 'card'),
    locale: parseLocale(read('locale') ?? 'auto'),
    looks: parseLooks(read('theme') ?? 'auto', rem),
    layout: among('data-layout', read('layout') ?? 'stacked', LAYOUTS),
    labels: fieldTexts('label', set),
    placeholders: fieldTexts('placeholder', set),
    optional: read('optional') !== undefined,
    autoAdvance: read('autoAdvance') !== undefined,
    brand: brand === undefined ? undefined : among('data-brand', brand, BRANDS),
    names: parseNames(read('names') ?? '{}'),
  };
}

/** Both as one, with no prototype: what a library has put into everybody's is no option. */
function own(...all: readonly Attributes[]): Attributes {
  return Object.assign(Object.create(null) as object, ...all) as Attributes;
}

function parseOrigin(value: string | undefined): string {
  if (value !== undefined && isOrigin(value)) return value;
  const expected = 'the origin of the widget host with nothing behind it, such as https://pay.example';
  throw invalid('data-origin', expected, value);
}

function isOrigin(value: string): boolean {
  try {
    const {origin, protocol} = new URL(value);
    return origin === value && /^https?:$/.test(protocol);
  } catch {
    return false;
  }
}

function parseMerchant(value: string | undefined): string {
  if (value === undefined || !MERCHANT_ID.test(value))
    throw invalid('data-merchant', 'the id of your merchant record: small letters, digits and dashes', value);
  return value;
}

function parseFields(value: string): readonly FieldName[] {
  const [, preset] = Object.entries(PRESETS).find(([name]) => name === value.trim()) ?? [];
  if (preset !== undefined) return preset;
  const names = value.split(/[\s,]+/).filter((name) => name !== '');
  if (names.length === 0 || new Set(names).size !== names.length)
    throw invalid('data-fields', `card, bank, or a list of ${FIELD_NAMES.join(', ')}, each once`, value);
  if (names.includes('accountNumberConfirmation') && !names.includes('accountNumber'))
    throw invalid('data-fields', 'accountNumber beside its confirmation, in one frame', value);
  return names.map((name) => among('data-fields', name, FIELD_NAMES));
}

function parseLocale(value: string): string {
  if (!LOCALE.test(value)) throw invalid('data-locale', 'auto, or a language tag such as de or pt-BR', value);
  return value;
}

function parseNames(value: string): Partial<Record<FormValue, string>> {
  try {
    const names = parseNameTable({names: JSON.parse(value) as unknown}, 'names');
    const given = Object.values(names);
    const isReserved = RESERVED_NAMES.some((name) => given.includes(name));
    if (new Set(given).size === given.length && !isReserved) return names;
  } catch {
    // Said below.
  }
  const expected = `a JSON object of ${NAMED_VALUES.join(', ')} and form value names, each once`;
  throw invalid('data-names', expected, value);
}

/** `data-label-card-number` and `data-label-cardNumber` alike: HTML makes the latter all small letters. */
function fieldTexts(kind: string, set: Attributes) {
  const texts: Partial<Record<FieldName, string>> = {};
  for (const [key, value = ''] of Object.entries(set)) {
    const field = FIELD_NAMES.find((name) => key.toLowerCase() === kind + name.toLowerCase());
    if (field !== undefined) texts[field] = value.slice(0, TEXT_LIMIT);
  }
  return texts;
}

function among<const T extends string>(attribute: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw invalid(attribute, `one of ${allowed.join(', ')}`, value);
  return found;
}

function invalid(attribute: string, expected: string, value: string | undefined): SealedFieldsError {
  const found = value === undefined ? 'not set' : `“${value.slice(0, VALUE_LIMIT)}”`;
  return new SealedFieldsError('config-invalid', `${attribute}: expected ${expected}.`, {
    hint: `${attribute} is ${found}. Set it on the element, or on the <script> for every element of the page.`,
  });
}

/**
 * A field's name, given to {@link SealedFieldsElement.focus}.
 *
 * @throws SealedFieldsError `config-invalid` unless it is one of `fields`.
 */
export function parseFieldName(value: unknown, fields: readonly FieldName[]): FieldName {
  const found = fields.find((field) => field === value);
  if (found !== undefined) return found;
  throw new SealedFieldsError('config-invalid', `focus(): expected one of ${fields.join(', ')}.`, {
    hint: `This element has no field “${String(value).slice(0, VALUE_LIMIT)}”: its data-fields lists those it has.`,
  });
}
