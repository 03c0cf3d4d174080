import {expect} from '@open-wc/testing';
import {readTheme, type Token, TOKENS} from '../../../widget/protocol/theme.ts';

/** What each token takes, and as what; `true` where as it is written. */
const TAKEN: Readonly<Record<Token, readonly (readonly [value: string | number, as?: string])[]>> = {
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

/** What none of them takes. */
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

/** What one of them takes, or nearly. */
const BEYOND: readonly [Token, ...unknown[]][] = [
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
  [
    'colorBackground',
    '#1234567',
    'rgb(1, 2 3)',
    'rgb(1 2)',
    'rgb(1 2 3 4)',
    'oklcha(1 0 0)',
    'lab(1 2 3)',
    'hsl(1 2 3%',
  ],
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

describe('a theme', () => {
  for (const token of NAMES) {
    it(`takes of ${token} what is in its form, once more as it was read`, () => {
      for (const [value, as = String(value)] of TAKEN[token]) {
        expect(readTheme({[token]: value}), String(value)).to.deep.equal({[token]: as});
        expect(readTheme({[token]: as})).to.deep.equal({[token]: as});
      }
    });

    it(`takes no trick of CSS as ${token}`, () => {
      for (const trick of TRICKS) expect(readTheme({[token]: trick}), trick).to.deep.equal({});
      for (const odd of [null, undefined, true, {}, [], ['#123'], 1n, Symbol('x')])
        expect(readTheme({[token]: odd})).to.deep.equal({});
    });
  }

  for (const [token, ...values] of BEYOND)
    it(`takes nothing beyond the bounds of ${token}`, () => {
      for (const value of values) expect(readTheme({[token]: value}), String(value)).to.deep.equal({});
    });

  it('takes oklch() where the browser knows it', () => {
    const isKnown = CSS.supports('color', 'oklch(62% 0.1 250)');
    const read = readTheme({colorText: 'oklch(62% 0.1 250)', colorBorder: 'oklch(.62 .1 250deg / .5)'});
    expect(Object.keys(read)).to.have.length(isKnown ? 2 : 0);
  });

  it('keeps what is right beside what is wrong, and nothing else', () => {
    const data: unknown = JSON.parse(
      '{"__proto__": {"gap": "1px"}, "radius": "4px", "gap": "x", "constructor": "red", "color": "#123"}',
    );
    expect(readTheme(data)).to.deep.equal({radius: '4px'});
    expect(readTheme(Object.create({radius: '4px'}))).to.deep.equal({});
  });

  it('asks no getter', () => {
    const trap = {
      get radius(): string {
        throw new Error('asked');
      },
    };
    expect(readTheme(trap)).to.deep.equal({});
  });

  it('is empty for anything but an object', () => {
    for (const odd of [null, undefined, '', 'dark', 0, true, [], new Map([['radius', '4px']]), 1n])
      expect(readTheme(odd)).to.deep.equal({});
  });

  it('counts a rem as the page does, within the bounds of what it comes to', () => {
    expect(readTheme({fontSize: '1.6rem', height: '4.4rem', gap: '1.25em'}, 10)).to.deep.equal({
      fontSize: '16px',
      height: '44px',
    });
    expect(readTheme({fontSize: '1rem', radius: '1rem', letterSpacing: '1rem'}, 0)).to.deep.equal({
      radius: '0px',
      letterSpacing: '0px',
    });
    expect(readTheme({radius: '1rem'}, NaN)).to.deep.equal({});
  });

  it('is read in no time, whatever its length', () => {
    const long = [
      'a'.repeat(399),
      'a, '.repeat(133),
      'a '.repeat(200),
      `"${'a'.repeat(398)}`,
      '1'.repeat(399),
    ];
    const start = performance.now();
    for (const text of long) for (const token of NAMES) readTheme({[token]: text});
    for (const text of long) for (const token of NAMES) readTheme({[token]: text.repeat(10_000)});
    expect(performance.now() - start).to.be.below(1000);
  });
});
