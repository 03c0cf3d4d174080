import fc from 'fast-check';

const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_124);
const FACTOR = Number(process.env['FUZZ_RUNS'] ?? 1);

/** fast-check's options; `fc.assert` prints the seed and the path of a failure. */
interface RunOptions {
  seed: number;
  numRuns: number;
}

/**
 * Options for `fc.assert`: `count` inputs, the same ones each time the tests run.
 *
 * `FUZZ_RUNS=50` tries 50 times as many, `FUZZ_SEED=…` other ones.
 *
 * @example fc.assert(fc.property(fc.string(), (text) => { … }), runs(1000));
 */
export function runs(count = 100): RunOptions {
  return {seed: SEED, numRuns: Math.ceil(count * FACTOR)};
}

/** Any text, unpaired surrogates included. fast-check’s own `unit: 'binary'` takes seconds to build its tables. */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  const codePoint = fc.oneof(fc.nat(0x7f), fc.nat(0xffff), fc.nat(0x10ffff));
  return fc.array(codePoint, {maxLength}).map((codes) => String.fromCodePoint(...codes));
}
