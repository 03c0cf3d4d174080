import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:net';
import {after, describe, it} from 'node:test';
import {LOCALHOST} from '../../demo/listen.ts';
import {ROOT} from '../files.ts';
import {endGroups, ended} from '../processes.ts';
import {freePorts} from './ports.ts';

const VARIABLES = ['MERCHANT_PORT', 'WIDGET_PORT', 'GATEWAY_PORT'] as const;

const started: ChildProcess[] = [];

/** `npm start` on free ports, in a process group of its own; what was built before is served. */
async function start(change: Record<string, string> = {}) {
  const ports = await freePorts(VARIABLES.length, LOCALHOST);
  const environment = Object.fromEntries(VARIABLES.map((name, at) => [name, String(ports[at])]));
  const child = spawn('npm', ['start', '--ignore-scripts'], {
    cwd: ROOT,
    detached: true,
    env: {...process.env, ...environment, ...change},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const output = {out: '', error: ''};
  child.stdout.on('data', (data: Buffer) => (output.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output.error += data.toString()));
  return {child, output, ports};
}

async function untilUp(child: ChildProcess, output: {out: string; error: string}): Promise<void> {
  while (!/^Sealed Fields is up: .*\n/m.test(output.out)) {
    assert.equal(child.exitCode, null, output.error);
    await once(child.stdout as NodeJS.EventEmitter, 'data');
  }
}

describe('npm start', () => {
  after(() => {
    endGroups(started);
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`serves three origins, says so in one line, and ends whole at ${signal}, though an answer is still under way`, async () => {
      const {child, output, ports} = await start();
      await untilUp(child, output);
      const [shop, widget, gateway] = ports;
      const line = `shop http://localhost:${shop} · widget http://127.0.0.1:${widget} · gateway http://127.0.0.1:${gateway}`;
      assert.ok(output.out.includes(`Sealed Fields is up: ${line}\n`), output.out);

      const page = await fetch(`http://localhost:${shop}/card`);
      assert.equal(page.status, 200);
      assert.ok((await page.text()).includes(`<script src="http://127.0.0.1:${widget}/v1/sealed-fields.js"`));
      const frame = await fetch(`http://127.0.0.1:${widget}/v1/m/demo/`);
      assert.match(
        frame.headers.get('content-security-policy') ?? '',
        new RegExp(`frame-ancestors http://localhost:${shop};`),
      );
      const key = await fetch(`http://127.0.0.1:${gateway}/v3/e2ee/public-key.pem`);
      assert.match(await key.text(), /^-----BEGIN PUBLIC KEY-----\n/);

      const late = assert.rejects(fetch(`http://127.0.0.1:${widget}/v1/m/late/`)); // the gallery's: it takes 15 seconds

      await ended(child, signal);
      await assert.rejects(fetch(`http://localhost:${shop}/card`));
      await late;
    });
  }

  for (const variable of VARIABLES) {
    it(`names ${variable} in one line when its port is taken`, async () => {
      const taken = createServer();
      taken.listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const {port} = taken.address() as {port: number};
      const {child, output} = await start({[variable]: String(port)});
      const [code] = (await once(child, 'close')) as [number]; // all was read by then
      taken.close();
      assert.equal(code, 1);
      const own = output.error.split('\n').filter((text) => text !== '' && !text.startsWith('npm '));
      assert.deepEqual(own, [`Port ${port} is taken: set ${variable} to another port.`]);
    });
  }
});
