import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Manifest} from '../../../widget/publish/publish.ts';
import type {Servers} from '../../support/servers.ts';

interface Rule {
  path: string;
  headers: Record<string, string>;
}

/** Changes the headers of a publication in this folder, rule by rule. */
export async function editHeaders(
  out: string,
  edit: (path: string, headers: Record<string, string>) => void,
): Promise<void> {
  const file = join(out, 'headers.json');
  const {rules} = JSON.parse(await readFile(file, 'utf8')) as {rules: Rule[]};
  for (const {path, headers} of rules) edit(path, headers);
  await writeFile(file, JSON.stringify({rules}));
}

/** The inventory of the scripts that the widget host serves. */
export async function inventoryOf({published}: Servers): Promise<Manifest['assets']> {
  const {assets} = JSON.parse(await readFile(join(published, 'manifest.json'), 'utf8')) as Manifest;
  return assets;
}
