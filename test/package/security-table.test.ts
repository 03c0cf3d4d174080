import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {ROOT} from '../files.ts';
import {CONTROLS} from '../security/taken-out/all.ts';
import type {Control} from '../security/taken-out/control.ts';
import {readControls, type Row, rowsOf} from '../security/table.ts';

const ENGINES = ['chromium', 'firefox', 'webkit'] as const;

describe('the table of security tests', () => {
  const {rows} = JSON.parse(readFileSync(join(ROOT, 'docs/security-tests.json'), 'utf8')) as {rows: Row[]};
  const key = ({id, engine, what}: Row) => `${id} ${engine}: ${what}`;

  it('has a row for each case and engine, as they are now', () => {
    assert.deepEqual(rows.map(key), rowsOf(new Map(), ENGINES).map(key));
  });

  it('has none that fails', () => {
    assert.deepEqual(rows.filter(({result}) => result === 'fail').map(key), []);
  });

  it('rests on defences that still stand where they were taken out', () => {
    for (const {id, changes} of CONTROLS)
      for (const {file, from} of changes)
        assert.equal(readFileSync(join(ROOT, file), 'utf8').split(from).length, 2, `${id}: ${file}: ${from}`);
  });

  it('has every defence as it is now, seen to fail when it was taken out', () => {
    const name = ({id, without}: Control) => `${id} ${without}`;
    assert.deepEqual(readControls(CONTROLS).map(name), CONTROLS.map(name));
  });
});
