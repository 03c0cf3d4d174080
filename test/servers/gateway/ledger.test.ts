import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {createLedger} from '../../../demo/gateway/ledger.ts';
import type {Transaction} from '../../../demo/gateway/transaction.ts';
import {NOON} from './sandbox.ts';

const CARD = {by: 'card', brand: 'Visa', masked: 'xxxxxxxxxxxx5439', arrival: 'sealed'} as const;
const SALE = {kind: 'sale', means: CARD, state: 'captured', cents: 500} as const;

const openLedger = (most?: number) => createLedger(() => NOON, most);

/** The transaction after a step. Fails if the step was rejected. */
function taken(step: Transaction | string): Transaction {
  assert.ok(typeof step === 'object', 'the step was rejected');
  return step;
}

describe('the ledger', () => {
  it('numbers transactions, starting from the time in seconds at which it was created', () => {
    const ledger = openLedger();
    assert.equal(ledger.begin(SALE).id, NOON / 1000 + 1);
    assert.equal(ledger.begin({...SALE, state: 'declined'}).id, NOON / 1000 + 2);
  });

  it('stores each transaction with the result of its last step', () => {
    const ledger = openLedger();
    const {id} = ledger.begin({...SALE, kind: 'authorization', state: 'authorized'});
    const begun = ledger.find(id);
    assert.ok(begun);
    assert.equal(ledger.capture(begun, 501), 'amount');
    assert.deepEqual(ledger.find(id), begun);
    ledger.capture(begun, 300);
    assert.deepEqual(ledger.find(id), {...begun, state: 'captured', cents: 300});
    assert.equal(ledger.find(id + 1), undefined);
  });

  it('settles every captured transaction once, and returns the totals', () => {
    const ledger = openLedger();
    assert.deepEqual(ledger.settle(), {number: 1, count: 0, netCents: 0});
    const sale = ledger.begin(SALE);
    ledger.begin({...SALE, cents: 250});
    ledger.begin({...SALE, state: 'authorized'});
    ledger.begin({...SALE, state: 'declined'});
    assert.deepEqual(ledger.settle(), {number: 2, count: 2, netCents: 750});
    ledger.refund(taken(ledger.find(sale.id) ?? ''), 200);
    assert.deepEqual(ledger.settle(), {number: 3, count: 1, netCents: -200});
    assert.deepEqual(
      ledger.latest(Infinity).map(({state}) => state),
      ['settled', 'declined', 'authorized', 'settled', 'settled'],
    );
  });

  it('adds a refund as a separate transaction, which can be voided until it settles', () => {
    const ledger = openLedger();
    const {id} = ledger.begin(SALE);
    ledger.settle();
    const sale = () => taken(ledger.find(id) ?? '');
    const first = taken(ledger.refund(sale(), 200));
    assert.deepEqual([first.kind, first.state, first.cents, first.refundOf], ['refund', 'captured', 200, id]);
    assert.ok(first.id > id);
    const rest = taken(ledger.refund(sale(), undefined));
    assert.deepEqual([rest.cents, sale().state, sale().refundedCents], [300, 'refunded', 500]);
    ledger.void(rest);
    assert.deepEqual([sale().state, sale().refundedCents], ['settled', 200]);
    ledger.settle();
    assert.equal(ledger.void(taken(ledger.find(first.id) ?? '')), 'state');
    assert.equal(sale().refundedCents, 200);
  });

  it('uses no number for a rejected refund', () => {
    const ledger = openLedger();
    const sale = ledger.begin(SALE);
    assert.equal(ledger.refund(sale, undefined), 'state');
    assert.equal(ledger.begin(SALE).id, sale.id + 1);
  });

  it('drops the oldest transactions beyond its limit', () => {
    const ledger = openLedger(3);
    const ids = Array.from({length: 5}, () => ledger.begin(SALE).id);
    assert.equal(ledger.size, 3);
    assert.deepEqual(
      ledger.latest(Infinity).map(({id}) => id),
      ids.slice(-3).reverse(),
    );
    assert.equal(ledger.find(ids[0] ?? 0), undefined);
    ledger.settle();
    const refund = taken(ledger.refund(taken(ledger.find(ids[2] ?? 0) ?? ''), undefined));
    assert.equal(ledger.find(ids[2] ?? 0), undefined);
    assert.equal(taken(ledger.void(refund)).state, 'voided');
  });

  it('returns the requested number of transactions, newest first', () => {
    const ledger = openLedger();
    const ids = Array.from({length: 5}, () => ledger.begin(SALE).id);
    assert.deepEqual(
      ledger.latest(2).map(({id}) => id),
      [ids[4], ids[3]],
    );
  });

  it('calls watchers after every change, until they stop', () => {
    const ledger = openLedger();
    let changes = 0;
    const stop = ledger.watch(() => (changes += 1));
    const sale = ledger.begin(SALE);
    assert.equal(changes, 1);
    ledger.capture(sale, undefined);
    assert.equal(changes, 1, 'a rejected step is not a change');
    ledger.void(sale);
    assert.equal(changes, 2);
    stop();
    ledger.begin(SALE);
    assert.equal(changes, 2);
  });
});
