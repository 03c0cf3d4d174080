import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext} from 'node:test';
import {ORIGIN_PLACEHOLDER} from '../../../widget/protocol/names.ts';
import {sharedKeyPair} from '../../support/openssl.ts';

export const KEYS = sharedKeyPair();

export const TEMPLATE = `<!doctype html>
<script type="application/json" id="record"></script>
<script type="module" src="/v1/assets/index-1a2b3c4d.js"></script>
`;

/** Creates a temporary folder with a small build in `bundle/` and a public key. Deleted after the test. */
export async function makeFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sealed-fields-publish-'));
  context.after(() => rm(folder, {recursive: true}));
  await mkdir(join(folder, 'bundle/widget/assets'), {recursive: true});
  await mkdir(join(folder, 'bundle/loader'));
  const files = {
    'widget/index.html': TEMPLATE,
    'widget/assets/index-1a2b3c4d.js': 'export {};\n',
    'widget/assets/jwe-7a8b9c0d.js': 'export const encrypt = 1;\n',
    'widget/assets/seal-4d5e6f7a.js': 'export const seal = 1;\n',
    'widget/assets/seal-4d5e6f7a.js.map': '{}',
    'widget/errors.html': '<style>p {}</style><p>Errors</p>\n',
    'widget/licenses.md': 'Lit: BSD-3-Clause\n',
    'loader/sealed-fields.js': `void "${ORIGIN_PLACEHOLDER}";\n`,
    'loader/licenses.md': 'Postmate: MIT\n',
    'public.pem': KEYS.publicPem,
  };
  for (const [path, content] of Object.entries(files))
    await writeFile(join(folder, path === 'public.pem' ? path : `bundle/${path}`), content);
  return folder;
}

/** A valid record as in a file, with these changes. */
export function demo(changes: object = {}): object {
  return {
    id: 'demo',
    origins: ['https://shop.example', 'https://pay.shop.example'],
    keys: [{kid: '2026-11', file: 'public.pem'}],
    expiry: 'sealed',
    ...changes,
  };
}

/** The content of every file below a folder, by relative path. */
export async function filesIn(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const files = new Map<string, string>();
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length + 1), await readFile(path, 'utf8'));
  }
  return files;
}
