import {metricsOf, MEDIUM_FONT_SIZE_PX} from './metrics.ts';
import type {ColorScheme, Theme, Token} from '../protocol/names.ts';
import {parseTheme} from './tokens.ts';

/**
 * The default colors. The frame is transparent, so labels and problems are on the page's background, whose color we do
 * not know. On white to #e5e7eb, and on black to #374151, and on the field's own background, text has a contrast of at
 * least 4.5, borders and the focus ring of 3 (WCAG 2.2, 1.4.3 and 1.4.11).
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
 * Replaces the theme of the document. Sets every custom property that the style sheet uses on the root element, and two
 * `data-` attributes for settings that are not CSS values. Validates the theme first: an invalid token gets its default.
 */
export function applyTheme(unvalidated: Theme, scheme: ColorScheme): void {
  const theme = parseTheme(unvalidated);
  const {documentElement: root} = document;
  const {style, dataset} = root;
  const size = parseFloat(getComputedStyle(root).fontSize); // the user's: the style sheet does not set it on the root
  const applyAgain = () => {
    applyTheme(theme, scheme);
  };
  window.onresize = isNaN(size) ? applyAgain : null; // in Firefox, a hidden frame has no font size
  style.colorScheme = scheme;
  dataset['scheme'] = scheme;
  dataset['labels'] = theme.labels ?? 'above';
  for (const [name, value] of Object.entries(metricsOf(theme, size / MEDIUM_FONT_SIZE_PX)))
    style.setProperty(name, value);
  for (const name of COLORS) style.setProperty(propertyOf(name), theme[name] ?? PALETTES[scheme][name]);
}

/** The custom property of a token: `colorText` is `--color-text`. */
function propertyOf(token: Token): string {
  return `--${token.replace(/[A-Z]/g, '-$&').toLowerCase()}`;
}
