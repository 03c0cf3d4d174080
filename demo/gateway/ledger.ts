import {capture, refund, type Refused, settle, takeBack, type Transaction, voidIt} from './transaction.ts';

/** The oldest transactions beyond this number are dropped. */
const MAX_TRANSACTIONS = 10_000;

/** The totals of one settlement. */
export interface Batch {
  /** 1 for the first. */
  number: number;
  count: number;
  /** Sales less refunds. */
  netCents: number;
}

/** Owns all transactions. Each step returns the changed transaction, or why it was rejected. */
export interface Ledger {
  /** Adds a new transaction. */
  begin(facts: Pick<Transaction, 'kind' | 'means' | 'state' | 'cents'>): Transaction;
  find(id: number): Transaction | undefined;
  capture(transaction: Transaction, cents: number | undefined): Transaction | Refused;
  void(transaction: Transaction): Transaction | Refused;
  /** @returns the refund, a separate transaction that settles with the next batch. */
  refund(transaction: Transaction, cents: number | undefined): Transaction | Refused;
  /** Settles every captured transaction. */
  settle(): Batch;
  /** The most recent transactions, newest first. */
  latest(count: number): Transaction[];
  /** The number of stored transactions. */
  readonly size: number;
  /** Calls `onChange` after every change, until the returned function is called. */
  watch(onChange: () => void): () => void;
}

/** @param now milliseconds since the epoch. */
export function createLedger(now: () => number, max = MAX_TRANSACTIONS): Ledger {
  const transactions = new Map<number, Transaction>();
  const watchers = new Set<() => void>();
  let lastId = Math.floor(now() / 1000);
  let lastBatch = 0;

  function write(...changed: readonly Transaction[]): void {
    for (const transaction of changed) transactions.set(transaction.id, transaction);
    for (const id of transactions.keys()) {
      if (transactions.size <= max) break;
      transactions.delete(id);
    }
    for (const onChange of watchers) onChange();
  }

  function take(step: Transaction | Refused): Transaction | Refused {
    if (typeof step === 'object') write(step);
    return step;
  }

  const begun = (facts: Parameters<Ledger['begin']>[0]): Transaction => ({
    ...facts,
    id: ++lastId,
    refundedCents: 0,
    at: now(),
  });

  return {
    begin(facts) {
      const transaction = begun(facts);
      write(transaction);
      return transaction;
    },
    find: (id) => transactions.get(id),
    capture: (transaction, cents) => take(capture(transaction, cents)),
    void(transaction) {
      const voided = take(voidIt(transaction));
      const sale = transactions.get(transaction.refundOf ?? 0);
      if (typeof voided === 'object' && sale) write(takeBack(sale, voided.cents));
      return voided;
    },
    refund(transaction, cents) {
      const sale = refund(transaction, cents);
      if (typeof sale === 'string') return sale;
      const given: Transaction = {
        ...begun({
          kind: 'refund',
          means: {...sale.means, arrival: 'on file'},
          state: 'captured',
          cents: sale.refundedCents - transaction.refundedCents,
        }),
        refundOf: sale.id,
      };
      write(sale, given);
      return given;
    },
    settle() {
      const settled = [...transactions.values()].map(settle).filter((step) => typeof step === 'object');
      write(...settled);
      const signed = settled.map(({kind, cents}) => (kind === 'refund' ? -cents : cents));
      const netCents = signed.reduce((total, cents) => total + cents, 0);
      return {number: ++lastBatch, count: settled.length, netCents};
    },
    latest: (count) => [...transactions.values()].slice(-count).reverse(),
    get size() {
      return transactions.size;
    },
    watch(onChange) {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
  };
}
