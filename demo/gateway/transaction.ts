/**
 * The states of a transaction. A sale begins as captured, an authorization or a hold as authorized. A
 * transaction that the issuer or the bank declines begins as declined and stays so.
 */
export type State = 'authorized' | 'captured' | 'settled' | 'refunded' | 'voided' | 'declined';

type Step = 'capture' | 'settle' | 'refund' | 'void';

/** The next state for each step, by state. A step that is not listed is rejected. */
const STEPS: Readonly<Record<State, Partial<Record<Step, State>>>> = {
  authorized: {capture: 'captured', void: 'voided'},
  captured: {settle: 'settled', void: 'voided'},
  settled: {refund: 'refunded'},
  refunded: {},
  voided: {},
  declined: {},
};

/** The payment method, limited to what may be shown. */
export type Means =
  | {by: 'card'; brand: Brand; masked: string; arrival: Arrival}
  | {by: 'check'; masked: string; arrival: Arrival};
export type Brand = 'Visa' | 'Mastercard' | 'American Express' | 'Discover' | 'Card';
export type Arrival = 'sealed' | 'plaintext' | 'on file';

export interface Transaction {
  /** Greater than the id of every earlier transaction. */
  id: number;
  kind: 'sale' | 'authorization' | 'refund';
  means: Means;
  state: State;
  /** The amount. A capture may lower it. */
  cents: number;
  /** The refunded part of the amount, without voided refunds. */
  refundedCents: number;
  /** Time of creation, in milliseconds since the epoch. */
  at: number;
  /** For a refund: the id of the refunded transaction. */
  refundOf?: number;
}

/** Why a step was rejected: the state does not allow it, or does not allow this amount. */
export type Refused = 'state' | 'amount';

/** @param cents at most the authorized amount, which is the default. */
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
 * A settled transaction after a refund. It is `refunded` once its full amount is refunded.
 *
 * @param cents at most the amount that is not refunded yet, which is the default.
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

/** A transaction after a refund of `cents` was voided. */
export function takeBack(transaction: Transaction, cents: number): Transaction {
  return {...transaction, state: 'settled', refundedCents: transaction.refundedCents - cents};
}

function after(step: Step, {state}: Transaction): State | undefined {
  return STEPS[state][step];
}

function left({cents, refundedCents}: Transaction): number {
  return cents - refundedCents;
}
