import {expect} from '@open-wc/testing';
import {PALETTES, setTheme} from '../../widget/theme.ts';

/** Pages that shops have: white and paper, black and slate. */
const PAGES = {
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

/** WCAG 2.2, relative luminance, of `#rrggbb`. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe('theme', () => {
  const root = document.documentElement;
  const property = (name: string) => getComputedStyle(root).getPropertyValue(name).trim();

  afterEach(() => {
    root.removeAttribute('style');
    delete root.dataset['scheme'];
    delete root.dataset['labels'];
  });

  for (const scheme of ['light', 'dark'] as const)
    it(`can be read and seen on every ${scheme} page, and within its fields`, () => {
      const {colorBackground, ...colors} = PALETTES[scheme];
      for (const [name, color] of Object.entries(colors))
        for (const behind of [colorBackground, ...PAGES[scheme]]) {
          const least = ['colorBorder', 'colorFocus'].includes(name) ? 3 : 4.5;
          expect(contrast(color, behind), `${name} on ${behind}`).to.be.at.least(least);
        }
    });

  it('takes the colors of its scheme, but for those that it names', () => {
    setTheme({colorText: '#010203', radius: '3px'}, 'dark');
    expect([property('--color-text'), property('--color-error')]).to.deep.equal([
      '#010203',
      PALETTES.dark.colorError,
    ]);
    expect([property('--radius'), property('--gap')]).to.deep.equal(['3px', '12px']);
    expect([root.dataset['scheme'], root.dataset['labels'], property('color-scheme')]).to.deep.equal([
      'dark',
      'above',
      'dark',
    ]);
  });

  it('leaves nothing of the one before', () => {
    setTheme({}, 'light');
    const plain = root.style.cssText;
    setTheme({colorText: '#010203', radius: '3px', labels: 'hidden', fontWeight: '700'}, 'dark');
    expect(root.style.cssText).not.to.equal(plain);
    setTheme({}, 'light');
    expect(root.style.cssText).to.equal(plain);
    expect(root.dataset['labels']).to.equal('above');
  });
});
