/** The odd primes up to 167, which the published test for ROCA uses. */
const SMALL_PRIMES = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
  109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/**
 * Describes a weakness that is visible in the modulus: a small factor, or the fingerprint of the broken ROCA generator
 * (CVE-2017-15361). Undefined if there is none.
 *
 * Modulo each small prime, both factors of a ROCA key are powers of 65537, and so is their product (Nemec et al., "The
 * Return of Coppersmith's Attack", CCS 2017). One strong key in 2^27 has the fingerprint by chance.
 */
export function findWeakness(modulus: bigint): string | undefined {
  const remainders = SMALL_PRIMES.map((prime) => Number(modulus % BigInt(prime)));
  if (modulus % 2n === 0n || remainders.includes(0)) return 'one with a small factor';
  if (SMALL_PRIMES.every((prime, index) => powers(prime).has(remainders[index])))
    return 'a ROCA key (CVE-2017-15361)';
  return undefined;
}

/** The values of 65537^i mod `prime`. */
function powers(prime: number): ReadonlySet<number | undefined> {
  const found = new Set<number>();
  for (let power = 1; !found.has(power); power = (power * 65537) % prime) found.add(power);
  return found;
}
