import type {Server} from 'node:http';

import {SealedFieldsError} from '../widget/protocol/errors.ts';
import {closeAll} from './listen.ts';
import type {Log} from './request-log.ts';
import {SettingsError} from './settings.ts';

/**
 * Runs servers until SIGINT or SIGTERM. If they cannot start, prints one line and exits with status 1.
 *
 * @param start adds each server to `servers` as soon as it listens.
 */
export async function runServers(start: (servers: Server[], log: Log) => Promise<void>): Promise<void> {
  const servers: Server[] = [];
  const end = () => {
    void closeAll(servers).then(() => process.exit(0));
  };
  process.stdout.on('error', () => {
    // The pipe that reads the output was closed; keep serving.
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

/** One line without a stack: the user of the demo has no use for it. */
function explain(error: unknown): string {
  if (error instanceof SealedFieldsError) return `${error.message} ${error.hint}`.trim();
  return error instanceof SettingsError ? error.message : String(error);
}
