import type {Profile} from './names.ts';
import {type Fields, own, plainObject, table, text} from './parse.ts';

/** The values that PayTrace's API has names for. */
const PAYTRACE_VALUES = [
  'cardNumber',
  'expirationMonth',
  'expirationYear',
  'securityCode',
  'routingNumber',
  'accountNumber',
  'accountType',
] as const;

/** All values that an envelope can contain. */
export const VALUE_NAMES = [...PAYTRACE_VALUES, 'cardholderName'] as const;
/** One of {@link VALUE_NAMES}. */
export type ValueName = (typeof VALUE_NAMES)[number];

/** The form values of each profile: one for each value, or one with all values sealed in it. */
export const FORM_VALUES = {paytrace: PAYTRACE_VALUES, jwe: ['sealed']} as const satisfies Record<
  Profile,
  readonly string[]
>;

/** A form value; a merchant record and a page can rename it in the form. */
export type FormValue = (typeof FORM_VALUES)[Profile][number];

/** Every form value of any profile. */
export const NAMED_VALUES: readonly FormValue[] = Object.values(FORM_VALUES).flat();

/** A name that every form parser preserves: a letter, then letters, digits and `_ . - [ ]`. */
export const FORM_NAME = /^[A-Za-z][\w.[\]-]{0,63}$/;

/** Names that the element uses for hidden inputs of its own; no form value may have one. */
export const RESERVED_NAMES = ['sealed_key_id', 'sealed_id', 'card_bin', 'card_last4'] as const;

/** New names for some of the form values. @throws TypeError unless each is a {@link FORM_NAME}. */
export function parseNameTable(fields: Fields, key: string): Partial<Record<FormValue, string>> {
  return table(fields, key, NAMED_VALUES, (entries, name) => text(entries, name, 64, FORM_NAME));
}

/** 128 random bits in lower-case hexadecimal: the id of a channel or a submission. */
export const RANDOM_ID = /^[0-9a-f]{32}$/;

/** One sealed result: all its values come from one snapshot and are sealed in one pass. */
export interface Envelope {
  /** Form value name to ciphertext (or, where the record says so, to plain expiry, `card_bin`, `card_last4`). */
  values: Readonly<Record<string, string>>;
  /** `kid` of the public key that sealed the values. */
  keyId: string;
  /** The submission's id, {@link RANDOM_ID}. */
  id: string;
  /** ISO 8601 in UTC, by the shopper's clock. */
  sealedAt: string;
}

/** @throws TypeError unless `data` is an {@link Envelope}. */
export function parseEnvelope(data: unknown): Envelope {
  const fields = plainObject(data);
  const names = Object.keys(plainObject(own(fields, 'values'))).slice(0, 16);
  if (!names.every((name) => FORM_NAME.test(name))) throw new TypeError('values: expected form value names');
  return {
    values: table(fields, 'values', names, (entries, name) => text(entries, name, 8192)) as Record<
      string,
      string
    >,
    keyId: text(fields, 'keyId', 128),
    id: text(fields, 'id', 32, RANDOM_ID),
    sealedAt: text(fields, 'sealedAt', 24, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  };
}
