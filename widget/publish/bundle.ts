import {existsSync} from 'node:fs';
import {readdir, readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {SealedFieldsError} from '../protocol/errors.ts';

/** The files of a build that are published. */
export interface Bundle {
  /** The frame document without a merchant record. */
  template: string;
  /** The frame's scripts by file name. Each name contains a hash of the content. */
  assets: ReadonlyMap<string, Buffer>;
  /** `sealed-fields.js`, which merchants' pages load. */
  loader: Buffer;
  /** The page that explains the errors. Its only active content is one `<style>`. */
  errors: string;
  /** License notices of all third-party code in these files. */
  licenses: string;
}

/**
 * Reads the files to publish from the output of `vite build`.
 *
 * @param folder contains `widget/` and `loader/`.
 * @throws SealedFieldsError `config-invalid` if a file is missing.
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
      errors: (await file('widget/errors.html')).toString(),
      licenses: [await file('widget/licenses.md'), await file('loader/licenses.md')].join('\n'),
    };
  } catch (cause) {
    throw new SealedFieldsError(
      'config-invalid',
      `${folder}: expected a complete build, found files missing`,
      {hint: 'Run npm run build, or pass the folder of another build with --bundle.', cause},
    );
  }
}

/**
 * The folder of this package's own build. Works from the sources and from `dist/cli`, which is inside the build.
 */
export function ownBundle(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, 'dist/widget/index.html'))) return join(folder, 'dist');
  return join(start, '../../dist');
}
