import {bankDeclines} from './issuer.ts';
import type {Account} from './read/account.ts';
import {checkAnswer, checkManaged, checkRefunded, mask} from './replies.ts';
import type {Answer, Checked, Sandbox} from './sandbox.ts';
import type {Refused, Transaction} from './transaction.ts';

/** A debit settles with the next batch; a hold must be funded first. */
export const debit = askBank('sale', 'captured');
export const hold = askBank('authorization', 'authorized');

function askBank(kind: Transaction['kind'], accepted: Transaction['state']) {
  return ({account, cents}: {account: Account; cents: number}, {ledger, spent}: Sandbox): Checked<Answer> => {
    const isDeclined = bankDeclines(cents);
    const transaction = ledger.begin({
      kind,
      means: {by: 'check', masked: mask(account.accountNumber), arrival: account.arrival},
      state: isDeclined ? 'declined' : accepted,
      cents,
    });
    spent.add(account.ciphertext, transaction);
    return {value: checkAnswer(transaction.id, isDeclined)};
  };
}

/** The check of a step, and the amount; undefined for all of it. */
interface Some {
  check: Transaction;
  cents: number | undefined;
}

export function fund({check, cents}: Some, {ledger}: Sandbox): Checked<Answer> {
  return managed(ledger.capture(check, cents), checkManaged);
}

export function voidCheck({check}: Pick<Some, 'check'>, {ledger}: Sandbox): Checked<Answer> {
  return managed(ledger.void(check), checkManaged);
}

export function refundCheck({check, cents}: Some, {ledger}: Sandbox): Checked<Answer> {
  return managed(ledger.refund(check, cents), checkRefunded);
}

/** PayTrace has one error for an unknown check and for one whose state does not allow the step. */
function managed(step: Transaction | Refused, answer: (id: number) => Answer): Checked<Answer> {
  if (typeof step === 'string') return {errors: [step === 'state' ? 80 : 51]};
  return {value: answer(step.id)};
}
