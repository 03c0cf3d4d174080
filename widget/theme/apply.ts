import {measuresOf, MEDIUM} from './metrics.ts';
import type {ColorScheme} from '../protocol/names.ts';
import type {Theme, Token} from './tokens.ts';

/**
 * Labels, problems and marks stand on the page itself, whose colour we do not know: on white to #e5e7eb, and on black
 * to #374151, text has a contrast of 4.5, borders and the focus of 3, there and within the field (WCAG 2.2, 1.4.3, 1.4.11).
 */
export const PALETTES = {
  light: {
    colorText: '#17212b',
    colorMuted: '#5b6875',
    colorBackground: '#ffffff',
    colorBorder: '#74808c',
    colorFocus: '#0b62d6',
    colorError: '#b3261e',
  },
  dark: {
    colorText: '#eef2f5',
    colorMuted: '#a8b4c0',
    colorBackground: '#161c22',
    colorBorder: '#82909e',
    colorFocus: '#7ab4ff',
    colorError: '#ff9d94',
  },
} as const satisfies Record<ColorScheme, Theme>;

const COLORS = Object.keys(PALETTES.light) as readonly (keyof typeof PALETTES.light)[];

/**
 * Gives the document its looks, all of them anew: custom properties of the root, which the style sheet goes by, and two
 * words for what no property can say. The names are ours, the values those that the table of tokens lets through.
 */
export function setTheme(theme: Theme, scheme: ColorScheme): void {
  const {documentElement: root} = document;
  const {style, dataset} = root;
  const size = parseFloat(getComputedStyle(root).fontSize); // no rule of ours sets the root's
  const again = () => {
    setTheme(theme, scheme);
  };
  window.onresize = isNaN(size) ? again : null; // Firefox has none for a frame that is not shown
  style.colorScheme = scheme;
  dataset['scheme'] = scheme;
  dataset['labels'] = theme.labels ?? 'above';
  for (const [name, value] of Object.entries(measuresOf(theme, size / MEDIUM)))
    style.setProperty(name, value);
  for (const name of COLORS) style.setProperty(propertyOf(name), theme[name] ?? PALETTES[scheme][name]);
}

/** `colorText` is `--color-text`. */
function propertyOf(token: Token): string {
  return `--${token.replace(/[A-Z]/g, '-$&').toLowerCase()}`;
}
