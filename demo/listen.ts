import {createServer, type Server} from 'node:http';

import type {FastifyInstance} from 'fastify';

import {SettingsError} from './settings.ts';

/** How long requests may still run once the end was asked for, in milliseconds. */
const GRACE = 500;

/** How often connections that a request has left idle meanwhile are closed, in milliseconds. */
const SWEEP = 25;

export interface Place {
  /** Addresses of this machine; one that it does not have is passed over, but for the first. */
  hosts: readonly [string, ...string[]];
  port: number;
  /** The environment variable that sets the port. */
  variable: string;
}

/** What `localhost` means to a browser, which may try either. */
export const LOCALHOST = ['127.0.0.1', '::1'] as const;

/**
 * Answers at every address of `place`.
 *
 * @throws SettingsError if the port is taken at one of them, or is not ours to take.
 */
export async function listen(app: FastifyInstance, {hosts, port, variable}: Place): Promise<Server[]> {
  await app.ready();
  const servers: Server[] = [];
  for (const host of hosts) {
    const server = createServer((request, response) => {
      app.routing(request, response);
    });
    try {
      await opened(server, port, host);
      servers.push(server);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (host !== hosts[0] && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) continue;
      await closeAll(servers);
      if (code === 'EADDRINUSE') {
        throw new SettingsError(`Port ${port} is taken: set ${variable} to another port.`);
      }
      if (code === 'EACCES') {
        throw new SettingsError(`Port ${port} may not be used: set ${variable} to another port.`);
      }
      throw error;
    }
  }
  return servers;
}

function opened(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({port, host}, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Takes no new request, lets running ones end for a while, then cuts every connection. */
export async function closeAll(servers: readonly Server[]): Promise<void> {
  const sweep = setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
  }, SWEEP);
  const cut = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, GRACE);
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => {
            resolve();
          });
        }),
    ),
  );
  clearInterval(sweep);
  clearTimeout(cut);
}
