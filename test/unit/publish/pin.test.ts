import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {describe, it} from 'node:test';
import {pin} from '../../../widget/publish/pin.ts';
import {TEMPLATE} from './fixture.ts';

const ENTRY = Buffer.from('export {};\n');
const SEAL = Buffer.from('export const seal = 1;\n');
const JWE = Buffer.from('export const encrypt = 1;\n');
const GERMAN = Buffer.from('export const de = {};\n');
const ASSETS = new Map([
  ['de-1a2b3c4d.js', GERMAN],
  ['index-1a2b3c4d.js', ENTRY],
  ['jwe-7a8b9c0d.js', JWE],
  ['seal-4d5e6f7a.js', SEAL],
]);

const sha256 = (input: Buffer) => {
  const digest = execFileSync('openssl', ['dgst', '-sha256', '-binary'], {input});
  return `sha256-${digest.toString('base64')}`;
};

describe('pin', () => {
  it('adds an import map with the hashes of the chunks, including spare URLs for encryption code, and the integrity of the entry', () => {
    const {template, importMap} = pin(TEMPLATE, ASSETS);

    const each = (chunk: string, script: Buffer): [string, string][] =>
      ['', '#1', '#2', '#3', '#4', '#5'].map((spare) => [`/v1/assets/${chunk}.js${spare}`, sha256(script)]);
    const integrity = {
      ...Object.fromEntries([...each('jwe-7a8b9c0d', JWE), ...each('seal-4d5e6f7a', SEAL)]),
      '/v1/assets/de-1a2b3c4d.js': sha256(GERMAN),
    };
    assert.deepEqual(JSON.parse(importMap), {integrity});
    assert.equal(
      template,
      TEMPLATE.replace(
        '<script type="module" src="/v1/assets/index-1a2b3c4d.js">',
        `<script type="importmap">${importMap}</script>\n    <script type="module" src="/v1/assets/index-1a2b3c4d.js" integrity="${sha256(ENTRY)}">`,
      ),
    );
  });

  it('rejects a template that does not load exactly one script of the build', () => {
    assert.throws(() => pin('<!doctype html>', ASSETS), /expected one script of the build, found none$/);
    assert.throws(() => pin(TEMPLATE.replace('1a2b3c4d', '77777777'), ASSETS), /found index-77777777\.js$/);
    assert.throws(() => pin(TEMPLATE + TEMPLATE, ASSETS), /found index-1a2b3c4d\.js, index-1a2b3c4d\.js$/);
  });
});
