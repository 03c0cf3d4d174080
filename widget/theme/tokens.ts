import {themeText} from '../protocol/messages.ts';
import type {Theme, Token} from '../protocol/names.ts';

/**
 * The rules for the values of a theme. The host validates its attribute with them, and the frame validates the received
 * theme again. No value can contain a URL, a function other than a color's, a comment, an escape, or the end of a
 * declaration.
 */

interface Rule {
  /** The valid form, for developers. */
  expected: string;
  /** @returns the value to use, or undefined if `text` is invalid. Idempotent. */
  parse: (text: string, rem: number) => string | undefined;
}

/** A part of a color: at most three digits and four decimals. */
const PART = String.raw`(?:\d{1,3}(?:\.\d{1,4})?|\.\d{1,4})`;
const PARTS = String.raw`\( *${PART}(?:%|deg)?(?: *, *| +)${PART}%?(?: *, *| +)${PART}(?:%|deg)?`;

/** Text needs contrast with its background, so only backgrounds and borders may be transparent. */
const OPAQUE = color('an opaque color', `#(?:[\\da-f]{3}){1,2}|black|white|(?:rgb|hsl|oklch)${PARTS} *\\)`);
const ANY_COLOR = color(
  'a color',
  `#(?:[\\da-f]{3}){1,2}|#(?:[\\da-f]{4}){1,2}|black|white|transparent|(?:(?:rgb|hsl)a?|oklch)${PARTS}(?: *[,/] *${PART}%?)? *\\)`,
);

/** Up to sixteen font families: CSS keywords, and names of installed fonts, with or without quotes. */
const FAMILY = String.raw`(?:-?[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)*|"[\p{L}\p{M}\p{N} ._-]{1,64}"|'[\p{L}\p{M}\p{N} ._-]{1,64}')`;
const FAMILIES = RegExp(`^${FAMILY}(?: *, *${FAMILY}){0,15}$`, 'u');

/** Default root font size, and the font size that `em` refers to, in CSS pixels. */
const EM_PX = 16;

/** The rule of each token. */
export const TOKENS: Readonly<Record<Token, Rule>> = {
  colorText: OPAQUE,
  colorMuted: OPAQUE,
  colorBackground: ANY_COLOR,
  colorBorder: ANY_COLOR,
  colorFocus: OPAQUE,
  colorError: OPAQUE,
  fontFamily: {expected: 'names of fonts', parse: (text) => (FAMILIES.test(text) ? text : undefined)},
  fontSize: length(12, 24),
  fontWeight: number(100, 900),
  lineHeight: number(1, 2),
  letterSpacing: length(-1, 4, {em: EM_PX}),
  radius: length(0, 9999),
  borderWidth: length(0, 4),
  padding: length(0, 32),
  gap: length(0, 48),
  height: length(32, 72),
  labels: {
    expected: 'above or hidden',
    parse: (text) => (text === 'above' || text === 'hidden' ? text : undefined),
  },
};

/**
 * The valid tokens of a theme, with values in the form of their rules. Skips everything else and never throws.
 *
 * @param data anything. In an object, a value is a string or, as in JSON, a number.
 * @param rem CSS pixels of the page's root font size; lengths are returned in `px`.
 */
export function parseTheme(data: unknown, rem = EM_PX): Theme {
  const given = Object(data) as object;
  const theme: Partial<Record<Token, string>> = {};
  for (const token of Object.keys(TOKENS) as Token[]) {
    const text = themeText(given, token)?.trim();
    const value = text === undefined ? undefined : TOKENS[token].parse(text, rem);
    if (value !== undefined) theme[token] = value;
  }
  return theme;
}

/** Accepts what matches `pattern` and the browser parses as a color. */
function color(expected: string, pattern: string): Rule {
  const form = RegExp(`^(?:${pattern})$`, 'i');
  return {
    expected,
    parse: (text) => (form.test(text) && CSS.supports('color', text) ? text : undefined),
  };
}

/** @param least in CSS pixels, as `most`. @param units additional units, with the CSS pixels of each. */
function length(least: number, most: number, units?: Readonly<Record<string, number>>): Rule {
  return {
    expected: `${least}px to ${most}px`,
    parse(text, rem) {
      const [, digits = '', unit = ''] =
        /^(-?(?:\d{1,4}(?:\.\d{1,4})?|\.\d{1,4}))(px|r?em|)$/.exec(text) ?? [];
      const pixels = parseFloat(digits) * ({px: 1, rem, '': digits === '0' ? 1 : NaN, ...units}[unit] ?? NaN);
      if (!(pixels >= least && pixels <= most)) return undefined;
      return unit === 'em' ? text : `${Math.round(pixels * 1000) / 1000}px`;
    },
  };
}

function number(least: number, most: number): Rule {
  return {
    expected: `${least} to ${most}`,
    parse: (text) =>
      /^\d{1,3}(?:\.\d{1,4})?$/.test(text) && Number(text) >= least && Number(text) <= most
        ? text
        : undefined,
  };
}
