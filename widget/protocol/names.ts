/**
 * The closed vocabulary of the protocol, and the limits that both sides respect. Each list is a constant and its type,
 * so a parser can check at run time what the compiler checks at build time.
 */

/**
 * The version of the protocol, incremented when a message changes its meaning. Script and frame can be of different
 * releases: a page may stay open during a release, or load a fixed version of the script. So each side also supports the
 * previous version.
 */
export const PROTOCOL = 2;

/** The first version with {@link FrameEvents} `interrupted` and {@link HostEvents} `focus-taken`. */
export const PROTOCOL_WITH_FOCUS = 2;

/** Whether this side can communicate with a side of that version: the newer side then uses the older protocol. */
export function isCompatible(protocol: number): boolean {
  return Math.abs(protocol - PROTOCOL) <= 1;
}

/** In the built script: replaced by the origin of the widget host when the script is published for one. */
export const ORIGIN_PLACEHOLDER = '{origin of the widget host}';

/** The problems that each field can have. `required`: the field is empty. The others are results of its validator. */
export const FIELD_PROBLEMS = {
  cardNumber: ['required', 'incomplete', 'invalid', 'brand-refused'],
  expiry: ['required', 'incomplete', 'invalid', 'past', 'too-far'],
  securityCode: ['required', 'incomplete', 'invalid'],
  routingNumber: ['required', 'incomplete', 'too-long', 'unknown-prefix', 'invalid'],
  accountNumber: ['required', 'incomplete', 'too-long'],
  accountNumberConfirmation: ['required', 'incomplete', 'mismatch'],
  accountType: [],
  cardholderName: ['required', 'invalid', 'too-long'],
} as const;

/** A field that a page can request. */
export type FieldName = keyof typeof FIELD_PROBLEMS;

/** A problem that the field `F` can have. Each locale table has one text for it. */
export type Problem<F extends FieldName = FieldName> = (typeof FIELD_PROBLEMS)[F][number];

/** Every field name, in the order of {@link FIELD_PROBLEMS}. */
export const FIELD_NAMES = Object.keys(FIELD_PROBLEMS) as readonly FieldName[];

/** Sets of fields that a page can request by one name. */
export const PRESETS = {
  card: ['cardNumber', 'expiry', 'securityCode'],
  bank: ['routingNumber', 'accountNumber', 'accountNumberConfirmation'],
} as const satisfies Record<string, readonly FieldName[]>;

/** The fields of a bank account. All other fields belong to a card. */
export const BANK_FIELDS: readonly FieldName[] = [...PRESETS.bank, 'accountType'];

/** `empty` and `valid` have no problem. `incomplete` can become valid if the user enters more, `invalid` cannot. */
export const FIELD_STATUSES = ['empty', 'incomplete', 'invalid', 'valid'] as const;
/** One of {@link FIELD_STATUSES}. */
export type FieldStatus = (typeof FIELD_STATUSES)[number];

/** Brands that protocol 1 does not have. */
const BRANDS_OF_PROTOCOL_2 = ['rupay', 'dankort', 'mada', 'carnet', 'uatp'] as const;

/** Card brands; those of credit-card-type by their names there. `unknown`: a valid number that is in no known range. */
export const BRANDS = [
  'visa',
  'mastercard',
  'american-express',
  'diners-club',
  'discover',
  'jcb',
  'unionpay',
  'maestro',
  'elo',
  'mir',
  'hiper',
  'hipercard',
  'troy',
  'naranja',
  'verve',
  ...BRANDS_OF_PROTOCOL_2,
  'unknown',
] as const;
/** One of {@link BRANDS}. */
export type Brand = (typeof BRANDS)[number];

/** The brand as a side with that protocol knows it. Protocol 1 rejects messages with a brand that it does not know. */
export function brandFor(protocol: number, brand: Brand | undefined): Brand | undefined {
  return protocol < 2 && BRANDS_OF_PROTOCOL_2.some((each) => each === brand) ? 'unknown' : brand;
}

/** The languages of the fields, as BCP 47 tags. Pages in other languages get English. */
export const LOCALES = [
  'en',
  'es',
  'fr',
  'de',
  'it',
  'pt-BR',
  'nl',
  'pl',
  'tr',
  'ja',
  'ko',
  'zh-Hans',
  'zh-Hant',
  'hi',
  'ar',
  'he',
] as const;
/** One of {@link LOCALES}. */
export type Locale = (typeof LOCALES)[number];

/** Kinds of a bank account; the first is preselected. */
export const ACCOUNT_TYPES = ['checking', 'savings'] as const;
/** One of {@link ACCOUNT_TYPES}. */
export type AccountType = (typeof ACCOUNT_TYPES)[number];

/** `stacked`: short fields share a row; `inline`: as many fields share a row as there is room for. */
export const LAYOUTS = ['stacked', 'inline'] as const;
/** One of {@link LAYOUTS}. */
export type Layout = (typeof LAYOUTS)[number];

/**
 * The color scheme of the frame, resolved by the host. It must equal that of the iframe element: with any other pair,
 * some engine paints the frame with an opaque background.
 */
export const COLOR_SCHEMES = ['light', 'dark'] as const;
/** One of {@link COLOR_SCHEMES}. */
export type ColorScheme = (typeof COLOR_SCHEMES)[number];

/** The id of a merchant record. It is part of the URL of the frame document. */
export const MERCHANT_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** The encryption and the names of sealed values. Set by the merchant record, never by a message. */
export const PROFILES = ['paytrace', 'jwe'] as const;
/** One of {@link PROFILES}. */
export type Profile = (typeof PROFILES)[number];

/** The parts of a theme that a page can set. `theme/tokens` validates them. */
export const THEME_TOKENS = [
  'colorText',
  'colorMuted',
  'colorBackground',
  'colorBorder',
  'colorFocus',
  'colorError',
  'fontFamily',
  'fontSize',
  'fontWeight',
  'lineHeight',
  'letterSpacing',
  'radius',
  'borderWidth',
  'padding',
  'gap',
  'height',
  'labels',
] as const;

/** The name of one token. */
export type Token = (typeof THEME_TOKENS)[number];

/** Values by token; a token that is absent has its default. */
export type Theme = Readonly<Partial<Record<Token, string>>>;

/** Longest value of a token, in UTF-16 units. */
export const THEME_VALUE_LIMIT = 400;

/** Longest label or placeholder, in UTF-16 units; the host cuts longer ones. */
export const TEXT_LIMIT = 200;

/** Longest problem text of a field, in UTF-16 units. */
export const MESSAGE_LIMIT = 200;

/** Longest title of a frame, in UTF-16 units: every label at its longest, and the text around them. */
export const TITLE_LIMIT = 8 * TEXT_LIMIT;

/** Largest height of a frame, in CSS pixels. Fields need a tenth of it; more would be an attack. */
export const HEIGHT_LIMIT_PX = 4000;
