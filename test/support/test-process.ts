import {resolve} from 'node:path';
import {it} from 'node:test';
import {pathToFileURL} from 'node:url';
import {LAST_TEST} from './reporter.ts';

/** How long open handles may keep this process alive after the last test. */
const DRAIN_MS = 5000;

/** Registers the tests of the files that the command line names, in one process. */
for (const file of process.argv.slice(2)) await import(pathToFileURL(resolve(file)).href);

// `node:test` waits for the event loop to drain. A server or browser that a failed test left open would keep it forever.
it(LAST_TEST, () => {
  setTimeout(() => {
    process.stderr.write(`Tests left open: ${process.getActiveResourcesInfo().join(', ')}\n`);
    process.exit(1);
  }, DRAIN_MS).unref();
});
