import {checkPrimeSync} from 'node:crypto';
import {parsePublicKey, type PublicKey, weakKey} from '../keys/public-key.ts';

/**
 * Parses a public key for publication. In addition to the key gate, it rejects a modulus that is a prime, a power (NIST
 * SP 800-56B rev. 2 §6.4.2.2), or a product of two primes that are close to each other (FIPS 186-5 §A.1.1). These checks
 * take too long for the frame, which runs the gate at each seal.
 *
 * @throws SealedFieldsError as {@link parsePublicKey} does.
 */
export function parseStrongKey(pem: string): PublicKey {
  const key = parsePublicKey(pem);
  const {modulus} = key;
  if (checkPrimeSync(modulus)) throw weakKey('a prime');
  if (isPower(modulus)) throw weakKey('a power of a smaller number');
  if (hasCloseFactors(modulus)) throw weakKey('one whose two primes are close to each other');
  return key;
}

/** 2, and the odd exponents that are possible for a base of 752 or more in 4096 bits. A higher even power is a square. */
const EXPONENTS = [2, ...Array.from({length: 213}, (_, index) => 2 * index + 3)];

/** Whether the modulus is a square, a cube or a higher power. */
function isPower(modulus: bigint): boolean {
  return EXPONENTS.some((exponent) => rootOf(modulus, exponent) ** BigInt(exponent) === modulus);
}

/** Independent primes of 1024 bits are too far apart for any number of rounds; those of known bad generators need one or two. */
const FERMAT_ROUNDS = 100;

/** Fermat's factorization: if the primes are close, the modulus is a² - b² for an a just above its square root. */
function hasCloseFactors(modulus: bigint): boolean {
  const first = rootOf(modulus, 2) + 1n;
  return Array.from({length: FERMAT_ROUNDS}, (_, round) => first + BigInt(round)).some((a) => {
    const square = a * a - modulus;
    return rootOf(square, 2) ** 2n === square;
  });
}

/** The root, rounded down, by Newton's method from a start that is slightly too large. */
function rootOf(value: bigint, exponent: number): bigint {
  const logarithm = logarithmOf(value) / exponent;
  const shift = Math.max(0, Math.floor(logarithm) - 40);
  let root = BigInt(Math.ceil(2 ** (logarithm - shift)) + 1) << BigInt(shift);
  const [degree, rest] = [BigInt(exponent), BigInt(exponent - 1)];
  for (;;) {
    const next = (rest * root + value / root ** rest) / degree;
    if (next >= root) return root;
    root = next;
  }
}

/** The binary logarithm of a number above 0, with an error of less than 2^-40. */
function logarithmOf(value: bigint): number {
  const shift = Math.max(0, value.toString(2).length - 53);
  return Math.log2(Number(value >> BigInt(shift))) + shift;
}
