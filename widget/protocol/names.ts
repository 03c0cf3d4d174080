/**
 * The closed vocabulary of the protocol. Each list is a constant and its type, so a parser can check what a
 * compiler cannot see.
 */

/**
 * Bumped when a message changes its meaning. Script and frame come from different publications where a page was open
 * through one, or names the script by its version: each speaks with the number before its own, too.
 */
export const PROTOCOL = 1;

/** Whether this side and one of that number understand each other: the newer speaks as the older does. */
export function speaks(protocol: number): boolean {
  return Math.abs(protocol - PROTOCOL) <= 1;
}

/** What can be wrong with each field. `required` is a field left empty; the rest is said by its rules. */
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

/** A field that a page can ask for. */
export type FieldName = keyof typeof FIELD_PROBLEMS;

/** A problem that the field `F` can have; the locale tables have one text for each. */
export type Problem<F extends FieldName = FieldName> = (typeof FIELD_PROBLEMS)[F][number];

export const FIELD_NAMES = Object.keys(FIELD_PROBLEMS) as readonly FieldName[];

/** Fields that a page can ask for by one word. */
export const PRESETS = {
  card: ['cardNumber', 'expiry', 'securityCode'],
  bank: ['routingNumber', 'accountNumber', 'accountNumberConfirmation'],
} as const satisfies Record<string, readonly FieldName[]>;

/** Fields of a bank account; all others are a card's. */
export const BANK_FIELDS: readonly FieldName[] = [...PRESETS.bank, 'accountType'];

/** `empty` and `valid` have no problem, `incomplete` may become valid by typing on, `invalid` may not. */
export const FIELD_STATUSES = ['empty', 'incomplete', 'invalid', 'valid'] as const;
export type FieldStatus = (typeof FIELD_STATUSES)[number];

/** Card brands by the names of credit-card-type; `unknown` passes Luhn and belongs to no known range. */
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
  'unknown',
] as const;
export type Brand = (typeof BRANDS)[number];

/** The languages of the fields, as BCP 47 tags; a page in any other is answered in English. */
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
export type Locale = (typeof LOCALES)[number];

/** Kinds of a bank account; the first is preselected. */
export const ACCOUNT_TYPES = ['checking', 'savings'] as const;
export type AccountType = (typeof ACCOUNT_TYPES)[number];

/** `stacked`: short fields share a row; `inline`: as many fields share a row as there is room for. */
export const LAYOUTS = ['stacked', 'inline'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** One word, resolved by the host: any other pair of iframe and root is opaque in some engine. */
export const COLOR_SCHEMES = ['light', 'dark'] as const;
export type ColorScheme = (typeof COLOR_SCHEMES)[number];

/** The id of a merchant record; it stands in the address of its document. */
export const MERCHANT_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** How sealed values are made and named; fixed by the merchant record, never by a message. */
export const PROFILES = ['paytrace', 'jwe'] as const;
export type Profile = (typeof PROFILES)[number];
