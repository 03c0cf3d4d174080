import {sep} from 'node:path';
import type {TestRunnerPlugin} from '@web/test-runner';
import {build} from 'esbuild';
import {ROOT} from './root.ts';

/** Compile-time constants, as `build` of esbuild takes them. */
type Define = Readonly<Record<string, string>>;

const FOLDER = '/__packages__/';

/**
 * Serves npm packages to the tests as ES modules bundled by esbuild, including those published as CommonJS only.
 * All packages are bundled in one build: a module that two of them import exists once.
 *
 * @param names as they are imported, such as `lit/decorators.js`.
 */
export function bundlePackages(names: readonly string[], define: Define): TestRunnerPlugin {
  const modules = bundle(names, define);
  return {
    name: 'bundle-packages',
    resolveImport: ({source}) => (names.includes(source) ? pathOf(source) : undefined),
    async serve({path}) {
      const body = path.startsWith(FOLDER) ? (await modules).get(path) : undefined;
      return body === undefined ? undefined : {body, type: 'js'};
    },
  };
}

/** The bundled modules by the path that they are served at. */
async function bundle(names: readonly string[], define: Define): Promise<ReadonlyMap<string, string>> {
  const {outputFiles} = await build({
    entryPoints: Object.fromEntries(names.map((name) => [withoutExtension(name), name])),
    absWorkingDir: ROOT,
    outdir: FOLDER,
    external: ['/__web-dev-server__*'], // served by the runner
    bundle: true,
    splitting: true,
    format: 'esm',
    define,
    write: false,
  });
  return new Map(outputFiles.map(({path, text}) => [path.replaceAll(sep, '/'), text]));
}

function pathOf(name: string): string {
  return `${FOLDER}${withoutExtension(name)}.js`;
}

function withoutExtension(name: string): string {
  return name.replace(/\.js$/, '');
}
