/** The odd primes below 752, the bound of NIST SP 800-56B rev. 2 §6.4.2.2. */
const SMALL_PRIMES = oddPrimesBelow(752);

/** The odd primes up to 167, which the published test for ROCA uses. */
const ROCA_PRIMES = SMALL_PRIMES.filter((prime) => prime <= 167);

/**
 * Describes a weakness that is quick to find in the modulus: a factor below 752, or the fingerprint of the broken ROCA
 * generator (CVE-2017-15361). Undefined if there is none. Publication also looks for slower ones: `publish/strong-key.ts`.
 *
 * Modulo each small prime, both factors of a ROCA key are powers of 65537, and so is their product (Nemec et al., "The
 * Return of Coppersmith's Attack", CCS 2017). One strong key in 2^27 has the fingerprint by chance.
 */
export function findWeakness(modulus: bigint): string | undefined {
  const isMultipleOf = (prime: number) => modulus % BigInt(prime) === 0n;
  if (isMultipleOf(2) || SMALL_PRIMES.some(isMultipleOf)) return 'one with a small factor';
  if (ROCA_PRIMES.every((prime) => powers(prime).has(Number(modulus % BigInt(prime)))))
    return 'a ROCA key (CVE-2017-15361)';
  return undefined;
}

function oddPrimesBelow(limit: number): number[] {
  const primes: number[] = [];
  for (let odd = 3; odd < limit; odd += 2) if (primes.every((prime) => odd % prime !== 0)) primes.push(odd);
  return primes;
}

/** The values of 65537^i mod `prime`. */
function powers(prime: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (let power = 1; !found.has(power); power = (power * 65537) % prime) found.add(power);
  return found;
}
