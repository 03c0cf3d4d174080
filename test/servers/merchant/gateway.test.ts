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

/** A stand-in gateway that answers with `answer`, and the paths and bodies that were posted to it. */
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

/** Issues tokens 1, 2, 3 … and accepts sales only with the newest. */
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

/** Redirects to a path that accepts sales. */
function redirect(response: ServerResponse): void {
  if (response.req.url === '/elsewhere') say(response, 200, {});
  else response.writeHead(307, {location: '/elsewhere'}).end();
}

function failure(posted: boolean) {
  return (error: unknown) => error instanceof GatewayFailure && error.posted === posted;
}

describe('createSeller', () => {
  it('fetches one token for several sales, also for concurrent ones', async () => {
    const {asked, account} = await standIn(rotating());
    const sell = createSeller(account, Date.now);
    await Promise.all([sell(KEYED, {}), sell(KEYED, {}), sell(KEYED, {})]);
    await sell(KEYED, {});
    assert.deepEqual(asked.sort(), [TOKEN, SALE, SALE, SALE, SALE].sort());
  });

  it('posts each sale unchanged to its endpoint, all with one token', async () => {
    const {asked, bodies, account} = await standIn(rotating());
    const sell = createSeller(account, Date.now);
    await sell('checks/sale/by_account', {amount: '1.00'});
    await sell('transactions/sale/by_customer', {amount: '2.00'});
    await sell(KEYED, {amount: '3.00'});
    assert.deepEqual(asked, [TOKEN, '/v1/checks/sale/by_account', '/v1/transactions/sale/by_customer', SALE]);
    assert.deepEqual(bodies.slice(1), ['{"amount":"1.00"}', '{"amount":"2.00"}', '{"amount":"3.00"}']);
  });

  it('fetches a new token a minute before the old one expires', async () => {
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

  it('posts a sale once more when its token is rejected', async () => {
    const answer = rotating();
    const {asked, account} = await standIn(answer);
    const sell = createSeller(account, Date.now);
    await sell(KEYED, {});
    await fetch(`${account.gatewayOrigin}${TOKEN}`, {method: 'POST'});
    asked.length = 0;
    assert.deepEqual(await sell(KEYED, {}), {token: 3});
    assert.deepEqual(asked, [SALE, TOKEN, SALE]);
  });

  it('reports an unsent sale when the new token is rejected too', async () => {
    const {asked, account} = await standIn((request, response) => {
      say(response, request.url === TOKEN ? 200 : 401, {access_token: 'x', expires_in: 7200});
    });
    await assert.rejects(createSeller(account, Date.now)(KEYED, {}), failure(false));
    assert.deepEqual(asked, [TOKEN, SALE, TOKEN, SALE]);
  });

  it('posts no sale when the login is rejected, and logs in again for the next sale', async () => {
    const {asked, account} = await standIn((_request, response) => {
      say(response, 401, {error: 'invalid_grant'});
    });
    const sell = createSeller(account, Date.now);
    await assert.rejects(sell(KEYED, {}), failure(false));
    await assert.rejects(sell(KEYED, {}), failure(false));
    assert.deepEqual(asked, [TOKEN, TOKEN]);
  });

  it('reports an unsent sale when the gateway refuses the connection', async () => {
    const {account} = await standIn(rotating());
    const sell = createSeller(account, Date.now);
    await sell(KEYED, {});
    for (const close of closing.splice(0)) close();
    await assert.rejects(sell(KEYED, {}), failure(false));
  });

  const answers: [string, (response: ServerResponse) => void][] = [
    ['closes the connection', (response) => response.destroy()],
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
    it(`reports a sent sale with an unknown outcome when the gateway ${what}`, async () => {
      const {account} = await standIn((request, response) => {
        request.url === TOKEN ? say(response, 200, {access_token: 'x', expires_in: 7200}) : answer(response);
      });
      await assert.rejects(createSeller(account, Date.now)(KEYED, {}), failure(true));
    });
  }
});
