import {createSocket} from 'node:dgram';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {networkInterfaces} from 'node:os';
import {text} from 'node:stream/consumers';
import {closeAll} from '../../../../demo/listen.ts';

/** An attacker's server. Everything that reaches it has leaked. */
export interface Trap {
  origin: string;
  port: number;
  /** Each request: method, address, headers and body in one text. */
  caught: string[];
  /** How many connections were made, with or without a request. */
  connections: () => number;
  /** How many datagrams reached the same port. */
  datagrams: () => number;
  close: () => Promise<void>;
}

/** Listens on 127.0.0.3, which no other test server uses. Answers every request with 204, readable from any origin. */
export async function openTrap(): Promise<Trap> {
  const caught: string[] = [];
  let connections = 0;
  let datagrams = 0;
  const server = createServer((request, response) => {
    const head = `${request.method ?? ''} ${request.url ?? ''} ${JSON.stringify(request.headers)}`;
    response.writeHead(204, {'Access-Control-Allow-Origin': '*'}).end();
    void text(request).then((body) => caught.push(`${head} ${body}`));
  });
  server.on('connection', () => (connections += 1));
  server.on('upgrade', (request, socket) => {
    caught.push(`UPGRADE ${request.url ?? ''}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.3', resolve));
  const {port} = server.address() as AddressInfo;
  const socket = createSocket('udp4');
  socket.on('message', () => (datagrams += 1));
  await new Promise<void>((resolve) => socket.bind(port, '127.0.0.3', resolve));
  return {
    origin: `http://127.0.0.3:${port}`,
    port,
    caught,
    connections: () => connections,
    datagrams: () => datagrams,
    async close() {
      socket.close();
      await closeAll([server]);
    },
  };
}

export async function withTrap<T>(test: (trap: Trap) => Promise<T>): Promise<T> {
  const trap = await openTrap();
  return test(trap).finally(() => trap.close());
}

/** The last part of each address that was requested. */
export function arrivedAt(trap: Trap): Set<string> {
  return new Set(trap.caught.map((text) => /^\S+ \/([\w-]+)/.exec(text)?.[1] ?? text));
}

/** An attacker's STUN server. It counts datagrams and answers none. */
export interface CallTrap {
  address: string;
  port: number;
  calls: () => number;
  close: () => void;
}

/** Listens on a network address of this machine, because Firefox sends no STUN to loopback; on loopback if there is none. */
export async function openCallTrap(): Promise<CallTrap> {
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const {address = '127.0.0.1'} = own.find(({family, internal}) => family === 'IPv4' && !internal) ?? {};
  let calls = 0;
  const socket = createSocket('udp4').on('message', () => (calls += 1));
  await new Promise<void>((resolve) => socket.bind(0, address, resolve));
  return {address, port: socket.address().port, calls: () => calls, close: () => socket.close()};
}
