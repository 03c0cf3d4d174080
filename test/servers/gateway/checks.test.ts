import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {CHECK, openSandbox, PLAIN_SALE, type Reply, sealedCheck} from './sandbox.ts';

const {pair, ask} = openSandbox();

const SALE = 'checks/sale/by_account';
const HOLD = 'checks/hold/by_account';
const FUND = 'checks/manage/fund';
const VOID = 'checks/manage/void';
const REFUND = 'checks/refund/by_transaction';

const NOT_FOUND = 'The Check ID that you provided was not found in the PayTrace record.';

function assertRefused(reply: Reply, code = 80, text = NOT_FOUND): void {
  assert.deepEqual([reply.http, reply.success, reply.response_code], [400, false, 1]);
  assert.deepEqual(reply.errors, {[code]: [text]});
}

async function begin(path: string): Promise<number> {
  const {check_transaction_id: id, response_code: code} = await ask(path, {...CHECK, amount: '5.00'});
  assert.equal(code, 120);
  return id;
}

/** Creates a check in each state, and returns its id. */
const IN_STATE = {
  held: () => begin(HOLD),
  async funded() {
    const id = await begin(HOLD);
    await ask(FUND, {check_transaction_id: id});
    return id;
  },
  sold: () => begin(SALE),
  async settled() {
    const id = await begin(SALE);
    await ask('transactions/settle');
    return id;
  },
  async refunded() {
    const id = await IN_STATE.settled();
    await ask(REFUND, {check_transaction_id: id});
    return id;
  },
  async voided() {
    const id = await begin(HOLD);
    await ask(VOID, {check_transaction_id: id});
    return id;
  },
  declined: async () => (await ask(HOLD, {...CHECK, amount: '0.29'})).check_transaction_id,
};
type Named = keyof typeof IN_STATE;

describe('a check on hold', () => {
  it('is processed with sealed values, but not for 0.29', async () => {
    const {check_transaction_id: id, ...answer} = await ask(HOLD, sealedCheck(pair));
    assert.deepEqual(answer, {
      http: 200,
      success: true,
      response_code: 120,
      status_message: 'Your check was successfully processed.',
    });
    assert.equal(typeof id, 'number');
    const refused = await ask(HOLD, {...sealedCheck(pair), amount: '0.29'});
    assert.deepEqual([refused.http, refused.success, refused.response_code], [200, false, 125]);
  });
});

describe('a step on a check', () => {
  const MANAGED = 'Your check was successfully managed.';
  const done: [path: string, Named, amount: string | undefined, code: number, message: string][] = [
    [FUND, 'held', undefined, 124, MANAGED],
    [FUND, 'held', '5.00', 124, MANAGED],
    [FUND, 'held', '1.50', 124, MANAGED],
    [VOID, 'held', undefined, 124, MANAGED],
    [VOID, 'funded', undefined, 124, MANAGED],
    [VOID, 'sold', undefined, 124, MANAGED],
    [REFUND, 'settled', undefined, 122, 'Your check was successfully refunded.'],
    [REFUND, 'settled', '1.50', 122, 'Your check was successfully refunded.'],
  ];
  for (const [path, state, amount, code, message] of done) {
    it(`${path} of ${amount ?? 'the full amount'} is accepted when it is ${state}`, async () => {
      const id = await IN_STATE[state]();
      const {check_transaction_id: told, ...answer} = await ask(path, {
        check_transaction_id: id,
        ...(amount && {amount}),
      });
      assert.deepEqual(answer, {http: 200, success: true, response_code: code, status_message: message});
      if (path === REFUND) assert.ok(told > id, 'a refund has its own number');
      else assert.equal(told, id);
    });
  }

  const refused: [path: string, Named[]][] = [
    [FUND, ['funded', 'sold', 'settled', 'refunded', 'voided', 'declined']],
    [VOID, ['settled', 'refunded', 'voided', 'declined']],
    [REFUND, ['held', 'funded', 'sold', 'refunded', 'voided', 'declined']],
  ];
  for (const [path, states] of refused) {
    for (const state of states) {
      it(`${path} is rejected when it is ${state}`, async () => {
        assertRefused(await ask(path, {check_transaction_id: await IN_STATE[state]()}));
      });
    }

    for (const check_transaction_id of ['', 'x', 0, 1, -1, {}, null, undefined]) {
      it(`${path} is rejected for the check ${JSON.stringify(check_transaction_id)}`, async () => {
        assertRefused(await ask(path, {check_transaction_id}));
      });
    }

    it(`${path} is rejected for a card transaction`, async () => {
      const {transaction_id: id} = await ask('transactions/sale/keyed', PLAIN_SALE);
      assertRefused(await ask(path, {check_transaction_id: id}));
    });
  }

  it('is rejected for more than the available amount', async () => {
    const TOO_MUCH = [51, 'Please provide a valid Amount.'] as const;
    assertRefused(
      await ask(FUND, {check_transaction_id: await IN_STATE.held(), amount: '5.01'}),
      ...TOO_MUCH,
    );
    const settled = await IN_STATE.settled();
    assertRefused(await ask(REFUND, {check_transaction_id: settled, amount: '5.01'}), ...TOO_MUCH);
  });
});
