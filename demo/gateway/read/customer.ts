import type {Pays, Profile} from '../profiles.ts';
import type {ErrorKey} from '../replies.ts';
import type {Reader} from '../sandbox.ts';
import {type Account, readAccount} from './account.ts';
import {type Card, readCard, readCode} from './card.ts';
import {hasUntaken, member, part} from './json.ts';

/** Reads the stored card of a customer, and the code in the request. */
export const readCardOnFile: Reader<Card> = (body, sandbox) => {
  const code = readCode(body, sandbox);
  const found = readCustomer(body, sandbox);
  const card = 'value' in found && found.value.pays.by === 'card' ? found.value.pays : undefined;
  const errors: ErrorKey[] = card ? [] : [30];
  if ('errors' in code) errors.push(...code.errors);
  if (!card || 'errors' in code) return {errors};
  return {value: {number: card.number, arrival: 'on file', securityCode: code.value}};
};

/** Reads the stored bank account of a customer. A rejected envelope counts as two invalid numbers. */
export const readAccountOnFile: Reader<Account> = (body, sandbox) => {
  const found = readCustomer(body, sandbox);
  const account = 'value' in found && found.value.pays.by === 'check' ? found.value.pays : undefined;
  const errors: ErrorKey[] = account ? [] : [30];
  if (hasUntaken(body)) errors.push(45, 46);
  if (!account || errors.length > 0) return {errors};
  const {accountNumber, routingNumber} = account;
  return {value: {accountNumber, routingNumber, arrival: 'on file'}};
};

/** Finds the customer that `customer_id` names. */
export const readCustomer: Reader<Profile> = (body, {profiles}) => {
  const id = member(body, 'customer_id');
  const profile = typeof id === 'string' ? profiles.find(id) : undefined;
  return profile ? {value: profile} : {errors: [30]};
};

/** Reads a new customer: an id that is not in use, and either a card or a bank account. */
export const readNewCustomer: Reader<Profile> = (body, sandbox) => {
  const id = member(body, 'customer_id');
  const isFree = typeof id === 'string' && CUSTOMER_ID.test(id) && !sandbox.profiles.find(id);
  const pays = readPays(body, sandbox);
  const errors: ErrorKey[] = isFree ? [] : [171];
  if ('errors' in pays) errors.push(...pays.errors);
  if (!isFree || 'errors' in pays) return {errors};
  const name = member(part(body, 'billing_address'), 'name');
  return {value: {id, name: typeof name === 'string' ? name : '', pays: pays.value}};
};

/** Printable ASCII, 1 to 50 characters, no space at either end. */
const CUSTOMER_ID = /^[!-~]([ -~]{0,48}[!-~])?$/;

/** With both a card and an account, it would be ambiguous which one pays. */
const readPays: Reader<Pays> = (body, sandbox) => {
  const [byCard, byCheck] = [member(body, 'credit_card') !== undefined, member(body, 'check') !== undefined];
  if (byCard === byCheck) return {errors: [35, 45]};
  if (byCard) {
    const card = readCard(body, sandbox);
    return 'errors' in card ? card : {value: {by: 'card', number: card.value.number}};
  }
  const account = readAccount(body, sandbox);
  if ('errors' in account) return account;
  const {accountNumber, routingNumber} = account.value;
  return {value: {by: 'check', accountNumber, routingNumber}};
};
