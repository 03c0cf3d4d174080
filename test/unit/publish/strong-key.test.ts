import assert from 'node:assert/strict';
import {checkPrimeSync, generatePrimeSync, getDiffieHellman} from 'node:crypto';
import {describe, it} from 'node:test';
import {parsePublicKey} from '../../../widget/keys/public-key.ts';
import {parseStrongKey} from '../../../widget/publish/strong-key.ts';
import {integer, modulusIn, pem, soundModulus, spki} from '../../support/der.ts';
import {sharedKeyPair} from '../../support/openssl.ts';

const keyWith = (modulus: bigint) => pem(spki(integer(modulus)));

/** The prime of a Diffie-Hellman group of RFC 3526. */
const groupPrime = (group: string) => BigInt(`0x${getDiffieHellman(group).getPrime('hex')}`);

/** A random prime of this size, whose two highest bits are 1. */
const primeOf = (bits: number) => generatePrimeSync(bits, {bigint: true});

function nextPrime(after: bigint): bigint {
  let prime = after | 1n;
  while (prime === after || !checkPrimeSync(prime)) prime += 2n;
  return prime;
}

describe('parseStrongKey', () => {
  it('parses a key from OpenSSL', () => {
    const {publicPem} = sharedKeyPair();
    assert.equal(parseStrongKey(publicPem).modulus === modulusIn(publicPem), true);
  });

  it('accepts every size that the key gate accepts', () => {
    for (const bits of [2048, 2049, 3072, 4095, 4096])
      assert.equal(parseStrongKey(keyWith(soundModulus(bits))).modulus === soundModulus(bits), true);
  });

  it('rejects what the key gate rejects', () => {
    assert.throws(() => parseStrongKey(keyWith(751n * soundModulus(2047))), {
      message: 'expected a product of two large primes, found one with a small factor',
    });
  });

  const [near, other] = [primeOf(1024), primeOf(1024)];
  const weak: readonly [what: string, modulus: bigint, found: string][] = [
    ['a prime of 2048 bits', groupPrime('modp14'), 'a prime'],
    ['a prime of 3072 bits', groupPrime('modp15'), 'a prime'],
    ['the square of a prime', near ** 2n, 'a power of a smaller number'],
    ['the square of a product', (primeOf(513) * primeOf(513)) ** 2n, 'a power of a smaller number'],
    ['the cube of a prime', primeOf(700) ** 3n, 'a power of a smaller number'],
    ['the seventh power of a prime', primeOf(300) ** 7n, 'a power of a smaller number'],
    ['the highest possible power', 757n ** 421n, 'a power of a smaller number'],
    ['two adjacent primes', near * nextPrime(near), 'one whose two primes are close to each other'],
    [
      'two primes that agree in their upper half',
      near * nextPrime(near + 2n ** 516n),
      'one whose two primes are close to each other',
    ],
  ];
  for (const [what, modulus, found] of weak)
    it(`rejects ${what}, which the key gate accepts`, () => {
      assert.equal(parsePublicKey(keyWith(modulus)).modulus === modulus, true);
      assert.throws(() => parseStrongKey(keyWith(modulus)), {
        code: 'key-invalid',
        message: `expected a product of two large primes, found ${found}`,
      });
    });

  it('accepts primes that differ in their upper half, and the factor 757 that differ in their upper half', () => {
    for (const modulus of [near * nextPrime(near + 2n ** 600n), near * other, 757n * soundModulus(2047)])
      assert.equal(parseStrongKey(keyWith(modulus)).modulus === modulus, true);
  });
});
