import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {seal} from './openssl.ts';
import {openSandbox, PLAIN_SALE, type Reply, sealedSale} from './sandbox.ts';

const {pair, ask} = openSandbox();
const {credit_card} = PLAIN_SALE;

const SALE = 'transactions/sale/keyed';
const AUTHORIZATION = 'transactions/authorization/keyed';
const CAPTURE = 'transactions/authorization/capture';
const REFUND = 'transactions/refund/for_transaction';
const VOID = 'transactions/void';
const SETTLE = 'transactions/settle';

/** The errors of a rejected step on a card transaction. */
const TEXTS: Readonly<Record<number, string>> = {
  51: 'Please provide a valid Amount.',
  58: 'Please provide a valid Transaction ID.',
  811: 'The Transaction ID that you provided was not found.',
  816: 'The Transaction ID that you provided could not be captured. Only uncaptured, approved authorizations can be captured.',
  817: 'The Transaction ID that you provided could not be refunded. Only settled transactions can be refunded.  Please try to void the transaction instead.',
  818: 'The Transaction ID that you provided could not be voided. Only transactions that are pending settlement can be voided.',
};

function assertRefused(reply: Reply, ...codes: number[]): void {
  assert.deepEqual(reply, {
    http: 400,
    success: false,
    response_code: 1,
    status_message: 'One or more errors has occurred.',
    errors: Object.fromEntries(codes.map((code) => [code, [TEXTS[code]]])),
  });
}

async function begin(path: string, change: object = {}): Promise<number> {
  const {transaction_id: id, response_code: code} = await ask(path, {
    ...PLAIN_SALE,
    amount: '5.00',
    ...change,
  });
  assert.equal(code, 101);
  return id;
}

/** Creates a transaction in each state, and returns its id. */
const IN_STATE = {
  async authorized() {
    return begin(AUTHORIZATION);
  },
  async captured() {
    const id = await begin(AUTHORIZATION);
    await ask(CAPTURE, {transaction_id: id});
    return id;
  },
  async sold() {
    return begin(SALE);
  },
  async settled() {
    const id = await begin(SALE);
    await ask(SETTLE);
    return id;
  },
  async refunded() {
    const id = await IN_STATE.settled();
    await ask(REFUND, {transaction_id: id});
    return id;
  },
  async voided() {
    const id = await begin(SALE);
    await ask(VOID, {transaction_id: id});
    return id;
  },
  async declined() {
    return (await ask(AUTHORIZATION, {...PLAIN_SALE, amount: '0.29'})).transaction_id;
  },
};
type Named = keyof typeof IN_STATE;

describe('an authorization', () => {
  it('is approved with sealed values, like a sale', async () => {
    const {http, transaction_id, ...answer} = await ask(AUTHORIZATION, sealedSale(pair));
    assert.equal(http, 200);
    assert.equal(answer.response_code, 101);
    assert.equal(answer.status_message, 'Your transaction was successfully approved.');
    assert.equal(typeof transaction_id, 'number');
  });

  it('accepts a card on file', async () => {
    const path = 'transactions/authorization/by_customer';
    const body = {customer_id: 'isoline-1', amount: 2, encrypted_csc: seal(pair, '999')};
    const {response_code: code, transaction_id: id} = await ask(path, body);
    assert.equal(code, 101);
    assert.equal((await ask(CAPTURE, {transaction_id: id, amount: '1.50'})).response_code, 112);
  });

  it('may have an amount of zero, unlike a sale', async () => {
    assert.equal((await ask(AUTHORIZATION, {...PLAIN_SALE, amount: '0.00'})).response_code, 101);
    assert.equal((await ask(AUTHORIZATION, {...PLAIN_SALE, amount: 0})).response_code, 101);
    assertRefused(await ask(SALE, {...PLAIN_SALE, amount: '0.00'}), 51);
    assertRefused(await ask(AUTHORIZATION, {...PLAIN_SALE, amount: '-1'}), 51);
  });

  it('is declined for 0.29, and for an expired card', async () => {
    assert.equal((await ask(AUTHORIZATION, {...PLAIN_SALE, amount: '0.29'})).response_code, 102);
    const old = {...PLAIN_SALE, credit_card: {...credit_card, expiration_year: 2020}};
    assert.equal((await ask(AUTHORIZATION, old)).response_code, 102);
  });
});

describe('a step on a card transaction', () => {
  const done: [path: string, Named, amount: string | undefined, code: number, message: string][] = [
    [CAPTURE, 'authorized', undefined, 112, 'Your transaction was successfully captured.'],
    [CAPTURE, 'authorized', '5.00', 112, 'Your transaction was successfully captured.'],
    [CAPTURE, 'authorized', '0.29', 112, 'Your transaction was successfully captured.'],
    [REFUND, 'settled', undefined, 106, 'Your transaction was successfully refunded.'],
    [REFUND, 'settled', '5.00', 106, 'Your transaction was successfully refunded.'],
    [REFUND, 'settled', '0.01', 106, 'Your transaction was successfully refunded.'],
    [VOID, 'authorized', undefined, 109, 'Your transaction was successfully voided.'],
    [VOID, 'captured', undefined, 109, 'Your transaction was successfully voided.'],
    [VOID, 'sold', undefined, 109, 'Your transaction was successfully voided.'],
  ];
  for (const [path, state, amount, code, message] of done) {
    it(`${path} of ${amount ?? 'the full amount'} is accepted when it is ${state}`, async () => {
      const id = await IN_STATE[state]();
      const reply = await ask(path, {transaction_id: id, ...(amount && {amount})});
      assert.deepEqual(
        [reply.http, reply.success, reply.response_code, reply.status_message],
        [200, true, code, message],
      );
      if (path === REFUND) assert.ok(reply.transaction_id > id, 'a refund has its own number');
      else assert.equal(reply.transaction_id, id);
    });
  }

  const refused: [path: string, code: number, Named[]][] = [
    [CAPTURE, 816, ['captured', 'sold', 'settled', 'refunded', 'voided', 'declined']],
    [REFUND, 817, ['authorized', 'captured', 'sold', 'refunded', 'voided', 'declined']],
    [VOID, 818, ['settled', 'refunded', 'voided', 'declined']],
  ];
  for (const [path, code, states] of refused) {
    for (const state of states) {
      it(`${path} is rejected when it is ${state}`, async () => {
        assertRefused(await ask(path, {transaction_id: await IN_STATE[state]()}), code);
      });
    }
  }

  it('is rejected for more than the available amount', async () => {
    assertRefused(await ask(CAPTURE, {transaction_id: await IN_STATE.authorized(), amount: '5.01'}), 51);
    const settled = await IN_STATE.settled();
    assertRefused(await ask(REFUND, {transaction_id: settled, amount: '5.01'}), 51);
    assert.equal((await ask(REFUND, {transaction_id: settled, amount: '3.00'})).response_code, 106);
    assertRefused(await ask(REFUND, {transaction_id: settled, amount: '2.01'}), 51);
    assert.equal((await ask(REFUND, {transaction_id: settled, amount: 2})).response_code, 106);
    assertRefused(await ask(REFUND, {transaction_id: settled, amount: '0.01'}), 817);
  });

  it('is rejected for an invalid amount', async () => {
    const id = await IN_STATE.authorized();
    for (const amount of ['', '0', 0, '-1', '1.005', 'all', {}])
      assertRefused(await ask(CAPTURE, {transaction_id: id, amount}), 51);
    assert.equal((await ask(CAPTURE, {transaction_id: id})).response_code, 112);
  });

  it('captures part of an authorization and refunds no more than that part', async () => {
    const id = await IN_STATE.authorized();
    await ask(CAPTURE, {transaction_id: id, amount: '2.00'});
    await ask(SETTLE);
    assertRefused(await ask(REFUND, {transaction_id: id, amount: '2.01'}), 51);
    assert.equal((await ask(REFUND, {transaction_id: id, amount: '2.00'})).response_code, 106);
  });

  it('accepts the transaction id as a string', async () => {
    assert.equal((await ask(VOID, {transaction_id: String(await IN_STATE.sold())})).response_code, 109);
  });

  for (const path of [CAPTURE, REFUND, VOID, 'level_three/visa']) {
    for (const transaction_id of ['', '0', 'x', -1, 1.5, '1e3', {}, null, undefined, '9'.repeat(40)]) {
      it(`${path} is rejected for the transaction ${JSON.stringify(transaction_id)}`, async () => {
        assertRefused(await ask(path, {transaction_id}), 58);
      });
    }

    it(`${path} is rejected for an unknown transaction and for a check`, async () => {
      assertRefused(await ask(path, {transaction_id: 1}), 58, 811);
      const check = {account_number: '0012345678', routing_number: '325070760'};
      const {check_transaction_id: id} = await ask('checks/sale/by_account', {amount: 1, check});
      assertRefused(await ask(path, {transaction_id: id}), 58, 811);
    });
  }

  it('gets all errors at once', async () => {
    assertRefused(await ask(CAPTURE, {transaction_id: 'x', amount: '-1'}), 51, 58);
  });
});

describe('a settlement', () => {
  it('needs no body, and settles every captured transaction', async () => {
    const alone = openSandbox({pair});
    await alone.ask(SALE, {...PLAIN_SALE, amount: '5.00'});
    await alone.ask(AUTHORIZATION, PLAIN_SALE);
    const response = await alone.post('', {}, `/v1/${SETTLE}`);
    assert.equal(response.statusCode, 200);
    const {success, transaction_count, net_amount} = response.json<Record<string, unknown>>();
    assert.deepEqual([success, transaction_count, net_amount], [true, 1, '5.00']);
    const {access_token: token} = (await alone.login()).json<{access_token: string}>();
    const bare = await alone.gateway.inject({
      method: 'POST',
      url: `/v1/${SETTLE}`,
      headers: {authorization: `Bearer ${token}`},
    });
    assert.equal(bare.json<Reply>().success, true);
  });

  it('succeeds with nothing to settle', async () => {
    const {http, success} = await openSandbox({pair}).ask(SETTLE, {integrator_id: 'x'});
    assert.deepEqual([http, success], [200, true]);
  });
});

describe('level three data', () => {
  const lines = {line_items: [{description: 'plumbing', amount: 1999, quantity: 4}, {product_id: 'sku9876'}]};
  const mastercard = {credit_card: {...credit_card, number: '5499740000000057'}};

  it('is added to a sale, and to an authorization before and after its capture', async () => {
    for (const state of ['sold', 'authorized', 'captured'] as const) {
      const id = await IN_STATE[state]();
      const reply = await ask('level_three/visa', {transaction_id: id, tax_amount: 499, ...lines});
      assert.deepEqual(reply, {
        http: 200,
        success: true,
        response_code: 170,
        status_message: `Visa/MasterCard enhanced data was successfully added to Transaction ID ${id}. 2 line item records were created.`,
      });
    }
  });

  /** The first and last numbers of Mastercard's two ranges, and their neighbours. */
  const series: [number: string, isMastercard: boolean][] = [
    ['5100000000000008', true],
    ['5599999999999997', true],
    ['5000000000000009', false],
    ['5600000000000003', false],
    ['2221000000000009', true],
    ['2229999999999992', true],
    ['2230000000000008', true],
    ['2299999999999997', true],
    ['2300000000000003', true],
    ['2699999999999993', true],
    ['2720999999999996', true],
    ['2220999999999991', false],
    ['2721000000000004', false],
  ];
  for (const [number, isMastercard] of series) {
    it(`is ${isMastercard ? 'added to' : 'rejected for'} ${number} as a Mastercard`, async () => {
      const id = await begin(SALE, {credit_card: {...credit_card, number}, csc: undefined});
      const {response_code: code} = await ask('level_three/mastercard', {transaction_id: id});
      assert.equal(code, isMastercard ? 170 : 1);
    });
  }

  it('is rejected for another brand, for a refund, and in the states settled, voided and declined', async () => {
    assertRefused(await ask('level_three/visa', {transaction_id: await begin(SALE, mastercard)}), 58);
    assertRefused(await ask('level_three/mastercard', {transaction_id: await begin(SALE)}), 58);
    for (const state of ['settled', 'voided', 'declined'] as const)
      assertRefused(await ask('level_three/visa', {transaction_id: await IN_STATE[state]()}), 58);
    const {transaction_id: refund} = await ask(REFUND, {transaction_id: await IN_STATE.settled()});
    assertRefused(await ask('level_three/visa', {transaction_id: refund}), 58);
  });

  it('is rejected for invalid or too many line items', async () => {
    const transaction_id = await begin(SALE);
    for (const line_items of ['x', {}, ['x'], [null], Array.from({length: 100}, () => ({}))]) {
      const reply = await ask('level_three/visa', {transaction_id, line_items});
      assert.deepEqual(Object.keys(reply.errors ?? {}), ['line_items']);
    }
  });
});
