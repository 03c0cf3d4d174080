import {randomUUID} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import type forge from 'node-forge';
import {build} from 'vite';
import type {EncryptionCode} from '../../widget/seal/load-crypto.ts';
import {forgeCut} from '../../widget/seal/forge-cut.ts';
import type {Encrypt, sealValues, warmUp} from '../../widget/seal/seal.ts';
import type {sealForm} from '../../widget/seal/seal-form.ts';
import {ROOT} from './root.ts';

/** What the bundle exports. Its errors are of its own copy of `SealedFieldsError`: compare their `code`. */
export interface SealingBuild {
  forge: typeof forge;
  encryptPaytrace: Encrypt;
  sealValues: typeof sealValues;
  warmUp: typeof warmUp;
  sealForm: typeof sealForm;
  EncryptionCode: typeof EncryptionCode;
}

/** Not a file: the plugin below provides its source. */
const ENTRY = join(ROOT, 'sealing-build.js');

const SOURCE = `
  export {default as forge} from 'node-forge/lib/forge.js';
  export {encrypt as encryptPaytrace} from '${ROOT}widget/seal/paytrace.ts';
  export {sealValues, warmUp} from '${ROOT}widget/seal/seal.ts';
  export {EncryptionCode} from '${ROOT}widget/seal/load-crypto.ts';
  export {sealForm} from '${ROOT}widget/seal/seal-form.ts';
`;

/**
 * The encryption code as a browser gets it, for tests in Node: the product's build replaces parts of node-forge
 * (`forge-cut.ts`), and plain imports would test node-forge as it is published.
 *
 * Bundled once in a process: every call after the first returns the same module.
 */
export function sealingBuild(): Promise<SealingBuild> {
  return (cache.module ??= bundle());
}

const cache: {module?: Promise<SealingBuild>} = {};

async function bundle(): Promise<SealingBuild> {
  const result = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    plugins: [
      forgeCut(),
      {
        name: 'sealing-build',
        resolveId: (source) => (source === ENTRY ? ENTRY : undefined),
        load: (id) => (id === ENTRY ? SOURCE : undefined),
      },
    ],
    build: {
      write: false,
      minify: false,
      reportCompressedSize: false,
      lib: {entry: ENTRY, formats: ['es'], fileName: 'sealing-build'},
      rolldownOptions: {output: {codeSplitting: false}},
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  const chunk = 'output' in output ? output.output[0] : undefined;
  if (chunk === undefined) throw new Error('The build wrote no chunk.');
  const folder = mkdtempSync(join(tmpdir(), 'sealed-fields-build-'));
  const file = join(folder, `${randomUUID()}.mjs`);
  try {
    writeFileSync(file, chunk.code);
    return (await import(pathToFileURL(file).href)) as SealingBuild;
  } finally {
    rmSync(folder, {recursive: true});
  }
}
