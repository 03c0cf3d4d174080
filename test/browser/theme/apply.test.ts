import {expect} from '@open-wc/testing';
import {parseTheme} from '../../../widget/theme/tokens.ts';
import {PALETTES, applyTheme} from '../../../widget/theme/apply.ts';
import {contrast} from '../contrast.ts';

/** Typical backgrounds of merchants' pages. */
const BACKGROUNDS = {
  light: ['#ffffff', '#f8f9fa', '#f3f4f6', '#eef1f4', '#fdf6e3', '#e9ecef', '#e5e7eb'],
  dark: [
    '#000000',
    '#0d1117',
    '#121212',
    '#1a1a1a',
    '#1e1e1e',
    '#1f2937',
    '#212529',
    '#2b2b2b',
    '#30343a',
    '#374151',
  ],
} as const;

describe('applyTheme', () => {
  const root = document.documentElement;
  const property = (name: string) => getComputedStyle(root).getPropertyValue(name).trim();

  afterEach(() => {
    root.removeAttribute('style');
    delete root.dataset['scheme'];
    delete root.dataset['labels'];
  });

  for (const scheme of ['light', 'dark'] as const)
    it(`uses a ${scheme} palette with enough contrast on its own background and on those of pages`, () => {
      const {colorBackground, ...colors} = PALETTES[scheme];
      for (const [name, color] of Object.entries(colors))
        for (const background of [colorBackground, ...BACKGROUNDS[scheme]]) {
          const least = ['colorBorder', 'colorFocus'].includes(name) ? 3 : 4.5;
          expect(contrast(color, background), `${name} on ${background}`).to.be.at.least(least);
        }
    });

  it('sets the given tokens, and the colors of the scheme for the others', () => {
    applyTheme({colorText: '#010203', radius: '3px'}, 'dark');
    const expected = {
      '--color-text': '#010203',
      '--color-error': PALETTES.dark.colorError,
      '--radius': '3px',
      '--gap': '12px',
      'color-scheme': 'dark',
    };
    for (const [name, value] of Object.entries(expected)) expect(property(name), name).to.equal(value);
    expect([root.dataset['scheme'], root.dataset['labels']]).to.deep.equal(['dark', 'above']);
  });

  it('uses the defaults for invalid tokens, and keeps the valid ones', () => {
    applyTheme({colorText: 'url(//evil.example)', gap: '12px; color: red', radius: '3px'}, 'light');
    expect(property('--color-text')).to.equal(PALETTES.light.colorText);
    expect([property('--gap'), property('--radius')]).to.deep.equal(['12px', '3px']);
  });

  it('removes the previous theme', () => {
    applyTheme({}, 'light');
    const plain = root.style.cssText;
    applyTheme({colorText: '#010203', radius: '3px', labels: 'hidden', fontWeight: '700'}, 'dark');
    expect(root.style.cssText).not.to.equal(plain);
    applyTheme({}, 'light');
    expect(root.style.cssText).to.equal(plain);
    expect(root.dataset['labels']).to.equal('above');
  });
});

describe('theme colors', () => {
  it('are accepted in every form that the engine supports', () => {
    for (const color of [
      '#AbCdEf',
      '#12345678',
      'transparent',
      'rgb( 10% 20.5% .5% )',
      'rgb(1 2 3 / 50%)',
      'rgba(1, 2, 3, 0.5)',
      'hsl(210deg 50% 40%)',
      'hsla(1, 2%, 3%, .25)',
    ])
      expect(parseTheme({colorBackground: color})).to.deep.equal({colorBackground: color});
  });

  it('are rejected if the engine does not support them', () => {
    expect(parseTheme({colorBackground: 'rgb(1, 2 3)'})).to.deep.equal({});
    const isKnown = CSS.supports('color', 'oklch(62% 0.1 250)');
    const theme = parseTheme({colorText: 'oklch(62% 0.1 250)', colorBorder: 'oklch(.62 .1 250deg / .5)'});
    expect(Object.keys(theme)).to.have.length(isKnown ? 2 : 0);
  });
});
