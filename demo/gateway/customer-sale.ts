import type {SaleEndpoint} from './endpoint.ts';
import {approval, decline} from './replies.ts';
import {CODE_ERRORS, codeProperties, type CodeRequest, compareCode, readCode} from './security-code.ts';

interface CustomerRequest extends CodeRequest {
  customer_id: string;
}

interface CardOnFile {
  number: string;
  securityCode: string | undefined;
}

/**
 * The customers that the sandbox knows from its start, and their card numbers. No expiry is kept: the networks
 * tell a gateway the new date of a card on file (account updater), so here none ever runs out.
 */
const CUSTOMERS: ReadonlyMap<string, string> = new Map([['isoline-1', '4012000098765439']]);

/** `POST /v1/transactions/sale/by_customer`: a sale on the card that the gateway keeps of a customer. */
export const customerSale: SaleEndpoint<CustomerRequest, CardOnFile> = {
  path: '/transactions/sale/by_customer',
  required: ['customer_id'],
  properties: {customer_id: {type: 'string'}, ...codeProperties},
  errors: {'/customer_id': 'customer_id', ...CODE_ERRORS},
  read(request, open) {
    const securityCode = readCode(request, open);
    const number = CUSTOMERS.get(request.customer_id);
    return number === undefined ? {errors: ['customer_id']} : {value: {number, securityCode}};
  },
  carryOut({number, securityCode}, {id, declined}) {
    const outcome = {transactionId: id, cardNumber: number, cscResponse: compareCode(number, securityCode)};
    return declined ? decline(outcome, 'doNotHonor') : approval(outcome);
  },
};
