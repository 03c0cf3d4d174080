import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {basename, dirname, resolve} from 'node:path';
import {describe, it} from 'node:test';

import {KEY_FOLDER} from '../../demo/gateway/keys.ts';
import {readRecords} from '../../demo/publish-demo.ts';

async function demoRecord(shopOrigin: string) {
  const records = await readRecords(shopOrigin);
  const found = records.find(({path}) => basename(path) === 'demo.json');
  assert.ok(found);
  return {path: found.path, data: found.data as {origins: string[]; keys: {file: string}[]}};
}

describe('readRecords', () => {
  it('returns the demo’s record as it is in its file', async () => {
    const {path, data} = await demoRecord('http://localhost:4100');
    assert.deepEqual(data, JSON.parse(readFileSync(path, 'utf8')));
    assert.deepEqual(data.origins, ['http://localhost:4100']);
  });

  it('replaces the default origin with the shop’s real one, and changes nothing else', async () => {
    const {data} = await demoRecord('http://localhost:9100');
    assert.deepEqual(data, {
      ...(await demoRecord('http://localhost:4100')).data,
      origins: ['http://localhost:9100'],
    });
  });

  it('names the public key of the gateway', async () => {
    const {path, data} = await demoRecord('http://localhost:4100');
    assert.equal(resolve(dirname(path), data.keys[0]?.file ?? ''), resolve(KEY_FOLDER, 'public.pem'));
  });
});
