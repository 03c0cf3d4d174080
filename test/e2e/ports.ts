import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {closeAll} from '../../demo/listen.ts';

/** One port, taken at several addresses of this machine; nothing answers there yet. */
export interface Bound {
  port: number;
  servers: Server[];
}

/**
 * Takes a port that is free at each of `hosts`, and keeps it: one that is let go in between may be given
 * to somebody else. An address that the machine does not have is passed over, but for the first.
 */
export async function bind([first, ...others]: readonly [string, ...string[]]): Promise<Bound> {
  for (;;) {
    const servers = [await take(0, first)];
    const {port} = servers[0]?.address() as AddressInfo;
    try {
      for (const host of others) servers.push(await take(port, host));
      return {port, servers};
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return {port, servers};
      await closeAll(servers);
      if (code !== 'EADDRINUSE') throw error;
    }
  }
}

/** Ports that were free a moment ago, for a process that takes them itself. */
export async function freePorts(count: number, hosts: readonly [string, ...string[]]): Promise<number[]> {
  const all = await Promise.all(Array.from({length: count}, () => bind(hosts)));
  await closeAll(all.flatMap(({servers}) => servers));
  return all.map(({port}) => port);
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
