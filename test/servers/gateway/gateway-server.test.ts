import assert from 'node:assert/strict';
import {connect} from 'node:net';
import {describe, it} from 'node:test';

import {createGateway} from '../../../demo/gateway/server.ts';
import {keyPair, seal} from './openssl.ts';
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
  sealedSale,
} from './sandbox.ts';

const sandbox = openSandbox();
const {gateway, pair, post} = sandbox;

describe('createGateway', () => {
  it('serves its public key without a token', async () => {
    const response = await gateway.inject('/v3/e2ee/public-key.pem');
    assert.equal(response.statusCode, 200);
    assert.equal(response.payload, pair.publicKeyPem);
    assert.equal(response.headers['content-type'], 'application/x-pem-file');
    assert.equal(response.headers['cache-control'], 'no-store');
    assert.equal(response.headers['x-content-type-options'], 'nosniff');
  });

  it('throws for a public key in place of the private one', () => {
    assert.throws(() =>
      createGateway({...pair, privateKeyPem: pair.publicKeyPem, username: '', password: ''}),
    );
  });

  const lost: [string, string][] = [
    ['POST', '/'],
    ['GET', '/favicon.ico'],
    ['GET', '/v1/transactions/sale/keyed/'],
    ['POST', '/v1/transactions/sale'],
    ['POST', '/V1/transactions/sale/keyed'],
    ['DELETE', '/oauth/token'],
    ['GET', '/%'],
    ['GET', '/%c0%ae%c0%ae/private.pem'],
    ['GET', '/v3/e2ee/private.pem'],
    ['GET', '/v3/e2ee/../../.keys/private.pem'],
    ['GET', `/${'x'.repeat(8000)}`],
  ];
  for (const [method, url] of lost) {
    it(`answers 404 to ${method} ${url.slice(0, 60)}`, async () => {
      const response = await gateway.inject({method: method as 'GET', url, payload: '<x>'});
      assert.equal(response.statusCode, 404);
      assert.deepEqual(errorsOf(response), ['path']);
      assert.equal(response.headers['x-content-type-options'], 'nosniff');
    });
  }

  const bodies: [string, string, string, number, string][] = [
    ['invalid JSON', '{"amount":', 'application/json', 400, 'request'],
    ['an empty body', '', 'application/json', 400, 'request'],
    ['a list', '[]', 'application/json', 400, 'request'],
    ['null', 'null', 'application/json', 400, 'request'],
    ['a form', 'amount=1.00', 'application/x-www-form-urlencoded', 415, 'content_type'],
    ['text', '{}', 'text/plain', 415, 'content_type'],
    ['an unreadable type', '{}', '<script>', 415, 'content_type'],
    ['over 64 kB', JSON.stringify({x: 'x'.repeat(65536)}), 'application/json', 413, 'size'],
    ['deep nesting', '['.repeat(30000), 'application/json', 400, 'request'],
  ];
  for (const [what, payload, type, status, key] of bodies) {
    it(`rejects ${what} with ${status}`, async () => {
      const response = await post(payload, {'content-type': type});
      assert.equal(response.statusCode, status);
      const {errors, ...rest} = response.json<{errors: object}>();
      assert.deepEqual(rest, {
        success: false,
        response_code: 1,
        status_message: 'One or more errors has occurred.',
      });
      assert.deepEqual(Object.keys(errors), [key]);
    });
  }

  it('is safe against prototype pollution', async () => {
    const hostile = [
      `{"__proto__":{"amount":"1.00","csc":"999"},"credit_card":{}}`,
      `{"credit_card":{"__proto__":{"number":"4012000098765439"}},"amount":"1.00"}`,
      `{"constructor":{"prototype":{"amount":"1.00"}},"credit_card":{}}`,
    ];
    for (const payload of hostile) {
      const response = await post(payload);
      assert.equal(response.statusCode, 400, payload);
      assert.equal(bodyOf(response)['success'], false);
    }
    const sale = JSON.stringify(PLAIN_SALE);
    assert.deepEqual(errorsOf(await post(sale.replace('{', '{"__proto__":{},'))), ['request']);
    assert.equal(Object.hasOwn(Object.prototype, 'amount'), false);
    assert.equal(bodyOf(await post(sale))['response_code'], 101);
  });

  it('repeats no request data in a response', async () => {
    const marker = 'MARK4012000098765439MARK';
    const sale = JSON.stringify(PLAIN_SALE);
    const answers = [
      await post(`{"${marker}":`),
      await post(`{"amount":"${marker}","credit_card":{"${marker}":"${marker}"}}`),
      await post(`{"amount":"1.00","credit_card":["${marker}"]}`),
      await post(sale, {'content-type': `text/${marker}`}),
      await post(sale, {authorization: `Bearer ${marker}`}),
      await gateway.inject(`/${marker}%`),
      await gateway.inject(`/${marker}`),
    ];
    for (const answer of answers) {
      assert.ok(answer.statusCode >= 400 && answer.statusCode < 500);
      assert.equal((answer.payload + JSON.stringify(answer.headers)).includes('MARK'), false, answer.payload);
      assert.doesNotMatch(answer.payload, /\bat .*:\d+/);
    }
  });

  it('answers 421 to a request for another host, with and without a token, and for every path', async () => {
    const {gateway: own, login} = openSandbox({pair});
    const {access_token: token} = (await login()).json<{access_token: string}>();
    const headers = {host: 'elsewhere.example:4300', authorization: `Bearer ${token}`};
    for (const [method, url] of [
      ['GET', '/'],
      ['GET', '/v3/e2ee/public-key.pem'],
      ['POST', '/oauth/token'],
      ['POST', KEYED_SALE],
      ['GET', '/no-such-path'],
    ] as const) {
      const response = await own.inject({method, url, headers, payload: PLAIN_SALE});
      assert.equal(response.statusCode, 421, url);
      assert.deepEqual(
        bodyOf(response),
        badRequest({host: ['Please use a host name of this server, such as localhost.']}),
      );
    }
    const events = await own.inject({url: '/', headers: {...headers, accept: 'text/event-stream'}});
    assert.equal(events.statusCode, 421);
    assert.equal((await own.inject({url: '/', headers: {host: '[::1]:4300'}})).statusCode, 200);
  });

  it('survives a request that is not HTTP', async () => {
    const other = openSandbox({pair}).gateway;
    const origin = await other.listen({port: 0, host: '127.0.0.1'});
    const port = Number(new URL(origin).port);
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect({port, host: '127.0.0.1'}, () => socket.end('4012000098765439\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => (text += String(chunk)));
      socket.on('close', () => {
        resolve(text);
      });
      socket.on('error', reject);
    });
    assert.match(said, /^HTTP\/1\.1 400 /);
    assert.equal((await fetch(`${origin}/v3/e2ee/public-key.pem`)).status, 200);
    await other.close();
  });
});

describe('an internal error of the gateway', () => {
  it('gets 500 and a log line without its message', async () => {
    const lines: string[] = [];
    const clock = {broken: false};
    const now = () => {
      if (clock.broken) throw new Error('4012000098765439');
      return 0;
    };
    const login = {username: 'a', password: 'b'};
    const broken = createGateway({...pair, ...login, now, log: (line) => lines.push(line)});
    clock.broken = true;
    const response = await broken.inject({
      method: 'POST',
      url: '/oauth/token',
      headers: {'content-type': 'application/x-www-form-urlencoded'},
      payload: 'grant_type=password&username=a&password=b',
    });
    assert.equal(response.statusCode, 500);
    assert.deepEqual(errorsOf(response), ['fault']);
    assert.match(lines.join('\n'), /gateway fault Error at /);
    assert.equal((response.payload + lines.join('\n')).includes('4012'), false);
  });
});

describe('the gateway’s log', () => {
  it('has one line for each request: method, route, status, milliseconds', async () => {
    const {gateway: quiet, lines, sell} = openSandbox({pair});
    await sell(sealedSale(pair));
    await quiet.inject('/nowhere');
    await quiet.inject('/%');
    assert.deepEqual(
      lines.map((line) => line.replace(/\d+ ms$/, 'N ms')),
      [
        'gateway POST /oauth/token 200 N ms',
        'gateway POST /v1/transactions/sale/keyed 200 N ms',
        'gateway GET (no such path) 404 N ms',
        'gateway GET (no such path) 404 N ms',
      ],
    );
  });

  it('never contains card data, a login, a token or a URL', async () => {
    const {gateway: quiet, lines, login, post: say, sell} = openSandbox({pair});
    const {access_token: token} = (await login()).json<{access_token: string}>();
    await sell(PLAIN_SALE);
    await sell(sealedSale(pair));
    await sell({...PLAIN_SALE, amount: '0.29'});
    await sell(CHECK, CHECK_SALE);
    await sell({...CHECK, check: {...CHECK.check, encrypted_account_number: 'AAAA'}}, CHECK_SALE);
    await sell({...CUSTOMER, csc: '999'}, CUSTOMER_SALE);
    await sell({...sealedSale(pair), encrypted_csc: seal(keyPair('other'), '999')});
    await sell({...PLAIN_SALE, credit_card: {number: '4012000098765438'}});
    await say('{"credit_card":{"number":"4012000098765439"');
    await say('4012000098765439', {'content-type': 'text/4012000098765439'});
    await quiet.inject('/4012000098765439?csc=999');
    await quiet.inject('/%4012000098765439');
    await login({password: 'wrong horse'});
    const log = lines.join('\n');
    for (const secret of [
      '4012',
      '5439',
      '5438',
      '999',
      CHECK.check.account_number,
      CHECK.check.routing_number,
      CUSTOMER.customer_id,
      'horse',
      'shop ',
      token,
      'Shopper',
      '62701',
      'csc',
    ]) {
      assert.equal(log.includes(secret), false, `${secret} in:\n${log}`);
    }
    assert.ok(lines.length >= 23);
  });
});
