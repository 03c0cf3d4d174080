import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import type {Token} from '../../../widget/protocol/names.ts';
import {parseTheme, TOKENS} from '../../../widget/theme/tokens.ts';
import {changeText} from '../../release/fuzz/mutate.ts';
import '../../support/css.ts';
import {runs} from '../../support/properties.ts';
import {arbitraryOf} from '../../support/random.ts';

/** Valid values of each token; `as` is the parsed value if it differs. */
const VALID: Readonly<Record<Token, readonly (readonly [value: string | number, as?: string])[]>> = {
  colorText: [['#123'], ['#AbCdEf'], ['white'], ['rgb(1, 2, 3)'], ['rgb(1 2 3)'], ['hsl(210deg 50% 40%)']],
  colorMuted: [['black'], ['hsl(210, 50%, 40%)'], ['rgb( 10% 20.5% .5% )'], [' #fff ', '#fff']],
  colorBackground: [['transparent'], ['#1234'], ['#12345678'], ['rgba(1, 2, 3, 0.5)'], ['#fff']],
  colorBorder: [['rgb(1 2 3 / 50%)'], ['hsla(1, 2%, 3%, .25)'], ['BLACK']],
  colorFocus: [['#0b62d6']],
  colorError: [['rgb(255 0 0)']],
  fontFamily: [
    ['Inter'],
    ['-apple-system, BlinkMacSystemFont, "Segoe UI", sans-serif'],
    ["'Hiragino Kaku Gothic ProN' , ui-serif"],
    ['"ヒラギノ角ゴ Pro W3"'],
    [Array(16).fill('serif').join()],
  ],
  fontSize: [['12px'], ['24px'], ['1rem', '16px'], ['1.125rem', '18px'], ['15.5px']],
  fontWeight: [[100, '100'], ['900'], ['450.5']],
  lineHeight: [[1, '1'], ['2'], [1.45, '1.45']],
  letterSpacing: [['-1px'], ['4px'], ['0.02em'], ['-.05em'], ['.01rem', '0.16px'], [0, '0px']],
  radius: [['0', '0px'], ['9999px'], ['.25rem', '4px']],
  borderWidth: [['0px'], ['1.5px'], ['4px']],
  padding: [['0px'], ['2rem', '32px']],
  gap: [['48px']],
  height: [['32px'], ['4.5rem', '72px'], ['44.25px']],
  labels: [['above'], ['hidden']],
};

/** Texts that no token accepts. */
const TRICKS = [
  'url(//evil.example)',
  'URL("//evil.example")',
  'u\\72l(//evil.example)',
  '/**/url(//evil.example)',
  '#123/**/',
  'image-set("//evil.example" 1x)',
  '-webkit-image-set(url(//evil.example) 1x)',
  'cross-fade(url(//evil.example), red)',
  'element(#cardNumber)',
  'src("//evil.example")',
  'attr(value)',
  'attr(value type(<color>))',
  'var(--color-text)',
  'env(safe-area-inset-top)',
  'calc(1px + 1px)',
  '@import "//evil.example"',
  '#123}body{background:url(//evil.example)',
  '#123;background:url(//evil.example)',
  '#123 !important',
  '<link>',
  '\\',
  '\\31 6px',
  '1\\70x',
  '"',
  '"a"b"',
  '#123\nbackground:red',
  '12\u00A0px',
  '１６px',
  'expression(alert(1))',
  'behavior:url(//evil.example)',
  '-moz-binding:url(//evil.example)',
  'paint(x)',
  'color-mix(in srgb, red, blue)',
  'light-dark(red, blue)',
  '',
  ' ',
];

/** Values of one token that are out of bounds or nearly valid. */
const INVALID: readonly [Token, ...unknown[]][] = [
  [
    'colorText',
    'transparent',
    '#1234',
    '#12345',
    'rgb(1 2 3 / 1)',
    'rgba(1, 2, 3, 0)',
    '#ggg',
    'red',
    'currentcolor',
    'Canvas',
  ],
  ['colorBackground', '#1234567', 'rgb(1 2)', 'rgb(1 2 3 4)', 'oklcha(1 0 0)', 'lab(1 2 3)', 'hsl(1 2 3%'],
  [
    'fontFamily',
    'a,',
    ',a',
    'a,,b',
    '8bit',
    '"a',
    `"a'`,
    "a'b",
    'a;b',
    'a:b',
    '"a:b"',
    "'a;b'",
    '"a/b"',
    "'a(b)'",
    Array(17).fill('serif').join(),
    `"${'x'.repeat(65)}"`,
  ],
  [
    'fontSize',
    '11.99px',
    '24.01px',
    '16',
    16,
    '1em',
    '12pt',
    '50%',
    '2rem',
    '1e1px',
    '+16px',
    '0x10px',
    'NaNpx',
  ],
  ['fontWeight', 99, 901, 'bold', '400px', -400, '1e2'],
  ['lineHeight', 0.99, 2.01, '1.5em', 'normal', '150%', Infinity, NaN],
  ['letterSpacing', '-1.01px', '4.01px', '.3em', '-.07em', '1'],
  ['radius', '-1px', '50%', '10000px', '4px 8px'],
  ['borderWidth', '4.01px', 'thin', '-0.5px', '1'],
  ['padding', '33px', '1px 2px'],
  ['gap', '49px', 'normal'],
  ['height', '31px', '73px', 'auto', '100vh'],
  ['labels', 'floating', 'Hidden', 'hidden above', true, ['hidden'], {toString: () => 'hidden'}, null],
];

const NAMES = Object.keys(TOKENS) as Token[];

const COLOR = /^(#[\da-f]{3,8}|black|white|transparent|(rgba?|hsla?|oklch)\([\d.%deg,/ ]+\))$/i;

/** What a parsed value may look like: no URL, comment, escape, end of a declaration, or function other than a color's. */
const HARMLESS: Readonly<Record<string, RegExp>> = {
  colorText: COLOR,
  colorMuted: COLOR,
  colorBackground: COLOR,
  colorBorder: COLOR,
  colorFocus: COLOR,
  colorError: COLOR,
  fontFamily: /^[\p{L}\p{M}\p{N} ._,"'-]+$/u,
};

/** Bounds of the values, in px or without a unit. */
const BOUNDS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  fontSize: [12, 24],
  fontWeight: [100, 900],
  lineHeight: [1, 2],
  letterSpacing: [-1, 4],
  radius: [0, 9999],
  borderWidth: [0, 4],
  padding: [0, 32],
  gap: [0, 48],
  height: [32, 72],
};

describe('parseTheme', () => {
  for (const token of NAMES) {
    it(`accepts valid values of ${token}, and returns its own result unchanged`, () => {
      for (const [value, as = String(value)] of VALID[token]) {
        assert.deepEqual(parseTheme({[token]: value}), {[token]: as}, String(value));
        assert.deepEqual(parseTheme({[token]: as}), {[token]: as});
      }
    });

    it(`rejects other CSS values for ${token}`, () => {
      for (const trick of TRICKS) assert.deepEqual(parseTheme({[token]: trick}), {}, trick);
      for (const odd of [null, undefined, true, {}, [], ['#123'], 1n, Symbol('x')])
        assert.deepEqual(parseTheme({[token]: odd}), {});
    });
  }

  for (const [token, ...values] of INVALID)
    it(`rejects values of ${token} that are out of bounds or nearly valid`, () => {
      for (const value of values) assert.deepEqual(parseTheme({[token]: value}), {}, String(value));
    });

  it('accepts a color only if the browser supports it', (context) => {
    context.mock.method(CSS, 'supports', (_: string, value: string) => !value.startsWith('oklch'));
    assert.deepEqual(parseTheme({colorText: 'oklch(62% 0.1 250)', colorBorder: 'hsl(1 2% 3%)'}), {
      colorBorder: 'hsl(1 2% 3%)',
    });
  });

  it('returns only harmless values for any input, and returns its own result unchanged', () => {
    const texts = [...Object.values(VALID).flat(2), ...TRICKS].map(String);
    const aTheme = arbitraryOf((random) => {
      const entries = NAMES.filter(() => random.once(4)).map((token) => {
        const text = random.once(2) ? String(random.pick(VALID[token])[0]) : random.pick(texts);
        return [token, random.once(2) ? text : changeText(text, random)];
      });
      return Object.fromEntries(entries) as Readonly<Record<string, string>>;
    }, 96);
    fc.assert(
      fc.property(aTheme, fc.constantFrom(10, 16, 20, 62.5), (given, rem) => {
        const theme = parseTheme(given, rem);
        assert.deepEqual(parseTheme(theme, rem), theme);
        for (const [token, value] of Object.entries(theme)) {
          assert.ok(value.length <= 400);
          assert.match(value, HARMLESS[token] ?? /^(-?[\d.]+(px|em)?|above|hidden)$/);
          const [least, most] = BOUNDS[token] ?? [];
          if (least === undefined || most === undefined || value.endsWith('em')) continue;
          assert.ok(parseFloat(value) >= least && parseFloat(value) <= most, `${token}: ${value}`);
        }
      }),
      runs(500),
    );
  });

  it('keeps valid tokens next to invalid ones, and nothing else', () => {
    const data: unknown = JSON.parse(
      '{"__proto__": {"gap": "1px"}, "radius": "4px", "gap": "x", "constructor": "red", "color": "#123"}',
    );
    assert.deepEqual(parseTheme(data), {radius: '4px'});
    assert.deepEqual(parseTheme(Object.create({radius: '4px'})), {});
  });

  it('does not call a getter', () => {
    const trap = {
      get radius(): string {
        throw new Error('the getter was called');
      },
    };
    assert.deepEqual(parseTheme(trap), {});
  });

  it('returns an empty theme for anything but an object', () => {
    for (const odd of [null, undefined, '', 'dark', 0, true, [], new Map([['radius', '4px']]), 1n])
      assert.deepEqual(parseTheme(odd), {});
  });

  it('converts rem by the root font size of the page, and checks the bounds in px', () => {
    assert.deepEqual(parseTheme({fontSize: '1.6rem', height: '4.4rem', gap: '1.25em'}, 10), {
      fontSize: '16px',
      height: '44px',
    });
    assert.deepEqual(parseTheme({fontSize: '1rem', radius: '1rem', letterSpacing: '1rem'}, 0), {
      radius: '0px',
      letterSpacing: '0px',
    });
    assert.deepEqual(parseTheme({radius: '1rem'}, NaN), {});
  });

  it('parses long values within a second in total, without backtracking', () => {
    const long = [
      'a'.repeat(399),
      'a, '.repeat(133),
      'a '.repeat(200),
      `"${'a'.repeat(398)}`,
      '1'.repeat(399),
    ];
    const start = performance.now();
    for (const text of long) for (const token of NAMES) parseTheme({[token]: text});
    for (const text of long) for (const token of NAMES) parseTheme({[token]: text.repeat(10_000)});
    assert.ok(performance.now() - start < 1000);
  });
});
