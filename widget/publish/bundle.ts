import {existsSync} from 'node:fs';
import {readdir, readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {SealedFieldsError} from '../protocol/errors.ts';

/** What the build leaves to be published. */
export interface Bundle {
  /** The frame document, before a record is stamped into it. */
  template: string;
  /** The frame's scripts by file name, each with its content's hash in it. */
  assets: ReadonlyMap<string, Buffer>;
  loader: Buffer;
  /** The notices of all software in the above. */
  licenses: string;
}

/**
 * @param folder with `widget/` and `loader/`, as `vite build` makes them.
 * @throws SealedFieldsError `config-invalid` if a part is missing.
 */
export async function readBundle(folder: string): Promise<Bundle> {
  try {
    const file = (...path: string[]) => readFile(join(folder, ...path));
    const names = (await readdir(join(folder, 'widget/assets'))).filter((name) => name.endsWith('.js'));
    const assets = new Map<string, Buffer>();
    for (const name of names.sort()) assets.set(name, await file('widget/assets', name));
    return {
      template: (await file('widget/index.html')).toString(),
      assets,
      loader: await file('loader/sealed-fields.js'),
      licenses: [await file('widget/licenses.md'), await file('loader/licenses.md')].join('\n'),
    };
  } catch (cause) {
    throw new SealedFieldsError('config-invalid', `${folder}: the built package is not there, or not whole`, {
      hint: 'Run npm run build.',
      cause,
    });
  }
}

/** The output of this package's own build: this code runs from the sources, and bundled from inside the output. */
export function ownBundle(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, 'dist/widget/index.html'))) return join(folder, 'dist');
  return join(start, '../../dist');
}
