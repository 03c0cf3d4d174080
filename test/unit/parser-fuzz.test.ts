import {describe, it} from 'node:test';
import {keys} from '../release/fuzz/keys.ts';
import {messages} from '../release/fuzz/messages.ts';
import {records} from '../release/fuzz/records.ts';

/** Gives the same inputs in every run. `npm run fuzz` uses other seeds and more runs. */
const SEED = 20261124;

describe('parsers, with fuzzed input', () => {
  it('accept only messages that follow the protocol', () => {
    messages.run({seed: SEED, runs: 12_000});
  });

  it('accept only merchant records that follow the rules', () => {
    records.run({seed: SEED, runs: 2_000});
  });

  it('accept only strong public keys in DER, with the same result as OpenSSL', () => {
    keys.run({seed: SEED, runs: 1_000});
  });
});
