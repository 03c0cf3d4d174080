import {expect} from '@open-wc/testing';
import forge from 'node-forge/lib/forge.js';
import {parsePublicKey} from '../../../widget/crypto/key-gate.ts';
import {encrypt} from '../../../widget/crypto/paytrace.ts';
import {OCCASION} from './occasion.ts';
import {publicPem} from './openssl.ts';

/** Runs `work` while the browser's generator is `stub`. */
function withGenerator(stub: unknown, work: () => void): void {
  Object.defineProperty(crypto, 'getRandomValues', {value: stub, configurable: true});
  try {
    work();
  } finally {
    Reflect.deleteProperty(crypto, 'getRandomValues');
  }
}

const fill = (byte: number) => (bytes: Uint8Array) => bytes.fill(byte);

describe('forge.random', () => {
  it('gives as many bytes as were asked for, none of them the same twice', () => {
    for (const count of [0, 1, 15, 16, 17, 256, 1000])
      expect(forge.random.getBytesSync(count)).to.have.length(count);
    const draws = Array.from({length: 1000}, () => forge.random.getBytesSync(32));
    expect(new Set(draws).size).to.equal(1000);
    expect(new Set(draws.join('')).size).to.equal(256);
  });

  it('draws from crypto.getRandomValues and from nothing else', () => {
    const counting = (bytes: Uint8Array) => bytes.map((_, index) => (bytes[index] = index));
    withGenerator(counting, () => {
      expect(forge.random.getBytesSync(4)).to.equal('\0\x01\x02\x03');
      expect(forge.random.getBytesSync(300)).to.have.length(300);
    });
  });

  const dead: [what: string, stub: unknown][] = [
    ['is missing', undefined],
    [
      'throws',
      () => {
        throw new DOMException('quota', 'QuotaExceededError');
      },
    ],
    ['leaves zeros', () => undefined],
    ['repeats one byte', fill(0xa5)],
  ];
  for (const [what, stub] of dead)
    it(`throws no-secure-random where crypto.getRandomValues ${what}`, () => {
      withGenerator(stub, () => {
        for (const count of [1, 16, 245])
          expect(() => forge.random.getBytesSync(count))
            .to.throw()
            .with.property('code', 'no-secure-random');
      });
    });

  it('throws no-secure-random where there is no crypto', () => {
    const {crypto: original} = globalThis;
    Object.defineProperty(globalThis, 'crypto', {value: undefined, configurable: true, writable: true});
    try {
      expect(() => forge.random.getBytesSync(16))
        .to.throw()
        .with.property('code', 'no-secure-random');
    } finally {
      Object.defineProperty(globalThis, 'crypto', {value: original, configurable: true, writable: true});
    }
  });

  it('ends an encryption whose padding would be zeros', async () => {
    const key = parsePublicKey(await publicPem());
    withGenerator(fill(0), () => {
      expect(() => encrypt({cardNumber: '4111111111111111'}, key, OCCASION))
        .to.throw()
        .with.property('code', 'no-secure-random');
    });
  });

  it('has cut node-forge’s own generator and prime search out of the bundle', () => {
    for (const part of ['prng', 'aes', 'cipher', 'prime']) expect(forge).not.to.have.property(part);
  });
});
