import {readFileSync} from 'node:fs';
import {join} from 'node:path';

/** Why tests with published vectors are skipped; false if `VECTORS` names their folder. */
export const SKIP =
  process.env['VECTORS'] === undefined && 'VECTORS does not name a folder of published vectors';

/** A file of published vectors; empty without `VECTORS`. */
export function readVectors(path: string): Record<string, unknown> {
  const folder = process.env['VECTORS'];
  return folder === undefined
    ? {}
    : (JSON.parse(readFileSync(join(folder, path), 'utf8')) as Record<string, unknown>);
}
