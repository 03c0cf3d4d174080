import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, it} from 'node:test';
import {ROOT} from '../../support/root.ts';

const pages = ['.', 'docs'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

/** What a page can be led to by: its headings as they are called in an address, and names of its own. */
function anchorsIn(text: string): string[] {
  const headings = Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
  return [...headings, ...Array.from(text.matchAll(/<a (?:id|name)="([^"]+)"/g), ([, name = '']) => name)];
}

describe('every link and picture of the documentation', () => {
  for (const page of pages)
    it(`of ${page} leads to something`, () => {
      const text = readFileSync(join(ROOT, page), 'utf8');
      const links = Array.from(text.matchAll(/\]\((?![a-z]+:)([^)\s#]*)#?([^)\s]*)\)/g));
      for (const [link, path = '', anchor = ''] of links) {
        const target = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path);
        assert.ok(existsSync(target), link);
        if (anchor !== '') assert.ok(anchorsIn(readFileSync(target, 'utf8')).includes(anchor), link);
      }
    });
});
