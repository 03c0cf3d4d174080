import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {createLoginThrottle} from '../../../demo/gateway/login-throttle.ts';
import {bodyOf, NOON, openSandbox, PLAIN_SALE} from './sandbox.ts';

const {gateway, clock, login} = openSandbox();

function form(payload: string, type = 'application/x-www-form-urlencoded') {
  return gateway.inject({method: 'POST', url: '/oauth/token', headers: {'content-type': type}, payload});
}

async function sellWith(authorization: string | undefined) {
  return gateway.inject({
    method: 'POST',
    url: '/v1/transactions/sale/keyed',
    headers: authorization === undefined ? {} : {authorization},
    payload: PLAIN_SALE,
  });
}

async function newToken(): Promise<string> {
  return (await login()).json<{access_token: string}>().access_token;
}

describe('POST /oauth/token', () => {
  it('returns a bearer token for two hours, with `no-store`', async () => {
    const response = await login();
    assert.equal(response.statusCode, 200);
    const {access_token: token, ...rest} = response.json<Record<string, unknown>>();
    assert.deepEqual(rest, {token_type: 'Bearer', expires_in: 7200});
    assert.match(String(token), /^[\w-]{43}$/);
    assert.equal(response.headers['cache-control'], 'no-store');
  });

  it('returns a new token each time', async () => {
    assert.notEqual(await newToken(), await newToken());
  });

  for (const wrong of [
    {password: 'demo'},
    {username: 'SHOP'},
    {password: ''},
    {username: '', password: ''},
  ]) {
    it(`rejects ${JSON.stringify(wrong)} as PayTrace does`, async () => {
      const response = await login(wrong);
      assert.equal(response.statusCode, 401);
      assert.deepEqual(response.json(), {
        error: 'invalid_grant',
        error_description:
          'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
      });
    });
  }

  it('rejects any other grant type', async () => {
    const type = 'client_credentials';
    for (const response of [await login({grant_type: type}), await form(`grant_type=${type}&client_id=x`)]) {
      assert.equal(response.statusCode, 400);
      assert.deepEqual(response.json(), {error: 'unsupported_grant_type'});
    }
  });

  const login2 = 'grant_type=password&username=shop&password=correct+horse';
  const malformed: [string, string, string, number][] = [
    ['no password', 'grant_type=password&username=shop', 'application/x-www-form-urlencoded', 400],
    ['a password given twice', `${login2}&password=x`, 'application/x-www-form-urlencoded', 400],
    ['nothing', '', 'application/x-www-form-urlencoded', 400],
    ['JSON', '{"grant_type":"password"}', 'application/json', 415],
    ['a form with the type of text', login2, 'text/plain', 415],
    ['a form of over 64 kB', `${login2}&x=${'x'.repeat(65536)}`, 'application/x-www-form-urlencoded', 413],
  ];
  for (const [what, payload, type, status] of malformed) {
    it(`rejects ${what} with ${status}`, async () => {
      const response = await form(payload, type);
      assert.equal(response.statusCode, status);
      assert.deepEqual(response.json(), {error: 'invalid_request'});
    });
  }
});

describe('the throttle of POST /oauth/token', () => {
  const wrong = {password: 'x'};

  /** The statuses of logins, one after the other. */
  async function tryAll(sandbox: ReturnType<typeof openSandbox>, forms: readonly Record<string, string>[]) {
    const statuses: number[] = [];
    for (const each of forms) statuses.push((await sandbox.login(each)).statusCode);
    return statuses;
  }

  it('accepts the right password after nine wrong ones, and then counts from zero', async () => {
    const sandbox = openSandbox();
    const nine = Array.from({length: 9}, () => wrong);
    assert.deepEqual(await tryAll(sandbox, [...nine, {}, ...nine, {}]), [
      ...nine.map(() => 401),
      200,
      ...nine.map(() => 401),
      200,
    ]);
  });

  it('answers 429 after ten wrong passwords, also to the right one, until a minute has passed', async () => {
    const sandbox = openSandbox();
    await tryAll(
      sandbox,
      Array.from({length: 10}, () => wrong),
    );
    for (const form of [wrong, {}]) {
      const response = await sandbox.login(form);
      assert.equal(response.statusCode, 429);
      assert.equal(response.headers['retry-after'], '60');
      assert.deepEqual(response.json(), {
        error: 'too_many_requests',
        error_description: 'Too many wrong passwords for this user name. Please try again later.',
      });
    }
    sandbox.clock.now = NOON + 59_999;
    assert.equal((await sandbox.login()).headers['retry-after'], '1');
    sandbox.clock.now = NOON + 60_000;
    assert.deepEqual(await tryAll(sandbox, [wrong, {}]), [401, 200]);
  });

  it('treats an unknown user name like a known one, and each on its own', async () => {
    const sandbox = openSandbox();
    const unknown = {username: 'unknown'};
    assert.deepEqual(
      await tryAll(
        sandbox,
        Array.from({length: 11}, () => unknown),
      ),
      [...Array<number>(10).fill(401), 429],
    );
    assert.deepEqual(await tryAll(sandbox, [{}, {username: 'another'}]), [200, 401]);
  });

  it('does not affect tokens that were issued before', async () => {
    const sandbox = openSandbox();
    const {access_token: token} = (await sandbox.login()).json<{access_token: string}>();
    await tryAll(
      sandbox,
      Array.from({length: 11}, () => wrong),
    );
    const sale = await sandbox.gateway.inject({
      method: 'POST',
      url: '/v1/transactions/sale/keyed',
      headers: {authorization: `Bearer ${token}`},
      payload: PLAIN_SALE,
    });
    assert.equal(sale.statusCode, 200);
  });

  it('remembers a limited number of user names, and forgets the oldest first', () => {
    const throttle = createLoginThrottle(() => NOON, 2);
    for (const name of ['a', 'b', 'c']) for (let times = 0; times < 10; times += 1) throttle.addFailure(name);
    assert.deepEqual(
      ['a', 'b', 'c'].map((name) => throttle.secondsToWait(name)),
      [0, 60, 60],
    );
  });
});

describe('a bearer token', () => {
  it('is accepted until it expires, to the millisecond', async () => {
    const token = await newToken();
    try {
      clock.now = NOON + 7200_000 - 1;
      assert.equal((await sellWith(`Bearer ${token}`)).statusCode, 200);
      clock.now = NOON + 7200_000;
      assert.equal((await sellWith(`Bearer ${token}`)).statusCode, 401);
    } finally {
      clock.now = NOON;
    }
  });

  it('is accepted with a scheme name in any case', async () => {
    assert.equal((await sellWith(`bearer ${await newToken()}`)).statusCode, 200);
  });

  it('is revoked when there are a thousand newer ones', async () => {
    const token = await newToken();
    for (let others = 0; others < 999; others++) await login();
    assert.equal((await sellWith(`Bearer ${token}`)).statusCode, 200);
    await login();
    assert.equal((await sellWith(`Bearer ${token}`)).statusCode, 401);
  });

  const useless = [undefined, '', 'Bearer', 'Bearer ', 'Bearer unknown', 'Basic c2hvcDp4', 'Bearer a b'];
  for (const authorization of useless) {
    it(`is required: ${JSON.stringify(authorization)} gets 401`, async () => {
      const response = await sellWith(authorization);
      assert.equal(response.statusCode, 401);
      assert.equal(bodyOf(response)['error'], 'invalid_token');
      assert.equal(response.headers['www-authenticate'], 'Bearer error="invalid_token"');
    });
  }
});
