import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {VERSION_1, VERSION_3} from '../../../demo/gateway/endpoints.ts';
import {seal} from './openssl.ts';
import {
  bodyOf,
  CHECK,
  errorsOf,
  openSandbox,
  PLAIN_SALE,
  sealedCardV3,
  sealedCheck,
  sealedCheckV3,
  sealedSale,
  unopenable,
} from './sandbox.ts';

const {gateway, pair, login, post, sell} = openSandbox();

/** Every PayTrace call of the sandbox. */
const PATHS = [
  '/v1/transactions/sale/keyed',
  '/v1/transactions/sale/by_customer',
  '/v1/transactions/authorization/keyed',
  '/v1/transactions/authorization/by_customer',
  '/v1/transactions/authorization/capture',
  '/v1/transactions/refund/for_transaction',
  '/v1/transactions/void',
  '/v1/transactions/settle',
  '/v1/customer/create',
  '/v1/customer/delete',
  '/v1/checks/sale/by_account',
  '/v1/checks/sale/by_customer',
  '/v1/checks/hold/by_account',
  '/v1/checks/hold/by_customer',
  '/v1/checks/manage/fund',
  '/v1/checks/manage/void',
  '/v1/checks/refund/by_transaction',
  '/v1/level_three/visa',
  '/v1/level_three/mastercard',
  '/v3/card/sale/keyed',
  '/v3/checks/payment',
];

describe('the table of endpoints', () => {
  it('contains exactly these calls', () => {
    const paths = [
      ...Object.keys(VERSION_1).map((path) => `/v1/${path}`),
      ...Object.keys(VERSION_3).map((path) => `/v3/${path}`),
    ];
    assert.deepEqual(paths.sort(), [...PATHS].sort());
  });
});

for (const url of PATHS) {
  describe(`any call, at ${url}`, () => {
    it('needs a valid token, whatever the body', async () => {
      for (const authorization of ['', 'Bearer stale']) {
        for (const payload of ['', '{', JSON.stringify(PLAIN_SALE)]) {
          const response = await post(payload, {authorization}, url);
          assert.equal(response.statusCode, 401);
          assert.equal(bodyOf(response)['error'], 'invalid_token');
          assert.match(String(response.headers['content-type']), /^application\/json/);
        }
      }
    });

    it('accepts only a JSON object as body', async () => {
      const form = await post('amount=1.00', {'content-type': 'application/x-www-form-urlencoded'}, url);
      assert.equal(form.statusCode, 415);
      for (const payload of ['[]', '"x"', '1', '{"amount":']) {
        const response = await post(payload, {}, url);
        assert.equal(response.statusCode >= 400 && response.statusCode < 500, true);
        assert.deepEqual(errorsOf(response), ['request']);
      }
    });

    it('accepts only POST at its exact path', async () => {
      const {access_token: token} = (await login()).json<{access_token: string}>();
      for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
        const stranger = await gateway.inject({method, url});
        assert.equal(stranger.statusCode, 401, method);
        const headers = {authorization: `Bearer ${token}`, 'content-type': 'text/plain'};
        const known = await gateway.inject({method, url, headers});
        assert.deepEqual([known.statusCode, known.headers['allow']], [405, 'POST'], method);
        assert.match(String(known.headers['content-type']), /^application\/json/);
        if (method === 'HEAD') continue; // has no body
        assert.equal(bodyOf(stranger)['error'], 'invalid_token');
        assert.deepEqual(errorsOf(known), ['method']);
      }
      for (const near of [`${url}/`, url.toUpperCase(), url.replace(/^\/v\d/, '/v2')])
        assert.equal((await gateway.inject({method: 'POST', url: near})).statusCode, 404, near);
    });

    it('rejects an invalid address or integrator, and ignores unknown members', async () => {
      const odd = {billing_address: {name: {}}, integrator_id: 'x'.repeat(256), password: 'p', username: 'u'};
      const keys = errorsOf(await sell(odd, url));
      assert.ok(keys.includes('billing_address') && keys.includes('integrator_id'), String(keys));
      const even = {
        billing_address: {name: null},
        integrator_id: null,
        password: 'p',
        username: 'u',
        x: [{}],
      };
      assert.ok(!errorsOf(await sell(even, url)).some((key) => /^[bi]/.test(key)));
    });
  });
}

type Build = (ciphertext: string) => object;

/** Every member that may be a ciphertext, and a text that is invalid there although it decrypts. */
const PLACES: readonly (readonly [url: string, place: string, badText: string, build: Build])[] = [
  ...['sale', 'authorization'].flatMap((kind) => {
    const {credit_card, ...rest} = sealedSale(pair);
    const card = (name: string) => (sent: string) => ({...rest, credit_card: {...credit_card, [name]: sent}});
    const url = `/v1/transactions/${kind}/keyed`;
    return [
      [url, 'number', '4012000098765438', card('encrypted_number')] as const,
      [url, 'month', '13', card('encrypted_expiration_month')] as const,
      [url, 'year', '203', card('encrypted_expiration_year')] as const,
    ];
  }),
  ...['sale', 'hold'].flatMap((kind) => {
    const {check, ...rest} = sealedCheck(pair);
    const account = (name: string) => (sent: string) => ({...rest, check: {...check, [name]: sent}});
    const url = `/v1/checks/${kind}/by_account`;
    return [
      [url, 'account', '123', account('encrypted_account_number')] as const,
      [url, 'routing', '325070761', account('encrypted_routing_number')] as const,
    ];
  }),
  [
    '/v1/customer/create',
    'number',
    '4012000098765438',
    (sent) => ({
      customer_id: 'new',
      credit_card: {...PLAIN_SALE.credit_card, number: null, encrypted_number: sent},
    }),
  ],
  [
    '/v1/customer/create',
    'account',
    '123',
    (sent) => ({
      customer_id: 'new',
      check: {...CHECK.check, account_number: null, encrypted_account_number: sent},
    }),
  ],
  ...(() => {
    const {card, ...rest} = sealedCardV3(pair);
    const {bank_account, ...restOfCheck} = sealedCheckV3(pair);
    const account = (name: string) => (sent: string) => ({
      ...restOfCheck,
      bank_account: {...bank_account, [name]: sent},
    });
    return [
      [
        '/v3/card/sale/keyed',
        'number',
        '4012000098765438',
        (sent: string) => ({...rest, card: {...card, number: sent}}),
      ] as const,
      ['/v3/card/sale/keyed', 'code', 'abc', (sent: string) => ({...rest, card, csc: sent})] as const,
      ['/v3/checks/payment', 'account', '123', account('account_number')] as const,
      ['/v3/checks/payment', 'routing', '325070761', account('routing_number')] as const,
    ];
  })(),
];

describe('a sealed value that does not decrypt', () => {
  const ciphertexts = unopenable(pair, '325070760');

  for (const [url, place, badText, build] of PLACES) {
    it(`gets byte for byte the response to an invalid ${place} at ${url}`, async () => {
      const bad = await sell(build(seal(pair, badText)), url);
      assert.ok(bad.statusCode === 400 || bad.statusCode === 422);
      assert.equal(errorsOf(bad).length, 1);
      for (const [what, ciphertext] of ciphertexts) {
        const answer = await sell(build(ciphertext), url);
        assert.equal(answer.statusCode, bad.statusCode, what);
        assert.equal(answer.payload, bad.payload, what);
        assert.deepEqual({...answer.headers, date: ''}, {...bad.headers, date: ''}, what);
      }
    });
  }
});
