import {createGateway} from '../../../demo/gateway/server.ts';
import type {Merchants} from '../../../demo/gateway/submissions.ts';
import {keyPair, type Pair, seal, sealBlock} from './openssl.ts';

/** Noon of 15 November 2026, UTC. */
export const NOON = Date.UTC(2026, 10, 15, 12);

export const KEYED_SALE = '/v1/transactions/sale/keyed';
export const CUSTOMER_SALE = '/v1/transactions/sale/by_customer';
export const CHECK_SALE = '/v1/checks/sale/by_account';
export const CARD_V3 = '/v3/card/sale/keyed';
export const CHECK_V3 = '/v3/checks/payment';

/** The body of the response to a bad request, with the keys and texts of PayTrace's `errors`. */
export function badRequest(errors: Record<string, string[]>) {
  return {success: false, response_code: 1, status_message: 'One or more errors has occurred.', errors};
}

/** The body of a response, not validated. */
export function bodyOf(response: {payload: string}): Record<string, unknown> {
  return JSON.parse(response.payload) as Record<string, unknown>;
}

/** The keys of the errors in a response. */
export function errorsOf(response: {payload: string}): string[] {
  return Object.keys(bodyOf(response)['errors'] ?? {});
}

/** The members of a response that the tests use. */
export interface Reply {
  http: number;
  success: boolean;
  response_code: number;
  status_message: string;
  transaction_id: number;
  check_transaction_id: number;
  errors?: Record<string, string[]>;
}

/** A gateway with its own clock, its log lines, and functions that most tests need. */
export function openSandbox({pair = keyPair(), merchants = {}}: {pair?: Pair; merchants?: Merchants} = {}) {
  const lines: string[] = [];
  const clock = {now: NOON};
  const gateway = createGateway({
    ...pair,
    merchants,
    username: 'shop',
    password: 'correct horse',
    log: (line) => lines.push(line),
    now: () => clock.now,
  });

  async function login(form: Record<string, string> = {}) {
    const payload = {grant_type: 'password', username: 'shop', password: 'correct horse', ...form};
    return gateway.inject({
      method: 'POST',
      url: '/oauth/token',
      headers: {'content-type': 'application/x-www-form-urlencoded'},
      payload: new URLSearchParams(payload).toString(),
    });
  }

  async function post(payload: string, headers: Record<string, string> = {}, url = KEYED_SALE) {
    const {access_token: token} = (await login()).json<{access_token: string}>();
    return gateway.inject({
      method: 'POST',
      url,
      headers: {'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers},
      payload,
    });
  }

  const sell = (sale: object, url?: string) => post(JSON.stringify(sale), {}, url);

  /** Posts to `/v1/<path>`. Returns the body of the response with its status as `http`. */
  async function ask(path: string, body: object = {}) {
    const response = await sell(body, `/v1/${path}`);
    return {http: response.statusCode, ...bodyOf(response)} as Reply;
  }

  return {gateway, pair, clock, lines, login, post, sell, ask};
}

/** A sale of 1.00 on a test card, as plaintext. The card is valid at {@link NOON}. */
export const PLAIN_SALE = {
  amount: '1.00',
  credit_card: {number: '4012000098765439', expiration_month: '12', expiration_year: '2031'},
  csc: '999',
  billing_address: {
    name: 'Sample Shopper',
    street_address: '123 Example Street',
    city: 'Springfield',
    state: 'IL',
    zip: '62701',
  },
};

/** The same sale as a page with sealed fields posts it. */
export function sealedSale(pair: Pair) {
  return {
    amount: '1.00',
    credit_card: {
      encrypted_number: seal(pair, '4012000098765439'),
      encrypted_expiration_month: seal(pair, '12'),
      encrypted_expiration_year: seal(pair, '2031'),
    },
    encrypted_csc: seal(pair, '999'),
    billing_address: PLAIN_SALE.billing_address,
    integrator_id: 'sealed-fields-demo',
  };
}

/** A sale of 1.00 on the card of the predefined customer, and one on a bank account, as plaintext. */
export const CUSTOMER = {amount: '1.00', customer_id: 'isoline-1'};
export const CHECK = {
  amount: '1.00',
  check: {account_number: '0012345678', routing_number: '325070760'},
};

/** The same account as a page with sealed fields posts it. */
export function sealedCheck(pair: Pair, account = '0012345678', routing = '325070760') {
  return {
    amount: '1.00',
    check: {encrypted_account_number: seal(pair, account), encrypted_routing_number: seal(pair, routing)},
    billing_address: PLAIN_SALE.billing_address,
    integrator_id: 'sealed-fields-demo',
  };
}

/** The same sale for version 3, and the same account below. */
export function sealedCardV3(pair: Pair) {
  return {
    amount: 1,
    merchant_id: 246810,
    card: {number: seal(pair, '4012000098765439'), expiration_month: '12', expiration_year: '2031'},
    csc: seal(pair, '999'),
    billing_address: {street: '123 Example Street', city: 'Springfield', state: 'IL', postal_code: '62701'},
    billing_name: 'Sample Shopper',
  };
}

export function sealedCheckV3(pair: Pair) {
  return {
    amount: 1,
    merchant_id: 246810,
    std_entry_class: 'WEB',
    bank_account: {
      account_number: seal(pair, '0012345678'),
      routing_number: seal(pair, '325070760'),
      account_type: 'Checking',
    },
  };
}

/** Ciphertexts that do not decrypt: for another key, truncated, random, wrongly padded, too large. */
export function unopenable(pair: Pair, text: string): [what: string, ciphertext: string][] {
  const sealed = seal(pair, text);
  const good = Buffer.from(sealed, 'base64');
  const noZero = Buffer.alloc(256, 0x5a);
  noZero.set([0, 2]);
  return [
    ['another key', seal(keyPair('other'), text)],
    ['one octet less', good.subarray(1).toString('base64')],
    ['half a block', good.subarray(128).toString('base64')],
    ['garbage', Buffer.alloc(256, 0x37).toString('base64')],
    ['not base64', 'no ciphertext, just words'],
    ['a space inside', `${sealed.slice(0, 60)} ${sealed.slice(61)}`],
    ['nothing', ''],
    ['wrong padding', sealBlock(pair, noZero)],
    ['not below the modulus', Buffer.alloc(256, 0xff).toString('base64')],
  ];
}
