import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {mkdtemp, readFile, writeFile} from 'node:fs/promises';
import {get, type IncomingMessage} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, it} from 'node:test';

import {freePorts} from '../../support/ports.ts';
import {ROOT} from '../../support/root.ts';
import {endGroups, ended} from '../../support/processes.ts';
import {sealJwe} from '../../support/openssl.ts';
import {keyPair, type Pair, seal} from './openssl.ts';
import {bodyOf, sealedSale} from './sandbox.ts';

const started: ChildProcess[] = [];

/** Runs `npm run gateway` on a free port, in a separate process group. */
async function start(change: Record<string, string>) {
  const [port] = await freePorts(1, ['127.0.0.1']);
  const child = spawn('npm', ['run', '--silent', 'gateway'], {
    cwd: ROOT,
    detached: true,
    env: {...process.env, GATEWAY_PORT: String(port), ...change},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const output = {out: '', error: ''};
  child.stdout.on('data', (data: Buffer) => (output.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output.error += data.toString()));
  return {child, output, origin: `http://127.0.0.1:${String(port)}`};
}

const SHOP = 'https://shop.example';

/** A card as a page at {@link SHOP} seals it by the profile `jwe`, with this `kid`. */
function envelope({publicKeyPem}: Pair, kid: string): string {
  const fields = {cardNumber: '4012000098765439', expirationMonth: '12', expirationYear: '2099'};
  const [iat, jti] = [Math.floor(Date.now() / 1000), randomBytes(16).toString('hex')];
  const payload = {v: 1, merchant: 'demo', origin: SHOP, iat, jti, fields};
  const header = {alg: 'RSA-OAEP-256', enc: 'A256GCM', kid};
  return sealJwe(JSON.stringify(payload), publicKeyPem, {header});
}

describe('npm run gateway', () => {
  after(() => {
    endGroups(started);
  });

  it('makes sales with a merchant’s own key and login, and exits on SIGTERM even if a page is open', async () => {
    const keys = await mkdtemp(join(tmpdir(), 'sealed-fields-gateway-'));
    const pair = keyPair();
    await writeFile(join(keys, 'private.pem'), pair.privateKeyPem);
    const {child, output, origin} = await start({
      GATEWAY_KEYS: keys,
      GATEWAY_KEY_ID: '2027-05',
      GATEWAY_MERCHANTS: JSON.stringify({demo: [SHOP]}),
      SANDBOX_USERNAME: 'merchant',
      SANDBOX_PASSWORD: 'correct horse',
    });
    while (!output.out.includes('\n')) {
      assert.equal(child.exitCode, null, output.error);
      await once(child.stdout as NodeJS.EventEmitter, 'data');
    }
    assert.equal(output.out, `The sandbox gateway is up: ${origin} · login merchant · keys ${keys}\n`);

    const key = await (await fetch(`${origin}/v3/e2ee/public-key.pem`)).text();
    assert.equal(key.trim(), pair.publicKeyPem.trim());
    assert.equal(await readFile(join(keys, 'public.pem'), 'utf8'), key);
    const body = new URLSearchParams({
      grant_type: 'password',
      username: 'merchant',
      password: 'correct horse',
    });
    const login = await fetch(`${origin}/oauth/token`, {method: 'POST', body});
    const {access_token: token} = (await login.json()) as {access_token: string};
    const sell = async (sale: object) => {
      const answer = await fetch(`${origin}/v1/transactions/sale/keyed`, {
        method: 'POST',
        headers: {'Content-Type': 'application/json', Authorization: `Bearer ${token}`},
        body: JSON.stringify(sale),
      });
      return bodyOf({payload: await answer.text()})['response_code'];
    };
    assert.equal(await sell({...sealedSale(pair), encrypted_csc: seal(pair, '999')}), 101);
    assert.equal(await sell({amount: 1, sealed: envelope(pair, '2027-05')}), 101);
    assert.equal(await sell({amount: 1, sealed: envelope(pair, '2026-11')}), 1);
    const page = await fetch(origin, {headers: {accept: 'text/event-stream'}});
    assert.equal(page.status, 200);

    await ended(child, 'SIGTERM');
  });

  it('answers to the name that it listens on', async () => {
    const keys = await mkdtemp(join(tmpdir(), 'sealed-fields-gateway-'));
    const {child, output, origin} = await start({GATEWAY_KEYS: keys, GATEWAY_HOST: '0.0.0.0'});
    while (!output.out.includes('\n')) {
      assert.equal(child.exitCode, null, output.error);
      await once(child.stdout as NodeJS.EventEmitter, 'data');
    }
    const statusFor = async (host: string) => {
      const [response] = (await once(get(origin, {headers: {host}}), 'response')) as [IncomingMessage];
      return response.resume().statusCode;
    };
    assert.equal(await statusFor('192.0.2.1'), 200);
    assert.equal(await statusFor('elsewhere.example'), 421);
    await ended(child, 'SIGTERM');
  });

  const faults: [string, Record<string, string>, RegExp][] = [
    ['an invalid port', {GATEWAY_PORT: 'http'}, /^GATEWAY_PORT must be a number from 1 to 65535\.\n$/],
    [
      'an address that this machine does not have',
      {GATEWAY_HOST: '192.0.2.1'},
      /^Error: .*EADDRNOTAVAIL.*192\.0\.2\.1.*\n$/,
    ],
  ];
  for (const [what, change, line] of faults) {
    it(`reports in one line ${what}`, async () => {
      const keys = await mkdtemp(join(tmpdir(), 'sealed-fields-gateway-'));
      const {child, output} = await start({GATEWAY_KEYS: keys, ...change});
      const [code] = (await once(child, 'close')) as [number]; // all output has arrived by then
      assert.equal(code, 1);
      assert.match(output.error, line);
    });
  }
});
