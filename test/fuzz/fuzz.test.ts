import {keys} from './keys.ts';
import {keystrokes} from './keystrokes.ts';
import {messages} from './messages.ts';
import {openings} from './openings.ts';
import {options} from './options.ts';
import {records} from './records.ts';

/** The same in every run; `npm run fuzz` takes others, and many more inputs. */
const SEED = 20261124;

describe('what is made at random', () => {
  const targets = [
    [messages, 12_000, 'messages reach the handlers of either side only as the protocol has them'],
    [openings, 2_000, 'a frame opens only by a fragment of the protocol'],
    [records, 2_000, 'a merchant record is read by its rules'],
    [options, 2_000, 'the attributes of a page are read by their rules'],
    [keys(), 300, 'a key passes the gate only in the one encoding of a sound one'],
    [keystrokes(), 2_000, 'no keystroke loses or makes up a digit, and none is told to the page'],
  ] as const;

  for (const [target, runs, fact] of targets)
    it(fact, async () => {
      await target.run({seed: SEED, runs});
    });
});
