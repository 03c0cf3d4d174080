import assert from 'node:assert/strict';
import {constants, createPublicKey, generateKeyPairSync, publicEncrypt} from 'node:crypto';
import {describe, it} from 'node:test';
import {createOpener} from '../../../demo/gateway/open-envelope.ts';
import {countDecryptions} from './count-decryptions.ts';
import {keyPair, seal, sealBlock} from './openssl.ts';

const pair = keyPair();
const open = createOpener(pair.privateKeyPem);

/** EM as in RFC 8017 §7.2.1, with a `change` that makes it invalid. */
function block(text: string, change: (octets: Buffer) => void = () => {}): Buffer {
  const octets = Buffer.alloc(256, 0x5a);
  octets[0] = 0;
  octets[1] = 2;
  octets[256 - text.length - 1] = 0;
  octets.write(text, 256 - text.length, 'latin1');
  change(octets);
  return octets;
}

function numberOf(octets: Buffer): bigint {
  return BigInt(`0x${octets.toString('hex')}`);
}

function blockOf(value: bigint): string {
  return Buffer.from(value.toString(16).padStart(512, '0'), 'hex').toString('base64');
}

/** The first value from `make` that passes `isWanted`; about one in a few hundred does. */
function firstOf<Value>(make: () => Value, isWanted: (value: Value) => boolean): Value {
  for (;;) {
    const value = make();
    if (isWanted(value)) return value;
  }
}

describe('createOpener', () => {
  it('decrypts what OpenSSL seals, from an empty to the longest message', () => {
    for (const text of ['', '1', '123', '4012000098765439', '9'.repeat(245)]) {
      assert.equal(open(seal(pair, text)), text);
    }
  });

  it('accepts eight octets of padding, and rejects seven', () => {
    assert.equal(open(sealBlock(pair, block('7'.repeat(245)))), '7'.repeat(245));
    assert.equal(open(sealBlock(pair, block('7'.repeat(246)))), undefined);
  });

  it('keeps zero octets in the message', () => {
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
    it(`rejects an invalid block: ${fault}`, () => {
      assert.equal(open(sealBlock(pair, block('4012000098765439', change))), undefined);
    });
  }

  const good = seal(pair, '4012000098765439');
  const bytes = Buffer.from(good, 'base64');
  const malformed: [string, string][] = [
    ['nothing', ''],
    ['words', 'not base64 at all!'],
    ['another key’s', seal(keyPair('other'), '4012000098765439')],
    ['one octet short', bytes.subarray(1).toString('base64')],
    ['one octet long', Buffer.concat([bytes, Buffer.of(0)]).toString('base64')],
    ['a zero in front', Buffer.concat([Buffer.of(0), bytes]).toString('base64')],
    ['not below the modulus', Buffer.alloc(256, 0xff).toString('base64')],
    ['a space inside', `${good.slice(0, 60)} ${good.slice(60)}`],
    ['base64url', bytes.toString('base64url')],
    ['nonzero trailing bits', good.replace(/.==$/, '/==').replace(/.=$/, '/=')],
    ['the digits themselves', '4012000098765439'],
    ['a megabyte', 'A'.repeat(1 << 20)],
  ];
  it('decrypts once, whether a ciphertext is valid or not', async () => {
    for (const [what, ciphertext] of [['a valid one', good], ...malformed] as const)
      assert.equal(await countDecryptions(() => open(ciphertext)), 1, what);
  });

  for (const [what, ciphertext] of malformed) {
    it(`rejects a malformed ciphertext: ${what}`, () => {
      assert.equal(open(ciphertext), undefined);
    });
  }

  it('rejects a block without its leading zero', () => {
    const key = {key: pair.publicKeyPem, padding: constants.RSA_PKCS1_PADDING};
    const begun = firstOf(
      () => publicEncrypt(key, Buffer.from('1')),
      ([octet]) => octet === 0,
    );
    assert.equal(open(begun.toString('base64')), '1');
    assert.equal(open(begun.subarray(1).toString('base64')), undefined);
  });

  it('rejects a number that is not below the modulus, even with a valid remainder', () => {
    const {n = ''} = createPublicKey(pair.publicKeyPem).export({format: 'jwk'});
    const modulus = numberOf(Buffer.from(n, 'base64url'));
    const key = {key: pair.publicKeyPem, padding: constants.RSA_PKCS1_PADDING};
    const small = firstOf(
      () => numberOf(publicEncrypt(key, Buffer.from('1'))),
      (value) => value + modulus < 1n << 2048n,
    );
    assert.equal(open(blockOf(small)), '1');
    for (const value of [small + modulus, modulus - 1n, modulus, modulus + 1n, 0n, 1n])
      assert.equal(open(blockOf(value)), undefined);
  });

  it('throws for a key that is not RSA', () => {
    const {privateKey} = generateKeyPairSync('ed25519');
    const pem = privateKey.export({type: 'pkcs8', format: 'pem'}).toString();
    assert.throws(() => createOpener(pem), /RSA/);
  });
});
