import {mkdir, readdir, rename, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import packageJson from '../../package.json' with {type: 'json'};
import {SealedFieldsError} from '../protocol/errors.ts';
import type {MerchantRecord} from '../merchant-record.ts';
import {ownBundle, readBundle} from './bundle.ts';
import {headerRules} from './headers.ts';
import {describeScript, type Script} from './inventory.ts';
import {pin} from './pin.ts';
import {completeRecord, type RecordSource} from './source.ts';
import {stamp} from './stamp.ts';

export interface Publication {
  records: readonly RecordSource[];
  /** Folder of the build's output, see {@link readBundle}; by default, that of this package's own build. */
  bundle?: string | undefined;
  /** Folder to write to; it may hold an earlier publication. */
  out: string;
  /** The moment at which keys must be in force. */
  now?: Date;
}

/** The inventory of one version's scripts, by their path. */
export interface Manifest {
  version: string;
  assets: Record<string, Script>;
}

/**
 * Writes `tree/`, a static site; `headers.json`, without which it must not be served; and `manifest.json`, a
 * {@link Manifest}. If one record or script is refused, nothing is written. Nothing of earlier publications is
 * deleted, for open pages still load it. Each file appears whole, by rename, and after what it needs: assets,
 * headers, documents, the loader, the manifest last.
 *
 * @returns what was written, in that order, relative to `out`.
 * @throws SealedFieldsError `config-invalid` for two records of one id, for a merchant in `out` that has no record, for
 * an incomplete bundle and for a script without a purpose; else what {@link completeRecord} throws.
 */
export async function publish({
  records,
  bundle = ownBundle(),
  out,
  now = new Date(),
}: Publication): Promise<string[]> {
  const merchants = await completeRecords(records, now);
  await expectAllMerchants(join(out, 'tree/v1/m'), merchants);
  const {template, assets, loader, licenses} = await readBundle(bundle);
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
  const rules = headerRules(merchants, await loaderVersions(join(out, 'tree')), importMap);
  await write('headers.json', json({rules}));
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
        `${source.path}: id: ${merchant.id} is taken by a record before`,
      );
    merchants.set(merchant.id, merchant);
  }
  return [...merchants.values()];
}

/**
 * Headers are written for the given records alone, so a merchant without a record would go off the air.
 *
 * @throws SealedFieldsError `config-invalid` that names the merchants.
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
    `${folder}: no record was given for ${missing.join(', ')}, which this publication would take off the air`,
    {hint: 'Give the records of all merchants. To remove a merchant, delete its folder there first'},
  );
}

/** The versions that ever left their pinned loader in the tree. */
async function loaderVersions(tree: string): Promise<string[]> {
  return (await readdir(tree)).filter((name) => /^\d+\.\d+\.\d+/.test(name)).sort();
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
