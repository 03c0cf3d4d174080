import type {Checked, Reader, Sandbox} from '../sandbox.ts';
import type {ErrorKey} from '../replies.ts';
import {type Json, member, openSealed, part, readTyped, type Typed} from './json.ts';

type Opens = Pick<Sandbox, 'open'>;

/** A bank account that can be debited. ASCII digits, including leading zeros. */
export interface Account {
  accountNumber: string;
  routingNumber: string;
  arrival: 'sealed' | 'plaintext' | 'on file';
  /** The ciphertext of the account number, if it was sealed. */
  ciphertext?: string | undefined;
}

/** Reads `check`. Each value may be plaintext or sealed. */
export function readAccount(body: Json, {open}: Opens): Checked<Account> {
  const sent = part(body, 'check');
  return judgeAccount(readTyped(sent, 'account_number', open), readTyped(sent, 'routing_number', open));
}

/** Like {@link readAccount} for version 3: reads `bank_account`, whose values must be sealed. */
export function readSealedAccount(body: Json, {open}: Opens): Checked<Account> {
  const sent = part(body, 'bank_account');
  return judgeAccount(
    openSealed(member(sent, 'account_number'), open),
    openSealed(member(sent, 'routing_number'), open),
  );
}

/** Reads `std_entry_class`: the ACH entry classes of version 3 (Nacha operating rules, appendix 3). */
export const readEntryClass: Reader<string> = (body) => {
  const code = member(body, 'std_entry_class');
  const isKnown = typeof code === 'string' && ['CCD', 'PPD', 'WEB', 'TEL'].includes(code);
  return isKnown ? {value: code} : {errors: ['std_entry_class']};
};

function judgeAccount(account: Typed | undefined, routing: Typed | undefined): Checked<Account> {
  const errors: ErrorKey[] = [];
  if (!account || !isAccountNumber(account.text)) errors.push(45);
  if (!routing || !isRoutingNumber(routing.text)) errors.push(46);
  if (!account || !routing || errors.length > 0) return {errors};
  const {text, ciphertext} = account;
  const arrival = ciphertext === undefined ? 'plaintext' : 'sealed';
  return {value: {accountNumber: text, routingNumber: routing.text, arrival, ciphertext}};
}

/** At most 17 digits: the length of an ACH entry's DFI account number (Nacha operating rules, appendix 3). */
function isAccountNumber(text: string): boolean {
  return /^\d{4,17}$/.test(text);
}

/**
 * Whether `text` is an ABA routing number: two digits for the Federal Reserve district (00 the government,
 * 01–12 a bank, 15 the Treasury, 21–32 a thrift, 61–72 electronic, 80 traveller's checks), six more, and a check digit. The
 * sum of all digits, weighted 3, 7, 1 in turn, is a multiple of ten, but not zero. As with a card number, invalid text
 * takes the same time.
 */
function isRoutingNumber(text: string): boolean {
  const isNumber = /^(0\d|1[0-2]|15|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/.test(text);
  const sum = Array.from(isNumber ? text : STAND_IN, Number).reduce(
    (total, digit, place) => total + digit * (place % 3 === 0 ? 3 : place % 3 === 1 ? 7 : 1),
    0,
  );
  return isNumber && sum > 0 && sum % 10 === 0;
}

const STAND_IN = '0'.repeat(9);
