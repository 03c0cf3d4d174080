import type {FastifyInstance} from 'fastify';

import {CARD_ERRORS, cardProperties, type CardRequest, compareCode, isExpired, readCard} from './card.ts';
import type {Opener} from './decrypt.ts';
import {approval, decline, type ErrorKey, refusal} from './replies.ts';

const text = {type: 'string', maxLength: 255};

const saleSchema = {
  type: 'object',
  required: ['amount', 'credit_card'],
  properties: {
    amount: {type: ['string', 'number']},
    ...cardProperties,
    billing_address: {
      type: 'object',
      properties: {name: text, street_address: text, city: text, state: text, zip: text},
    },
    integrator_id: text,
  },
};

/** The error that stands for a part of the body that has the wrong shape; all else is `request`. */
export const SALE_ERRORS: Readonly<Record<string, ErrorKey>> = {
  ...CARD_ERRORS,
  '/amount': 'amount',
  '/billing_address': 'billing_address',
  '/integrator_id': 'integrator_id',
};

/** The amount that the sandbox's issuer declines, in cents. */
const DECLINED_CENTS = 29;

interface SaleRequest extends CardRequest {
  amount: string | number;
}

/**
 * `POST /transactions/sale/keyed`. An issuer's answer, approved or declined, is HTTP 200; a request that was
 * not carried out is HTTP 400.
 */
export function saleRoutes(
  app: FastifyInstance,
  {open, now, nextId}: {open: Opener; now: () => number; nextId: () => number},
): void {
  app.post<{Body: SaleRequest}>(
    '/transactions/sale/keyed',
    {schema: {body: saleSchema}},
    (request, reply) => {
      const read = readCard(request.body, open);
      const cents = parseAmount(request.body.amount);
      if ('errors' in read || cents === undefined) {
        const errors: ErrorKey[] = 'errors' in read ? read.errors : [];
        if (cents === undefined) errors.push('amount');
        return reply.code(400).send(refusal(errors));
      }
      const {card} = read;
      const outcome = {transactionId: nextId(), cardNumber: card.number, cscResponse: compareCode(card)};
      if (isExpired(card, now())) return reply.send(decline(outcome, 'expired'));
      if (cents === DECLINED_CENTS) return reply.send(decline(outcome, 'doNotHonor'));
      return reply.send(approval(outcome));
    },
  );
}

/** Cents of a positive amount with at most two decimals; a number reads as JavaScript prints it. */
function parseAmount(amount: string | number): number | undefined {
  const parts = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(String(amount));
  if (!parts) return undefined;
  const [, whole = '', fraction = ''] = parts;
  const cents = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return cents > 0 ? cents : undefined;
}
