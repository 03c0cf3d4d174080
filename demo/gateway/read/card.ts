import {hasCheckDigit} from '../../../widget/fields/card-number.ts';
import type {Checked, Sandbox} from '../sandbox.ts';
import type {ErrorKey} from '../replies.ts';
import {asText, hasUntaken, type Json, member, openSealed, part, readTyped, type Typed} from './json.ts';

type Opens = Pick<Sandbox, 'open'>;

/** A card that can be charged. */
export interface Card {
  /** 12 to 19 ASCII digits with a valid check digit. */
  number: string;
  arrival: 'sealed' | 'plaintext' | 'on file';
  /** The ciphertext of the number, if it was sealed. */
  ciphertext?: string | undefined;
  /** Month 1 to 12. Absent for a card on file, whose date the card networks update (account updater). */
  expiry?: {month: number; year: number};
  /** The value as sent, not validated; empty if it does not decrypt; undefined if no code was sent. */
  securityCode: string | undefined;
}

/** Reads `credit_card` and `csc`. Each value may be plaintext or sealed. */
export function readCard(body: Json, {open}: Opens): Checked<Card> {
  const sent = part(body, 'credit_card');
  return judgeCard({
    number: readTyped(sent, 'number', open),
    month: readExpiry(sent, 'expiration_month', open),
    year: readExpiry(sent, 'expiration_year', open),
    code: readTyped(body, 'csc', open),
    isCodeText: isCodeText(body),
  });
}

/** Like {@link readCard} for version 3: reads `card`, whose number must be sealed, and a sealed `csc`. */
export function readSealedCard(body: Json, {open}: Opens): Checked<Card> {
  const sent = part(body, 'card');
  const code = member(body, 'csc');
  const opened = code === undefined ? undefined : openSealed(code, open);
  return judgeCard({
    number: openSealed(member(sent, 'number'), open),
    month: asText(member(sent, 'expiration_month')),
    year: asText(member(sent, 'expiration_year')),
    code: opened,
    isCodeText: opened === undefined || /^\d{3,4}$/.test(opened.text),
  });
}

/** Reads the optional code for a card on file. A rejected envelope is an error. */
export function readCode(body: Json, {open}: Opens): Checked<string | undefined> {
  const code = readTyped(body, 'csc', open);
  return isCodeText(body) && !hasUntaken(body) ? {value: code?.text} : {errors: ['csc']};
}

/** A JSON number has lost leading zeros. A string is not validated: no issuer declines for its code. */
function isCodeText(body: Json): boolean {
  return ['csc', 'encrypted_csc'].every((name) =>
    ['string', 'undefined'].includes(typeof member(body, name)),
  );
}

/** Months and years may also be JSON numbers. */
function readExpiry(sent: Json, name: string, open: Sandbox['open']): string | undefined {
  const plain = member(sent, name);
  const text = typeof plain === 'number' ? {...sent, [name]: String(plain)} : sent;
  return readTyped(text, name, open)?.text;
}

interface Sent {
  number: Typed | undefined;
  month: string | undefined;
  year: string | undefined;
  code: Typed | undefined;
  isCodeText: boolean;
}

function judgeCard({number, month = '', year = '', code, isCodeText}: Sent): Checked<Card> {
  const errors: ErrorKey[] = [];
  if (!number || !isCardNumber(number.text)) errors.push(35);
  if (!/^(0?[1-9]|1[0-2])$/.test(month)) errors.push(43);
  if (!/^(\d\d)?\d\d$/.test(year)) errors.push(44);
  if (!isCodeText) errors.push('csc');
  if (!number || errors.length > 0) return {errors};
  const expiry = {month: Number(month), year: Number(year.padStart(4, '20'))};
  const {text, ciphertext} = number;
  const arrival = ciphertext === undefined ? 'plaintext' : 'sealed';
  return {value: {number: text, arrival, ciphertext, expiry, securityCode: code?.text}};
}

/**
 * Whether `text` is 12 to 19 digits with the check digit of its brand. The issuer decides whether a number of that length
 * exists. For any other text a stand-in is checked, so that the time does not reveal whether a ciphertext decrypted.
 */
function isCardNumber(text: string): boolean {
  const isNumber = /^\d{12,19}$/.test(text);
  return hasCheckDigit(isNumber ? text : STAND_IN) && isNumber;
}

const STAND_IN = '4012000098765439';
