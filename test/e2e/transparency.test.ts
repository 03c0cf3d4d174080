import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Frame, Page} from 'puppeteer-core';
import type {ColorScheme} from '../../widget/protocol/names.ts';
import {PALETTES} from '../../widget/theme.ts';
import type {Engine} from '../browsers.ts';
import {settle} from './settle.ts';
import {ALONE, openBrowser, readyFrame, RELEASE_ENGINES, type Start} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';

/** How each browser is started by a person whose system is dark. */
const DARK: Readonly<Record<Engine, Start>> = {
  chromium: {args: ['--blink-settings=preferredColorScheme=0']},
  firefox: {preferences: {'layout.css.prefers-color-scheme.content-override': 0}},
  webkit: {args: ['--dark-mode']},
};

/** The page's background: stripes of two colors, each so wide. */
const STRIPE = 40;
const STRIPES = ['#cc0066', '#00cc66'] as const;
const PATTERN = `repeating-linear-gradient(90deg, ${STRIPES[0]} 0 ${STRIPE}px, ${STRIPES[1]} ${STRIPE}px ${2 * STRIPE}px)`;

/** So placed that the gap between two fields lies within one stripe. */
const BODY = `<style>body { margin: 0; background: ${PATTERN}; } form { width: 600px; padding: 4px; }</style>
  <form><sealed-fields></sealed-fields></form>`;

type Color = readonly [red: number, green: number, blue: number];
type Point = readonly [x: number, y: number];

for (const engine of RELEASE_ENGINES)
  for (const system of ['light', 'dark'] as const)
    describe(`a frame in ${engine}, of a person whose system is ${system}${ALONE}`, () => {
      let stage: Stage;
      let browser: Browser;
      let page: Page;
      before(async () => {
        stage = await setStage();
        stage.pages.set('/', snippet(stage, BODY));
        browser = await openBrowser(engine, system === 'dark' ? DARK[engine] : {});
        page = await browser.newPage();
      });
      after(async () => {
        await browser.close();
        await stage.close();
      });

      for (const host of ['light', 'dark', 'light dark'])
        it(`lets a page that is ${host} be seen through it, in each theme`, async () => {
          await page.goto(stage.page);
          const frame = await readyFrame(page, stage);
          await page.evaluate((scheme) => (document.documentElement.style.colorScheme = scheme), host);
          for (const theme of ['auto', 'light', 'dark']) {
            await page.$eval(
              'sealed-fields',
              (each, value) => {
                each.setAttribute('data-theme', value);
              },
              theme,
            );
            const asked = theme === 'auto' ? host : theme;
            const scheme = asked === 'light dark' ? system : (asked as ColorScheme);
            await settle(() => schemeOf(frame), scheme);
            await isSeenThrough(page, frame, scheme);
          }
        });
    });

function schemeOf(frame: Frame): Promise<string | undefined> {
  return frame.evaluate(() => document.documentElement.dataset['scheme']);
}

/** The page shows in every gap of the fields, and within them their own color. */
async function isSeenThrough(page: Page, frame: Frame, scheme: ColorScheme): Promise<void> {
  const {gaps, inside} = await pointsIn(page, frame);
  const expected = gaps.map(([x]) => colorOf(STRIPES[Math.floor(x / STRIPE) % 2] ?? ''));
  expected.push(colorOf(PALETTES[scheme].colorBackground));
  await settle(() => look(page, [...gaps, inside]), expected);
}

function colorOf(hexadecimal: string): Color {
  const part = (at: number) => parseInt(hexadecimal.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

/** Points where nothing of the fields is: above them, beside a label, in the lines for problems, between two fields. */
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
  const across = Array.from({length: 14}, (_, at) => (at + 0.5) * STRIPE);
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

/** The colors at these points of what is to be seen now. */
async function look(page: Page, points: readonly Point[]): Promise<Color[]> {
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
