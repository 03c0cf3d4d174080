import {createHash} from 'node:crypto';

import {RANDOM_ID} from '../../widget/protocol/envelope.ts';
import type {SaleEndpoint} from './gateway.ts';

/** The fields of a posted form, by name. */
export type Form = Readonly<Record<string, string>>;

/**
 * The fields of a urlencoded body, by name. A name may occur twice with the same value, for example if a page
 * repeats its hidden inputs.
 *
 * @returns undefined if a name has two different values.
 */
export function parseForm(body: string): Form | undefined {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body)) {
    if ((fields.get(name) ?? value) !== value) return undefined;
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

/** The submission's id, 128 random bits in hexadecimal; undefined if it is absent or malformed. */
export function submissionIdOf(form: Form): string | undefined {
  const id = own(form, 'sealed_id');
  return id !== undefined && RANDOM_ID.test(id) ? id : undefined;
}

/** The form values that can be a ciphertext. */
const CIPHERTEXTS = [
  'sealed',
  'encrypted_number',
  'encrypted_csc',
  'encrypted_expiration_month',
  'encrypted_expiration_year',
  'encrypted_routing_number',
  'encrypted_account_number',
];

/**
 * What a payment must not have in common with an earlier one: its id, and the SHA-256 of each ciphertext. A page could
 * send the same ciphertexts with a new id.
 */
export function marksOf(form: Form, id: string): string[] {
  const ciphertexts = Object.values(pick(form, CIPHERTEXTS)).filter((value) => value !== '');
  return [id, ...ciphertexts.map(digest)];
}

/** Of the decoded bytes, because base64 can encode the same bytes in several ways (RFC 4648 §3.5). */
function digest(ciphertext: string): string {
  return createHash('sha256').update(Buffer.from(ciphertext, 'base64')).digest('base64');
}

/** Payment methods other than an entered card. */
export type PayWith = 'bank' | 'card-on-file';

/** A payment method: the fields that its form needs, and its call of the gateway. */
export interface WayToPay {
  /** `pay_with` in its form; undefined for an entered card. */
  payWith: PayWith | undefined;
  /** Path of the shop's page for this method. */
  page: string;
  endpoint: SaleEndpoint;
  /** The form must have at least one field of each list. */
  needs: readonly (readonly string[])[];
  /** The payment method's part of the sale. Ciphertexts are passed on unchanged. */
  meansOf: (form: Form) => object;
  /** What was sealed, as the result page names it. */
  sealed: string;
}

/** The only customer, whose card is on file. Never read from the form, which could name another customer. */
const SIGNED_IN_CUSTOMER = 'isoline-1';

const CARD: WayToPay = {
  payWith: undefined,
  page: '/card',
  endpoint: 'transactions/sale/keyed',
  needs: [
    ['encrypted_number'],
    ['encrypted_csc'],
    ['encrypted_expiration_month', 'expiration_month'],
    ['encrypted_expiration_year', 'expiration_year'],
  ],
  meansOf: (form) => ({
    credit_card: pick(form, [
      'encrypted_number',
      'encrypted_expiration_month',
      'encrypted_expiration_year',
      'expiration_month',
      'expiration_year',
    ]),
    ...pick(form, ['encrypted_csc']),
  }),
  sealed: 'card',
};

/** A whole card in one value, by the profile `jwe`: there is nothing to map. */
const CARD_IN_ONE: WayToPay = {
  payWith: undefined,
  page: '/card-jwe',
  endpoint: 'transactions/sale/keyed',
  needs: [['sealed']],
  meansOf: (form) => pick(form, ['sealed']),
  sealed: 'card',
};

const CARD_ON_FILE: WayToPay = {
  payWith: 'card-on-file',
  page: '/security-code',
  endpoint: 'transactions/sale/by_customer',
  needs: [['encrypted_csc']],
  meansOf: (form) => ({customer_id: SIGNED_IN_CUSTOMER, ...pick(form, ['encrypted_csc'])}),
  sealed: 'security code',
};

const BANK: WayToPay = {
  payWith: 'bank',
  page: '/bank',
  endpoint: 'checks/sale/by_account',
  needs: [['encrypted_routing_number'], ['encrypted_account_number']],
  meansOf: (form) => ({check: pick(form, ['encrypted_routing_number', 'encrypted_account_number'])}),
  sealed: 'bank account',
};

const WAYS = [CARD, CARD_IN_ONE, CARD_ON_FILE, BANK];

/**
 * The payment method that the form's `pay_with` selects.
 *
 * @returns undefined if there is no such method, or if the form lacks a field of it.
 */
export function wayToPay(form: Form): WayToPay | undefined {
  const isHeld = (names: readonly string[]) => names.some((name) => Boolean(own(form, name)));
  return WAYS.find(({payWith, needs}) => payWith === own(form, 'pay_with') && needs.every(isHeld));
}

/** The request body for the gateway. */
export function saleOf(form: Form, way: WayToPay, amount: string): object {
  return {
    amount,
    ...way.meansOf(form),
    billing_address: {
      ...pick(form, ['city', 'state', 'zip']),
      name: own(form, 'card_name') ?? own(form, 'name'),
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
