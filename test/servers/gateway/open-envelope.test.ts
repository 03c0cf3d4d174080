import assert from 'node:assert/strict';
import {createPrivateKey, createPublicKey} from 'node:crypto';
import {describe, it} from 'node:test';
import {CompactEncrypt} from 'jose';
import {createJweOpener} from '../../../demo/gateway/open-envelope.ts';
import {type JweOptions, makeKeyPair, sealJwe} from '../../support/openssl.ts';
import {countDecryptions} from './count-decryptions.ts';

const {publicPem, privatePem} = makeKeyPair();
const other = makeKeyPair();
const large = makeKeyPair(['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:3072']);

const open = createJweOpener(
  new Map([
    ['2026-11', createPrivateKey(privatePem)],
    ['2026-05', createPrivateKey(other.privatePem)],
    ['large', createPrivateKey(large.privatePem)],
  ]),
);

const HEADER = {alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: '2026-11'};
const TEXT = JSON.stringify({v: 1, fields: {cardholderName: 'Zoë 山田'}});

/** A valid envelope, except for the changes. */
const sealed = (header: object = {}, options: JweOptions = {}) =>
  sealJwe(TEXT, publicPem, {header: {...HEADER, ...header}, ...options});

const good = sealed();

/** The valid envelope with one part changed: 0 is the header, 4 the tag. */
const withPart = (index: number, change: (part: string) => string) =>
  good
    .split('.')
    .map((part, at) => (at === index ? change(part) : part))
    .join('.');

/** An envelope whose header has another encoding, which its tag authenticates. */
const spelled = (change: (head: string) => string) => sealed({}, {spell: change});

/** Changes the first character, and so some bits. */
const flip = (part: string) => (part.startsWith('A') ? 'B' : 'A') + part.slice(1);

const REFUSED: readonly [what: string, jwe: () => string][] = [
  ['nothing', () => ''],
  ['words', () => 'no envelope at all'],
  ['four dots', () => '....'],
  ['one part less', () => good.split('.').slice(0, 4).join('.')],
  ['one part more', () => `${good}.`],
  ['nothing but dots', () => '.'.repeat(1 << 16)],
  ['a deeply nested header', () => withPart(0, () => Buffer.from('['.repeat(1e5)).toString('base64url'))],
  ['the JSON serialization', () => JSON.stringify({protected: good.split('.')[0]})],
  ['a signed token', () => 'eyJhbGciOiJub25lIn0.e30.'],
  ['RSA1_5', () => sealed({alg: 'RSA1_5'}, {padding: ['rsa_padding_mode:pkcs1']})],
  ['RSA1_5 with a header of RSA-OAEP-256', () => sealed({}, {padding: ['rsa_padding_mode:pkcs1']})],
  ['RSA-OAEP with SHA-1', () => sealed({alg: 'RSA-OAEP'}, {padding: ['rsa_padding_mode:oaep']})],
  ['SHA-1 with a header of SHA-256', () => sealed({}, {padding: ['rsa_padding_mode:oaep']})],
  [
    'SHA-256 with MGF1 by SHA-1',
    () => sealed({}, {padding: ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', 'rsa_mgf1_md:sha1']}),
  ],
  ['alg dir', () => sealed({alg: 'dir'})],
  ['alg none', () => sealed({alg: 'none'})],
  ['alg in lower case', () => sealed({alg: 'rsa-oaep-256'})],
  ['no alg', () => sealed({alg: undefined})],
  ['enc A128GCM', () => sealed({enc: 'A128GCM'})],
  ['enc A256CBC-HS512', () => sealed({enc: 'A256CBC-HS512'})],
  ['no enc', () => sealed({enc: undefined})],
  ['an unknown kid', () => sealed({kid: '2025-01'})],
  ['a kid of another key', () => sealed({kid: '2026-05'})],
  ['a kid of a key of another size', () => sealed({kid: 'large'})],
  ['a kid that is a number', () => sealed({kid: 2026})],
  ['no kid', () => sealed({kid: undefined})],
  ['zip', () => sealed({zip: 'DEF'})],
  ['crit', () => sealed({crit: ['exp'], exp: 1})],
  ['an empty crit', () => sealed({crit: []})],
  ['a header with a key', () => sealed({jwk: {kty: 'RSA'}})],
  ['a header that is a list', () => withPart(0, () => Buffer.from('[]').toString('base64url'))],
  ['a header that is null', () => withPart(0, () => Buffer.from('null').toString('base64url'))],
  ['a header that is not JSON', () => withPart(0, () => 'AAAA')],
  [
    'a header with a trailing space in its JSON',
    () =>
      withPart(0, (head) =>
        Buffer.from(`${Buffer.from(head, 'base64url').toString()} `).toString('base64url'),
      ),
  ],
  ['a header with padding', () => spelled((head) => head + '='.repeat(-head.length & 3 || 4))],
  ['a header with a space inside', () => spelled((head) => `${head.slice(0, 8)} ${head.slice(8)}`)],
  ['another encrypted key', () => withPart(1, flip)],
  ['an encrypted key for another key pair', () => sealJwe(TEXT, other.publicPem, {header: HEADER})],
  ['an encrypted key that is a byte short', () => withPart(1, (part) => part.slice(4))],
  [
    'an encrypted key not below the modulus',
    () => withPart(1, () => Buffer.alloc(256, 255).toString('base64url')),
  ],
  ['a content key of 128 bits', () => sealed({}, {wrapped: Buffer.alloc(16, 1)})],
  ['another initialization vector', () => withPart(2, flip)],
  ['an initialization vector of 128 bits', () => withPart(2, () => Buffer.alloc(16).toString('base64url'))],
  ['another ciphertext', () => withPart(3, flip)],
  ['a ciphertext cut short', () => withPart(3, (part) => part.slice(0, -4))],
  ['no ciphertext', () => withPart(3, () => '')],
  ['another tag', () => withPart(4, flip)],
  ['a tag of 96 bits', () => withPart(4, (part) => part.slice(0, 16))],
  ['base64 padding', () => `${good}==`],
  ['base64 instead of base64url', () => withPart(1, (part) => `${part.slice(0, -1)}+`)],
  [
    'nonzero trailing bits',
    () => withPart(4, (part) => part.slice(0, -1) + (/[AQgw]$/.test(part) ? 'B' : 'A')),
  ],
  ['a space inside', () => good.replace('.', '. ')],
  ['a line break at the end', () => `${good}\n`],
  ['a megabyte', () => withPart(3, () => 'A'.repeat(1 << 20))],
];

describe('createJweOpener', () => {
  it('decrypts what OpenSSL seals, in any script', () => {
    assert.equal(open(good), TEXT);
  });

  it('decrypts what jose seals', async () => {
    const jwe = await new CompactEncrypt(new TextEncoder().encode(TEXT))
      .setProtectedHeader(HEADER)
      .encrypt(createPublicKey(publicPem));
    assert.equal(open(jwe), TEXT);
  });

  it('uses the key that the envelope names', () => {
    assert.equal(open(sealJwe('a', other.publicPem, {header: {...HEADER, kid: '2026-05'}})), 'a');
    assert.equal(open(sealJwe('b', large.publicPem, {header: {...HEADER, kid: 'large'}})), 'b');
  });

  for (const [what, jwe] of REFUSED)
    it(`rejects ${what}`, () => {
      assert.equal(open(jwe()), undefined);
    });

  it('decrypts once, whether an envelope is accepted or not', async () => {
    for (const [what, jwe] of [['a valid envelope', () => good] as const, ...REFUSED]) {
      const input = jwe();
      assert.equal(await countDecryptions(() => open(input)), 1, what);
    }
  });

  it('throws without a key', () => {
    assert.throws(() => createJweOpener(new Map()), /private key/);
  });
});
