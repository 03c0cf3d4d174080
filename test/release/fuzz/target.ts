import fc from 'fast-check';

/** How many inputs of one kind the product accepted, and how many it rejected. */
export interface Count {
  accepted: number;
  rejected: number;
}

export interface Run {
  seed: number;
  runs: number;
  /** fast-check's path to one input of that seed. */
  path?: string | undefined;
}

/** One parser of the product, compared with a second implementation of its rules. */
export interface Target {
  name: string;
  /** Number of inputs of a full run. */
  runs: number;
  /**
   * @returns counts by kind of input.
   * @throws Error if the two implementations differ, with the command that repeats the failure.
   */
  run: (run: Run) => Map<string, Count>;
}

export interface Plan<T> {
  name: string;
  runs: number;
  inputs: fc.Arbitrary<T>;
  /** Inputs that once failed, and boundary values: every run starts with them. */
  known: readonly T[];
  /**
   * @returns the input's kind, and whether the product accepted it.
   * @throws Error if the two implementations differ.
   */
  compare: (input: T) => readonly [kind: string, isAccepted: boolean];
  /** Prints an input; needed if reading its properties may throw. */
  describe?: (input: T) => string;
}

/** How much of an input a failure prints. */
const QUOTE_LIMIT_CHARACTERS = 2000;

export function target<T>({name, runs, inputs, known, compare, describe = fc.stringify}: Plan<T>): Target {
  return {
    name,
    runs,
    run({seed, runs: numRuns, path}) {
      const counts = new Map<string, Count>();
      const property = fc.property(inputs, (input) => {
        const [kind, isAccepted] = compare(input);
        const count = counts.get(kind) ?? {accepted: 0, rejected: 0};
        count[isAccepted ? 'accepted' : 'rejected'] += 1;
        counts.set(kind, count);
      });
      const examples = known.map((input): [T] => [input]);
      const found = fc.check(property, {seed, numRuns, examples, ...(path !== undefined && {path})});
      if (found.failed) {
        const [input] = found.counterexample ?? [];
        const quote = input === undefined ? '' : describe(input).slice(0, QUOTE_LIMIT_CHARACTERS);
        const [first = ''] = (found.counterexamplePath ?? '').split(':'); // fast-check shrinks again from there
        const again = `npm run fuzz ${name} ${found.seed} ${first}`;
        const {message, stack} = found.errorInstance as Error;
        throw new Error(`${name}: ${message}\ninput: ${quote}\nagain: ${again}\n${stack ?? ''}`);
      }
      if (path === undefined) for (const [kind, count] of counts) checkBoth(`${name}, ${kind}`, count);
      return counts;
    },
  };
}

/** Inputs that are all accepted, or all rejected, test nothing. */
function checkBoth(what: string, {accepted, rejected}: Count): void {
  check(
    accepted > 0 && rejected > 0,
    `${what}: ${accepted} accepted, ${rejected} rejected; expected some of both`,
  );
}

/** @throws Error with this message unless the condition is true. */
export function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Deep equality by own keys; an undefined value equals a missing key. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other) || (one === 0 && other === 0)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [ours, theirs] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const isIn = (from: typeof ours, to: typeof ours) =>
    Object.keys(from).every(
      (key) => from[key] === undefined || (Object.hasOwn(to, key) && isSame(from[key], to[key])),
    );
  return isIn(ours, theirs) && isIn(theirs, ours);
}
