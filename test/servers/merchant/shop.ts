import {randomBytes} from 'node:crypto';
import {after} from 'node:test';

import {createGateway} from '../../../demo/gateway/server.ts';
import {createShop} from '../../../demo/merchant/server.ts';
import {sealJwe} from '../../support/openssl.ts';
import {keyPair, seal} from '../gateway/openssl.ts';
import {NOON} from '../gateway/sandbox.ts';

type Fields = Record<string, string | undefined>;

/** Field values by the form values that are sealed, and the plaintext form values. */
export interface Payment {
  sealed: Readonly<Record<string, string>>;
  plain?: Readonly<Record<string, string>>;
}

export const CARD: Payment = {
  sealed: {
    encrypted_number: '4012000098765439',
    encrypted_csc: '999',
    encrypted_expiration_month: '12',
    encrypted_expiration_year: '2031',
  },
};

/** The same card in one envelope. The text is the envelope's fields in JSON. */
export const CARD_IN_ONE: Payment = {
  sealed: {
    sealed: JSON.stringify({
      cardNumber: '4012000098765439',
      securityCode: '999',
      expirationMonth: '12',
      expirationYear: '2031',
    }),
  },
};

export const CARD_ON_FILE: Payment = {sealed: {encrypted_csc: '999'}, plain: {pay_with: 'card-on-file'}};

export const BANK: Payment = {
  sealed: {encrypted_routing_number: '325070760', encrypted_account_number: '0012345678'},
  plain: {pay_with: 'bank'},
};

const ORIGIN = 'http://localhost:4100';

/** A shop and its gateway, the log lines of both, and functions that most tests need. */
export async function openShop() {
  const pair = keyPair();
  const login = {username: 'shop', password: 'correct horse'};
  const account = {...login, widgetOrigin: 'http://127.0.0.1:4200'};
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const clock = {now: NOON};
  const now = () => clock.now;

  const gateway = createGateway({...pair, merchants: {demo: [ORIGIN]}, ...login, log, now});
  const gatewayOrigin = await gateway.listen({port: 0, host: '127.0.0.1'});
  // The shop's clock does not advance, so that only the gateway sees an expired token.
  const shop = createShop({...account, gatewayOrigin, log, now: () => NOON});
  after(() => gateway.close());

  /** The form as a browser posts it, with new ciphertexts. */
  function form({sealed, plain}: Payment, change: Fields = {}): Record<string, string> {
    const ciphertexts = Object.entries(sealed).map(([name, text]) => {
      return [name, name === 'sealed' ? sealInOne(text) : seal(pair, text)] as const;
    });
    const fields: Fields = {
      item: 'ridge',
      ...plain,
      name: 'Sample Shopper',
      email: 'shopper@example.com',
      street: '123 Example Street',
      city: 'Springfield',
      state: 'IL',
      zip: '62701',
      ...Object.fromEntries(ciphertexts),
      sealed_key_id: '2026-11',
      sealed_id: randomBytes(16).toString('hex'),
      ...change,
    };
    return Object.fromEntries(
      Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
  }

  function sealInOne(text: string): string {
    const jti = randomBytes(16).toString('hex');
    const payload = {
      v: 1,
      merchant: 'demo',
      origin: ORIGIN,
      iat: NOON / 1000,
      jti,
      fields: JSON.parse(text) as object,
    };
    const header = {alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: '2026-11'};
    return sealJwe(JSON.stringify(payload), pair.publicKeyPem, {header});
  }

  function pay(fields: Record<string, string> | string, at = shop) {
    return at.inject({
      method: 'POST',
      url: '/pay',
      headers: {'content-type': 'application/x-www-form-urlencoded'},
      payload: new URLSearchParams(fields).toString(),
    });
  }

  return {account, clock, form, gatewayOrigin, lines, log, now, pair, pay, shop};
}

/** The JSON in the `<pre>` with this id. */
export function readPre(page: string, id: string): Record<string, unknown> {
  const [, text = ''] = new RegExp(`<pre id="${id}">([^<]*)</pre>`).exec(page) ?? [];
  const entities: Record<string, string> = {quot: '"', '#39': "'", lt: '<', gt: '>', amp: '&'};
  const json = text.replace(/&(quot|#39|lt|gt|amp);/g, (_, name: string) => entities[name] ?? '');
  return JSON.parse(json) as Record<string, unknown>;
}
