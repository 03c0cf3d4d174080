import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {LOCALHOST} from '../../demo/listen.ts';
import {freePorts} from './ports.ts';
import {ROOT} from './root.ts';

/** The ports that `npm start` reads from its environment: shop, widget host, gateway. */
export const PORT_VARIABLES = ['MERCHANT_PORT', 'WIDGET_PORT', 'GATEWAY_PORT'] as const;

/** `npm start`, the leader of its own process group. */
export interface Started {
  child: ChildProcess;
  /** What it has written so far. */
  output: {out: string; error: string};
  /** In the order of {@link PORT_VARIABLES}. */
  ports: number[];
}

/** Runs `npm start` on free ports, with the existing build. @param change further environment variables. */
export async function npmStart(change: Record<string, string> = {}): Promise<Started> {
  const ports = await freePorts(PORT_VARIABLES.length, LOCALHOST);
  const environment = Object.fromEntries(PORT_VARIABLES.map((name, at) => [name, String(ports[at])]));
  const child = spawn('npm', ['start', '--ignore-scripts'], {
    cwd: ROOT,
    detached: true,
    env: {...process.env, ...environment, ...change},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = {out: '', error: ''};
  child.stdout.on('data', (data: Buffer) => (output.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output.error += data.toString()));
  return {child, output, ports};
}

/** Waits until `npm start` has printed that it is up. */
export async function untilUp({child, output}: Started): Promise<void> {
  while (!/^Sealed Fields is up: .*\n/m.test(output.out)) {
    assert.equal(child.exitCode, null, output.error);
    await once(child.stdout as NodeJS.EventEmitter, 'data');
  }
}
