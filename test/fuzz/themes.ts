import type {Dice} from './dice.ts';
import {CANARY, changeText, own, strangeJson} from './mutate.ts';
import {ASCII_DIGITS, isMadeOf, isPlain, type Shape, SMALL} from './shapes.ts';

/** A second reading of what a theme may say (docs/integration.md, Looks). */

// Node knows no colors: there whatever is in the form of one is one, for the product and for this reading alike.
if (!('CSS' in globalThis)) Object.assign(globalThis, {CSS: {supports: () => true}});

const LETTERS = SMALL + SMALL.toUpperCase();

/** Up to so many digits, and up to four decimals. */
function isNumber(text: string, most: number): boolean {
  const [whole = '', decimals, ...more] = text.split('.');
  const isShort = whole.length <= most && isMadeOf(ASCII_DIGITS)(whole) && more.length === 0;
  if (decimals === undefined) return isShort && whole !== '';
  return isShort && isMadeOf(ASCII_DIGITS)(decimals) && decimals.length > 0 && decimals.length < 5;
}

/** Without the first of these endings that it has, if it has one. */
const without = (text: string, ...endings: readonly string[]) => {
  const ending = endings.find((each) => text.endsWith(each)) ?? '';
  return text.slice(0, text.length - ending.length);
};

/** Three parts between spaces or commas, and after a comma or a slash an opacity. */
function isColorFunction(text: string, mayBeClear: boolean): boolean {
  const open = text.indexOf('(');
  const names = mayBeClear ? ['rgb', 'rgba', 'hsl', 'hsla', 'oklch'] : ['rgb', 'hsl', 'oklch'];
  if (!names.includes(text.slice(0, open)) || !text.endsWith(')')) return false;
  const inner = text.slice(open + 1, -1);
  if (!isMadeOf(`${ASCII_DIGITS}%deg.,/ `)(inner)) return false;
  // each separator as one sign: a comma, a slash, or spaces alone
  const signs = inner.replaceAll(/ *([,/]) */g, '$1').replaceAll(/ +/g, ' ');
  const spaced = signs.startsWith(' ') ? signs.slice(1) : signs;
  const [first = '', second = '', third = '', ...more] = (
    spaced.endsWith(' ') ? spaced.slice(0, -1) : spaced
  ).split(/[ ,/]/);
  const [opacity, ...beyond] = more;
  const between = Array.from(spaced).filter((sign) => ' ,/'.includes(sign));
  const isSlashLast = between.indexOf('/') === -1 || between.indexOf('/') === 2;
  const isOpacityApart = opacity === undefined || between[2] !== ' ';
  return (
    isSlashLast &&
    isOpacityApart &&
    beyond.length === 0 &&
    (opacity === undefined || (mayBeClear && isNumber(without(opacity, '%'), 3))) &&
    [first, third].every((part) => isNumber(without(part, '%', 'deg'), 3)) &&
    isNumber(without(second, '%'), 3)
  );
}

const color = (mayBeClear: boolean) => (written: string) => {
  if (Array.from(written).some((letter) => letter > '~')) return undefined;
  const text = written.toLowerCase();
  const sizes = mayBeClear ? [3, 4, 6, 8] : [3, 6];
  const isHex =
    text.startsWith('#') &&
    sizes.includes(text.length - 1) &&
    isMadeOf(`${ASCII_DIGITS}abcdef`)(text.slice(1));
  const isNamed = ['black', 'white', ...(mayBeClear ? ['transparent'] : [])].includes(text);
  const isColor = isHex || isNamed || isColorFunction(text, mayBeClear);
  return isColor && CSS.supports('color', written) ? written : undefined;
};

function isFamily(text: string): boolean {
  const [quote = ''] = text;
  if (quote === '"' || quote === "'") {
    const name = text.slice(1, -1);
    const isClosed = text.length > 2 && text.endsWith(quote) && name.length <= 64;
    return (
      isClosed &&
      Array.from(name).every((letter) => ' ._-'.includes(letter) || /[\p{L}\p{M}\p{N}]/u.test(letter))
    );
  }
  const words = (text.startsWith('-') ? text.slice(1) : text).split(' ');
  return words.every(
    (word) =>
      word !== '' && LETTERS.includes(word.charAt(0)) && isMadeOf(`${LETTERS}${ASCII_DIGITS}_-`)(word),
  );
}

function families(text: string): string | undefined {
  const all = text.split(',').map((each, at, {length}) => {
    const left = at === 0 ? each : each.replace(/^ +/, '');
    return at === length - 1 ? left : left.replace(/ +$/, '');
  });
  return all.length <= 16 && all.every(isFamily) ? text : undefined;
}

const length =
  (least: number, most: number, hasEm = false) =>
  (text: string, rem: number) => {
    const unit = ['rem', 'em', 'px'].find((each) => text.endsWith(each)) ?? '';
    const digits = text.slice(0, text.length - unit.length);
    const isLength = isNumber(digits.startsWith('-') ? digits.slice(1) : digits, 4);
    if (!isLength || (unit === '' && digits !== '0') || (unit === 'em' && !hasEm)) return undefined;
    const pixels = Number(digits) * ({rem, em: 16}[unit] ?? 1);
    if (pixels < least || pixels > most) return undefined;
    return unit === 'em' ? text : `${Math.round(pixels * 1000) / 1000}px`;
  };

const number = (least: number, most: number) => (text: string) =>
  isNumber(text, 3) && !text.startsWith('.') && Number(text) >= least && Number(text) <= most
    ? text
    : undefined;

const FORMS: Readonly<Record<string, (text: string, rem: number) => string | undefined>> = {
  colorText: color(false),
  colorMuted: color(false),
  colorBackground: color(true),
  colorBorder: color(true),
  colorFocus: color(false),
  colorError: color(false),
  fontFamily: families,
  fontSize: length(12, 24),
  fontWeight: number(100, 900),
  lineHeight: number(1, 2),
  letterSpacing: length(-1, 4, true),
  radius: length(0, 9999),
  borderWidth: length(0, 4),
  padding: length(0, 32),
  gap: length(0, 48),
  height: length(32, 72),
  labels: (text) => (['above', 'hidden'].includes(text) ? text : undefined),
};

/** The tokens that are well-formed: nothing refuses a theme as a whole. */
export const theme =
  (rem = 16): Shape =>
  (data) => {
    const result: Record<string, string> = {};
    if (typeof data !== 'object' || data === null) return result;
    for (const [token, form] of Object.entries(FORMS)) {
      const value = own(data, token);
      const text = typeof value === 'number' ? String(value) : value;
      if (typeof text !== 'string' || text.length > 400) continue;
      const read = form(text.trim(), rem);
      if (read !== undefined) result[token] = read;
    }
    return result;
  };

/** What an attribute comes to, and how many mistakes are told of it. */
export function looksOf(text: string, rem: number): {scheme: string; theme: unknown; mistakes: number} {
  const schemes = ['auto', 'light', 'dark'];
  if (schemes.includes(text.trim())) return {scheme: text.trim(), theme: {}, mistakes: 0};
  try {
    const data: unknown = text.length > 10_000 ? undefined : JSON.parse(text);
    if (!isPlain(data)) return {scheme: 'auto', theme: {}, mistakes: 1};
    const scheme = Object.hasOwn(data, 'scheme') ? own(data, 'scheme') : 'auto';
    const read = theme(rem)(data) as object;
    const names = Object.keys(data).filter((name) => name !== 'scheme');
    const wrong =
      names.length -
      Object.keys(read).length +
      (typeof scheme === 'string' && schemes.includes(scheme) ? 0 : 1);
    return {
      scheme: typeof scheme === 'string' && schemes.includes(scheme) ? scheme : 'auto',
      theme: read,
      mistakes: Math.min(32, wrong),
    };
  } catch {
    return {scheme: 'auto', theme: {}, mistakes: 1};
  }
}

// ---- what a page may have written ------------------------------------------------------------------------

const COLORS = [
  ...[
    '#123',
    '#A1b2C3',
    '#1234',
    '#12345678',
    'white',
    'Black',
    'transparent',
    'rgb(1, 2, 3)',
    'rgb(1 2 3 / 50%)',
  ],
  ...[
    'hsl(210deg 50% 40%)',
    'hsla(1, 2%, 3%, .25)',
    'oklch(62% 0.1 250)',
    'rgb( .5% 99.5% 100%)',
    'rgba(1,2,3,1)',
  ],
] as const;
/** On both sides of every bound. */
const LENGTHS = [0, 4, 12, 24, 32, 48, 72, -1, 9999].flatMap((bound) =>
  [0, 0.01, -0.01].flatMap((off) => [
    `${bound + off}px`,
    `${(bound + off) / 16}rem`,
    `${(bound + off) / 16}em`,
  ]),
);

const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  ...Object.fromEntries(
    Object.keys(FORMS).map((token) => [
      token,
      token.startsWith('color') ? COLORS : [...LENGTHS, '0', 0, '16'],
    ]),
  ),
  fontFamily: [
    'Inter',
    '-apple-system, BlinkMacSystemFont, "Segoe UI", sans-serif',
    `'Hiragino Kaku Gothic ProN', serif`,
    '"ヒラギノ角ゴ Pro W3"',
    Array(16).fill('a').join(),
    Array(17).fill('a').join(),
    '"a:b"',
    `"${'x'.repeat(64)}"`,
    `"${'x'.repeat(65)}"`,
    'x'.repeat(400),
    'x'.repeat(401),
  ],
  fontWeight: [400, '700', 100, 900, 99, 901, '450.5'],
  lineHeight: [1, 1.5, '2', 0.9, 2.1, '.5'],
  labels: ['above', 'hidden', 'floating'],
  scheme: ['auto', 'light', 'dark', 'neon', null],
};

const TRICKS = [
  'url(//evil.example)',
  'u\\72l(//evil.example)',
  '/**/red',
  'image-set("//evil.example" 1x)',
  'var(--x)',
  'env(x)',
  'attr(value)',
  'calc(1px)',
  '#123;x:y',
  '#123}body{x:y',
  '@import "x"',
  '<b>',
  '\\',
  'a\nb',
  'rgb(1/2/3)',
  'rgb(1,,2,3)',
  'rgb(1 2 3 4)',
  'rgb(1 2 3/)',
  'rgb((1 2 3)',
  'rgb(1\t2\t3)',
  CANARY,
] as const;

/** Most of its values are right. */
export function aTheme(dice: Dice): object {
  const keys = Object.keys(VALUES).filter(() => dice.once(4));
  const entries = keys.map((key) => {
    const value = dice.pick(VALUES[key] ?? []);
    const odd = () =>
      dice.once(2) ? dice.pick(TRICKS) : dice.once(2) ? changeText(String(value), dice) : strangeJson(dice);
    return [dice.once(40) ? changeText(key, dice) : key, dice.once(8) ? odd() : value];
  });
  return Object.fromEntries(entries) as object;
}

/** A word or an object, and at times something near to it. */
export function aThemeText(dice: Dice): string {
  const text = dice.once(3)
    ? dice.pick(['auto', 'light', 'dark', 'neon', ' dark '])
    : JSON.stringify(aTheme(dice));
  return dice.once(16) ? changeText(text, dice) : text;
}
