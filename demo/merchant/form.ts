import {RANDOM_ID} from '../../widget/protocol/envelope.ts';

/** A form as the shop's server got it. */
export type Form = Readonly<Record<string, string>>;

/**
 * The fields of an urlencoded body by name. A name may come twice with one value, as it does when a form holds
 * two elements of one submission; with two values nobody can say which is meant.
 *
 * @returns undefined if a name has two values.
 */
export function parseForm(body: string): Form | undefined {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body)) {
    if ((fields.get(name) ?? value) !== value) return undefined;
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

const CARD_VALUES = [
  'encrypted_number',
  'encrypted_expiration_month',
  'encrypted_expiration_year',
  'expiration_month',
  'expiration_year',
] as const;

/** The submission's id, 128 random bits; undefined for anything else. */
export function submissionIdOf(form: Form): string | undefined {
  const id = own(form, 'sealed_id');
  return id !== undefined && RANDOM_ID.test(id) ? id : undefined;
}

/** The form carries a sealed number and code, and an expiry, sealed or not. */
export function hasCard(form: Form): boolean {
  const has = (name: string) => Boolean(own(form, name));
  return (
    has('encrypted_number') &&
    has('encrypted_csc') &&
    (has('encrypted_expiration_month') || has('expiration_month')) &&
    (has('encrypted_expiration_year') || has('expiration_year'))
  );
}

/** The body of a keyed sale; the ciphertexts go through as they came. */
export function saleOf(form: Form, amount: string): object {
  return {
    amount,
    credit_card: pick(form, CARD_VALUES),
    ...pick(form, ['encrypted_csc']),
    billing_address: {
      ...pick(form, ['name', 'city', 'state', 'zip']),
      street_address: own(form, 'street'),
    },
    integrator_id: 'sealed-fields-demo',
  };
}

function pick(form: Form, names: readonly string[]): Form {
  const found = names.map((name) => [name, own(form, name)] as const);
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function own(form: Form, name: string): string | undefined {
  return Object.hasOwn(form, name) ? form[name] : undefined;
}
