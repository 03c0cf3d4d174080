import fc from 'fast-check';

/** How many inputs of one kind the product took, and how many it refused. */
export interface Count {
  taken: number;
  refused: number;
}

export interface Run {
  seed: number;
  runs: number;
  /** fast-check's way to one input of that seed. */
  path?: string | undefined;
}

/** One part of the product, and what it is told from a second reading of the rules. */
export interface Target {
  name: string;
  /** Inputs of a full run. */
  runs: number;
  /** @throws Error where product and oracle differ, with the command that repeats it. @returns counts by kind of input. */
  run: (run: Run) => Promise<Map<string, Count>>;
}

export interface Plan<T> {
  name: string;
  runs: number;
  inputs: fc.Arbitrary<T>;
  /** Inputs that were once judged wrongly, and borders where a change would be: every run begins with them. */
  known: readonly T[];
  /** @throws Error where product and oracle differ. @returns the input's kind, and whether the product took it. */
  judge: (input: T) => readonly [kind: string, isTaken: boolean] | Promise<readonly [string, boolean]>;
  /** The input in words, for one that cannot be printed without being asked for values. */
  describe?: (input: T) => string;
}

/** Longest input that a report quotes. */
const QUOTE = 2000;

export function target<T>({name, runs, inputs, known, judge, describe = fc.stringify}: Plan<T>): Target {
  return {
    name,
    runs,
    async run({seed, runs: numRuns, path}) {
      const counts = new Map<string, Count>();
      const property = fc.asyncProperty(inputs, async (input) => {
        const [kind, isTaken] = await judge(input);
        const count = counts.get(kind) ?? {taken: 0, refused: 0};
        count[isTaken ? 'taken' : 'refused'] += 1;
        counts.set(kind, count);
      });
      const examples = known.map((input): [T] => [input]);
      const found = await fc.check(property, {seed, numRuns, examples, ...(path !== undefined && {path})});
      if (found.failed) {
        const [input] = found.counterexample ?? [];
        const quote = input === undefined ? '' : describe(input).slice(0, QUOTE);
        const [first = ''] = (found.counterexamplePath ?? '').split(':'); // the way from there is found again
        const again = `npm run fuzz ${name} ${found.seed} ${first}`;
        const {message, stack} = found.errorInstance as Error;
        throw new Error(`${name}: ${message}\ninput: ${quote}\nagain: ${again}\n${stack ?? ''}`);
      }
      if (path === undefined) for (const [kind, count] of counts) insistOnBoth(`${name}, ${kind}`, count);
      return counts;
    },
  };
}

/** Whoever only ever knocks at the door, or is always let in, has tested nothing. */
function insistOnBoth(what: string, {taken, refused}: Count): void {
  insist(taken > 0 && refused > 0, `${what}: ${taken} were taken, ${refused} refused; expected some of both`);
}

export function insist(isSo: boolean, what: string): asserts isSo {
  if (!isSo) throw new Error(what);
}

/** Equal by own keys, at any depth; a key that holds undefined is as good as none. */
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
