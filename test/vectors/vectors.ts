import {readFileSync} from 'node:fs';
import {join} from 'node:path';

/** Why tests over published vectors are skipped, or false where the environment names their folder. */
export const SKIP = process.env['VECTORS'] === undefined && 'VECTORS names no folder of published vectors';

/** A file of published vectors; nothing where there are none. */
export function readVectors(path: string): Record<string, unknown> {
  const folder = process.env['VECTORS'];
  return folder === undefined
    ? {}
    : (JSON.parse(readFileSync(join(folder, path), 'utf8')) as Record<string, unknown>);
}
