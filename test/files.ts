import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** The project's root. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A suite is told by where its files stand: these folders run in Node, `e2e` drives browsers from Node. */
const NODE_FOLDERS = [
  'test/demo/',
  'test/widget/publish/',
  'test/package/',
  'test/vectors/',
  'test/fuzz/node/',
];

/** Every `*.test.ts`, relative to the root, in a stable order. */
function testFiles(): string[] {
  return readdirSync(join(ROOT, 'test'), {recursive: true, encoding: 'utf8'})
    .map((path) => `test/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.test.ts'))
    .sort();
}

const within = (folders: readonly string[]) => (path: string) =>
  folders.some((folder) => path.startsWith(folder));

export const nodeTests = () => testFiles().filter(within(NODE_FOLDERS));
export const endToEndTests = () => testFiles().filter(within(['test/e2e/']));
/** What stands in the table of docs/security-tests.md. */
export const securityTests = () => testFiles().filter(within(['test/security/']));
/** The bad day: networks, clocks and browsers that fail. */
export const faultTests = () => testFiles().filter(within(['test/faults/']));
/** What the documentation shows in other languages, run as it stands there. */
export const languageTests = () => testFiles().filter(within(['test/languages/']));
/** A long life, longer than any shopper's. */
export const soakTests = () => testFiles().filter(within(['test/soak/']));
/** End to end files that take long: in Chromium for every change, in the other engines before a release. */
const LONG = [
  'accessibility',
  'attributes',
  'bank',
  'bridge',
  'filled',
  'focus',
  'form-life',
  'form-page',
  'hands',
  'heights',
  'languages',
  'layouts',
  'leaving',
  'libraries',
  'marked-div',
  'mounting',
  'pictures',
  'problems',
  'right-to-left',
  'side-by-side',
  'split',
  'submission-again',
  'text-size',
  'theme',
  'transparency',
  'typing',
  'unmoved',
];
export const releaseTests = () => LONG.map((name) => `test/e2e/${name}.test.ts`);
export const browserTests = () =>
  testFiles().filter(
    (path) =>
      !within([
        ...NODE_FOLDERS,
        'test/e2e/',
        'test/faults/',
        'test/security/',
        'test/soak/',
        'test/languages/',
      ])(path),
  );
