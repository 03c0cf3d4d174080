import assert from 'node:assert/strict';
import {before, describe, it} from 'node:test';
import {parsePublicKey} from '../../../widget/keys/public-key.ts';
import {sharedKeyPair} from '../../support/openssl.ts';
import {type SealingBuild, sealingBuild} from '../../support/sealing-build.ts';
import {CONTEXT} from './envelope-context.ts';
import {withCrypto} from './with-crypto.ts';

const fillWith = (byte: number) => (bytes: Uint8Array) => bytes.fill(byte);

const DEAD_GENERATORS: [what: string, stub: unknown][] = [
  ['is missing', undefined],
  [
    'throws',
    () => {
      throw new DOMException('quota', 'QuotaExceededError');
    },
  ],
  ['leaves zeros', () => undefined],
  ['repeats one byte', fillWith(0xa5)],
];

describe('forge.random in a build', () => {
  let build = {} as SealingBuild;
  before(async () => {
    build = await sealingBuild();
  });

  const draw = (count: number) => build.forge.random.getBytesSync(count);

  it('returns the requested number of bytes, different each time', () => {
    for (const count of [0, 1, 15, 16, 17, 256, 1000]) assert.equal(draw(count).length, count);
    const draws = Array.from({length: 1000}, () => draw(32));
    assert.equal(new Set(draws).size, 1000);
    assert.equal(new Set(draws.join('')).size, 256);
  });

  it('uses only crypto.getRandomValues', async () => {
    const countUp = (bytes: Uint8Array) => bytes.map((_, index) => (bytes[index] = index));
    await withCrypto('getRandomValues', countUp, () => {
      assert.equal(draw(4), '\0\x01\x02\x03');
      assert.equal(draw(300).length, 300);
    });
  });

  for (const [what, stub] of DEAD_GENERATORS)
    it(`throws no-secure-random if crypto.getRandomValues ${what}`, async () => {
      await withCrypto('getRandomValues', stub, () => {
        for (const count of [1, 16, 245]) assert.throws(() => draw(count), {code: 'no-secure-random'});
      });
    });

  it('throws no-secure-random if there is no crypto', () => {
    const original = Object.getOwnPropertyDescriptor(globalThis, 'crypto') ?? {};
    Object.defineProperty(globalThis, 'crypto', {value: undefined, configurable: true});
    try {
      assert.throws(() => draw(16), {code: 'no-secure-random'});
    } finally {
      Object.defineProperty(globalThis, 'crypto', original);
    }
  });

  it('makes encryption throw if its padding would be zeros', async () => {
    const key = parsePublicKey(sharedKeyPair().publicPem);
    await withCrypto('getRandomValues', fillWith(0), () => {
      const encrypt = () => build.encryptPaytrace({cardNumber: '4111111111111111'}, key, CONTEXT);
      assert.throws(encrypt, {code: 'no-secure-random'});
    });
  });

  it('is the only generator: those of node-forge and its prime search are not in the build', () => {
    for (const part of ['prng', 'aes', 'cipher', 'prime']) assert.ok(!(part in build.forge), part);
  });
});
