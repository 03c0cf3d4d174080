import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {ROOT} from './root.ts';
import type {Servers} from './servers.ts';

/** Serves files of npm packages to the test's page. @param files the path in `node_modules` of each, by its path on the server. */
export function servePackages({pages}: Servers, files: Readonly<Record<string, string>>): void {
  for (const [path, file] of Object.entries(files))
    pages.set(path, {
      html: readFileSync(join(ROOT, 'node_modules', file), 'utf8'),
      headers: {'Content-Type': 'text/javascript'},
    });
}
