import type {Opener} from './decrypt.ts';
import type {ErrorKey} from './replies.ts';

/** A card as a request carries it: each value either plain or sealed. */
export interface CardRequest {
  credit_card: {
    number?: string;
    encrypted_number?: string;
    expiration_month?: string | number;
    encrypted_expiration_month?: string;
    expiration_year?: string | number;
    encrypted_expiration_year?: string;
  };
  csc?: string;
  encrypted_csc?: string;
}

/** Types only: what a value says is judged after all are opened, in one way for plain and sealed ones. */
export const cardProperties = {
  credit_card: {
    type: 'object',
    properties: {
      number: {type: 'string'},
      encrypted_number: {type: 'string'},
      expiration_month: {type: ['string', 'integer']},
      encrypted_expiration_month: {type: 'string'},
      expiration_year: {type: ['string', 'integer']},
      encrypted_expiration_year: {type: 'string'},
    },
  },
  csc: {type: 'string'},
  encrypted_csc: {type: 'string'},
};

/** The error that stands for a value of a wrong type. */
export const CARD_ERRORS: Readonly<Record<string, ErrorKey>> = {
  '/credit_card': 35,
  '/credit_card/number': 35,
  '/credit_card/encrypted_number': 35,
  '/credit_card/expiration_month': 43,
  '/credit_card/encrypted_expiration_month': 43,
  '/credit_card/expiration_year': 44,
  '/credit_card/encrypted_expiration_year': 44,
  '/csc': 'csc',
  '/encrypted_csc': 'csc',
};

export interface Card {
  /** 12 to 19 ASCII digits with a right check digit. */
  number: string;
  /** 1 to 12. */
  month: number;
  year: number;
  /** Undefined when the request had none; else what was sent, digits or not, empty if it did not open. */
  securityCode: string | undefined;
}

/**
 * The card of a request, or every error in it. A value that does not open, one that is missing and one sent
 * both plain and sealed are all the same bad value. Each sealed value is opened before any is judged, so the
 * work done depends only on which values were sent.
 */
export function readCard(request: CardRequest, open: Opener): {card: Card} | {errors: ErrorKey[]} {
  const sent = request.credit_card;
  const number = read(sent.number, sent.encrypted_number, open);
  const month = read(sent.expiration_month, sent.encrypted_expiration_month, open);
  const year = read(sent.expiration_year, sent.encrypted_expiration_year, open);
  const securityCode = read(request.csc, request.encrypted_csc, open);

  const errors: ErrorKey[] = [];
  if (!isCardNumber(number ?? '')) errors.push(35);
  if (!/^(0?[1-9]|1[0-2])$/.test(month ?? '')) errors.push(43);
  if (!/^20\d\d$/.test(year ?? '')) errors.push(44);
  if (errors.length > 0) return {errors};
  return {card: {number: number ?? '', month: Number(month), year: Number(year), securityCode}};
}

function read(plain: string | number | undefined, sealed: string | undefined, open: Opener) {
  if (sealed === undefined) return plain === undefined ? undefined : String(plain);
  const opened = open(sealed);
  return plain === undefined && opened !== undefined ? opened : '';
}

/** ISO/IEC 7812-1: up to 19 digits, the last of which is the Luhn check digit (annex B). */
function isCardNumber(text: string): boolean {
  if (!/^\d{12,19}$/.test(text)) return false;
  let sum = 0;
  for (const [place, digit] of Array.from(text, Number).reverse().entries()) {
    const weighed = digit * (place % 2 === 0 ? 1 : 2);
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** A card is good through the last day of its month, and that day lasts longest at UTC−12. */
export function isExpired({month, year}: Card, now: number): boolean {
  const twelveHours = 12 * 60 * 60 * 1000;
  return now - twelveHours >= Date.UTC(year, month, 1);
}

/** The sandbox's test cards and the only code that matches each; PayTrace's integrations test with these. */
const TEST_CODES: Readonly<Record<string, string>> = {
  '4012000098765439': '999',
  '5499740000000057': '998',
  '6011000993026909': '996',
  '371449635392376': '9997',
};

/**
 * How the issuer would find the code. It never declines: PayTrace leaves that to a merchant's settings. A test
 * card knows its own code; any other card matches whatever has the right length, four digits for American
 * Express, else three.
 */
export function compareCode({number, securityCode}: Card): '' | 'Match' | 'No Match' {
  if (securityCode === undefined) return '';
  const length = /^3[47]/.test(number) ? 4 : 3;
  const known = TEST_CODES[number];
  const matches = known === undefined ? /^\d+$/.test(securityCode) : securityCode === known;
  return matches && securityCode.length === length ? 'Match' : 'No Match';
}
