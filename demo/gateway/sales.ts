import type {FastifyInstance} from 'fastify';

import {checkSale} from './check-sale.ts';
import {customerSale} from './customer-sale.ts';
import type {Opener} from './decrypt.ts';
import type {ErrorPlaces, SaleEndpoint} from './endpoint.ts';
import {keyedSale} from './keyed-sale.ts';
import {type ErrorKey, refusal} from './replies.ts';

/** The error that stands for a part of the body that has the wrong shape; all else is `request`. */
export const SALE_ERRORS: ErrorPlaces = {
  ...keyedSale.errors,
  ...customerSale.errors,
  ...checkSale.errors,
  '/amount': 'amount',
  '/billing_address': 'billing_address',
  '/integrator_id': 'integrator_id',
};

/** The amount that the sandbox's issuers and banks decline, in cents. */
const DECLINED_CENTS = 29;

/** What the sales share. */
export interface Sandbox {
  open: Opener;
  /** Milliseconds since the epoch. */
  now: () => number;
  nextId: () => number;
}

/** The sales that the sandbox carries out, each at its own address. */
export function saleRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  addSale(app, sandbox, keyedSale);
  addSale(app, sandbox, customerSale);
  addSale(app, sandbox, checkSale);
}

/** An issuer's or a bank's answer, yes or no, is HTTP 200; a request that was not carried out is HTTP 400. */
function addSale<Request, Means>(
  app: FastifyInstance,
  {open, now, nextId}: Sandbox,
  endpoint: SaleEndpoint<Request, Means>,
): void {
  app.post(endpoint.path, {schema: {body: bodySchema(endpoint)}}, (request, reply) => {
    // The schema has just found it so.
    const body = request.body as Request & {amount: string | number};
    const means = endpoint.read(body, open);
    const cents = parseAmount(body.amount);
    if ('errors' in means || cents === undefined) {
      const errors: ErrorKey[] = 'errors' in means ? means.errors : [];
      if (cents === undefined) errors.push('amount');
      return reply.code(400).send(refusal(errors));
    }
    const sale = {id: nextId(), declined: cents === DECLINED_CENTS, now: now()};
    return reply.send(endpoint.carryOut(means.value, sale));
  });
}

const text = {type: 'string', maxLength: 255};

function bodySchema({required, properties}: {required: readonly string[]; properties: object}) {
  return {
    type: 'object',
    required: ['amount', ...required],
    properties: {
      amount: {type: ['string', 'number']},
      ...properties,
      billing_address: {
        type: 'object',
        properties: {name: text, street_address: text, city: text, state: text, zip: text},
      },
      integrator_id: text,
    },
  };
}

/** Cents of a positive amount with at most two decimals; a number reads as JavaScript prints it. */
function parseAmount(amount: string | number): number | undefined {
  const parts = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(String(amount));
  if (!parts) return undefined;
  const [, whole = '', fraction = ''] = parts;
  const cents = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return cents > 0 ? cents : undefined;
}
