import assert from 'node:assert/strict';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {text} from 'node:stream/consumers';
import {afterEach, describe, it} from 'node:test';

import {createSeller, GatewayFailure} from '../../../demo/merchant/gateway.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A gateway that does as the test says, and the paths and bodies that were posted to it. */
async function standIn(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: string[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    void text(request).then((body) => {
      bodies.push(body);
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close().closeAllConnections();
  });
  const {port} = server.address() as AddressInfo;
  return {asked, bodies, account: {gatewayOrigin: `http://127.0.0.1:${port}`, username: 'a', password: 'b'}};
}

function say(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, {'content-type': 'application/json', connection: 'close'})
    .end(JSON.stringify(body));
}

const TOKEN = '/oauth/token';
const KEYED = 'transactions/sale/keyed';
const SALE = `/v1/${KEYED}`;

/** Gives tokens 1, 2, 3 … and takes sales with the newest alone. */
function rotating() {
  let newest = 0;
  return (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === TOKEN) {
      say(response, 200, {access_token: String(++newest), expires_in: 7200});
      return;
    }
    const fresh = request.headers.authorization === `Bearer ${newest}`;
    fresh ? say(response, 200, {token: newest}) : say(response, 401, {error: 'invalid_token'});
  };
}

/** To where a sale would be taken. */
function redirect(response: ServerResponse): void {
  if (response.req.url === '/elsewhere') say(response, 200, {});
  else response.writeHead(307, {location: '/elsewhere'}).end();
}

function failure(posted: boolean) {
  return (error: unknown) => error instanceof GatewayFailure && error.posted === posted;
}

describe('createSeller', () => {
  it('fetches one token for many sales, also for those that start together', async () => {
    const {asked, account} = await standIn(rotating());
    const sell = createSeller(account, Date.now);
    await Promise.all([sell(KEYED, {}), sell(KEYED, {}), sell(KEYED, {})]);
    await sell(KEYED, {});
    assert.deepEqual(asked.sort(), [TOKEN, SALE, SALE, SALE, SALE].sort());
  });

  it('posts each sale, as it is, to the endpoint that it is for, all with one token', async () => {
    const {asked, bodies, account} = await standIn(rotating());
    const sell = createSeller(account, Date.now);
    await sell('checks/sale/by_account', {amount: '1.00'});
    await sell('transactions/sale/by_customer', {amount: '2.00'});
    await sell(KEYED, {amount: '3.00'});
    assert.deepEqual(asked, [TOKEN, '/v1/checks/sale/by_account', '/v1/transactions/sale/by_customer', SALE]);
    assert.deepEqual(bodies.slice(1), ['{"amount":"1.00"}', '{"amount":"2.00"}', '{"amount":"3.00"}']);
  });

  it('fetches another a minute before the token expires', async () => {
    const {asked, account} = await standIn(rotating());
    const clock = {now: 0};
    const sell = createSeller(account, () => clock.now);
    await sell(KEYED, {});
    clock.now = (7200 - 60) * 1000 - 1;
    await sell(KEYED, {});
    clock.now++;
    await sell(KEYED, {});
    assert.deepEqual(asked, [TOKEN, SALE, SALE, TOKEN, SALE]);
  });

  it('posts a sale again, once, when its token is refused', async () => {
    const answer = rotating();
    const {asked, account} = await standIn(answer);
    const sell = createSeller(account, Date.now);
    await sell(KEYED, {});
    await fetch(`${account.gatewayOrigin}${TOKEN}`, {method: 'POST'});
    asked.length = 0;
    assert.deepEqual(await sell(KEYED, {}), {token: 3});
    assert.deepEqual(asked, [SALE, TOKEN, SALE]);
  });

  it('gives up when the new token is refused too, knowing that nothing was sold', async () => {
    const {asked, account} = await standIn((request, response) => {
      say(response, request.url === TOKEN ? 200 : 401, {access_token: 'x', expires_in: 7200});
    });
    await assert.rejects(createSeller(account, Date.now)(KEYED, {}), failure(false));
    assert.deepEqual(asked, [TOKEN, SALE, TOKEN, SALE]);
  });

  it('fails without a sale when the login is refused, and asks anew the next time', async () => {
    const {asked, account} = await standIn((_request, response) => {
      say(response, 401, {error: 'invalid_grant'});
    });
    const sell = createSeller(account, Date.now);
    await assert.rejects(sell(KEYED, {}), failure(false));
    await assert.rejects(sell(KEYED, {}), failure(false));
    assert.deepEqual(asked, [TOKEN, TOKEN]);
  });

  it('knows that nothing was sold when the gateway has gone since the token came', async () => {
    const {account} = await standIn(rotating());
    const sell = createSeller(account, Date.now);
    await sell(KEYED, {});
    for (const close of closing.splice(0)) close();
    await assert.rejects(sell(KEYED, {}), failure(false));
  });

  const answers: [string, (response: ServerResponse) => void][] = [
    ['cuts the line', (response) => response.destroy()],
    ['answers with HTML', (response) => response.end('<h1>Bad gateway</h1>')],
    [
      'answers null',
      (response) => {
        say(response, 200, null);
      },
    ],
    [
      'redirects',
      (response) => {
        redirect(response);
      },
    ],
  ];
  for (const [what, answer] of answers) {
    it(`does not know what became of a sale when the gateway ${what}`, async () => {
      const {account} = await standIn((request, response) => {
        request.url === TOKEN ? say(response, 200, {access_token: 'x', expires_in: 7200}) : answer(response);
      });
      await assert.rejects(createSeller(account, Date.now)(KEYED, {}), failure(true));
    });
  }
});
