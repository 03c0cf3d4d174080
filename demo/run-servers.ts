import type {Server} from 'node:http';

import {SealedFieldsError} from '../widget/protocol/errors.ts';
import {closeAll} from './listen.ts';
import type {Log} from './request-log.ts';
import {SettingsError} from './settings.ts';

/**
 * Serves until SIGINT or SIGTERM asks for the end.
 *
 * @param start puts each server into `servers` as soon as it listens; if it throws, whoever started the process
 *   reads one line, and it ends with status 1.
 */
export async function runServers(start: (servers: Server[], log: Log) => Promise<void>): Promise<void> {
  const servers: Server[] = [];
  const end = () => {
    void closeAll(servers).then(() => process.exit(0));
  };
  process.stdout.on('error', () => {
    // Whoever read our lines went away; the servers stay open.
  });
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  try {
    await start(servers, (line) => process.stdout.write(`${line}\n`));
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    await closeAll(servers);
    process.exit(1);
  }
}

/** One line; the stack helps nobody who only wanted to start. */
function explain(error: unknown): string {
  if (error instanceof SealedFieldsError) return `${error.message} ${error.hint}`.trim();
  return error instanceof SettingsError ? error.message : String(error);
}
