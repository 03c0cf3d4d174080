import {once} from 'node:events';
import {Agent, type IncomingMessage, request} from 'node:http';
import {json} from 'node:stream/consumers';
import type {WebKit} from '../find-browsers.ts';
import {startServers} from './servers.ts';

/** An error that the driver returned. `code` is WebDriver's name for it, such as `no such frame`. */
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
  /** Version of the engine, such as `2.50.1`. */
  version: string;
  /** Sends a WebDriver command. Its path starts after the session. */
  send: Send;
  close: () => Promise<void>;
}

export interface DriverOptions {
  /** Port of an HTTP proxy on 127.0.0.1. */
  proxyPort: number;
  /** Size of a page. The window is higher by its tool bar. */
  viewport: {width: number; height: number};
  /** Further command line arguments of the browser. */
  args: readonly string[];
}

const TOOL_BAR_HEIGHT_PX = 75;

/** Longer than any command takes: no command waits for a page, conditions are polled. */
const COMMAND_TIMEOUT_MS = 45_000;

/** Starts a display, a driver and a browser for one session. */
export async function startDriver(webkit: WebKit, options: DriverOptions): Promise<Driver> {
  const {width, height} = options.viewport;
  const screen = {width, height: height + TOOL_BAR_HEIGHT_PX};
  const {port, end} = await startServers(webkit, screen);
  try {
    const agent = new Agent({keepAlive: true});
    const call: Send = (method, path, body) => command({agent, port, method, path}, body);
    const {sessionId, capabilities} = (await call('POST', '/session', {
      capabilities: {alwaysMatch: wanted(webkit, options)},
    })) as {sessionId: string; capabilities: {browserVersion: string}};
    const send: Send = (method, path, body) => call(method, `/session/${sessionId}${path}`, body);
    // Must be the first command: otherwise the window never becomes active and never gets the focus.
    await send('POST', '/window/rect', {x: 0, y: 0, ...screen});
    return {
      version: capabilities.browserVersion,
      send,
      async close() {
        await send('DELETE', '').catch(() => undefined);
        agent.destroy();
        end();
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}

function wanted({browser}: WebKit, {proxyPort, args}: DriverOptions): Record<string, unknown> {
  return {
    browserName: 'MiniBrowser',
    pageLoadStrategy: 'none', // a page that is still loading must accept commands, as in the other engines
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
  const signal = AbortSignal.timeout(COMMAND_TIMEOUT_MS);
  const asked = request({host: '127.0.0.1', ...to, signal, ...(headers && {headers})});
  asked.end(text);
  const [response] = (await once(asked, 'response').catch((error: unknown) => {
    throw new Error(`The driver has not answered ${to.method} ${to.path}.`, {cause: error});
  })) as [IncomingMessage];
  const {value} = (await json(response)) as {value: unknown};
  if (response.statusCode === 200) return value;
  const {error, message} = value as {error: string; message: string};
  throw new DriverError(error, message);
}
