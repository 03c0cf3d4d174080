import assert from 'node:assert/strict';
import {constants, generateKeyPairSync, publicEncrypt} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';

import {createOpener} from '../../../demo/gateway/decrypt.ts';
import {makePair, seal, sealBlock} from './openssl.ts';

const pair = makePair();
const open = createOpener(pair.privateKeyPem);

/** EM as in RFC 8017 §7.2.1, `change` spoils it. */
function block(text: string, change: (octets: Buffer) => void = () => {}): Buffer {
  const octets = Buffer.alloc(256, 0x5a);
  octets[0] = 0;
  octets[1] = 2;
  octets[256 - text.length - 1] = 0;
  octets.write(text, 256 - text.length, 'latin1');
  change(octets);
  return octets;
}

describe('createOpener', () => {
  it('opens what OpenSSL seals, from no octet to the longest message', () => {
    for (const text of ['', '1', '123', '4012000098765439', '9'.repeat(245)]) {
      assert.equal(open(seal(pair, text)), text);
    }
  });

  it('opens a block with exactly eight octets of padding, and none with seven', () => {
    assert.equal(open(sealBlock(pair, block('7'.repeat(245)))), '7'.repeat(245));
    assert.equal(open(sealBlock(pair, block('7'.repeat(246)))), undefined);
  });

  it('keeps zeros inside the message', () => {
    assert.equal(open(sealBlock(pair, block('1\x002\x00'))), '1\x002\x00');
  });

  const spoiled: [string, (octets: Buffer) => void][] = [
    ['block type 1', (octets) => (octets[1] = 1)],
    ['block type 0', (octets) => (octets[1] = 0)],
    ['first octet not zero', (octets) => (octets[0] = 1)],
    ['no zero after the padding', (octets) => octets.fill(0x5a, 2)],
    ['zero right after the block type', (octets) => (octets[2] = 0)],
    ['zero as the eighth octet of padding', (octets) => (octets[9] = 0)],
    ['all octets zero', (octets) => octets.fill(0)],
  ];
  for (const [fault, change] of spoiled) {
    it(`opens no block with a fault: ${fault}`, () => {
      assert.equal(open(sealBlock(pair, block('4012000098765439', change))), undefined);
    });
  }

  const good = seal(pair, '4012000098765439');
  const bytes = Buffer.from(good, 'base64');
  const malformed: [string, string][] = [
    ['nothing', ''],
    ['words', 'not base64 at all!'],
    ['another key’s', seal(makePair(), '4012000098765439')],
    ['one octet short', bytes.subarray(1).toString('base64')],
    ['one octet long', Buffer.concat([bytes, Buffer.of(0)]).toString('base64')],
    ['a zero in front', Buffer.concat([Buffer.of(0), bytes]).toString('base64')],
    ['not below the modulus', Buffer.alloc(256, 0xff).toString('base64')],
    ['a blank inside', `${good.slice(0, 60)} ${good.slice(60)}`],
    ['base64url', bytes.toString('base64url')],
    ['bits after the end', good.replace(/.==$/, '/==').replace(/.=$/, '/=')],
    ['the digits themselves', '4012000098765439'],
    ['a megabyte', 'A'.repeat(1 << 20)],
  ];
  for (const [what, ciphertext] of malformed) {
    it(`opens nothing that is malformed: ${what}`, () => {
      assert.equal(open(ciphertext), undefined);
    });
  }

  it('opens no block that lost the zero it began with', () => {
    const key = {key: pair.publicKeyPem, padding: constants.RSA_PKCS1_PADDING};
    const begun = Array.from({length: 8192}, () => publicEncrypt(key, Buffer.from('1'))).find(
      ([octet]) => octet === 0,
    );
    assert.ok(begun);
    assert.equal(open(begun.toString('base64')), '1');
    assert.equal(open(begun.subarray(1).toString('base64')), undefined);
  });

  it('works as long on what does not open as on what does', () => {
    const inputs = [good, ...malformed.slice(0, 7).map(([, ciphertext]) => ciphertext)];
    const times = inputs.map((): number[] => []);
    for (let round = 0; round < 40; round++) {
      for (const [place, input] of inputs.entries()) {
        const start = process.hrtime.bigint();
        open(input);
        times[place]?.push(Number(process.hrtime.bigint() - start));
      }
    }
    const [reference = 0, ...others] = times.map((of) => of.sort((a, b) => a - b)[20] ?? 0);
    for (const [place, median] of others.entries()) {
      assert.ok(median > reference / 3 && median < reference * 3, `${malformed[place]?.[0]}: ${median} ns`);
    }
  });

  it('refuses a key that is not RSA', () => {
    const {privateKey} = generateKeyPairSync('ed25519');
    const pem = privateKey.export({type: 'pkcs8', format: 'pem'}).toString();
    assert.throws(() => createOpener(pem), /RSA/);
  });
});

interface Vectors {
  testGroups: {privateKeyPem: string; tests: {tcId: number; msg: string; ct: string; result: string}[]}[];
}

const vectors = join(process.env['VECTORS'] ?? '', 'wycheproof/rsa_pkcs1_2048_test.json');
const skip = existsSync(vectors) ? false : 'VECTORS names no folder of published vectors';

describe('createOpener, by Wycheproof', () => {
  it('opens exactly the vectors that are labelled valid', {skip}, () => {
    const {testGroups} = JSON.parse(readFileSync(vectors, 'utf8')) as Vectors;
    let checked = 0;
    for (const {privateKeyPem, tests} of testGroups) {
      const openVector = createOpener(privateKeyPem);
      for (const {tcId, msg, ct, result} of tests) {
        const expected = result === 'valid' ? Buffer.from(msg, 'hex').toString('latin1') : undefined;
        assert.equal(openVector(Buffer.from(ct, 'hex').toString('base64')), expected, `vector ${tcId}`);
        checked++;
      }
    }
    assert.ok(checked > 0);
  });
});
