import {basename, join} from 'node:path';
import {chromeLauncher} from '@web/test-runner-chrome';
import {webdriverLauncher} from '@web/test-runner-webdriver';
import puppeteer from 'puppeteer-core';
import type * as puppeteerModule from 'puppeteer-core';
import {
  type BrowserLauncher,
  startTestRunner,
  type TestRunnerPlugin,
  type TestSuiteResult,
} from '@web/test-runner';
import {build} from 'vite';
import {
  CHROMIUM_ARGUMENTS,
  findBrowser,
  foundEngines,
  findWebKit,
  requireChromium,
  type WebKit,
} from './browsers.ts';
import {startServers, type WebKitServers} from './e2e/webkit/servers.ts';
import {browserTests, ROOT} from './files.ts';
import {makeKeyPair, open, openJwe} from './openssl.ts';
import type {Tally} from './tally.ts';

/** Runs every unit test of the frame and the host in each engine that is found, bundled as the product is bundled. */
export async function runUnitTests(only: readonly string[]): Promise<Tally> {
  const files = browserTests().filter(
    (path) => only.length === 0 || only.some((part) => path.includes(part)),
  );
  if (files.length === 0) return {passed: 0, failed: 0};
  await bundle(files);
  const webkit = foundEngines().includes('webkit') ? findWebKit() : undefined;
  const servers = webkit && (await startServers(webkit, {width: 1280, height: 900}));
  const runner = await startTestRunner({
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
    config: {
      rootDir: ROOT,
      files: files.map((path) => `dist/test/${bundleName(path)}.js`),
      browsers: [
        ...chromiumLaunchers(),
        ...firefoxLaunchers(),
        ...(webkit && servers ? [webkitLauncher(webkit, servers)] : []),
      ],
      concurrentBrowsers: 1,
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
  servers?.end();
  return tally;
}

function chromiumLaunchers(): BrowserLauncher[] {
  if (!foundEngines().includes('chromium')) return [];
  return [chromeLauncher({launchOptions: {executablePath: requireChromium(), args: CHROMIUM_ARGUMENTS}})];
}

function firefoxLaunchers(): BrowserLauncher[] {
  const executablePath = findBrowser('firefox');
  if (executablePath === undefined || !foundEngines().includes('firefox')) return [];
  const launcher = chromeLauncher({
    puppeteer: puppeteer as unknown as typeof puppeteerModule, // of which it asks for launch() alone
    concurrency: 1,
    launchOptions: {browser: 'firefox', executablePath},
  });
  launcher.name = 'Firefox';
  return [launcher];
}

function webkitLauncher({browser}: WebKit, {port}: WebKitServers): BrowserLauncher {
  const launcher: unknown = webdriverLauncher({
    hostname: '127.0.0.1',
    port,
    path: '/',
    logLevel: 'error',
    capabilities: {
      browserName: 'MiniBrowser',
      'wdio:enforceWebDriverClassic': true,
      'webkitgtk:browserOptions': {binary: browser, args: ['--automation']},
    } as WebdriverIO.Capabilities,
  });
  return launcher as BrowserLauncher; // but for an optional property that may be undefined, it says that it is one
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

/** What a test in the browser may ask of OpenSSL; see `test/widget/crypto/openssl.ts` for its side of it. */
function openssl(): TestRunnerPlugin {
  const {publicPem, privatePem} = makeKeyPair();
  return {
    name: 'openssl',
    executeCommand({command, payload}) {
      if (command === 'openssl-public-key') return {pem: publicPem};
      if (command === 'openssl-key') return makeKeyPair((payload as {args: string[]}).args);
      if (command === 'openssl-open')
        return {plaintexts: open((payload as {ciphertexts: string[]}).ciphertexts, privatePem)};
      if (command === 'openssl-open-jwe') return openJwe((payload as {jwe: string}).jwe, privatePem);
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
