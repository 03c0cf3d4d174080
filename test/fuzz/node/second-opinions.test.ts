import {describe, it} from 'node:test';
import {keys} from '../keys.ts';
import {keystrokes} from '../keystrokes.ts';
import {readByOpenSsl, sealing} from '../second-opinions.ts';

/** The same in every run, as in the browsers. */
const SEED = 20261124;

describe('what is made at random, by a second opinion', () => {
  it('no key passes the gate that OpenSSL reads or writes otherwise', async () => {
    await keys(readByOpenSsl).run({seed: SEED, runs: 1000});
  });

  it('what was sealed opens to what was typed', async () => {
    await keystrokes(sealing()).run({seed: SEED, runs: 4000});
  });
});
