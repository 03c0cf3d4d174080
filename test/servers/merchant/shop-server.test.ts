import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {createGateway} from '../../../demo/gateway/server.ts';
import {createShop} from '../../../demo/merchant/server.ts';
import {keyPair, seal} from '../gateway/openssl.ts';
import {NOON} from '../gateway/sandbox.ts';
import {CARD, openShop, readPre} from './shop.ts';

const {account, clock, form: cardForm, gatewayOrigin, lines, log, now, pair, pay, shop} = await openShop();
const form = (change = {}) => cardForm(CARD, change);

describe('POST /pay', () => {
  it('forwards the sealed card, and shows the form and the gateway’s response', async () => {
    const fields = form();
    const response = await pay(fields);
    assert.equal(response.statusCode, 200);
    assert.deepEqual(readPre(response.payload, 'received'), fields);
    const answer = readPre(response.payload, 'answer');
    assert.equal(answer['response_code'], 101);
    assert.equal(answer['csc_response'], 'Match');
    assert.equal(answer['masked_card_number'], 'xxxxxxxxxxxx5439');
    assert.match(response.payload, /Approved: \$42\.00 for Twin Ridge/);
    assert.match(response.payload, /sealed with the key <strong>2026-11<\/strong>/);
    assert.equal(response.headers['cache-control'], 'no-store');
  });

  it('accepts a plaintext expiry too', async () => {
    const response = await pay(
      form({
        encrypted_expiration_month: undefined,
        encrypted_expiration_year: undefined,
        expiration_month: '12',
        expiration_year: '2031',
      }),
    );
    assert.match(response.payload, /Approved/);
  });

  it('charges its own price, whatever the form says', async () => {
    const response = await pay(form({item: 'decline', amount: '42.00', cents: '4200', price: '42.00'}));
    assert.equal(response.statusCode, 200);
    assert.equal((readPre(response.payload, 'answer') as {response_code: number}).response_code, 102);
    assert.match(response.payload, /Declined by the bank: Do not honor\. You were not charged\./);
  });

  it('shows why a card is declined or rejected', async () => {
    const expired = await pay(form({encrypted_expiration_year: seal(pair, '2025')}));
    assert.match(expired.payload, /Declined by the bank: Expired card\./);
    const lost = await pay(form({encrypted_number: seal(keyPair('other'), '4012000098765439')}));
    assert.equal(lost.statusCode, 200);
    assert.match(lost.payload, /Please provide a valid Credit Card Number\./);
  });

  it('makes no payment twice, sequentially or concurrently', async () => {
    const fields = form();
    const [first, second] = await Promise.all([pay(fields), pay(fields)]);
    assert.deepEqual([first.statusCode, second.statusCode].sort(), [200, 409]);
    const third = await pay({...form(), sealed_id: String(fields['sealed_id'])});
    assert.equal(third.statusCode, 409);
    assert.match(third.payload, /already submitted/);
    assert.doesNotMatch(third.payload, /<pre/);
  });

  it('makes no payment with a ciphertext of an earlier one, whatever its id and its other values', async () => {
    const earlier = form();
    assert.equal((await pay(earlier)).statusCode, 200);
    for (const name of Object.keys(CARD.sealed)) {
      const response = await pay(form({[name]: earlier[name]}));
      assert.equal(response.statusCode, 409, name);
      assert.match(response.payload, /already submitted/);
    }
    const {encrypted_number: number = ''} = earlier;
    const respelled = `${number.slice(0, 100)}\n${number.slice(100)}`;
    assert.equal((await pay(form({encrypted_number: respelled}))).statusCode, 409);
    assert.equal((await pay(form())).statusCode, 200);
  });

  it('makes no payment with a ciphertext that was declined', async () => {
    const declined = form({item: 'decline'});
    assert.match((await pay(declined)).payload, /Declined/);
    const again = form({...declined, item: 'ridge', sealed_id: 'c'.repeat(32)});
    assert.equal((await pay(again)).statusCode, 409);
  });

  const refused: [string, Record<string, string | undefined>][] = [
    ['no id', {sealed_id: undefined}],
    ['an empty id', {sealed_id: ''}],
    ['a short id', {sealed_id: 'abc'}],
    ['an id in capitals', {sealed_id: 'A'.repeat(32)}],
    ['an id with more after it', {sealed_id: `${'a'.repeat(32)}\n`}],
    ['no number', {encrypted_number: undefined}],
    ['an empty number', {encrypted_number: ''}],
    ['no code', {encrypted_csc: undefined}],
    ['no month', {encrypted_expiration_month: undefined}],
    ['no year', {encrypted_expiration_year: undefined}],
    ['no item', {item: undefined}],
    ['an unknown item', {item: '__proto__'}],
  ];
  for (const [what, change] of refused) {
    it(`rejects a form with ${what}`, async () => {
      const response = await pay(form(change));
      assert.equal(response.statusCode, 400);
      assert.match(response.payload, /No payment was made/);
    });
  }

  it('rejects a form with two values of one name', async () => {
    assert.equal(
      (await pay(`${new URLSearchParams(form()).toString()}&sealed_id=${'b'.repeat(32)}`)).statusCode,
      400,
    );
  });

  it('shows hostile values as text', async () => {
    const hostile = `</pre><script>alert("1")</script>'&amp;`;
    const fields = form({name: hostile, sealed_key_id: hostile, [hostile]: hostile});
    const {statusCode, payload} = await pay(fields);
    assert.equal(statusCode, 200);
    assert.doesNotMatch(payload, /<script/);
    assert.deepEqual(readPre(payload, 'received'), fields);
  });

  it('fetches a new token when the gateway rejects the old one', async () => {
    await pay(form());
    lines.length = 0;
    clock.now = NOON + 7200_000;
    assert.match((await pay(form())).payload, /Approved/);
    clock.now = NOON;
    assert.deepEqual(
      lines.map((line) => line.replace(/ \d+ ms$/, '')),
      [
        'gateway POST /v1/transactions/sale/keyed 401',
        'gateway POST /oauth/token 200',
        'gateway POST /v1/transactions/sale/keyed 200',
        'shop POST /pay 200',
      ],
    );
  });

  it('shows that the gateway is unreachable, and accepts the same values once it is back', async (test) => {
    const other = createGateway({...pair, ...account, now});
    const address = new URL(await other.listen({port: 0, host: '127.0.0.1'}));
    await other.close();
    const lonely = createShop({...account, gatewayOrigin: address.origin, log, now});
    const fields = form();
    const away = await pay(fields, lonely);
    assert.equal(away.statusCode, 502);
    assert.match(away.payload, /You were not charged/);
    assert.doesNotMatch(away.payload, /ECONN|fetch|at .*:\d+/);

    const back = createGateway({...pair, ...account, now});
    test.after(() => back.close());
    await back.listen({port: Number(address.port), host: '127.0.0.1'});
    assert.equal((await pay({...fields, sealed_id: 'd'.repeat(32)}, lonely)).statusCode, 200);
    assert.equal((await pay(fields, lonely)).statusCode, 409);
  });

  it('logs neither the form nor the URL', async () => {
    lines.length = 0;
    const fields = form();
    await pay(fields);
    await pay(fields);
    await pay({...fields, sealed_id: ''});
    await shop.inject('/4012000098765439?csc=999');
    await shop.inject('/card?item=4012000098765439');
    const text = lines.join('\n');
    assert.equal(lines.filter((line) => line.startsWith('shop ')).length, 5);
    for (const value of [...Object.values(fields), '4012', '5439', 'horse']) {
      if (value !== 'ridge' && value !== 'IL') assert.equal(text.includes(value), false, value);
    }
  });
});

describe('the shop', () => {
  it('sets security headers on every response', async () => {
    const answers = await Promise.all(
      ['/', '/card', '/shop.css', '/mark.svg', '/prints/ridge.svg', '/nothing', '/%'].map((url) =>
        shop.inject(url),
      ),
    );
    answers.push(
      await pay(form({sealed_id: ''})),
      await shop.inject({method: 'POST', url: '/pay', payload: {}}),
    );
    assert.deepEqual(
      answers.map(({statusCode}) => statusCode),
      [200, 200, 200, 200, 200, 404, 404, 400, 415],
    );
    for (const {headers} of answers) {
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['referrer-policy'], 'strict-origin-when-cross-origin');
      assert.match(
        String(headers['content-security-policy']),
        /^default-src 'none'; .*frame-ancestors 'none'$/,
      );
    }
  });

  it('answers 421 with a page to a request for another host, and posts nothing', async () => {
    lines.length = 0;
    const host = 'elsewhere.example:4100';
    for (const url of ['/card', '/no-such-page']) {
      const response = await shop.inject({url, headers: {host}});
      assert.equal(response.statusCode, 421);
      assert.match(response.payload, /This address does not belong to the shop/);
      assert.equal(response.headers['x-content-type-options'], 'nosniff');
    }
    const response = await shop.inject({
      method: 'POST',
      url: '/pay',
      headers: {host, 'content-type': 'application/x-www-form-urlencoded'},
      payload: new URLSearchParams(form()).toString(),
    });
    assert.equal(response.statusCode, 421);
    assert.ok(lines.every((line) => line.startsWith('shop ')));
  });

  it('answers a form that is too long with a page', async () => {
    const response = await pay(form({name: 'x'.repeat(70_000)}));
    assert.equal(response.statusCode, 413);
    assert.match(response.payload, /No payment was made/);
  });

  it('reports an internal error without its message', async () => {
    const broken = createShop({
      ...account,
      gatewayOrigin,
      log,
      now: () => assert.fail('4012000098765439'),
    });
    lines.length = 0;
    const response = await pay(form(), broken);
    assert.equal(response.statusCode, 500);
    assert.match(response.payload, /Something went wrong on our side/);
    assert.equal((response.payload + lines.join('\n')).includes('4012'), false);
    assert.match(lines.join('\n'), /shop fault AssertionError at /);
  });

  it('reserves a print with and without a card in the form, and charges neither', async () => {
    const reserve = (fields: Record<string, string>) =>
      shop.inject({
        method: 'POST',
        url: '/reserve',
        headers: {'content-type': 'application/x-www-form-urlencoded'},
        payload: new URLSearchParams(fields).toString(),
      });
    lines.length = 0;
    for (const fields of [form(), {item: 'ridge', until: 'friday'}]) {
      const {statusCode, payload} = await reserve(fields);
      assert.equal(statusCode, 200);
      assert.match(payload, /You were not charged/);
      assert.deepEqual(readPre(payload, 'received'), fields);
    }
    assert.equal((await reserve({item: 'nothing'})).statusCode, 400);
    assert.equal(
      lines.some((line) => line.startsWith('gateway')),
      false,
    );
  });
});
