import {describe, it} from 'node:test';
import {keys} from '../release/fuzz/keys.ts';
import {messages} from '../release/fuzz/messages.ts';
import {records} from '../release/fuzz/records.ts';

/** The same inputs in every run; `npm run fuzz` tries others, and many more. */
const SEED = 20261124;

describe('parsers of hostile input', () => {
  it('deliver only messages that follow the protocol', () => {
    messages.run({seed: SEED, runs: 12_000});
  });

  it('accept only merchant records that follow the rules', () => {
    records.run({seed: SEED, runs: 2_000});
  });

  it('accept only public keys that are sound and in DER, and read them as OpenSSL does', () => {
    keys.run({seed: SEED, runs: 1_000});
  });
});
