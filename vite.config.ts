import {chmodSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {defineConfig, type BuildEnvironmentOptions, type Plugin} from 'vite';
import {errorsPage} from './widget/publish/errors-page.ts';
import {forgeCut} from './widget/seal/forge-cut.ts';
import packageJson from './package.json' with {type: 'json'};

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One file that a browser or Node loads by itself. */
function singleFile(
  entry: string,
  out: string,
  file: string,
  format: 'iife' | 'es',
): BuildEnvironmentOptions {
  return {
    outDir: here(out),
    emptyOutDir: true,
    lib: {entry: here(entry), name: 'SealedFields', formats: [format], fileName: () => file},
    license: {fileName: 'licenses.md'},
  };
}

/** Makes the built command line executable, as `npx sealed-fields` needs it. */
function executable(): Plugin {
  return {
    name: 'executable',
    applyToEnvironment: ({name}) => name === 'cli',
    writeBundle: ({dir = ''}, files) => {
      for (const file of Object.values(files))
        if (file.type === 'chunk') chmodSync(join(dir, file.fileName), 0o755);
    },
  };
}

/** Adds the page that explains the errors to the frame's tree. */
function errors(): Plugin {
  return {
    name: 'errors',
    applyToEnvironment: ({name}) => name === 'client',
    generateBundle() {
      const markdown = readFileSync(here('docs/errors.md'), 'utf8');
      this.emitFile({type: 'asset', fileName: 'errors.html', source: errorsPage(markdown)});
    },
  };
}

/** `vite build --app` makes every artefact: the frame's tree, the loader, the npm module, the command line. */
export default defineConfig({
  root: here('widget'),
  base: '/v1/',
  publicDir: false,
  define: {
    'process.env.NODE_ENV': '"production"',
    VERSION: JSON.stringify(packageJson.version),
  },
  build: {
    target: ['chrome99', 'firefox101', 'safari16.4'],
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  plugins: [forgeCut(), errors(), executable()],
  builder: {},
  environments: {
    client: {
      build: {
        outDir: here('dist/widget'),
        emptyOutDir: true,
        license: {fileName: 'licenses.md'},
        rolldownOptions: {input: here('widget/index.html')},
      },
    },
    loader: {
      consumer: 'client',
      build: singleFile('host-sdk/loader.ts', 'dist/loader', 'sealed-fields.js', 'iife'),
    },
    module: {
      consumer: 'client',
      build: {
        outDir: here('dist/module'),
        emptyOutDir: true,
        lib: {
          entry: {'sealed-fields': here('host-sdk/module.ts'), define: here('host-sdk/define.ts')},
          formats: ['es'],
        },
        license: {fileName: 'licenses.md'},
        rolldownOptions: {output: {chunkFileNames: '[name].js'}},
      },
    },
    cli: {
      consumer: 'server',
      resolve: {noExternal: true},
      build: singleFile('widget/publish/cli.ts', 'dist/cli', 'cli.js', 'es'),
    },
  },
});
