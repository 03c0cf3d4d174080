import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {
  badRequest,
  bodyOf,
  CHECK,
  CHECK_SALE,
  CUSTOMER,
  CUSTOMER_SALE,
  errorsOf,
  KEYED_SALE,
  openSandbox,
  PLAIN_SALE,
} from '../sandbox.ts';

const {gateway, pair, post, sell} = openSandbox();

/** The endpoint of each kind of sale, a valid sale, and the response codes of a paid and an unpaid one. */
const SALES: [url: string, sale: object, paid: number, unpaid: number][] = [
  [KEYED_SALE, PLAIN_SALE, 101, 102],
  [CUSTOMER_SALE, CUSTOMER, 101, 102],
  [CHECK_SALE, CHECK, 120, 125],
];

for (const [url, sale, paid, unpaid] of SALES) {
  describe(`any sale, at ${url}`, () => {
    for (const amount of ['1.00', '1', '1.5', 1, 1.5, '0.01', '0.28', '0.30', '999999999.99']) {
      it(`is paid for the amount ${JSON.stringify(amount)}`, async () => {
        const response = await sell({...sale, amount}, url);
        assert.equal(response.statusCode, 200);
        assert.equal(bodyOf(response)['success'], true);
        assert.equal(bodyOf(response)['response_code'], paid);
      });
    }

    for (const amount of ['0.29', 0.29]) {
      it(`is declined with 200 for ${JSON.stringify(amount)}`, async () => {
        const response = await sell({...sale, amount}, url);
        assert.equal(response.statusCode, 200);
        assert.equal(bodyOf(response)['success'], false);
        assert.equal(bodyOf(response)['response_code'], unpaid);
      });
    }

    for (const amount of [
      '',
      '0',
      0,
      '-1.00',
      -1,
      '1.005',
      0.1 + 0.2,
      '1,00',
      '1e3',
      1e21,
      null,
      true,
      ['1.00'],
      undefined,
    ]) {
      it(`is rejected for the amount ${JSON.stringify(amount)}`, async () => {
        const response = await sell({...sale, amount}, url);
        assert.equal(response.statusCode, 400);
        assert.deepEqual(response.json(), badRequest({51: ['Please provide a valid Amount.']}));
      });
    }

    const shapes: [string, object, string][] = [
      ['an address that is a list', {billing_address: []}, 'billing_address'],
      ['a name that is an object', {billing_address: {name: {}}}, 'billing_address'],
      ['an integrator that is too long', {integrator_id: 'x'.repeat(256)}, 'integrator_id'],
    ];
    for (const [what, change, key] of shapes) {
      it(`is rejected for ${what}`, async () => {
        const response = await sell({...sale, ...change}, url);
        assert.equal(response.statusCode, 400);
        assert.deepEqual(errorsOf(response), [key]);
      });
    }

    it('needs a valid token and a JSON body', async () => {
      const stale = await post(JSON.stringify(sale), {authorization: 'Bearer stale'}, url);
      assert.equal(stale.statusCode, 401);
      assert.equal(bodyOf(stale)['error'], 'invalid_token');
      const form = await post('amount=1.00', {'content-type': 'application/x-www-form-urlencoded'}, url);
      assert.equal(form.statusCode, 415);
      assert.deepEqual(errorsOf(await post('null', {}, url)), ['request']);
      assert.equal((await gateway.inject(url)).statusCode, 401);
    });
  });
}

describe('the sandbox', () => {
  it('numbers transactions of every kind in ascending order', async () => {
    const numbers: number[] = [];
    for (const [url, sale] of [...SALES, ...SALES]) {
      const {transaction_id, check_transaction_id} = bodyOf(await sell(sale, url));
      numbers.push(Number(transaction_id ?? check_transaction_id));
    }
    assert.deepEqual(
      numbers,
      [...new Set(numbers)].sort((one, other) => one - other),
    );
    assert.ok(numbers.every(Number.isSafeInteger));
  });

  it('uses no number for a rejected sale', async () => {
    const {sell: sellAlone} = openSandbox({pair});
    const {transaction_id: first} = bodyOf(await sellAlone(PLAIN_SALE));
    for (const [url] of SALES) assert.equal((await sellAlone({}, url)).statusCode, 400);
    assert.equal(bodyOf(await sellAlone(PLAIN_SALE))['transaction_id'], Number(first) + 1);
  });
});
