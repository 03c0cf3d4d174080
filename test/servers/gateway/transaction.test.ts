import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import fc from 'fast-check';

import {
  capture,
  refund,
  settle,
  type State,
  takeBack,
  type Transaction,
  voidIt,
} from '../../../demo/gateway/transaction.ts';
import {NOON} from './sandbox.ts';

function inState(state: State, change: Partial<Transaction> = {}): Transaction {
  const means = {by: 'card', brand: 'Visa', masked: 'xxxxxxxxxxxx5439', arrival: 'sealed'} as const;
  return {id: 1, kind: 'sale', means, state, cents: 500, refundedCents: 0, at: NOON, ...change};
}

const STEPS = {capture, settle, void: voidIt, refund};

/** The next state for each step, or a dash if the step is rejected. */
const LIFE: readonly [from: State, to: Record<keyof typeof STEPS, State | '–'>][] = [
  ['authorized', {capture: 'captured', settle: '–', void: 'voided', refund: '–'}],
  ['captured', {capture: '–', settle: 'settled', void: 'voided', refund: '–'}],
  ['settled', {capture: '–', settle: '–', void: '–', refund: 'refunded'}],
  ['refunded', {capture: '–', settle: '–', void: '–', refund: '–'}],
  ['voided', {capture: '–', settle: '–', void: '–', refund: '–'}],
  ['declined', {capture: '–', settle: '–', void: '–', refund: '–'}],
];

describe('the states of a transaction', () => {
  for (const [from, steps] of LIFE) {
    for (const step of ['capture', 'settle', 'void', 'refund'] as const) {
      it(`${from}, ${step}: ${steps[step]}`, () => {
        const transaction = inState(from);
        const after = STEPS[step](transaction);
        if (steps[step] === '–') assert.equal(after, 'state');
        else assert.equal(typeof after === 'object' && after.state, steps[step]);
        assert.deepEqual(transaction, inState(from), 'the input is not changed');
      });
    }
  }

  it('allow a capture of the authorized amount or less', () => {
    const authorized = inState('authorized', {kind: 'authorization'});
    assert.deepEqual(capture(authorized), {...authorized, state: 'captured'});
    assert.deepEqual(capture(authorized, 500), {...authorized, state: 'captured'});
    assert.deepEqual(capture(authorized, 1), {...authorized, state: 'captured', cents: 1});
    for (const cents of [501, 0, -1]) assert.equal(capture(authorized, cents), 'amount');
    assert.equal(capture(inState('authorized', {cents: 0})), 'amount');
  });

  it('stay `settled` after a partial refund, and become `refunded` with the last cent', () => {
    const settled = inState('settled');
    const some = refund(settled, 200);
    assert.deepEqual(some, {...settled, refundedCents: 200});
    assert.ok(typeof some === 'object');
    assert.equal(refund(some, 301), 'amount');
    assert.deepEqual(refund(some, 300), {...settled, state: 'refunded', refundedCents: 500});
    assert.deepEqual(refund(some), {...settled, state: 'refunded', refundedCents: 500});
    for (const cents of [501, 0, -1]) assert.equal(refund(settled, cents), 'amount');
  });

  it('return to `settled` when a refund is voided', () => {
    const refunded = inState('refunded', {refundedCents: 500});
    assert.deepEqual(takeBack(refunded, 200), inState('settled', {refundedCents: 300}));
  });

  it('allow no refund of a refund', () => {
    assert.equal(refund(inState('settled', {kind: 'refund'})), 'state');
  });

  it('never allow refunds above the amount, and never change after a final state', () => {
    const anything = fc.array(
      fc.tuple(
        fc.constantFrom(...Object.values(STEPS)),
        fc.option(fc.integer({min: -2, max: 600}), {nil: undefined}),
      ),
      {maxLength: 12},
    );
    const begun = fc.constantFrom<State>('authorized', 'captured', 'declined');
    fc.assert(
      fc.property(begun, anything, (state, tries) => {
        let now = inState(state);
        for (const [step, cents] of tries) {
          const after = step(now, cents);
          if (typeof after === 'string') continue;
          assert.ok(!['refunded', 'voided', 'declined'].includes(now.state), `${now.state} is a final state`);
          assert.ok(after.cents >= 1 && after.cents <= now.cents);
          assert.ok(after.refundedCents <= after.cents);
          assert.equal(after.state === 'refunded', after.refundedCents === after.cents);
          now = after;
        }
      }),
    );
  });
});
