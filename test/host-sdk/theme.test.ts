import {expect} from '@open-wc/testing';
import {parseLooks} from '../../host-sdk/theme.ts';

const mistakesOf = (theme: unknown) => parseLooks(JSON.stringify(theme)).mistakes;

describe('looks', () => {
  it('are one word, or tokens with a scheme', () => {
    expect(parseLooks('dark')).to.deep.equal({scheme: 'dark', theme: {}, mistakes: []});
    expect(parseLooks(' auto\n')).to.deep.equal({scheme: 'auto', theme: {}, mistakes: []});
    expect(parseLooks('{"scheme": "light", "radius": "4px", "fontWeight": 500}')).to.deep.equal({
      scheme: 'light',
      theme: {radius: '4px', fontWeight: '500'},
      mistakes: [],
    });
    expect(parseLooks('{}')).to.deep.equal({scheme: 'auto', theme: {}, mistakes: []});
  });

  it('are those of no theme where it is neither, and say so', () => {
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
      expect([scheme, theme, mistakes.length], odd).to.deep.equal(['auto', {}, 1]);
      expect(mistakes[0]).to.match(
        /^data-theme: expected auto, light, dark, or a JSON object of tokens, not “/,
      );
    }
  });

  it('keep what is right, and name each token that is not, with what was expected', () => {
    const {scheme, theme, mistakes} = parseLooks(
      '{"radius": "5vw", "scheme": "neon", "gap": "4px", "colour": "red", "colorText": "url(x)", "__proto__": {}}',
    );
    expect([scheme, theme]).to.deep.equal(['auto', {gap: '4px'}]);
    expect(mistakes.slice(0, 2)).to.deep.equal([
      'data-theme: scheme: expected auto, light, dark, not “neon”.',
      'data-theme: radius: expected 0px to 9999px, not “5vw”.',
    ]);
    expect(mistakes[2]).to.match(/^data-theme: there is no token “colour”; there are scheme, colorText, /);
    expect(mistakes[3]).to.equal('data-theme: colorText: expected an opaque color, not “url(x)”.');
    expect(mistakes[4]).to.match(/no token “__proto__”/);
  });

  it('repeat no more of what is wrong than a developer needs', () => {
    const long = 'x'.repeat(9000);
    for (const [mistake = ''] of [
      mistakesOf({radius: long}),
      mistakesOf({[long]: 1}),
      [parseLooks(long).mistakes[0]],
    ])
      expect(mistake).to.have.length.below(400);
    expect(mistakesOf({radius: {deep: [1]}})).to.deep.equal([
      'data-theme: radius: expected 0px to 9999px, not “{"deep":[1]}”.',
    ]);
    expect(mistakesOf(Object.fromEntries(Array.from({length: 99}, (_, at) => [`t${at}`, 1])))).to.have.length(
      32,
    );
  });
});
