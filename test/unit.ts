import {basename, join} from 'node:path';
import {chromeLauncher} from '@web/test-runner-chrome';
import {startTestRunner, type TestRunnerPlugin, type TestSuiteResult} from '@web/test-runner';
import {build} from 'vite';
import {CHROMIUM_ARGUMENTS, requireChromium} from './browsers.ts';
import {browserTests, ROOT} from './files.ts';
import {makeKeyPair, open} from './openssl.ts';
import type {Tally} from './tally.ts';

/** Runs every unit test of the frame and the host in Chromium, bundled as the product is bundled. */
export async function runUnitTests(only: readonly string[]): Promise<Tally> {
  const executablePath = requireChromium();
  const files = browserTests().filter(
    (path) => only.length === 0 || only.some((part) => path.includes(part)),
  );
  if (files.length === 0) return {passed: 0, failed: 0};
  await bundle(files);
  const runner = await startTestRunner({
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
    config: {
      rootDir: ROOT,
      files: files.map((path) => `dist/test/${bundleName(path)}.js`),
      browsers: [chromeLauncher({launchOptions: {executablePath, args: CHROMIUM_ARGUMENTS}})],
      concurrency: 1, // a page in the background draws no frames, and tests wait for them
      testsFinishTimeout: 240_000,
      testFramework: {config: {ui: 'bdd', timeout: '60000'}},
      plugins: [openssl()],
    },
  });
  if (runner === undefined) throw new Error('The test runner did not start.');
  await new Promise((resolve) => {
    runner.on('finished', resolve);
  });
  const tally = {passed: 0, failed: 0};
  for (const session of runner.sessions.all()) {
    count(session.testResults, tally);
    tally.failed += session.errors.length;
  }
  await runner.stop();
  return tally;
}

/** Bundles the tests with the configuration that makes the product, so that they meet its very code. */
async function bundle(files: readonly string[]): Promise<void> {
  await build({
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'warn',
    base: '/dist/test/',
    build: {
      outDir: join(ROOT, 'dist/test'),
      emptyOutDir: true,
      minify: false,
      sourcemap: 'inline',
    },
    environments: {
      client: {
        build: {
          outDir: join(ROOT, 'dist/test'),
          license: false,
          rolldownOptions: {
            external: /^\/__web-dev-server__/, // served by the runner
            input: Object.fromEntries(files.map((path) => [bundleName(path), join(ROOT, path)])),
            output: {entryFileNames: '[name].js'},
          },
        },
      },
    },
  });
}

function bundleName(path: string): string {
  return `${path.slice('test/'.length, -basename(path).length).replaceAll('/', '.')}${basename(path, '.ts')}`;
}

/** What a test in the browser may ask of OpenSSL; see `test/openssl-commands.ts` for its side of it. */
function openssl(): TestRunnerPlugin {
  const {publicPem, privatePem} = makeKeyPair();
  return {
    name: 'openssl',
    executeCommand({command, payload}) {
      if (command === 'openssl-public-key') return {pem: publicPem};
      if (command === 'openssl-key') return makeKeyPair((payload as {args: string[]}).args);
      if (command === 'openssl-open')
        return {plaintexts: open((payload as {ciphertexts: string[]}).ciphertexts, privatePem)};
      return undefined;
    },
  };
}

function count(suite: TestSuiteResult | undefined, tally: Tally): void {
  for (const {passed, skipped} of suite?.tests ?? []) {
    if (!skipped) tally[passed ? 'passed' : 'failed'] += 1;
  }
  for (const each of suite?.suites ?? []) count(each, tally);
}
