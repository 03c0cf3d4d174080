import {readFileSync} from 'node:fs';
import {join} from 'node:path';

/** The reason to skip tests with published vectors, or false if `VECTORS` names their folder. */
export const SKIP =
  process.env['VECTORS'] === undefined && 'VECTORS does not name a folder of published vectors';

/** Reads a JSON file of published vectors. Returns an empty object without `VECTORS`. */
export function readVectors(path: string): Record<string, unknown> {
  const folder = process.env['VECTORS'];
  return folder === undefined
    ? {}
    : (JSON.parse(readFileSync(join(folder, path), 'utf8')) as Record<string, unknown>);
}
