import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {Agent, type IncomingMessage, request} from 'node:http';
import {json} from 'node:stream/consumers';
import type {WebKit} from '../../browsers.ts';
import {freePorts} from '../ports.ts';

/** What the driver refuses, by the name that WebDriver gives to it, such as `no such frame`. */
export class DriverError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

export type Send = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => Promise<unknown>;

export interface Driver {
  /** Sends a command of WebDriver's, with a path that begins after the session. */
  send: Send;
  close: () => Promise<void>;
}

export interface DriverOptions {
  /** Where an HTTP proxy listens on 127.0.0.1. */
  proxyPort: number;
  /** As the tests need it; the window is higher by its own tool bar. */
  viewport: {width: number; height: number};
  /** Further arguments of the browser. */
  args: readonly string[];
}

const TOOL_BAR = 75;

/** Starts a display, a driver and a browser, all of them for this session alone. */
export async function startDriver(webkit: WebKit, options: DriverOptions): Promise<Driver> {
  const {width, height} = options.viewport;
  const started: ChildProcess[] = [];
  const end = () => {
    for (const child of started.reverse()) endGroup(child);
    started.length = 0;
  };
  const endAndExit = () => process.exit(1);
  process.once('exit', end);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, endAndExit);
  try {
    const screen = `${width}x${height + TOOL_BAR}x24`;
    const display = spawn(webkit.display, ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      detached: true,
    });
    started.push(display);
    const DISPLAY = `:${await firstLine(display)}`;
    const [port = 0] = await freePorts(1, ['127.0.0.1']);
    started.push(
      spawn(webkit.driver, [`--port=${port}`, '--host=127.0.0.1'], {
        stdio: 'ignore',
        detached: true, // a group of its own, which the browser's processes are in too
        env: {...process.env, DISPLAY, GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1'},
      }),
    );
    const agent = new Agent({keepAlive: true});
    const call: Send = (method, path, body) => command({agent, port, method, path}, body);
    await untilAnswered(() => call('GET', '/status'));
    const {sessionId} = (await call('POST', '/session', {
      capabilities: {alwaysMatch: capabilities(webkit, options)},
    })) as {sessionId: string};
    const send: Send = (method, path, body) => call(method, `/session/${sessionId}${path}`, body);
    // Before anything else, or the window is never active: then no focus goes into it.
    await send('POST', '/window/rect', {x: 0, y: 0, width, height: height + TOOL_BAR});
    return {
      send,
      async close() {
        await send('DELETE', '').catch(() => undefined);
        agent.destroy();
        end();
        process.off('exit', end);
        for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.off(signal, endAndExit);
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}

function capabilities({browser}: WebKit, {proxyPort, args}: DriverOptions): Record<string, unknown> {
  return {
    browserName: 'MiniBrowser',
    pageLoadStrategy: 'none', // a page that waits for its server shall take commands, as in the other engines
    proxy: {proxyType: 'manual', httpProxy: `127.0.0.1:${proxyPort}`},
    'webkitgtk:browserOptions': {binary: browser, args: ['--automation', ...args]},
  };
}

async function command(
  to: {agent: Agent; port: number; method: string; path: string},
  body: unknown,
): Promise<unknown> {
  const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const headers = text && {'Content-Type': 'application/json', 'Content-Length': text.length};
  const asked = request({host: '127.0.0.1', ...to, ...(headers && {headers})});
  asked.end(text);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const {value} = (await json(response)) as {value: unknown};
  if (response.statusCode === 200) return value;
  const {error, message} = value as {error: string; message: string};
  throw new DriverError(error, message);
}

async function untilAnswered(ask: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** The number that an X server writes once it is up. */
async function firstLine(display: ChildProcess): Promise<string> {
  const stream = display.stdio[3];
  if (!stream) throw new Error('The display has no output.');
  let text = '';
  while (!text.includes('\n')) {
    const [data] = (await Promise.race([once(stream, 'data'), once(display, 'exit')])) as [unknown];
    if (display.exitCode !== null) throw new Error('The display did not start.');
    text += String(data);
  }
  return text.trim();
}

function endGroup({pid}: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}
