import fc from 'fast-check';

/**
 * What a maker of inputs decides by. It draws from a list of numbers; where that is used up, every answer is the
 * first, so what makers name first should be the plainest. fast-check shortens the list and so finds a plain failure.
 */
export interface Dice {
  /** A whole number from 0 to `limit` - 1. */
  below: (limit: number) => number;
  pick: <T>(from: readonly T[]) => T;
  /** True once in so many times. */
  once: (times: number) => boolean;
}

export function diceOf(numbers: readonly number[]): Dice {
  let drawn = 0;
  const below = (limit: number) => (numbers[drawn++] ?? 0) % limit;
  return {
    below,
    pick: <T>(from: readonly T[]) => from[below(from.length)] as T,
    once: (times) => below(times) === times - 1,
  };
}

/** Inputs that `make` builds with at most so many throws of the dice. */
export function madeBy<T>(make: (dice: Dice) => T, throws: number): fc.Arbitrary<T> {
  return fc.array(fc.nat(), {maxLength: throws, size: 'max'}).map((numbers) => make(diceOf(numbers)));
}
