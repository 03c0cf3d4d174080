import assert from 'node:assert/strict';
import {createHash, createPublicKey} from 'node:crypto';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, it, type TestContext} from 'node:test';
import {SealedFieldsError} from '../../../widget/protocol/errors.ts';
import {completeRecord, readSource} from '../../../widget/publish/source.ts';
import {parseRecord} from '../../../widget/record.ts';
import {makeKeyPair} from '../../openssl.ts';
import {demo, KEYS, makeFolder} from './fixture.ts';

const NOW = new Date('2026-11-23T12:00:00Z');

async function complete(context: TestContext, changes: object) {
  const folder = await makeFolder(context);
  return completeRecord({path: join(folder, 'demo.json'), data: demo(changes)}, NOW);
}

/** The refusal of a record that differs from a sound one by `changes`. */
async function refusal(context: TestContext, changes: object): Promise<SealedFieldsError> {
  try {
    await complete(context, changes);
  } catch (error) {
    assert.ok(error instanceof SealedFieldsError);
    return error;
  }
  return assert.fail('the record was taken');
}

describe('completeRecord', () => {
  it('reads a key file that is named relative to the record', async (context) => {
    const {keys} = await complete(context, {});
    assert.deepEqual(keys, [
      {kid: '2026-11', pem: KEYS.publicPem, notBefore: undefined, notAfter: undefined},
    ]);
  });

  it('names a key without kid by the SHA-256 of its SubjectPublicKeyInfo', async (context) => {
    const spki = createPublicKey(KEYS.publicPem).export({type: 'spki', format: 'der'});
    const {keys} = await complete(context, {keys: [{pem: KEYS.publicPem}]});
    assert.equal(keys[0]?.kid, createHash('sha256').update(spki).digest('base64url'));
  });

  it('makes a record that the frame can parse to the same', async (context) => {
    const record = await complete(context, {reveal: ['last4'], names: {cardNumber: 'ccNumber'}});
    assert.deepEqual(parseRecord(JSON.parse(JSON.stringify(record))), record);
  });

  const keyTable: [what: string, key: object, code: string, message: RegExp][] = [
    [
      'pem beside file',
      {pem: KEYS.publicPem, file: 'public.pem'},
      'config-invalid',
      /keys\[0\]: expected either pem or file/,
    ],
    ['neither pem nor file', {kid: 'k'}, 'config-invalid', /keys\[0\]: expected either pem or file/],
    ['a pem that is no text', {pem: 1}, 'config-invalid', /keys\[0\]: pem: expected a text/],
    ['a file that is no text', {file: ['public.pem']}, 'config-invalid', /keys\[0\]: file: expected a text/],
    [
      'a missing file',
      {file: 'none.pem'},
      'config-invalid',
      /keys\[0\]: .*none\.pem: cannot be read \(ENOENT\)/,
    ],
    [
      'an unknown entry',
      {pem: KEYS.publicPem, key: 1},
      'config-invalid',
      /keys\[0\]: key: expected none but/,
    ],
    ['a kid that is no text', {pem: KEYS.publicPem, kid: 7}, 'config-invalid', /keys\[0\]: kid: expected/],
    ['a page in place of a key', {pem: '<!doctype html>'}, 'key-invalid', /keys\[0\]: .*HTML page/],
    [
      'a notAfter that is past',
      {file: 'public.pem', notAfter: '2026-11-23T11:59:59Z'},
      'key-expired',
      /keys\[0\]: notAfter: is past/,
    ],
    [
      'a notAfter before its notBefore',
      {file: 'public.pem', notBefore: '2027-01-02T00:00:00Z', notAfter: '2027-01-01T00:00:00Z'},
      'config-invalid',
      /keys\[0\]: notAfter: expected a time after notBefore/,
    ],
    [
      'a notBefore within the tolerance of the frame',
      {file: 'public.pem', notBefore: '2026-11-23T12:00:01Z'},
      'key-expired',
      /keys: expected one to be in force now/,
    ],
  ];
  for (const [what, key, code, message] of keyTable)
    it(`refuses ${what}`, async (context) => {
      const error = await refusal(context, {keys: [key]});
      assert.equal(error.code, code);
      assert.match(error.message, /demo\.json: /);
      assert.match(error.message, message);
    });

  it('takes a key for later beside one that is in force', async (context) => {
    const later = {kid: 'later', pem: makeKeyPair().publicPem, notBefore: '2027-01-01T00:00:00Z'};
    const {keys} = await complete(context, {keys: [{file: 'public.pem'}, later]});
    assert.equal(keys[1]?.kid, 'later');
  });

  it('refuses a record that is no object, and one without keys', async (context) => {
    const path = join(await makeFolder(context), 'demo.json');
    for (const data of [null, [], 'demo', {}, {keys: {}}])
      await assert.rejects(completeRecord({path, data}, NOW), {code: 'config-invalid'});
  });

  it('refuses a weak key', async (context) => {
    const {publicPem} = makeKeyPair(['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024']);
    const error = await refusal(context, {keys: [{pem: publicPem}]});
    assert.equal(error.code, 'key-invalid');
    assert.match(
      error.message,
      /demo\.json: keys\[0\]: expected a modulus of 2048 to 4096 bits, found 1024 bits/,
    );
  });

  it('refuses a private key and says nothing of it', async (context) => {
    const error = await refusal(context, {keys: [{pem: KEYS.privatePem}]});
    assert.equal(error.code, 'private-key-supplied');
    const told = everythingIn(error);
    for (const line of KEYS.privatePem.split('\n').filter((each) => each !== ''))
      assert.ok(!told.includes(line), 'a line of the key is told');
  });
});

describe('readSource', () => {
  it('refuses what is not JSON and quotes nothing of it', async (context) => {
    const path = join(await makeFolder(context), 'demo.json');
    await writeFile(path, KEYS.privatePem);
    await assert.rejects(readSource(path), (error: SealedFieldsError) => {
      assert.equal(error.code, 'config-invalid');
      assert.equal(error.message, `${path}: expected JSON`);
      assert.equal(error.cause, undefined);
      return true;
    });
  });

  it('refuses a file that is not there', async () => {
    await assert.rejects(readSource('/nowhere/demo.json'), {
      code: 'config-invalid',
      message: '/nowhere/demo.json: cannot be read (ENOENT)',
    });
  });
});

/** What a log could show of an error: it and its causes, with every property. */
function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return `${error.stack ?? ''}${error.message}${JSON.stringify(error)}${everythingIn(error.cause)}`;
}
