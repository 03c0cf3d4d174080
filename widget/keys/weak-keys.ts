/** The odd primes up to 167, by which the published test for ROCA tells keys. */
const SMALL_PRIMES = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
  109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/**
 * A weakness that a modulus shows to anyone: a small factor, or ROCA (CVE-2017-15361), the mark of a broken
 * generator: modulo each small prime, both of its factors are powers of 65537, and so is their product (Nemec et
 * al., "The Return of Coppersmith's Attack", CCS 2017). One sound key in 2^27 bears that mark by chance.
 */
export function findWeakness(modulus: bigint): string | undefined {
  const rests = SMALL_PRIMES.map((prime) => Number(modulus % BigInt(prime)));
  if (modulus % 2n === 0n || rests.includes(0)) return 'one with a small factor';
  if (SMALL_PRIMES.every((prime, index) => powers(prime).has(rests[index])))
    return 'a ROCA key (CVE-2017-15361)';
  return undefined;
}

/** What 65537^i mod `prime` can be. */
function powers(prime: number): ReadonlySet<number | undefined> {
  const found = new Set<number>();
  for (let power = 1; !found.has(power); power = (power * 65537) % prime) found.add(power);
  return found;
}
