import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {FIELD_NAMES, LAYOUTS, LOCALES} from '../../../widget/protocol/names.ts';
import {type FrameParams, parseFrameParams, writeFrameParams} from '../../../widget/protocol/frame-params.ts';
import {CANARY, changeText} from '../../release/fuzz/mutate.ts';
import {runs} from '../../support/properties.ts';
import {arbitraryOf} from '../../support/random.ts';

const PARAMS: FrameParams = {
  channel: 'ffffffffffffffffffffffffffffffff',
  protocol: 1,
  fields: ['cardNumber', 'expiry', 'securityCode'],
  layout: 'inline',
  locale: 'en',
  colorScheme: 'dark',
  looks: 'own',
};

const ANY_PARAMS: fc.Arbitrary<FrameParams> = fc.record<FrameParams>(
  {
    channel: fc
      .array(fc.constantFrom(...Array.from('0123456789abcdef')), {minLength: 32, maxLength: 32})
      .map((each) => each.join('')),
    protocol: fc.integer({min: 1, max: 1000}),
    fields: fc.shuffledSubarray([...FIELD_NAMES], {minLength: 1}),
    layout: fc.constantFrom(...LAYOUTS),
    locale: fc.constantFrom(...LOCALES),
    colorScheme: fc.constantFrom('light', 'dark'),
    looks: fc.constantFrom('usual', 'own'),
  },
  {noNullPrototype: true},
);

/** The fragment of {@link PARAMS} with some values changed. */
function fragmentWith(changes: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(writeFrameParams(PARAMS));
  for (const [key, value] of Object.entries(changes)) query.set(key, value);
  return query.toString();
}

describe('frame parameters', () => {
  it('are the same after writing and parsing', () => {
    fc.assert(
      fc.property(ANY_PARAMS, (params) => {
        assert.deepEqual(parseFrameParams(writeFrameParams(params)), params);
      }),
      runs(),
    );
  });

  it('contain only channel, protocol, fields, layout, locale, color scheme and looks', () => {
    const keys = [...new URLSearchParams(writeFrameParams(PARAMS)).keys()];
    assert.deepEqual(keys.sort(), Object.keys(PARAMS).sort());
  });

  it('default to `usual` for looks, which older hosts do not send', () => {
    const query = new URLSearchParams(writeFrameParams(PARAMS));
    query.delete('looks');
    assert.deepEqual(parseFrameParams(query.toString()), {...PARAMS, looks: 'usual'});
  });

  it('are parsed in any order, with unknown keys, and with repeated keys, of which the last counts', () => {
    const parts = writeFrameParams(PARAMS).split('&');
    for (const fragment of [
      parts.toReversed().join('&'),
      `__proto__=x&constructor=y&${parts.join('&')}`,
      `locale=de&${parts.join('&')}`,
    ])
      assert.deepEqual(parseFrameParams(fragment), PARAMS);
  });

  it('are parsed from the first 1024 characters only', () => {
    assert.deepEqual(parseFrameParams(`${writeFrameParams(PARAMS)}&x=${'x'.repeat(1024)}&locale=de`), PARAMS);
    assert.throws(() => parseFrameParams(`${'x'.repeat(2000)}&${writeFrameParams(PARAMS)}`), TypeError);
  });

  const broken: [what: string, changes: Record<string, string>][] = [
    ['no channel', {channel: ''}],
    ['a short channel', {channel: 'ff'}],
    ['a long channel', {channel: 'f'.repeat(33)}],
    ['a channel in capitals', {channel: 'F'.repeat(32)}],
    ['no field', {fields: ''}],
    ['an unknown field', {fields: 'cardNumber,pin'}],
    ['fields separated by a space', {fields: 'cardNumber expiry'}],
    ['a field of the prototype', {fields: 'constructor'}],
    ['a field twice', {fields: 'expiry,expiry'}],
    ['an unknown layout', {layout: 'compact'}],
    ['a locale with markup', {locale: '<b>'}],
    ['a locale of another case', {locale: 'DE'}],
    ['two color schemes', {colorScheme: 'light dark'}],
    ['unknown looks', {looks: ''}],
    ...['x', '0', '-1', '1e0', '1e2', '0x1', '01', ' 1', '1001', '10000', '1.5'].map(
      (protocol): [string, Record<string, string>] => [`protocol “${protocol}”`, {protocol}],
    ),
  ];
  for (const [what, changes] of broken)
    it(`are rejected with ${what}`, () => {
      assert.throws(() => parseFrameParams(fragmentWith(changes)), TypeError);
    });

  it('are rejected if the fragment is empty', () => {
    assert.throws(() => parseFrameParams(''), TypeError);
  });

  it('are rejected without a quote, or parsed to what they write, for a fragment with any changes', () => {
    const fragment = arbitraryOf((random) => {
      let text = writeFrameParams(PARAMS);
      for (let times = random.pick([1, 1, 2, 3]); times > 0; times -= 1) text = changeText(text, random);
      return text;
    }, 24);
    fc.assert(
      fc.property(fragment, (text) => {
        try {
          const params = parseFrameParams(text);
          assert.deepEqual(Object.keys(params).sort(), Object.keys(PARAMS).sort());
          assert.deepEqual(parseFrameParams(writeFrameParams(params)), params);
        } catch (error) {
          assert.ok(error instanceof TypeError);
          assert.ok(!error.message.includes(CANARY));
        }
        assert.ok(!('polluted' in {}));
      }),
      runs(500),
    );
  });
});
