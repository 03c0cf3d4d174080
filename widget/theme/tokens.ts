import {own} from '../protocol/parse.ts';

/**
 * What a page may change of the fields' looks. The page's side reads its attribute by this table, and the frame reads
 * what it is sent by it once more. No value can hold an address, a function but those that make a color, a comment, an
 * escape, or the end of a declaration.
 */

interface Rule {
  /** Its form, for developers. */
  expected: string;
  /** @returns the value to use; read again, it is the same. Undefined if it is not in this form, or out of bounds. */
  read: (text: string, rem: number) => string | undefined;
}

/** A part of a color: at most three digits and four decimals. */
const PART = String.raw`(?:\d{1,3}(?:\.\d{1,4})?|\.\d{1,4})`;
const PARTS = String.raw`\( *${PART}(?:%|deg)?(?: *, *| +)${PART}%?(?: *, *| +)${PART}(?:%|deg)?`;

/** Letters must stand out from what is behind them: only that may be clear. */
const OPAQUE = color('an opaque color', `#(?:[\\da-f]{3}){1,2}|black|white|(?:rgb|hsl|oklch)${PARTS} *\\)`);
const CLEAR = color(
  'a color',
  `#(?:[\\da-f]{3}){1,2}|#(?:[\\da-f]{4}){1,2}|black|white|transparent|(?:(?:rgb|hsl)a?|oklch)${PARTS}(?: *[,/] *${PART}%?)? *\\)`,
);

/** Sixteen families at most: words of CSS, and names of fonts that the shopper has, in quotes or without. */
const FAMILY = String.raw`(?:-?[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)*|"[\p{L}\p{M}\p{N} ._-]{1,64}"|'[\p{L}\p{M}\p{N} ._-]{1,64}')`;
const FAMILIES = RegExp(`^${FAMILY}(?: *, *${FAMILY}){0,15}$`, 'u');

/** UTF-16 units of one value. */
const LIMIT = 400;

/** CSS pixels of a root font size, and of the letters that `em` goes by, where nobody says another. */
const EM = 16;

const TABLE = {
  colorText: OPAQUE,
  colorMuted: OPAQUE,
  colorBackground: CLEAR,
  colorBorder: CLEAR,
  colorFocus: OPAQUE,
  colorError: OPAQUE,
  fontFamily: {expected: 'names of fonts', read: (text) => (FAMILIES.test(text) ? text : undefined)},
  fontSize: length(12, 24),
  fontWeight: number(100, 900),
  lineHeight: number(1, 2),
  letterSpacing: length(-1, 4, {em: EM}),
  radius: length(0, 9999),
  borderWidth: length(0, 4),
  padding: length(0, 32),
  gap: length(0, 48),
  height: length(32, 72),
  labels: {
    expected: 'above or hidden',
    read: (text) => (text === 'above' || text === 'hidden' ? text : undefined),
  },
} satisfies Record<string, Rule>;

export type Token = keyof typeof TABLE;
export const TOKENS: Readonly<Record<Token, Rule>> = TABLE;

/** Values as their rules write them; what is left out is the default. */
export type Theme = Readonly<Partial<Record<Token, string>>>;

/**
 * Reads the tokens that are well-formed; the others, and whatever else stands there, are left out.
 *
 * @param data anything; in an object, each value a text, or a number as it stands in JSON.
 * @param rem CSS pixels of the page's root font size; lengths come back in `px`.
 */
export function readTheme(data: unknown, rem = EM): Theme {
  const from = Object(data) as object;
  const theme: Partial<Record<Token, string>> = {};
  for (const token of Object.keys(TOKENS) as Token[]) {
    const value = own(from, token);
    const text = typeof value === 'number' ? `${value}` : value;
    if (typeof text !== 'string' || text.length > LIMIT) continue;
    const read = TOKENS[token].read(text.trim(), rem);
    if (read !== undefined) theme[token] = read;
  }
  return theme;
}

/** A pattern of ours says what may stand there at all, the browser whether it is a color that it knows. */
function color(expected: string, pattern: string): Rule {
  const form = RegExp(`^(?:${pattern})$`, 'i');
  return {
    expected,
    read: (text) => (form.test(text) && CSS.supports('color', text) ? text : undefined),
  };
}

/** @param least CSS pixels, as `most` is. @param units further units, with what each counts in CSS pixels. */
function length(least: number, most: number, units?: Readonly<Record<string, number>>): Rule {
  return {
    expected: `${least}px to ${most}px`,
    read(text, rem) {
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
    read: (text) =>
      /^\d{1,3}(?:\.\d{1,4})?$/.test(text) && Number(text) >= least && Number(text) <= most
        ? text
        : undefined,
  };
}
