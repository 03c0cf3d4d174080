import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

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
