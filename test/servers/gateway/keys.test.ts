import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyExportOptions,
  type KeyObject,
} from 'node:crypto';
import {mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {pathToFileURL} from 'node:url';
import {promisify} from 'node:util';

import {createOpener} from '../../../demo/gateway/open-envelope.ts';
import {ensureKeys} from '../../../demo/gateway/keys.ts';
import {seal} from './openssl.ts';

async function emptyFolder(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'sealed-fields-keys-')), '.keys');
}

describe('ensureKeys', () => {
  it('creates an RSA-2048 pair: private PKCS#8 that only its owner can read, public SPKI', async () => {
    const folder = await emptyFolder();
    const pair = await ensureKeys(folder);
    assert.match(pair.privateKeyPem, /^-----BEGIN PRIVATE KEY-----\n/);
    assert.match(pair.publicKeyPem, /^-----BEGIN PUBLIC KEY-----\n/);
    assert.deepEqual(createPrivateKey(pair.privateKeyPem).asymmetricKeyDetails, {
      modulusLength: 2048,
      publicExponent: 65537n,
    });
    assert.equal((await stat(join(folder, 'private.pem'))).mode & 0o777, 0o600);
    assert.equal(await readFile(join(folder, 'private.pem'), 'utf8'), pair.privateKeyPem);
    assert.equal(await readFile(join(folder, 'public.pem'), 'utf8'), pair.publicKeyPem);
    assert.deepEqual((await readdir(folder)).sort(), ['private.pem', 'public.pem']);
  });

  it('creates halves that match: the private one decrypts what OpenSSL seals with the public one', async () => {
    const folder = await emptyFolder();
    const pair = await ensureKeys(folder);
    const sealed = seal(pair, '4012000098765439');
    assert.equal(createOpener(pair.privateKeyPem)(sealed), '4012000098765439');
  });

  it('keeps an existing pair', async () => {
    const folder = await emptyFolder();
    assert.deepEqual(await ensureKeys(folder), await ensureKeys(folder));
  });

  it('returns one pair to all concurrent callers, in one process and in several', async () => {
    const folder = await emptyFolder();
    const module = pathToFileURL(join(import.meta.dirname, '../../../demo/gateway/keys.ts')).href;
    const script = `import(${JSON.stringify(module)}).then(async ({ensureKeys}) =>
      process.stdout.write((await ensureKeys(${JSON.stringify(folder)})).publicKeyPem))`;
    const run = promisify(execFile);
    const races = await Promise.all([
      ...Array.from(
        {length: 3},
        async () => (await run(process.execPath, ['--import', 'tsx', '-e', script])).stdout,
      ),
      ...Array.from({length: 4}, async () => (await ensureKeys(folder)).publicKeyPem),
    ]);
    const {publicKeyPem} = await ensureKeys(folder);
    assert.deepEqual(new Set(races), new Set([publicKeyPem]));
    assert.deepEqual((await readdir(folder)).sort(), ['private.pem', 'public.pem']);
  });

  it('creates the public half if only the private one exists, also from PKCS#1', async () => {
    const folder = await emptyFolder();
    await ensureKeys(folder);
    const {privateKey} = generateKeyPairSync('rsa', {modulusLength: 2048});
    const pem = privateKey.export({type: 'pkcs1', format: 'pem'}).toString();
    await writeFile(join(folder, 'private.pem'), pem);
    await rm(join(folder, 'public.pem'));
    const pair = await ensureKeys(folder);
    assert.equal(pair.privateKeyPem, pem);
    const expected = createPublicKey(privateKey).export({type: 'spki', format: 'pem'}).toString();
    assert.equal(await readFile(join(folder, 'public.pem'), 'utf8'), expected);
  });

  it('rejects halves that do not match, and overwrites neither', async () => {
    const folder = await emptyFolder();
    const {publicKeyPem} = await ensureKeys(folder);
    await rm(join(folder, 'private.pem'));
    await assert.rejects(ensureKeys(folder), /not the public half/);
    assert.equal(await readFile(join(folder, 'public.pem'), 'utf8'), publicKeyPem);
  });

  const unfit: [string, (type: 'pkcs8') => string][] = [
    ['a public key', () => keyText(generateKeyPairSync('rsa', {modulusLength: 2048}).publicKey, 'spki')],
    ['another kind of key', (type) => keyText(generateKeyPairSync('ed25519').privateKey, type)],
    [
      'a key with a passphrase',
      (type) => keyText(generateKeyPairSync('rsa', {modulusLength: 2048}).privateKey, type, 'x'),
    ],
    ['no key', () => 'not a key'],
  ];
  for (const [what, make] of unfit) {
    it(`rejects ${what} in private.pem, and names the file but not its content`, async () => {
      const folder = await emptyFolder();
      await mkdir(folder, {recursive: true});
      await writeFile(join(folder, 'private.pem'), make('pkcs8'));
      await assert.rejects(ensureKeys(folder), {
        message: `${join(folder, 'private.pem')} is not an RSA private key without a passphrase`,
      });
    });
  }
});

function keyText(key: KeyObject, type: 'pkcs8' | 'spki', passphrase?: string): string {
  const lock = passphrase === undefined ? {} : {cipher: 'aes-256-cbc', passphrase};
  return key.export({format: 'pem', type, ...lock} as KeyExportOptions<'pem'>).toString();
}
