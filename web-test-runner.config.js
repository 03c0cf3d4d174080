import {esbuildPlugin} from '@web/dev-server-esbuild';
import {tsImport} from 'tsx/esm/api';
import packageJson from './package.json' with {type: 'json'};

const {bundlePackages} = await tsImport('./test/support/bundle-packages.ts', import.meta.url);
const {inputMethod} = await tsImport('./test/support/input-method.ts', import.meta.url);
const {launchers} = await tsImport('./test/support/launchers.ts', import.meta.url);

/** All npm packages that tests and product import. Nothing else resolves a bare import. */
const PACKAGES = [
  '@open-wc/testing',
  '@web/test-runner-commands',
  'credit-card-type',
  'lit',
  'lit/decorators.js',
  'postmate',
];

const define = {
  'process.env.NODE_ENV': '"production"',
  VERSION: JSON.stringify(packageJson.version),
};

/** `ENGINES=chromium,firefox,webkit` selects the browsers; Chromium is the default. */
export default {
  rootDir: import.meta.dirname,
  files: 'test/browser/**/*.test.ts',
  browsers: await launchers(),
  concurrentBrowsers: 1,
  concurrency: 1, // a page in the background gets neither animation frames nor the focus
  testsFinishTimeout: 240_000,
  testFramework: {config: {timeout: '60000'}},
  plugins: [
    bundlePackages(PACKAGES, define),
    inputMethod(),
    esbuildPlugin({ts: true, target: 'es2022', tsconfig: `${import.meta.dirname}/tsconfig.json`, define}),
  ],
};
