import {mkdir, readdir, rename, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import packageJson from '../../package.json' with {type: 'json'};
import {SealedFieldsError} from '../protocol/errors.ts';
import {type MerchantRecord, parseOrigin} from '../merchant-record.ts';
import {ownBundle, readBundle} from './bundle.ts';
import {headerRules} from './headers.ts';
import {describeScript, type Script} from './inventory.ts';
import {pin} from './pin.ts';
import {completeRecord, type RecordSource} from './source.ts';
import {stamp, stampOrigin} from './stamp.ts';

/** What {@link publish} reads and where it writes. */
export interface Publication {
  /** The records of all merchants that the widget host serves. */
  records: readonly RecordSource[];
  /** Folder of a build, see {@link readBundle}. Default: this package's own build. */
  bundle?: string | undefined;
  /** The origin of the widget host, which a script that is part of a bundle needs. Default: such a script reports an error. */
  origin?: string | undefined;
  /** Folder to write to. It may contain an earlier publication. */
  out: string;
  /** The time at which keys must be valid. Default: the current time. */
  now?: Date;
}

/** The inventory of the scripts of one version. */
export interface Manifest {
  version: string;
  /** By path in the tree, such as `/v1/sealed-fields.js`. */
  assets: Record<string, Script>;
}

/**
 * Writes the files of the widget host: `tree/`, the static site to serve; `headers.json`, the headers that it must be
 * served with; and `manifest.json`, a {@link Manifest}.
 *
 * If a record or a script is invalid, nothing is written. Files of earlier publications are kept, because open pages may
 * still load them. Each file is replaced atomically, by a rename, and after the files that it depends on: first assets,
 * then headers, documents, the loader, and the manifest.
 *
 * @returns the paths of the written files, in that order, relative to `out`.
 * @throws SealedFieldsError `config-invalid` if two records have the same id, a merchant in `out` has no record, the
 * build is incomplete, or a script has no purpose; also the errors of {@link completeRecord}.
 * @throws TypeError if `origin` is not an origin with `https:` or on loopback.
 * @example
 * const records = await Promise.all(['demo.json', 'other.json'].map(readSource));
 * const paths = await publish({records, out: 'site'});
 */
export async function publish({
  records,
  bundle = ownBundle(),
  origin,
  out,
  now = new Date(),
}: Publication): Promise<string[]> {
  const merchants = await completeRecords(records, now);
  await expectAllMerchants(join(out, 'tree/v1/m'), merchants);
  const {template, assets, errors, licenses, ...built} = await readBundle(bundle);
  const loader =
    origin === undefined ? built.loader : stampOrigin(built.loader, parseOrigin(origin, 'origin'));
  const {version} = packageJson;
  const {template: pinned, importMap} = pin(template, assets);
  const chunks = [...assets].map(([name, script]) => [`/v1/assets/${name}`, script] as const);
  const [fixed, floating] = [`/${version}/sealed-fields.js`, '/v1/sealed-fields.js'];
  const manifest: Manifest = {version, assets: {}};
  for (const [path, script] of [...chunks, [fixed, loader] as const, [floating, loader] as const])
    manifest.assets[path] = describeScript(path, script);
  const written: string[] = [];

  const write = async (path: string, content: string | Buffer) => {
    const target = join(out, path);
    await mkdir(dirname(target), {recursive: true});
    await writeFile(`${target}.new`, content);
    await rename(`${target}.new`, target);
    written.push(path);
  };

  for (const [path, script] of chunks) await write(`tree${path}`, script);
  await write('tree/v1/licenses.md', licenses);
  await write(`tree${fixed}`, loader);
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(errors) ?? [];
  const rules = headerRules(merchants, await loaderVersions(join(out, 'tree')), importMap, style);
  await write('headers.json', json({rules}));
  await write('tree/v1/errors/index.html', errors);
  for (const record of merchants) await write(`tree/v1/m/${record.id}/index.html`, stamp(pinned, record));
  await write(`tree${floating}`, loader);
  await write('manifest.json', json(manifest));
  return written;
}

async function completeRecords(sources: readonly RecordSource[], now: Date): Promise<MerchantRecord[]> {
  const merchants = new Map<string, MerchantRecord>();
  for (const source of sources) {
    const merchant = await completeRecord(source, now);
    if (merchants.has(merchant.id))
      throw new SealedFieldsError(
        'config-invalid',
        `${source.path}: id: expected a different id in each record, found ${merchant.id} twice`,
        {hint: 'Change the id in one of the two records.'},
      );
    merchants.set(merchant.id, merchant);
  }
  return [...merchants.values()];
}

/**
 * Requires a record for each merchant that `folder` contains. Without one, the new `headers.json` would forbid every page
 * to embed that merchant's frame.
 *
 * @throws SealedFieldsError `config-invalid`; the message lists the merchants without a record.
 */
async function expectAllMerchants(folder: string, merchants: readonly MerchantRecord[]): Promise<void> {
  const published = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  const missing = published.filter((id) => !merchants.some((merchant) => merchant.id === id)).sort();
  if (missing.length === 0) return;
  throw new SealedFieldsError(
    'config-invalid',
    `${folder}: expected a record for each merchant in this folder, found none for ${missing.join(', ')}`,
    {hint: 'Pass the records of all merchants. To remove a merchant, delete its folder first.'},
  );
}

/** The versions of the loader that the tree contains, including earlier ones. */
async function loaderVersions(tree: string): Promise<string[]> {
  return (await readdir(tree)).filter((name) => /^\d+\.\d+\.\d+/.test(name)).sort();
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
