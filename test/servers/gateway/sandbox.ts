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

/** What a bad request is answered; keys and texts of `errors` as PayTrace gives them. */
export function badRequest(errors: Record<string, string[]>) {
  return {success: false, response_code: 1, status_message: 'One or more errors has occurred.', errors};
}

/** What the gateway said, of which nothing is known yet. */
export function bodyOf(response: {payload: string}): Record<string, unknown> {
  return JSON.parse(response.payload) as Record<string, unknown>;
}

/** The keys under which it names what is wrong. */
export function errorsOf(response: {payload: string}): string[] {
  return Object.keys(bodyOf(response)['errors'] ?? {});
}

/** What the tests look at in an answer. */
export interface Reply {
  http: number;
  success: boolean;
  response_code: number;
  status_message: string;
  transaction_id: number;
  check_transaction_id: number;
  errors?: Record<string, string[]>;
}

/** A gateway with a clock of its own, what it logged, and the few calls that most tests make. */
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

  /** Below `/v1/`: the body of the answer, and its status in front of it. */
  async function ask(path: string, body: object = {}) {
    const response = await sell(body, `/v1/${path}`);
    return {http: response.statusCode, ...bodyOf(response)} as Reply;
  }

  return {gateway, pair, clock, lines, login, post, sell, ask};
}

/** A sale of 1.00 on a test card, in clear; good at {@link NOON}. */
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

/** The same sale as a page with sealed fields gets it posted. */
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

/** A sale of 1.00 on the card of the customer that the sandbox knows, and on a bank account, in clear. */
export const CUSTOMER = {amount: '1.00', customer_id: 'isoline-1'};
export const CHECK = {
  amount: '1.00',
  check: {account_number: '0012345678', routing_number: '325070760'},
};

/** The same account as a page with sealed fields gets it posted. */
export function sealedCheck(pair: Pair, account = '0012345678', routing = '325070760') {
  return {
    amount: '1.00',
    check: {encrypted_account_number: seal(pair, account), encrypted_routing_number: seal(pair, routing)},
    billing_address: PLAIN_SALE.billing_address,
    integrator_id: 'sealed-fields-demo',
  };
}

/** The same two for version 3. */
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

/** Ciphertexts that do not open to `text`: by another key, cut, of no sense, wrongly padded, too great. */
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
    ['a blank inside', `${sealed.slice(0, 60)} ${sealed.slice(61)}`],
    ['nothing', ''],
    ['wrong padding', sealBlock(pair, noZero)],
    ['not below the modulus', Buffer.alloc(256, 0xff).toString('base64')],
  ];
}
