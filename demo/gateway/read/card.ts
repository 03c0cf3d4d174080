import type {Checked, Sandbox} from '../sandbox.ts';
import type {ErrorKey} from '../replies.ts';
import {asText, hasUntaken, type Json, member, openSealed, part, readTyped, type Typed} from './json.ts';

type Opens = Pick<Sandbox, 'open'>;

/** A card that can be asked for money. */
export interface Card {
  /** 12 to 19 ASCII digits with a right check digit. */
  number: string;
  arrival: 'sealed' | 'in clear' | 'on file';
  /** Month 1 to 12; none of a card on file, for the networks tell a gateway the new date (account updater). */
  expiry?: {month: number; year: number};
  /** What was sent, digits or not, empty if it did not open; undefined if nothing was. */
  securityCode: string | undefined;
}

/** `credit_card` and the code, each value plain or sealed. */
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

/** As {@link readCard} for version 3: `card`, whose number may only come sealed, and a sealed `csc`. */
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

/** The code that may come with a card on file; an envelope that was not taken is none. */
export function readCode(body: Json, {open}: Opens): Checked<string | undefined> {
  const code = readTyped(body, 'csc', open);
  return isCodeText(body) && !hasUntaken(body) ? {value: code?.text} : {errors: ['csc']};
}

/** A JSON number has lost the code's leading zeros. What a text says never matters here: no issuer declines for it. */
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
  const arrival = number.isSealed ? 'sealed' : 'in clear';
  return {value: {number: number.text, arrival, expiry, securityCode: code?.text}};
}

/**
 * ISO/IEC 7812-1: up to 19 digits, the last of which is the Luhn check digit (annex B). What is no number at all has
 * another one added up in its place: what does not open must not be told from what is bad by the time it takes.
 */
function isCardNumber(text: string): boolean {
  const isNumber = /^\d{12,19}$/.test(text);
  let sum = 0;
  for (const [place, digit] of Array.from(isNumber ? text : STAND_IN, Number)
    .reverse()
    .entries()) {
    const weighed = digit * (place % 2 === 0 ? 1 : 2);
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return isNumber && sum % 10 === 0;
}

const STAND_IN = '0'.repeat(16);
