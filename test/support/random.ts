import fc from 'fast-check';

/**
 * The random choices of an input generator. It reads them from a list of numbers. When the list is used up, every
 * choice is the first one, so generators name the simplest choice first: fast-check shortens the list to shrink a
 * failure.
 */
export interface Random {
  /** An integer from 0 to `limit` - 1. */
  below: (limit: number) => number;
  pick: <T>(from: readonly T[]) => T;
  /** True with a probability of 1 / `times`. */
  once: (times: number) => boolean;
}

export function randomOf(numbers: readonly number[]): Random {
  let used = 0;
  const below = (limit: number) => (numbers[used++] ?? 0) % limit;
  return {
    below,
    pick: <T>(from: readonly T[]) => from[below(from.length)] as T,
    once: (times) => below(times) === times - 1,
  };
}

/** Inputs that `make` generates from at most `throws` random choices. */
export function arbitraryOf<T>(make: (random: Random) => T, throws: number): fc.Arbitrary<T> {
  return fc.array(fc.nat(), {maxLength: throws, size: 'max'}).map((numbers) => make(randomOf(numbers)));
}
