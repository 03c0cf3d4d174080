import {FIELD_NAMES, LOCALES} from '../../widget/protocol/names.ts';
import {type Opening, parseOpening, writeOpening} from '../../widget/protocol/opening.ts';
import {type Dice, madeBy} from './dice.ts';
import {CANARY, changeText} from './mutate.ts';
import {anyOf, id, list, object, REFUSED, whole} from './shapes.ts';
import {insist, isSame, target} from './target.ts';

const opening = object({
  channel: id,
  protocol: whole(1, 1000),
  fields: list(FIELD_NAMES.length, anyOf(...FIELD_NAMES)),
  layout: anyOf('stacked', 'inline'),
  locale: anyOf(...LOCALES),
  colorScheme: anyOf('light', 'dark'),
  looks: anyOf('usual', 'own'),
});

/** What a fragment says, by its first 1024 units; of a value that is said twice, the last. */
function read(fragment: string): unknown {
  const said = new Map(new URLSearchParams(fragment.slice(0, 1024)));
  const [protocol = '', fields = ''] = [said.get('protocol'), said.get('fields')];
  const names = fields.split(',');
  if (protocol !== `${Number(protocol)}` || new Set(names).size < names.length || fields.length > 512)
    return REFUSED;
  return opening({looks: 'usual', ...Object.fromEntries(said), protocol: Number(protocol), fields: names});
}

/** A fragment by the docs, its values in any order, with what an address may suffer on its way. */
function aFragment(dice: Dice): string {
  const names = FIELD_NAMES.filter(() => dice.once(2));
  const entries = [
    [
      'channel',
      dice
        .pick(['0', 'f', '7a', '0', 'f', '7a', 'F'])
        .repeat(32)
        .slice(0, dice.once(12) ? 33 : 32),
    ],
    ['protocol', dice.pick(['1', '2', '1000', '999', '1', '1', '01', '1e2', '0x1', ' 1', '1001', '0'])],
    [
      'fields',
      dice
        .pick([names, ['cardNumber', 'expiry'], ['expiry', 'expiry'], ['pin']])
        .join(dice.pick([',', ',', '%2C', ' '])),
    ],
    ['layout', dice.pick(['stacked', 'inline', 'stacked', 'inline', 'compact'])],
    ['locale', dice.once(8) ? dice.pick(['tlh', 'DE', '', '<b>']) : dice.pick(LOCALES)],
    ['colorScheme', dice.pick(['light', 'dark', 'light', 'dark', 'light dark'])],
    ...(dice.once(2) ? [] : [['looks', dice.pick(['usual', 'own', 'usual', 'own', 'none'])] as const]),
  ] as const;
  let fragment = entries.map(([name, value]) => `${name}=${value}`).join('&');
  for (let times = dice.pick([0, 1, 1, 2]); times > 0; times -= 1)
    fragment = dice.pick([
      () => changeText(fragment, dice),
      () => `${fragment}&${dice.pick(fragment.split('&'))}`,
      () => fragment.split('&').reverse().join('&'),
      () => fragment.split('&').slice(1).join('&'),
      () => `__proto__=x&${fragment}&constructor=${'x'.repeat(dice.below(2000))}`,
      () => fragment.replaceAll('=', '%3D'),
    ])();
  return fragment;
}

function judge(fragment: string): readonly [string, boolean] {
  const expected = read(fragment);
  const result = outcomeOf(fragment);
  insist(!Object.hasOwn(Object.prototype, 'polluted'), 'every object was given a key');
  insist(
    (result === REFUSED) === (expected === REFUSED),
    `the rules ${expected === REFUSED ? 'refuse' : 'take'} this`,
  );
  if (result === REFUSED) return ['opening', false];
  insist(isSame(result, expected), `the rules make ${JSON.stringify(expected)} of this`);
  insist(isSame(outcomeOf(writeOpening(result as Opening)), result), 'written and read again, it is another');
  return ['opening', true];
}

function outcomeOf(fragment: string): unknown {
  try {
    return parseOpening(fragment);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    insist(!error.message.includes(CANARY), 'the message quotes what it got');
    return REFUSED;
  }
}

/** What stands in the fragment of a frame's address. */
export const openings = target({
  name: 'openings',
  runs: 100_000,
  inputs: madeBy(aFragment, 48),
  known: [
    `channel=${'0'.repeat(32)}&protocol=1e0&fields=expiry&layout=inline&locale=de&colorScheme=dark`,
    `channel=${'0'.repeat(32)}&protocol=1&fields=expiry&layout=inline&locale=de&colorScheme=dark`,
  ],
  judge,
});
