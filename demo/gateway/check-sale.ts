import {readValue, type SaleEndpoint} from './endpoint.ts';
import {checkAnswer, type ErrorKey} from './replies.ts';

/** A bank account as a request carries it: each value either plain or sealed. */
interface CheckRequest {
  check: {
    account_number?: string;
    encrypted_account_number?: string;
    routing_number?: string;
    encrypted_routing_number?: string;
  };
}

/** ASCII digits, leading zeros and all. */
interface BankAccount {
  accountNumber: string;
  routingNumber: string;
}

/** `POST /v1/checks/sale/by_account`: a debit of the bank account that was typed. */
export const checkSale: SaleEndpoint<CheckRequest, BankAccount> = {
  path: '/checks/sale/by_account',
  required: ['check'],
  properties: {
    check: {
      type: 'object',
      properties: {
        account_number: {type: 'string'},
        encrypted_account_number: {type: 'string'},
        routing_number: {type: 'string'},
        encrypted_routing_number: {type: 'string'},
      },
    },
  },
  errors: {
    '/check': 45,
    '/check/account_number': 45,
    '/check/encrypted_account_number': 45,
    '/check/routing_number': 46,
    '/check/encrypted_routing_number': 46,
  },
  read({check: sent}, open) {
    const accountNumber = readValue(sent.account_number, sent.encrypted_account_number, open) ?? '';
    const routingNumber = readValue(sent.routing_number, sent.encrypted_routing_number, open) ?? '';

    const errors: ErrorKey[] = [];
    if (!isAccountNumber(accountNumber)) errors.push(45);
    if (!isRoutingNumber(routingNumber)) errors.push(46);
    return errors.length > 0 ? {errors} : {value: {accountNumber, routingNumber}};
  },
  carryOut: (_account, {id, declined}) => checkAnswer(id, declined),
};

/** Up to 17 characters, as the DFI account number of an ACH entry holds (Nacha operating rules, appendix 3). */
function isAccountNumber(text: string): boolean {
  return /^\d{4,17}$/.test(text);
}

/**
 * An ABA routing number: two digits that name a Federal Reserve district (00 the government, 01–12 a bank, 21–32
 * a thrift, 61–72 electronic, 80 traveller's checks), six more, and a check digit that makes the sum of all,
 * weighed 3, 7, 1 in turn, a multiple of ten.
 */
function isRoutingNumber(text: string): boolean {
  if (!/^(0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/.test(text)) return false;
  const sum = Array.from(text, Number).reduce(
    (total, digit, place) => total + digit * (place % 3 === 0 ? 3 : place % 3 === 1 ? 7 : 1),
    0,
  );
  return sum % 10 === 0;
}
