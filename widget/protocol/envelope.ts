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

/** The form values of each profile: one for each value, or a single one that contains all values. */
export const FORM_VALUES = {paytrace: PAYTRACE_VALUES, jwe: ['sealed']} as const satisfies Record<
  Profile,
  readonly string[]
>;

/** A value that the frame adds to the form. The merchant record and the page can rename it there. */
export type FormValue = (typeof FORM_VALUES)[Profile][number];

/** Every form value of any profile. */
export const NAMED_VALUES: readonly FormValue[] = Object.values(FORM_VALUES).flat();

/** A name that every form parser keeps unchanged: a letter, then up to 63 letters, digits and `_ . - [ ]`. */
export const FORM_NAME = /^[A-Za-z][\w.[\]-]{0,63}$/;

/** Names that the element uses for its own hidden inputs. No form value may have one of them. */
export const RESERVED_NAMES = ['sealed_key_id', 'sealed_id', 'card_bin', 'card_last4'] as const;

/** Parses new names for form values, by their default names. @throws TypeError unless each new name is a {@link FORM_NAME}. */
export function parseNameTable(fields: Fields, key: string): Partial<Record<FormValue, string>> {
  return table(fields, key, NAMED_VALUES, (entries, name) => text(entries, name, 64, FORM_NAME));
}

/** 128 random bits in lower-case hexadecimal: the id of a channel or a submission. */
export const RANDOM_ID = /^[0-9a-f]{32}$/;

/**
 * The result of one seal. All values are from one snapshot of the form.
 *
 * @example
 * const envelope: Envelope = {
 *   values: {
 *     encrypted_number: 'kZ0…', // base64 of 256 bytes with a key of 2048 bits
 *     encrypted_csc: 'Qm4…',
 *     encrypted_expiration_month: 'TfY…',
 *     encrypted_expiration_year: 'b7s…',
 *     card_last4: '1111', // only if the record reveals it
 *   },
 *   keyId: '2026-11',
 *   id: '0f8e2c6a4b1d49d7a3c5e7f901234567',
 *   sealedAt: '2026-11-23T12:00:00.000Z',
 * };
 */
export interface Envelope {
  /**
   * Form values by name. Ciphertext, except for the account type of PayTrace and for what the record allows as plaintext:
   * the expiry, `card_bin` and `card_last4`.
   */
  values: Readonly<Record<string, string>>;
  /** `kid` of the public key that sealed the values. */
  keyId: string;
  /** The submission's id, {@link RANDOM_ID}. */
  id: string;
  /** ISO 8601 in UTC with milliseconds, by the shopper's clock. */
  sealedAt: string;
}

/**
 * Parses an envelope that the frame has posted. Keeps at most 16 values, of at most 8192 characters each.
 *
 * @throws TypeError unless `data` is an {@link Envelope}.
 * @example
 * const {values, keyId} = parseEnvelope(message.envelope);
 */
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
