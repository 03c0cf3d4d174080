import {createServer, type Server} from 'node:http';

import type {FastifyInstance} from 'fastify';

import {SettingsError} from './settings.ts';

/** How long running requests may continue after {@link closeAll} was called. */
const GRACE_MS = 500;

/** How often {@link closeAll} closes connections that have become idle. */
const SWEEP_INTERVAL_MS = 25;

export interface Place {
  /** Addresses to listen on. One that this machine does not have is skipped, except the first. */
  hosts: readonly [string, ...string[]];
  port: number;
  /** The environment variable that sets the port. */
  variable: string;
}

/** The addresses of `localhost`; a browser may try either. */
export const LOCALHOST = ['127.0.0.1', '::1'] as const;

/**
 * Listens on every address of `place`, with one server for each.
 *
 * @throws SettingsError if the port is in use on one of them, or needs a permission that the process lacks.
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
        throw new SettingsError(`Port ${port} is already in use: set ${variable} to another port.`);
      }
      if (code === 'EACCES') {
        throw new SettingsError(`No permission to listen on port ${port}: set ${variable} to another port.`);
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

/** Accepts no new requests, waits up to {@link GRACE_MS} for running ones, then closes every connection. */
export async function closeAll(servers: readonly Server[]): Promise<void> {
  const sweep = setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
  }, SWEEP_INTERVAL_MS);
  const cut = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, GRACE_MS);
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
