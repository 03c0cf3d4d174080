import assert from 'node:assert/strict';
import {connect} from 'node:net';
import {describe, it} from 'node:test';
import {text} from 'node:stream/consumers';

import {fastify} from 'fastify';

import {inUrl, refuseOtherHosts} from '../../demo/own-host.ts';

/** The status for a request with this `Host`, at a server for `address`. */
async function statusFor(host: string, address?: string): Promise<number> {
  const app = fastify();
  refuseOtherHosts(app, (reply) => reply.code(421).send('refused'), address);
  app.get('/', () => 'here');
  const {statusCode, payload} = await app.inject({url: '/', headers: {host}});
  assert.equal(payload, statusCode === 421 ? 'refused' : 'here');
  return statusCode;
}

describe('refuseOtherHosts', () => {
  for (const host of [
    'localhost',
    'localhost:4300',
    'LocalHost:1',
    '127.0.0.1',
    '127.0.0.1:4300',
    '[::1]',
    '[::1]:1',
  ])
    it(`accepts ${host}`, async () => {
      assert.equal(await statusFor(host), 200);
    });

  const foreign = [
    'evil.example',
    'evil.example:4300',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil-localhost',
    '127.0.0.2',
    '192.0.2.1:4300',
    '[::2]:4300',
    '0.0.0.0',
    'localhost@evil.example',
    'evil.example@localhost',
    'evil.example/localhost',
    'localhost evil.example',
    'localhost:4300:4300',
    '[::1',
    ':4300',
  ];
  for (const host of foreign)
    it(`refuses "${host}"`, async () => {
      assert.equal(await statusFor(host), 421);
    });

  it('accepts the address or the name that the server listens on, and no other', async () => {
    assert.equal(await statusFor('192.0.2.1:4300', '192.0.2.1'), 200);
    assert.equal(await statusFor('192.0.2.2:4300', '192.0.2.1'), 421);
    assert.equal(await statusFor('[2001:db8::1]', '2001:DB8:0::1'), 200);
    assert.equal(await statusFor('gateway:4300', 'Gateway'), 200);
    assert.equal(await statusFor('localhost', 'gateway'), 200);
    assert.equal(await statusFor('evil.example', 'gateway'), 421);
  });

  it('accepts every IP address, but no further name, if the server listens on all addresses', async () => {
    for (const address of ['0.0.0.0', '::'])
      for (const [host, status] of [
        ['192.0.2.1:4300', 200],
        ['[2001:db8::1]:4300', 200],
        ['localhost', 200],
        ['evil.example', 421],
        ['gateway', 421],
      ] as const)
        assert.equal(await statusFor(host, address), status, `${host} at ${address}`);
  });

  it('reads the host from an absolute URL instead of `Host`, and needs none in HTTP/1.0', async (test) => {
    const app = fastify({rewriteUrl: ({url = ''}) => url.replace(/^https?:\/\/[^/]*/, '')});
    refuseOtherHosts(app, (reply) => reply.code(421).send());
    app.get('/', () => 'here');
    const {port} = new URL(await app.listen({port: 0, host: '127.0.0.1'}));
    test.after(() => app.close());
    const ask = async (...lines: string[]) => {
      const socket = connect({port: Number(port), host: '127.0.0.1'});
      socket.end([...lines, 'Connection: close', '', ''].join('\r\n'));
      return (await text(socket)).split(' ')[1];
    };
    assert.equal(await ask('GET http://localhost/ HTTP/1.1', 'Host: evil.example'), '200');
    assert.equal(await ask('GET http://evil.example/ HTTP/1.1', 'Host: localhost'), '421');
    assert.equal(await ask('GET / HTTP/1.1', 'Host: evil.example'), '421');
    assert.equal(await ask('GET / HTTP/1.1', 'Host:'), '421');
    assert.equal(await ask('GET / HTTP/1.0'), '200');
  });
});

describe('inUrl', () => {
  it('puts an IPv6 address in brackets', () => {
    assert.deepEqual(['::1', '127.0.0.1', 'gateway'].map(inUrl), ['[::1]', '127.0.0.1', 'gateway']);
  });
});
