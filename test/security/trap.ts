import {createSocket} from 'node:dgram';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {text} from 'node:stream/consumers';
import {closeAll} from '../../demo/listen.ts';

/** A server of the attacker's: whatever reaches it is lost. */
export interface Trap {
  origin: string;
  port: number;
  /** Each request: method, address, headers and body in one text. */
  caught: string[];
  /** Connections that were made, with or without a request. */
  connections: () => number;
  /** Datagrams to the same port. */
  datagrams: () => number;
  close: () => Promise<void>;
}

/** Listens at 127.0.0.3, which is nobody else's here. It answers 204 to all, readable from anywhere. */
export async function setTrap(): Promise<Trap> {
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
