import assert from 'node:assert/strict';
import {createHash, createPublicKey, getDiffieHellman} from 'node:crypto';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, it, type TestContext} from 'node:test';
import {SealedFieldsError} from '../../../widget/protocol/errors.ts';
import {completeRecord, readSource} from '../../../widget/publish/source.ts';
import {parseRecord} from '../../../widget/merchant-record.ts';
import {integer, pem, spki} from '../../support/der.ts';
import {makeKeyPair} from '../../support/openssl.ts';
import {demo, KEYS, makeFolder} from './fixture.ts';

const NOW = new Date('2026-11-23T12:00:00Z');

async function complete(context: TestContext, changes: object) {
  const folder = await makeFolder(context);
  return completeRecord({path: join(folder, 'demo.json'), data: demo(changes)}, NOW);
}

/** The error for a record with these changes. */
async function rejectionOf(context: TestContext, changes: object): Promise<SealedFieldsError> {
  try {
    await complete(context, changes);
  } catch (error) {
    assert.ok(error instanceof SealedFieldsError);
    return error;
  }
  return assert.fail('the record was accepted');
}

describe('completeRecord', () => {
  it('reads a key file relative to the record', async (context) => {
    const {keys} = await complete(context, {});
    assert.deepEqual(keys, [
      {kid: '2026-11', pem: KEYS.publicPem, notBefore: undefined, notAfter: undefined},
    ]);
  });

  it('uses the SHA-256 of the SubjectPublicKeyInfo as the kid of a key without one', async (context) => {
    const spki = createPublicKey(KEYS.publicPem).export({type: 'spki', format: 'der'});
    const {keys} = await complete(context, {keys: [{pem: KEYS.publicPem}]});
    assert.equal(keys[0]?.kid, createHash('sha256').update(spki).digest('base64url'));
  });

  it('returns a record that the frame parses unchanged', async (context) => {
    const record = await complete(context, {reveal: ['last4'], names: {cardNumber: 'ccNumber'}});
    assert.deepEqual(parseRecord(JSON.parse(JSON.stringify(record))), record);
  });

  const keyTable: [what: string, key: object, code: string, message: RegExp][] = [
    [
      'both pem and file',
      {pem: KEYS.publicPem, file: 'public.pem'},
      'config-invalid',
      /keys\[0\]: expected either pem or file, found both/,
    ],
    [
      'neither pem nor file',
      {kid: 'k'},
      'config-invalid',
      /keys\[0\]: expected either pem or file, found neither/,
    ],
    [
      'a pem that is not a string',
      {pem: 1},
      'config-invalid',
      /keys\[0\]: pem: expected a string, found another type/,
    ],
    [
      'a file that is not a string',
      {file: ['public.pem']},
      'config-invalid',
      /keys\[0\]: file: expected a string/,
    ],
    [
      'a missing file',
      {file: 'none.pem'},
      'config-invalid',
      /keys\[0\]: .*none\.pem: the file cannot be read \(ENOENT\)/,
    ],
    [
      'an unknown entry',
      {pem: KEYS.publicPem, key: 1},
      'config-invalid',
      /keys\[0\]: key: unknown entry; expected/,
    ],
    [
      'a kid that is not a string',
      {pem: KEYS.publicPem, kid: 7},
      'config-invalid',
      /keys\[0\]: kid: expected/,
    ],
    ['an HTML page in place of a key', {pem: '<!doctype html>'}, 'key-invalid', /keys\[0\]: .*HTML page/],
    [
      'a notAfter in the past',
      {file: 'public.pem', notAfter: '2026-11-23T11:59:59Z'},
      'key-expired',
      /keys\[0\]: notAfter: expected a time in the future, found 2026-11-23T11:59:59Z/,
    ],
    [
      'a notAfter before its notBefore',
      {file: 'public.pem', notBefore: '2027-01-02T00:00:00Z', notAfter: '2027-01-01T00:00:00Z'},
      'config-invalid',
      /keys\[0\]: notAfter: expected a time after notBefore 2027-01-02T00:00:00Z, found 2027-01-01T00:00:00Z/,
    ],
    [
      'a key that is not valid yet, even within the clock tolerance of the frame',
      {file: 'public.pem', notBefore: '2026-11-23T12:00:01Z'},
      'key-expired',
      /keys: expected at least one key that is valid now, found none/,
    ],
  ];
  for (const [what, key, code, message] of keyTable)
    it(`rejects ${what}`, async (context) => {
      const error = await rejectionOf(context, {keys: [key]});
      assert.equal(error.code, code);
      assert.match(error.message, /demo\.json: /);
      assert.match(error.message, message);
    });

  it('accepts a future key next to one that is valid now', async (context) => {
    const later = {kid: 'later', pem: makeKeyPair().publicPem, notBefore: '2027-01-01T00:00:00Z'};
    const {keys} = await complete(context, {keys: [{file: 'public.pem'}, later]});
    assert.equal(keys[1]?.kid, 'later');
  });

  it('rejects a record that is not an object, or has no keys', async (context) => {
    const path = join(await makeFolder(context), 'demo.json');
    for (const data of [null, [], 'demo', {}, {keys: {}}])
      await assert.rejects(completeRecord({path, data}, NOW), {code: 'config-invalid'});
  });

  it('rejects a weak key', async (context) => {
    const {publicPem} = makeKeyPair(['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024']);
    const error = await rejectionOf(context, {keys: [{pem: publicPem}]});
    assert.equal(error.code, 'key-invalid');
    assert.match(
      error.message,
      /demo\.json: keys\[0\]: expected a modulus of 2048 to 4096 bits, found 1024 bits/,
    );
  });

  it('rejects a key that can be factored, although the frame would accept it', async (context) => {
    const prime = BigInt(`0x${getDiffieHellman('modp14').getPrime('hex')}`);
    const error = await rejectionOf(context, {keys: [{pem: pem(spki(integer(prime)))}]});
    assert.equal(error.code, 'key-invalid');
    assert.match(
      error.message,
      /demo\.json: keys\[0\]: expected a product of two large primes, found a prime$/,
    );
  });

  it('rejects a private key without quoting it', async (context) => {
    const error = await rejectionOf(context, {keys: [{pem: KEYS.privatePem}]});
    assert.equal(error.code, 'private-key-supplied');
    const report = everythingIn(error);
    for (const line of KEYS.privatePem.split('\n').filter((each) => each !== ''))
      assert.ok(!report.includes(line), 'the error quotes a line of the key');
  });
});

describe('readSource', () => {
  it('rejects a file that is not JSON without quoting it', async (context) => {
    const path = join(await makeFolder(context), 'demo.json');
    await writeFile(path, KEYS.privatePem);
    await assert.rejects(readSource(path), (error: SealedFieldsError) => {
      assert.equal(error.code, 'config-invalid');
      assert.equal(error.message, `${path}: expected JSON, found a file that does not parse`);
      assert.equal(error.cause, undefined);
      return true;
    });
  });

  it('rejects a missing file', async () => {
    await assert.rejects(readSource('/nowhere/demo.json'), {
      code: 'config-invalid',
      message: '/nowhere/demo.json: the file cannot be read (ENOENT)',
    });
  });
});

/** All text of an error and its causes that a log could contain. */
function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return `${error.stack ?? ''}${error.message}${JSON.stringify(error)}${everythingIn(error.cause)}`;
}
