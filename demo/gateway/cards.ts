import {compareCode, issuerDeclines} from './issuer.ts';
import type {Card} from './read/card.ts';
import {approval, captured, decline, levelThreeAdded, mask, refunded, settled, voided} from './replies.ts';
import type {Answer, Checked, Sandbox} from './sandbox.ts';
import type {Brand, Transaction} from './transaction.ts';

/** A sale is captured as soon as it is approved; an authorization waits for its capture. */
export const sell = askIssuer('sale', 'captured');
export const authorize = askIssuer('authorization', 'authorized');

function askIssuer(kind: Transaction['kind'], approved: Transaction['state']) {
  return ({card, cents}: {card: Card; cents: number}, {ledger, spent, now}: Sandbox): Checked<Answer> => {
    const reason = issuerDeclines(card, cents, now());
    const masked = mask(card.number);
    const transaction = ledger.begin({
      kind,
      means: {by: 'card', brand: brandOf(card.number), masked, arrival: card.arrival},
      state: reason ? 'declined' : approved,
      cents,
    });
    spent.add(card.ciphertext, transaction);
    const outcome = {transactionId: transaction.id, masked, cscResponse: compareCode(card)};
    return {value: reason ? decline(outcome, reason) : approval(outcome)};
  };
}

/** The transaction of a step, and the amount; undefined for all of it. */
interface Some {
  transaction: Transaction;
  cents: number | undefined;
}

export function capture({transaction, cents}: Some, {ledger}: Sandbox): Checked<Answer> {
  const step = ledger.capture(transaction, cents);
  if (typeof step === 'string') return {errors: [step === 'state' ? 816 : 51]};
  return {value: captured(step.id)};
}

export function refund({transaction, cents}: Some, {ledger}: Sandbox): Checked<Answer> {
  const step = ledger.refund(transaction, cents);
  if (typeof step === 'string') return {errors: [step === 'state' ? 817 : 51]};
  return {value: refunded(step.id, step.means.masked)};
}

export function voidTransaction(
  {transaction}: Pick<Some, 'transaction'>,
  {ledger}: Sandbox,
): Checked<Answer> {
  const step = ledger.void(transaction);
  return typeof step === 'string' ? {errors: [818]} : {value: voided(step.id)};
}

/** Settles cards and checks. PayTrace offers this call in its sandbox only. */
export function settleBatch(_nothing: object, {ledger}: Sandbox): Checked<Answer> {
  return {value: settled(ledger.settle())};
}

/** Adds purchase details to an approved transaction of `brand` that is not settled yet. */
export function addLevelThree(brand: Brand) {
  return ({transaction, lineItems}: {transaction: Transaction; lineItems: number}): Checked<Answer> => {
    const {means, state, kind} = transaction;
    const isOpen = (state === 'authorized' || state === 'captured') && kind !== 'refund';
    const isOfBrand = means.by === 'card' && means.brand === brand;
    return isOpen && isOfBrand ? {value: levelThreeAdded(transaction.id, lineItems)} : {errors: [58]};
  };
}

/** The brand, by the first digits of the card number (ISO/IEC 7812). */
function brandOf(number: string): Brand {
  if (number.startsWith('4')) return 'Visa';
  if (/^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/.test(number)) return 'Mastercard';
  if (/^3[47]/.test(number)) return 'American Express';
  return /^(6011|64[4-9]|65)/.test(number) ? 'Discover' : 'Card';
}
