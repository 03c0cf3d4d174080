import {type Reading, readValue, type SaleEndpoint} from './endpoint.ts';
import type {Opener} from './decrypt.ts';
import {approval, decline, type ErrorKey} from './replies.ts';
import {CODE_ERRORS, codeProperties, type CodeRequest, compareCode, readCode} from './security-code.ts';

/** A card as a request carries it: each value either plain or sealed. */
interface KeyedRequest extends CodeRequest {
  credit_card: {
    number?: string;
    encrypted_number?: string;
    expiration_month?: string | number;
    encrypted_expiration_month?: string;
    expiration_year?: string | number;
    encrypted_expiration_year?: string;
  };
}

interface Card {
  /** 12 to 19 ASCII digits with a right check digit. */
  number: string;
  /** 1 to 12. */
  month: number;
  year: number;
  securityCode: string | undefined;
}

/** `POST /v1/transactions/sale/keyed`: a sale on a card that was typed. */
export const keyedSale: SaleEndpoint<KeyedRequest, Card> = {
  path: '/transactions/sale/keyed',
  required: ['credit_card'],
  properties: {
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
    ...codeProperties,
  },
  errors: {
    '/credit_card': 35,
    '/credit_card/number': 35,
    '/credit_card/encrypted_number': 35,
    '/credit_card/expiration_month': 43,
    '/credit_card/encrypted_expiration_month': 43,
    '/credit_card/expiration_year': 44,
    '/credit_card/encrypted_expiration_year': 44,
    ...CODE_ERRORS,
  },
  read: readCard,
  carryOut(card, {id, declined, now}) {
    const {number, securityCode} = card;
    const outcome = {transactionId: id, cardNumber: number, cscResponse: compareCode(number, securityCode)};
    if (isExpired(card, now)) return decline(outcome, 'expired');
    return declined ? decline(outcome, 'doNotHonor') : approval(outcome);
  },
};

function readCard(request: KeyedRequest, open: Opener): Reading<Card> {
  const sent = request.credit_card;
  const number = readValue(sent.number, sent.encrypted_number, open);
  const month = readValue(sent.expiration_month, sent.encrypted_expiration_month, open);
  const year = readValue(sent.expiration_year, sent.encrypted_expiration_year, open);
  const securityCode = readCode(request, open);

  const errors: ErrorKey[] = [];
  if (!isCardNumber(number ?? '')) errors.push(35);
  if (!/^(0?[1-9]|1[0-2])$/.test(month ?? '')) errors.push(43);
  if (!/^20\d\d$/.test(year ?? '')) errors.push(44);
  if (errors.length > 0) return {errors};
  return {value: {number: number ?? '', month: Number(month), year: Number(year), securityCode}};
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
function isExpired({month, year}: Card, now: number): boolean {
  const twelveHours = 12 * 60 * 60 * 1000;
  return now - twelveHours >= Date.UTC(year, month, 1);
}
