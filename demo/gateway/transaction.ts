/**
 * The life of a transaction. A sale begins captured, an authorization or a hold begins authorized, and what the
 * issuer or the bank refuses begins, and ends, declined.
 */
export type State = 'authorized' | 'captured' | 'settled' | 'refunded' | 'voided' | 'declined';

type Step = 'capture' | 'settle' | 'refund' | 'void';

/** Where each step leads from each state; a step that is not named cannot be taken. */
const STEPS: Readonly<Record<State, Partial<Record<Step, State>>>> = {
  authorized: {capture: 'captured', void: 'voided'},
  captured: {settle: 'settled', void: 'voided'},
  settled: {refund: 'refunded'},
  refunded: {},
  voided: {},
  declined: {},
};

/** What paid, as much of it as may be shown. */
export type Means =
  | {by: 'card'; brand: Brand; masked: string; arrival: Arrival}
  | {by: 'check'; masked: string; arrival: Arrival};
export type Brand = 'Visa' | 'Mastercard' | 'American Express' | 'Discover' | 'Card';
export type Arrival = 'sealed' | 'in clear' | 'on file';

export interface Transaction {
  /** Greater than that of every transaction before. */
  id: number;
  kind: 'sale' | 'authorization' | 'refund';
  means: Means;
  state: State;
  /** What is to be moved; a capture may lower it. In cents. */
  cents: number;
  /** How much of it went back, in refunds that were not voided. */
  refundedCents: number;
  /** When it began, in milliseconds since the epoch. */
  at: number;
  /** Of a refund: the id of the transaction whose money it gives back. */
  refundOf?: number;
}

/** Why a step was not taken: the state does not allow it, or not over this amount. */
export type Refused = 'state' | 'amount';

/** @param cents all that was authorized, or part of it. */
export function capture(transaction: Transaction, cents = transaction.cents): Transaction | Refused {
  const state = after('capture', transaction);
  if (!state) return 'state';
  return cents >= 1 && cents <= transaction.cents ? {...transaction, state, cents} : 'amount';
}

export function settle(transaction: Transaction): Transaction | Refused {
  const state = after('settle', transaction);
  return state ? {...transaction, state} : 'state';
}

export function voidIt(transaction: Transaction): Transaction | Refused {
  const state = after('void', transaction);
  return state ? {...transaction, state} : 'state';
}

/**
 * What is left of a settled transaction when some of it goes back; it counts as refunded once nothing is left.
 *
 * @param cents all that did not go back yet, or part of it.
 */
export function refund(transaction: Transaction, cents = left(transaction)): Transaction | Refused {
  const state = transaction.kind === 'refund' ? undefined : after('refund', transaction);
  if (!state) return 'state';
  if (cents < 1 || cents > left(transaction)) return 'amount';
  const refundedCents = transaction.refundedCents + cents;
  return {
    ...transaction,
    refundedCents,
    state: refundedCents === transaction.cents ? state : transaction.state,
  };
}

/** The refund of `cents` was voided: they did not go back after all. */
export function takeBack(transaction: Transaction, cents: number): Transaction {
  return {...transaction, state: 'settled', refundedCents: transaction.refundedCents - cents};
}

function after(step: Step, {state}: Transaction): State | undefined {
  return STEPS[state][step];
}

function left({cents, refundedCents}: Transaction): number {
  return cents - refundedCents;
}
