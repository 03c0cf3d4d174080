import {createGateway} from '../../../demo/gateway/server.ts';
import {makePair, type Pair, seal} from './openssl.ts';

/** Noon of 15 November 2026, UTC. */
export const NOON = Date.UTC(2026, 10, 15, 12);

/** What the gateway said, of which nothing is known yet. */
export function bodyOf(response: {payload: string}): Record<string, unknown> {
  return JSON.parse(response.payload) as Record<string, unknown>;
}

/** The keys under which it names what is wrong. */
export function errorsOf(response: {payload: string}): string[] {
  return Object.keys(bodyOf(response)['errors'] ?? {});
}

/** A gateway with a clock of its own, what it logged, and the few calls that most tests make. */
export function openSandbox({pair = makePair()}: {pair?: Pair} = {}) {
  const lines: string[] = [];
  const clock = {now: NOON};
  const gateway = createGateway({
    ...pair,
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

  async function post(payload: string, headers: Record<string, string> = {}) {
    const {access_token: token} = (await login()).json<{access_token: string}>();
    return gateway.inject({
      method: 'POST',
      url: '/v1/transactions/sale/keyed',
      headers: {'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers},
      payload,
    });
  }

  return {gateway, pair, clock, lines, login, post, sell: (sale: object) => post(JSON.stringify(sale))};
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
