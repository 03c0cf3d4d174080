import {randomInt} from 'node:crypto';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {closeAll} from '../../demo/listen.ts';

/** One port, bound at several addresses of this machine. Its servers have no request handler yet. */
export interface Bound {
  port: number;
  servers: Server[];
}

/** A host of a server, and other hosts that a browser treats as the same. */
type Hosts = readonly [string, ...string[]];

/**
 * Binds a port that is free at each of `hosts`, and keeps it: the system may give a released port to another process.
 * Addresses that the machine does not have are skipped, except the first.
 *
 * @param propose the port to try; by default the system chooses.
 */
export async function bind([first, ...others]: Hosts, propose = () => 0): Promise<Bound> {
  for (;;) {
    const servers: Server[] = [];
    try {
      servers.push(await take(propose(), first));
      const {port} = servers[0]?.address() as AddressInfo;
      for (const host of others) await take(port, host).then((server) => servers.push(server), passOver);
      return {port, servers};
    } catch (error) {
      await closeAll(servers);
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

/** A port for a server that is stopped and restarted. The system does not assign ports of this range by itself. */
export function keptPort(): number {
  return randomInt(12_000, 20_000);
}

/** Free ports for a process that binds them itself. The system does not assign ports of this range by itself. */
export async function freePorts(count: number, hosts: Hosts): Promise<number[]> {
  const all = await Promise.all(
    Array.from({length: count}, () => bind(hosts, () => randomInt(20_000, 30_000))),
  );
  await closeAll(all.flatMap(({servers}) => servers));
  return all.map(({port}) => port);
}

function passOver(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EADDRNOTAVAIL' && error.code !== 'EAFNOSUPPORT') throw error;
}

function take(port: number, host: string): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}
