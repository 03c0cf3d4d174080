import assert from 'node:assert/strict';
import {afterEach, it} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import {en} from '../../../widget/locales/en.ts';
import type {ColorScheme} from '../../../widget/protocol/names.ts';
import {PALETTES} from '../../../widget/theme/apply.ts';
import {
  clickInto,
  fieldFrames,
  onlyInChromium,
  openBrowser,
  readyFrame,
  type Start,
  typeInto,
  typeWholeCard,
  untilFetched,
  valueOf,
} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import type {Engine} from '../../support/find-browsers.ts';
import {addFrame, frameWith, sessionOf} from '../../support/frames.ts';
import {painted} from '../../support/layout-shift.ts';
import {after, notFound} from '../../support/network-faults.ts';
import {poll} from '../../support/poll.ts';
import {snippet} from '../../support/servers.ts';

const AMERICAN_EXPRESS = {cardNumber: '371449635392376', expiry: '12/31', securityCode: '9997'};

/** A theme with sizes in rem, for a page whose rem is 10 px. */
const THEME = {
  scheme: 'dark',
  colorText: 'rgb(1, 2, 3)',
  colorFocus: 'rgb(5, 6, 7)',
  fontSize: '1.8rem',
  height: '5rem',
  radius: '3px',
};
const THEMED = {color: 'rgb(1, 2, 3)', fontSize: '18px', height: '50px', radius: '3px', colorScheme: 'dark'};
const PLAIN = {
  color: 'rgb(23, 33, 43)',
  fontSize: '16px',
  height: '44px',
  radius: '8px',
  colorScheme: 'light',
};

/** Opening parameters of a frame whose page never completes the handshake. */
const SILENT = `channel=${'0'.repeat(32)}&protocol=1&fields=expiry&layout=stacked&locale=en&colorScheme=light`;

/** In each document, before its scripts: warnings, heights of the element, and the first height of an input. */
const RECORD = `{
  Object.assign(window, {warnings: [], heights: [], firstHeight: undefined});
  addEventListener('sealed-warning', ({detail: {code, message}}) => warnings.push([code, message.split(' ')[1]]));
  new MutationObserver(() => {
    firstHeight ??= document.querySelector('input')?.getBoundingClientRect().height;
  }).observe(document, {subtree: true, childList: true});
  if (window === top) customElements.whenDefined('sealed-fields').then(() => {
    new ResizeObserver(([{contentRect}]) => heights.push(contentRect.height)).observe(document.querySelector('sealed-fields'));
  });
}`;

/** Path of the chunk that draws the icons. */
const ICONS = '/v1/assets/icons-';

inEngines('appearance', (suite) => {
  const {engine} = suite;
  afterEach(() => suite.servers.networkFaults.clear());

  /** Opens a page with one element, 500 px wide. */
  const open = async (page: Page, attributes = '', style = '', around = (element: string) => element) => {
    const {servers} = suite;
    const element = around(`<sealed-fields ${attributes}></sealed-fields>`);
    const form = `<form style="width: 500px">${element}<button>Pay</button></form>`;
    servers.pages.set('/', snippet(servers, `<style>${style}</style>${form}`));
    await page.goto(servers.page);
    return readyFrame(page, servers);
  };

  suite.onPage(
    'applies a theme from the first paint on, follows its changes, and reports what is invalid',
    async (page) => {
      await page.evaluateOnNewDocument(RECORD);
      const frame = await open(page, `data-theme='${JSON.stringify(THEME)}'`, ':root { font-size: 10px; }');
      await painted(page);
      assert.equal(await frame.evaluate('firstHeight'), 50);
      assert.deepEqual([...new Set((await page.evaluate('heights')) as number[])], [4 + 2 * (24 + 50 + 26)]);
      assert.deepEqual(await styleOf(frame), THEMED);
      await typeInto(page, frame, 'expiry', '12/31');
      const outline = frame.$eval('#expiry', (input) => getComputedStyle(input).outlineColor);
      assert.equal(await outline, 'rgb(5, 6, 7)');
      const setTheme = (theme: string) =>
        page.$eval('sealed-fields', ({dataset}, value) => (dataset['theme'] = value), theme);
      const themed = () => styleOf(frame);
      await setTheme('{"radius": "1px", "labels": "hidden"}');
      await poll(themed, {...PLAIN, radius: '1px'});
      await poll(() => frame.$eval('label', (label) => label.getBoundingClientRect().height), 1);
      assert.deepEqual(await page.evaluate('warnings'), []);
      await setTheme('{"radius": "3px", "gap": "url(/x)", "scheme": "neon", "neon": "on"}');
      await poll(themed, {...PLAIN, radius: '3px'});
      await setTheme('{"radius":');
      await poll(themed, PLAIN);
      const invalid = ['scheme:', 'gap:', 'there', 'expected'].map((word) => ['theme-invalid', word]);
      assert.deepEqual(await page.evaluate('warnings'), invalid);
      await setTheme('{"radius": "3px"}');
      await poll(themed, {...PLAIN, radius: '3px'});
      await page.$eval('sealed-fields', ({dataset}) => delete dataset['theme']);
      await poll(themed, PLAIN);
      assert.equal(await valueOf(frame, 'expiry'), '12 / 31');
    },
  );

  suite.onPage('paints before the handshake, unless the page has announced a theme', async (page) => {
    const {servers} = suite;
    servers.pages.set('/', {html: '<!doctype html><body></body>'});
    await page.goto(servers.page);
    const add = (looks: string) => addFrame(page, `${servers.widget}/v1/m/demo/#${SILENT}${looks}`);
    const usual = await add('&looks=usual');
    const older = await add('');
    const own = await add('&looks=own');
    for (const frame of [usual, older]) await frame.waitForSelector('input');
    await poll(() => own.evaluate(`document.documentElement.style.getPropertyValue('--height')`), '44px');
    await painted(page);
    assert.equal(await own.$('input'), null);
  });

  const media = 'follows forced colors, more contrast and reduced motion';
  it(...onlyInChromium(engine, media, 'the other drivers cannot emulate them'), async () => {
    const page = await suite.browser.newPage();
    const frame = await open(page, '', '', (element) => `<fieldset>${element}</fieldset>`);
    const emulate = async (name: string, value: string) => {
      for (const each of [page.mainFrame(), frame])
        await sessionOf(each).send('Emulation.setEmulatedMedia', {features: [{name, value}]});
    };
    const setDisabled = async (disabled: boolean) => {
      await page.$eval('fieldset', (set, value) => (set.disabled = value), disabled);
      await frame.waitForSelector(disabled ? '#expiry:disabled' : '#expiry:not(:disabled)');
    };
    await page.click('button');
    await frame.waitForSelector('#securityCode[aria-invalid=true]');
    await clickInto(frame, 'cardNumber');

    await emulate('forced-colors', 'active');
    const [text, highlight, gray] = await frame.evaluate(systemColors);
    assert.deepEqual(await paintOf(frame, '#cardNumber', 'outlineColor', 'outlineWidth'), [highlight, '2px']);
    assert.deepEqual(await paintOf(frame, '#expiry', 'outlineColor', 'outlineWidth', 'outlineStyle'), [
      text,
      '1px',
      'solid',
    ]);
    const skeleton = await page.$eval('sealed-fields', ({shadowRoot}) => {
      shadowRoot?.querySelector('.skeleton')?.removeAttribute('hidden');
      const shape = shadowRoot?.querySelector('.skeleton i');
      const style = shape && getComputedStyle(shape);
      shadowRoot?.querySelector('.skeleton')?.setAttribute('hidden', '');
      return [style?.outlineStyle, style?.opacity];
    });
    assert.deepEqual(skeleton, ['solid', '1']);
    await setDisabled(true);
    assert.deepEqual(await paintOf(frame, '#expiry', 'borderTopColor', 'opacity'), [gray, '1']);

    await emulate('prefers-contrast', 'more');
    assert.deepEqual(await paintOf(frame, '#expiry', 'borderTopStyle', 'opacity'), ['dashed', '1']);
    await setDisabled(false);
    await clickInto(frame, 'cardNumber');
    assert.deepEqual(await paintOf(frame, '#cardNumber', 'outlineWidth'), ['3px']);
    const placeholder = await frame.$eval(
      '#expiry',
      (input) => getComputedStyle(input, '::placeholder').color,
    );
    assert.deepEqual(await paintOf(frame, 'label', 'color'), [placeholder]);

    await emulate('prefers-reduced-motion', 'reduce');
    for (const each of [page, frame]) assert.deepEqual(await each.evaluate(animatedElements), []);
    await page.close();
  });

  for (const system of ['light', 'dark'] as const)
    it(`is transparent around the fields, in each scheme of page and theme, with a ${system} system`, async () => {
      const browser = system === 'dark' ? await openBrowser(engine, DARK[engine]) : suite.browser;
      const page = await browser.newPage();
      await page.setViewport({width: 700, height: 500});
      suite.servers.pages.set('/', snippet(suite.servers, STRIPED_PAGE));
      await page.goto(suite.servers.page);
      const frame = await readyFrame(page, suite.servers);
      for (const host of ['light', 'dark', 'light dark'])
        for (const theme of ['auto', 'light', 'dark']) {
          await page.evaluate((scheme) => (document.documentElement.style.colorScheme = scheme), host);
          await page.$eval('sealed-fields', ({dataset}, value) => (dataset['theme'] = value), theme);
          const wanted = theme === 'auto' ? host : theme;
          const scheme = wanted === 'light dark' ? system : (wanted as ColorScheme);
          await frame.waitForSelector(`html[data-scheme=${scheme}]`);
          await shinesThrough(page, frame, scheme);
        }
      await (browser === suite.browser ? page.close() : browser.close());
    });

  suite.onFreshPage('shows the brand in words until the icons load, which moves nothing', async (page) => {
    const {servers} = suite;
    let release = () => {};
    servers.networkFaults.set(ICONS, after(new Promise<void>((resolve) => (release = resolve))));
    const frame = await open(page);
    await typeInto(page, frame, 'cardNumber', AMERICAN_EXPRESS.cardNumber);
    await poll(() => hintIn(frame), en.securityCodePlaces.front);
    assert.equal(await frame.$('svg'), null);
    const before = await placesIn(frame);
    assert.equal(await frame.$eval('.brand', showsText, 'American Express'), true);
    release();
    await frame.waitForSelector('brand-icon > svg');
    await frame.waitForSelector('security-code-icon > svg');
    assert.deepEqual(await placesIn(frame), before);
    const areFilled = await frame.$$eval('svg', (all) =>
      all.map((svg) => {
        const [own, place] = [svg.getBoundingClientRect(), svg.parentElement?.getBoundingClientRect()];
        return own.width > 0 && own.width === place?.width && own.height === place.height;
      }),
    );
    assert.deepEqual(areFilled, [true, true]);
  });

  suite.onFreshPage('pays without the icons, which only card fields request', async (page) => {
    const {servers} = suite;
    const isRequested = () => Promise.resolve(servers.asked.some(({url}) => url.includes(ICONS)));
    servers.networkFaults.set(ICONS, notFound);
    servers.asked.length = 0;
    const card = await open(page);
    await typeWholeCard(page, card, AMERICAN_EXPRESS);
    await poll(isRequested, true);
    const result = await page.$eval('sealed-fields', (element) => element.seal());
    assert.equal(result.ok, true);
    assert.equal(await card.$('svg'), null);
    assert.equal(await hintIn(card), en.securityCodePlaces.front);

    await servers.networkFaults.clear();
    const elements = ['bank', 'expiry', 'securityCode'].map(
      (fields) => `<form><sealed-fields data-fields="${fields}"></sealed-fields></form>`,
    );
    servers.pages.set('/', snippet(servers, elements.join('')));
    await page.goto(servers.page);
    await fieldFrames(page, servers, 3);
    for (const element of await page.$$('sealed-fields')) await element.click(); // WebKit reports focus, but no paint
    await untilFetched(await frameWith(page, 'securityCode'), 'icons', 'seal');
    for (const name of ['routingNumber', 'expiry']) {
      const frame = await frameWith(page, name);
      await untilFetched(frame, 'seal'); // requested together with the icons, if these are requested
      assert.equal(await frame.evaluate(hasRequested, ICONS), false);
    }
  });
});

function styleOf(frame: Frame): Promise<typeof PLAIN> {
  return frame.$eval('input', (input) => {
    const {color, fontSize, height, borderTopLeftRadius: radius, colorScheme} = getComputedStyle(input);
    return {color, fontSize, height, radius, colorScheme};
  });
}

type Property =
  | 'color'
  | 'opacity'
  | 'borderTopColor'
  | 'borderTopStyle'
  | 'outlineColor'
  | 'outlineWidth'
  | 'outlineStyle';

function paintOf(frame: Frame, selector: string, ...properties: Property[]): Promise<string[]> {
  return frame.$eval(
    selector,
    (node, names) => names.map((name) => getComputedStyle(node)[name]),
    properties,
  );
}

/** Runs in a document with forced colors: the colors of text, the focus and disabled controls. */
function systemColors(): string[] {
  const probe = document.body.appendChild(document.createElement('i'));
  const colors = ['CanvasText', 'Highlight', 'GrayText'].map((keyword) => {
    probe.style.color = keyword;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colors;
}

/** Elements of a document, and of our elements' shadow roots in it, with an animation or a transition. */
function animatedElements(): string[] {
  const shadows = [...document.querySelectorAll('sealed-fields')].map(({shadowRoot}) => shadowRoot);
  const nodes = [document, ...shadows].flatMap((root) => [...(root?.querySelectorAll('*') ?? [])]);
  const animated = nodes.filter((node) => {
    const {animationName, transitionDuration} = getComputedStyle(node);
    return animationName !== 'none' || !/^(0s(, )?)+$/.test(transitionDuration);
  });
  return [...animated.map(({localName}) => localName), ...document.getAnimations().map(String)];
}

/** How each browser starts for a user whose system is dark. */
const DARK: Readonly<Record<Engine, Start>> = {
  chromium: {args: ['--blink-settings=preferredColorScheme=0']},
  firefox: {preferences: {'layout.css.prefers-color-scheme.content-override': 0}},
  webkit: {args: ['--dark-mode']},
};

/** Stripes in the page's background. */
const STRIPE_PX = 40;
const STRIPES = ['#cc0066', '#00cc66'] as const;
const PATTERN = `repeating-linear-gradient(90deg, ${STRIPES[0]} 0 ${STRIPE_PX}px, ${STRIPES[1]} ${STRIPE_PX}px ${2 * STRIPE_PX}px)`;

/** The gap between two fields lies within one stripe. */
const STRIPED_PAGE = `<style>body { margin: 0; background: ${PATTERN}; } form { width: 600px; padding: 4px; }</style>
  <form><sealed-fields></sealed-fields></form>`;

type Color = readonly [red: number, green: number, blue: number];
type Point = readonly [x: number, y: number];

/** Waits until the page shows in every gap between the fields, and the fields have their own background. */
async function shinesThrough(page: Page, frame: Frame, scheme: ColorScheme): Promise<void> {
  const {gaps, inside} = await pointsIn(page, frame);
  const expected = gaps.map(([x]) => colorOf(STRIPES[Math.floor(x / STRIPE_PX) % 2] ?? ''));
  expected.push(colorOf(PALETTES[scheme].colorBackground));
  await poll(() => colorsAt(page, [...gaps, inside]), expected);
}

function colorOf(hexadecimal: string): Color {
  const part = (at: number) => parseInt(hexadecimal.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

/** Points without content: above the fields, next to a label, in the lines for problems, between two fields. */
async function pointsIn(page: Page, frame: Frame): Promise<{gaps: Point[]; inside: Point}> {
  const place = await page.$eval('iframe', (iframe) => {
    const {left, top} = iframe.getBoundingClientRect();
    return {left, top};
  });
  const boxes = await frame.$$eval('hosted-field > input', (inputs) =>
    inputs.map((input) => {
      const {right, top, bottom} = input.getBoundingClientRect();
      return {right, top, bottom};
    }),
  );
  const [number, expiry] = boxes;
  assert.ok(number && expiry);
  const across = Array.from({length: 14}, (_, at) => (at + 0.5) * STRIPE_PX);
  const points: Point[] = [
    ...across.map((x): Point => [x, 1]),
    ...across.slice(7).map((x): Point => [x, number.top - 12]),
    ...[number, expiry].flatMap(({bottom}) => across.map((x): Point => [x, bottom + 12])),
    ...[1, 5, 10].map((off): Point => [place.left + expiry.right + off, expiry.top + 22]),
  ];
  return {
    gaps: points.map(([x, y]) => [x, place.top + y]),
    inside: [place.left + number.right - 60, place.top + number.top + 8],
  };
}

/** Colors of the page's screenshot at these points. */
async function colorsAt(page: Page, points: readonly Point[]): Promise<Color[]> {
  const png = await page.screenshot({encoding: 'base64'});
  const colors = await page.evaluate(
    async (data, all) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.width, image.height];
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      return all.map(([x, y]) => [...(context?.getImageData(x, y, 1, 1).data.slice(0, 3) ?? [])]);
    },
    png,
    points,
  );
  return colors as unknown as Color[];
}

/** Text that describes the security code to a screen reader. */
function hintIn(frame: Frame): Promise<string | undefined> {
  return frame.$eval('#securityCode', (input) =>
    (input.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
      .join(' '),
  );
}

/** Runs in the frame: whether this text is visible, at the middle of its own node. */
function showsText(mark: Element, text: string): boolean {
  const node = [...mark.children].find((child) => child.textContent === text);
  const {x = 0, y = 0, width = 0, height = 0} = node?.getBoundingClientRect() ?? {};
  return document.elementFromPoint(x + width / 2, y + height / 2) === node;
}

function placesIn(frame: Frame): Promise<number[][]> {
  return frame.$$eval('label, input, p, .brand, .brand > *, security-code-icon', (nodes) =>
    nodes.map((node) => {
      const {x, y, width, height} = node.getBoundingClientRect();
      return [x, y, width, height];
    }),
  );
}

/** Runs in the frame. */
function hasRequested(path: string): boolean {
  return performance.getEntriesByType('resource').some(({name}) => name.includes(path));
}
