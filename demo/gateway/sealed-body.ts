import type {Opener} from './open-envelope.ts';
import {jsonObject, member} from './read/json.ts';
import type {Fields, Submissions} from './submissions.ts';

/** Envelopes that one body may bring: a card has as many elements at most. */
const MOST_ENVELOPES = 8;

/** Where PayTrace's bodies hold each value sealed, within which part; ours to map, for PayTrace takes no JWE. */
const PLACES: Readonly<Record<string, readonly [part: string, name: string]>> = {
  cardNumber: ['credit_card', 'encrypted_number'],
  expirationMonth: ['credit_card', 'encrypted_expiration_month'],
  expirationYear: ['credit_card', 'encrypted_expiration_year'],
  routingNumber: ['check', 'encrypted_routing_number'],
  accountNumber: ['check', 'encrypted_account_number'],
  securityCode: ['', 'encrypted_csc'],
};

/** What a body says of a card or an account otherwise. */
const DETAILS = ['credit_card', 'check', 'csc', 'encrypted_csc'];

/** What stands for envelopes that are not taken: a wrong number, a wrong code, of an account two wrong numbers. */
const NOT_TAKEN: Fields = {
  cardNumber: '',
  securityCode: '',
  expirationMonth: '12',
  expirationYear: '2099',
  routingNumber: '',
  accountNumber: '',
};

/** A body, and what opens the sealed values in it. */
export interface Openable {
  body: unknown;
  open: Opener;
}

/**
 * Lets any call take envelopes of the profile `jwe`: `sealed`, one or a list of them, in the place of all values that
 * the body would else bring sealed one by one. They are opened here; the body that comes out holds each value under
 * PayTrace's name, by a word that only the opener beside it can open.
 *
 * Beside other details of a card or an account, envelopes are not taken. Those that are not stay in the body, for what
 * charges a customer on file to see: sent again, they must not charge again.
 */
export function unfold(body: unknown, open: Opener, submissions: Submissions): Openable {
  const json = jsonObject(body);
  if (json === undefined || member(json, 'sealed') === undefined) return {body, open};
  const {sealed, ...others} = json;
  const rest = Object.entries(others).filter(([name]) => !DETAILS.includes(name));
  const list: unknown[] = Array.isArray(sealed) ? sealed : [sealed];
  const texts = list.filter((each) => typeof each === 'string');
  const isAlone = DETAILS.every((name) => member(json, name) === undefined);
  const isList = texts.length === list.length && texts.length <= MOST_ENVELOPES;
  const taken = isAlone && isList ? submissions(texts) : undefined;
  const fields = taken ?? NOT_TAKEN;
  const unfolded: Record<string, unknown> = {...Object.fromEntries(rest), ...(!taken && {sealed})};
  for (const [value, [part, name]] of Object.entries(PLACES)) {
    if (fields[value] === undefined) continue;
    if (part === '') unfolded[name] = value;
    else unfolded[part] = {...(unfolded[part] as object | undefined), [name]: value};
  }
  return {body: unfolded, open: (value) => (Object.hasOwn(fields, value) ? fields[value] : undefined)};
}
