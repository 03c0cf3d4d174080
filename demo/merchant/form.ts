import {RANDOM_ID} from '../../widget/protocol/envelope.ts';
import type {SaleEndpoint} from './gateway.ts';

/** A form as the shop's server got it. */
export type Form = Readonly<Record<string, string>>;

/**
 * The fields of an urlencoded body by name. A name may come twice with one value, as from a page that repeats
 * its hidden inputs; with two values nobody can say which is meant.
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

/** The submission's id, 128 random bits; undefined for anything else. */
export function submissionIdOf(form: Form): string | undefined {
  const id = own(form, 'sealed_id');
  return id !== undefined && RANDOM_ID.test(id) ? id : undefined;
}

/** Means other than a card that is typed. */
export type PayWith = 'bank' | 'card-on-file';

/** One way of paying: what a form must bring for it, and what the gateway is asked to do. */
export interface WayToPay {
  /** `pay_with` of its form; a card that is typed has none. */
  payWith: PayWith | undefined;
  /** Where the shop sells in this way. */
  page: string;
  endpoint: SaleEndpoint;
  /** Of each list the form must hold one value. */
  needs: readonly (readonly string[])[];
  /** The part of the sale that says what it is paid with; the ciphertexts go through as they came. */
  meansOf: (form: Form) => object;
  /** What was sealed, as one says it to a person. */
  sealed: string;
}

/** The only customer; the gateway keeps the card. A page that could name another would charge theirs. */
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

/** All of a card in one value, by the profile `jwe`: there is nothing to map. */
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
 * The way that the form's `pay_with` names, and that the form holds all of.
 *
 * @returns undefined if there is none.
 */
export function wayToPay(form: Form): WayToPay | undefined {
  const isHeld = (names: readonly string[]) => names.some((name) => Boolean(own(form, name)));
  return WAYS.find(({payWith, needs}) => payWith === own(form, 'pay_with') && needs.every(isHeld));
}

/** The body of the gateway's call. */
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
