import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {ROOT} from '../../support/root.ts';

describe('the built command line', () => {
  it(
    'runs as an executable file',
    {skip: process.platform === 'win32' && 'npm creates a wrapper on Windows'},
    () => {
      const usage = execFileSync(join(ROOT, 'dist/cli/cli.js'), ['--help'], {encoding: 'utf8'});
      assert.match(usage, /^sealed-fields publish <record\.json>/);
    },
  );
});
