import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {CASES} from '../release/security/cases.ts';
import {ROOT} from '../support/root.ts';

describe('docs/threat-model.md', () => {
  const text = readFileSync(join(ROOT, 'docs/threat-model.md'), 'utf8');

  it('lists every security case with its description', () => {
    const rows = [...text.matchAll(/^- \*\*([A-Z]\d\d)\*\*: (.*)$/gm)].map(([, id, what]) => [id, what]);
    assert.deepEqual(
      rows,
      Object.entries(CASES).map(([id, {what}]) => [id, what]),
    );
  });

  it('names only cases that exist', () => {
    for (const [id] of text.matchAll(/\b[A-Z]\d\d\b/g)) assert.ok(id in CASES, id);
  });
});
