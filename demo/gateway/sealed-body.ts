import {randomUUID} from 'node:crypto';

import type {Opener} from './open-envelope.ts';
import {jsonObject, member} from './read/json.ts';
import type {Fields, Submissions} from './submissions.ts';

/** Envelopes in one body: a card is split into at most this many elements. */
const MAX_ENVELOPES = 8;

/** Where a PayTrace body has each sealed value. The mapping is ours: PayTrace accepts no JWE. */
const PLACES: Readonly<Record<string, readonly [part: string, name: string]>> = {
  cardNumber: ['credit_card', 'encrypted_number'],
  expirationMonth: ['credit_card', 'encrypted_expiration_month'],
  expirationYear: ['credit_card', 'encrypted_expiration_year'],
  routingNumber: ['check', 'encrypted_routing_number'],
  accountNumber: ['check', 'encrypted_account_number'],
  securityCode: ['', 'encrypted_csc'],
};

/** The members that describe a card or an account without an envelope. */
const DETAILS = ['credit_card', 'check', 'csc', 'encrypted_csc'];

/** The values in place of rejected envelopes: numbers and a code that are invalid. */
const NOT_TAKEN: Fields = {
  cardNumber: '',
  securityCode: '',
  expirationMonth: '12',
  expirationYear: '2099',
  routingNumber: '',
  accountNumber: '',
};

/** A body, and the function that decrypts its sealed values. */
export interface Openable {
  body: unknown;
  open: Opener;
}

/**
 * Lets any call accept envelopes of the profile `jwe`: `sealed`, one or an array of them, in place of all
 * values that are otherwise sealed one by one. The envelopes are decrypted here. The returned body has a
 * placeholder under PayTrace's name of each value, which only the returned `open` resolves. Like a ciphertext, a
 * placeholder is different in each request.
 *
 * Envelopes are rejected if the body also has other details of a card or an account. Rejected envelopes stay
 * in the body, so that a call that charges a customer on file sees them: a replayed envelope must not charge
 * again.
 */
export function unfold(body: unknown, open: Opener, submissions: Submissions): Openable {
  const json = jsonObject(body);
  if (json === undefined || member(json, 'sealed') === undefined) return {body, open};
  const {sealed, ...others} = json;
  const rest = Object.entries(others).filter(([name]) => !DETAILS.includes(name));
  const list: unknown[] = Array.isArray(sealed) ? sealed : [sealed];
  const texts = list.filter((each) => typeof each === 'string');
  const isAlone = DETAILS.every((name) => member(json, name) === undefined);
  const isList = texts.length === list.length && texts.length <= MAX_ENVELOPES;
  const taken = isAlone && isList ? submissions(texts) : undefined;
  const fields = taken ?? NOT_TAKEN;
  const unfolded: Record<string, unknown> = {...Object.fromEntries(rest), ...(!taken && {sealed})};
  const plaintexts = new Map<string, string>();
  for (const [value, [part, name]] of Object.entries(PLACES)) {
    const text = fields[value];
    if (text === undefined) continue;
    const placeholder = randomUUID();
    plaintexts.set(placeholder, text);
    if (part === '') unfolded[name] = placeholder;
    else unfolded[part] = {...(unfolded[part] as object | undefined), [name]: placeholder};
  }
  return {body: unfolded, open: (placeholder) => plaintexts.get(placeholder)};
}
