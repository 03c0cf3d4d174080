import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {describe, it} from 'node:test';
import {forgeCut} from '../../../widget/seal/forge-cut.ts';

const path = createRequire(import.meta.url).resolve('node-forge/lib/util.js');
const code = readFileSync(path, 'utf8');
const {transform} = forgeCut() as {transform: (code: string, id: string) => string | undefined};

describe('forgeCut', () => {
  it('removes the utilities that post messages or start a worker', () => {
    assert.match(code, /postMessage[^]*new Worker/);
    const cut = transform(code, path) ?? '';
    assert.doesNotMatch(cut, /postMessage|new Worker|addEventListener|MutationObserver/);
    assert.match(cut, /util\.globalScope = [^]*util\.encode64 = /);
  });

  it('leaves other files unchanged', () => {
    assert.equal(transform(code, path.replace('util.js', 'rsa.js')), undefined);
  });

  it('rejects an unknown version of the utilities', () => {
    for (const words of ['// define setImmediate', '// check if running', 'util.estimateCores = ']) {
      const other = code.replace(words, '');
      assert.throws(() => transform(other, path), /expected one passage/);
    }
  });
});
