import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {parseLooks} from '../../../host-sdk/theme-attribute.ts';
import {changeText} from '../../release/fuzz/mutate.ts';
import '../../support/css.ts';
import {runs} from '../../support/properties.ts';
import {arbitraryOf} from '../../support/random.ts';

const mistakesOf = (theme: unknown) => parseLooks(JSON.stringify(theme)).mistakes;

describe('parseLooks', () => {
  it('parses a color scheme, or tokens with a scheme', () => {
    assert.deepEqual(parseLooks('dark'), {scheme: 'dark', theme: {}, mistakes: []});
    assert.deepEqual(parseLooks(' auto\n'), {scheme: 'auto', theme: {}, mistakes: []});
    assert.deepEqual(parseLooks('{"scheme": "light", "radius": "4px", "fontWeight": 500}'), {
      scheme: 'light',
      theme: {radius: '4px', fontWeight: '500'},
      mistakes: [],
    });
    assert.deepEqual(parseLooks('{}'), {scheme: 'auto', theme: {}, mistakes: []});
  });

  it('returns an empty theme for anything else, and reports it', () => {
    for (const odd of [
      'neon',
      '',
      '{',
      '[]',
      'null',
      '"dark"',
      '1',
      '{"radius": "4px",}',
      ' '.repeat(10_001),
    ]) {
      const {scheme, theme, mistakes} = parseLooks(odd);
      assert.deepEqual([scheme, theme, mistakes.length], ['auto', {}, 1], odd);
      assert.match(
        mistakes[0] ?? '',
        /^data-theme: expected auto, light, dark, or a JSON object of tokens, not “/,
      );
    }
  });

  it('keeps valid tokens, and reports each invalid one with the expected values', () => {
    const {scheme, theme, mistakes} = parseLooks(
      '{"radius": "5vw", "scheme": "neon", "gap": "4px", "colour": "red", "colorText": "url(x)", "__proto__": {}}',
    );
    assert.deepEqual([scheme, theme], ['auto', {gap: '4px'}]);
    assert.deepEqual(mistakes.slice(0, 2), [
      'data-theme: scheme: expected auto, light, dark, not “neon”.',
      'data-theme: radius: expected 0px to 9999px, not “5vw”.',
    ]);
    assert.match(mistakes[2] ?? '', /^data-theme: there is no token “colour”; expected scheme, colorText, /);
    assert.equal(mistakes[3], 'data-theme: colorText: expected an opaque color, not “url(x)”.');
    assert.match(mistakes[4] ?? '', /no token “__proto__”/);
  });

  it('limits the number of reports and the length of their quotes', () => {
    const long = 'x'.repeat(9000);
    for (const [mistake = ''] of [
      mistakesOf({radius: long}),
      mistakesOf({[long]: 1}),
      [parseLooks(long).mistakes[0]],
    ])
      assert.ok(mistake.length < 400);
    assert.deepEqual(mistakesOf({radius: {deep: [1]}}), [
      'data-theme: radius: expected 0px to 9999px, not “{"deep":[1]}”.',
    ]);
    assert.equal(
      mistakesOf(Object.fromEntries(Array.from({length: 99}, (_, at) => [`t${at}`, 1]))).length,
      32,
    );
  });

  it('reports every dropped token, for any attribute', () => {
    const valid = ['4px', '1.5rem', '#123', 'hidden', 'Inter, serif', 500, 1.2];
    const attribute = arbitraryOf((random) => {
      const names = ['radius', 'gap', 'colorText', 'labels', 'fontFamily', 'fontWeight', 'scheme', 'colour'];
      const entries = names.filter(() => random.once(3)).map((name) => [name, random.pick(valid)]);
      const text = random.once(4)
        ? random.pick(['auto', 'dark'])
        : JSON.stringify(Object.fromEntries(entries));
      return random.once(2) ? changeText(text, random) : text;
    }, 32);
    fc.assert(
      fc.property(attribute, fc.constantFrom(10, 16, 62.5), (text, rem) => {
        const {scheme, theme, mistakes} = parseLooks(text, rem);
        assert.ok(['auto', 'light', 'dark'].includes(scheme));
        for (const mistake of mistakes) assert.ok(mistake.startsWith('data-theme: ') && mistake.length < 500);
        const names = namesIn(text);
        if (names === undefined) assert.deepEqual(theme, {});
        const accepted = Object.keys(theme).length;
        const expected = names === undefined ? 1 : Math.min(32, names.length - accepted);
        // The scheme is not part of the theme, so a valid one is not reported.
        const isScheme =
          names?.includes('scheme') === true && !mistakes.some((each) => each.includes(': scheme: '));
        if (['auto', 'light', 'dark'].includes(text.trim())) assert.equal(mistakes.length, 0);
        else assert.equal(mistakes.length, isScheme ? expected - 1 : expected);
      }),
      runs(500),
    );
  });
});

/** The keys of a JSON object. Undefined if the text is not a JSON object. */
function namesIn(text: string): string[] | undefined {
  try {
    const data: unknown = text.length > 10_000 ? undefined : JSON.parse(text);
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? Object.keys(data) : undefined;
  } catch {
    return undefined;
  }
}
