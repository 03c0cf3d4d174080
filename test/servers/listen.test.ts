import assert from 'node:assert/strict';
import {Agent, createServer, get, type Server} from 'node:http';
import {type AddressInfo, connect, type Socket} from 'node:net';
import {networkInterfaces} from 'node:os';
import {afterEach, describe, it} from 'node:test';

import {fastify} from 'fastify';

import {closeAll, listen, LOCALHOST} from '../../demo/listen.ts';
import {SettingsError} from '../../demo/settings.ts';

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((address) => address?.address === '::1');

const open: Server[] = [];
afterEach(() => closeAll(open.splice(0)));

/** A port that is not in use at the moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  await closeAll([server]);
  return port;
}

function app() {
  const server = fastify();
  server.get('/', () => 'here');
  server.get('/never', () => new Promise(() => {}));
  return server;
}

const variable = 'MERCHANT_PORT';

/** Resolves when the server has the request, which it never answers. */
function hang(port: number, path: string): Promise<void> {
  const socket = connect({port, host: '127.0.0.1'});
  socket.on('error', () => {});
  return new Promise((resolve) =>
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`, () => {
      resolve();
    }),
  );
}

describe('listen', () => {
  it('listens on each address of localhost', {skip: !hasIpv6}, async () => {
    const port = await freePort();
    open.push(...(await listen(app(), {hosts: LOCALHOST, port, variable})));
    for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
      assert.equal(await (await fetch(`http://${host}:${port}/`)).text(), 'here');
    }
  });

  it('skips an address that this machine does not have', async () => {
    const port = await freePort();
    const servers = await listen(app(), {hosts: ['127.0.0.1', '192.0.2.1'], port, variable});
    open.push(...servers);
    assert.equal(servers.length, 1);
  });

  for (const taken of hasIpv6 ? LOCALHOST : (['127.0.0.1'] as const)) {
    it(`names the variable when the port is in use on ${taken}, and releases the other addresses`, async () => {
      const port = await freePort();
      const other = createServer();
      open.push(other);
      await new Promise<void>((resolve) => other.listen(port, taken, resolve));
      await assert.rejects(
        listen(app(), {hosts: LOCALHOST, port, variable}),
        (error) =>
          error instanceof SettingsError &&
          error.message === `Port ${port} is already in use: set MERCHANT_PORT to another port.`,
      );
      await closeAll(open.splice(0));
      open.push(...(await listen(app(), {hosts: LOCALHOST, port, variable})));
    });
  }
});

describe('closeAll', () => {
  it('closes every connection after half a second', {timeout: 10_000}, async (test) => {
    const port = await freePort();
    const servers = await listen(app(), {hosts: ['127.0.0.1'], port, variable});
    const agent = new Agent({keepAlive: true});
    await new Promise((resolve) =>
      get({port, host: '127.0.0.1', agent}, (answer) => answer.resume().on('end', resolve)),
    );
    await hang(port, '/never');
    const silent = await new Promise<Socket>((resolve) => {
      const socket = connect({port, host: '127.0.0.1'}, () => {
        resolve(socket);
      });
      socket.on('error', () => {});
    });
    const gone = new Promise((resolve) => silent.on('close', resolve));
    test.mock.timers.enable({apis: ['setTimeout']});
    const closed = closeAll(servers);
    test.mock.timers.tick(499);
    assert.equal(silent.destroyed, false);
    test.mock.timers.tick(1);
    test.mock.timers.reset();
    await closed;
    await gone;
    await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
    agent.destroy();
  });

  it('does not wait if no request is running', {timeout: 10_000}, async (test) => {
    const servers = await listen(app(), {hosts: ['127.0.0.1'], port: await freePort(), variable});
    test.mock.timers.enable({apis: ['setTimeout']}); // so that no time passes
    const closed = closeAll(servers);
    test.mock.timers.reset();
    await closed;
  });
});
