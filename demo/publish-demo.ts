import {readdir, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {publish} from '../widget/publish/publish.ts';
import type {Merchants} from './gateway/submissions.ts';
import {readSource, type RecordSource} from '../widget/publish/source.ts';

const MERCHANTS = fileURLToPath(new URL('merchants', import.meta.url));
const BUNDLE = fileURLToPath(new URL('../dist', import.meta.url));

/** The folder that the demo's widget is published to, and that `createWidgetHost` serves. */
export const PUBLISHED = fileURLToPath(new URL('../dist/published', import.meta.url));

/** The shop's origin in the demo's records. */
const RECORDED_ORIGIN = 'http://localhost:4100';

/**
 * Publishes every record of `demo/merchants` for a shop at `shopOrigin`.
 *
 * @returns the origins of each merchant, for the gateway.
 */
export async function publishDemo(shopOrigin: string): Promise<Merchants> {
  const records = await readRecords(shopOrigin);
  const published = records.map(({data}) => data as PublishedRecord);
  await removeMerchantsExcept(published.map(({id}) => id));
  await publish({records, bundle: BUNDLE, out: PUBLISHED});
  return Object.fromEntries(published.map(({id, origins}) => [id, origins]));
}

/** Removes merchants of earlier versions of the demo: `publish` rejects merchants without a record. */
async function removeMerchantsExcept(ids: readonly string[]): Promise<void> {
  const folder = join(PUBLISHED, 'tree/v1/m');
  const found = await readdir(folder).catch(() => []);
  for (const id of found.filter((each) => !ids.includes(each))) await rm(join(folder, id), {recursive: true});
}

/** The members of a record that the gateway needs. */
interface PublishedRecord {
  id: string;
  origins: string[];
}

/** The demo's records, with `shopOrigin` in place of the default origin. */
export async function readRecords(shopOrigin: string): Promise<RecordSource[]> {
  const names = (await readdir(MERCHANTS)).filter((name) => name.endsWith('.json')).sort();
  const sources = await Promise.all(names.map((name) => readSource(join(MERCHANTS, name))));
  return sources.map(({path, data}) => ({path, data: withOrigin(data, shopOrigin)}));
}

function withOrigin(data: unknown, shopOrigin: string): unknown {
  if (typeof data !== 'object' || data === null || !('origins' in data)) return data;
  const {origins} = data;
  if (!Array.isArray(origins)) return data;
  return {
    ...data,
    origins: origins.map((origin: unknown) => (origin === RECORDED_ORIGIN ? shopOrigin : origin)),
  };
}
