import type {ErrorKey} from '../replies.ts';
import type {Checked, Reader, Sandbox} from '../sandbox.ts';
import type {Means, Transaction} from '../transaction.ts';
import {asText, type Json, jsonObject, member} from './json.ts';

/** Finds the card transaction that `transaction_id` names. */
export const readCardTransaction: Reader<Transaction> = (body, {ledger}) => {
  const id = readId(body, 'transaction_id');
  return id === undefined ? {errors: [58]} : find(ledger, id, 'card', [58, 811]);
};

/** Finds the check that `check_transaction_id` names. */
export const readCheck: Reader<Transaction> = (body, {ledger}) => {
  const id = readId(body, 'check_transaction_id');
  return id === undefined ? {errors: [80]} : find(ledger, id, 'check', [80]);
};

/** The number of `line_items`. Their content is not validated: that is left to the card network. */
export const readLineItems: Reader<number> = (body) => {
  const items = member(body, 'line_items') ?? [];
  const isGood = Array.isArray(items) && items.length <= MAX_ITEMS && items.every(jsonObject);
  return isGood ? {value: items.length} : {errors: ['line_items']};
};

const MAX_ITEMS = 99;

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
