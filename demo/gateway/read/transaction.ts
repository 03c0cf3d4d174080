import type {ErrorKey} from '../replies.ts';
import type {Checked, Reader, Sandbox} from '../sandbox.ts';
import type {Means, Transaction} from '../transaction.ts';
import {asText, type Json, jsonObject, member} from './json.ts';

/** The card transaction that `transaction_id` names. */
export const readCardTransaction: Reader<Transaction> = (body, {ledger}) => {
  const id = readId(body, 'transaction_id');
  return id === undefined ? {errors: [58]} : find(ledger, id, 'card', [58, 811]);
};

/** The check that `check_transaction_id` names. */
export const readCheck: Reader<Transaction> = (body, {ledger}) => {
  const id = readId(body, 'check_transaction_id');
  return id === undefined ? {errors: [80]} : find(ledger, id, 'check', [80]);
};

/** How many `line_items` a purchase lists; what they say is the card network's to judge. */
export const readLineItems: Reader<number> = (body) => {
  const items = member(body, 'line_items') ?? [];
  const isGood = Array.isArray(items) && items.length <= MOST_ITEMS && items.every(jsonObject);
  return isGood ? {value: items.length} : {errors: ['line_items']};
};

const MOST_ITEMS = 99;

function readId(body: Json, name: string): number | undefined {
  const text = asText(member(body, name)) ?? '';
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

function find(
  ledger: Sandbox['ledger'],
  id: number,
  by: Means['by'],
  errors: readonly ErrorKey[],
): Checked<Transaction> {
  const found = ledger.find(id);
  return found?.means.by === by ? {value: found} : {errors};
}
