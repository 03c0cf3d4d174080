import assert from 'node:assert/strict';
import {it} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import {addFrame} from './frames.ts';
import {inEngines} from './scene.ts';
import {settle} from './settle.ts';
import {onlyInChromium, openBrowser, readyFrame, RELEASE_ENGINES, typeInto, valueOf} from './shopper.ts';
import {snippet, type Stage} from './stage.ts';
import {painted} from './still.ts';

const TOKENS = {
  scheme: 'dark',
  colorText: 'rgb(1, 2, 3)',
  colorMuted: 'rgb(2, 3, 4)',
  colorBackground: 'rgba(3, 4, 5, 0.5)',
  colorBorder: 'rgb(4, 5, 6)',
  colorFocus: 'rgb(5, 6, 7)',
  colorError: 'rgb(6, 7, 8)',
  fontFamily: 'monospace',
  fontSize: '1.125rem',
  fontWeight: 600,
  lineHeight: 1.6,
  letterSpacing: '1px',
  radius: '3px',
  borderWidth: '2px',
  padding: '10px',
  gap: '20px',
  height: '50px',
};

/** As a browser computes it of an input. */
const LOOKS = {
  color: 'rgb(1, 2, 3)',
  backgroundColor: 'rgba(3, 4, 5, 0.5)',
  borderTopColor: 'rgb(4, 5, 6)',
  fontFamily: 'monospace',
  fontSize: '18px',
  fontWeight: '600',
  letterSpacing: '1px',
  borderTopLeftRadius: '3px',
  borderTopWidth: '2px',
  paddingLeft: '10px',
  height: '50px',
  colorScheme: 'dark',
};

/** Themes and the height of a row of their fields. */
const ROWS: readonly [theme: object, row: number][] = [
  [{}, 22 + 44 + 24],
  [{fontSize: '20px', lineHeight: 1.6, height: '56px', borderWidth: '4px', gap: '0px'}, 30 + 56 + 32],
  [{labels: 'hidden', height: '2.5rem'}, 40 + 24],
  [{fontSize: '12px', lineHeight: 1, height: '32px', letterSpacing: '-1px'}, 14 + 32 + 18],
];

/** Of a page that never speaks to its frame. */
const SILENT = `channel=${'0'.repeat(32)}&protocol=1&fields=expiry&layout=stacked&locale=en&colorScheme=light`;

/** In the page: what is warned of, and the heights of the element; in each frame: the height of an input when there is one first. */
const WATCH = `{
  Object.assign(window, {warnings: [], heights: [], firstHeight: undefined});
  addEventListener('sealed-warning', ({detail: {code, message}}) => warnings.push([code, message.split(' ')[1]]));
  const watch = () => {
    firstHeight ??= document.querySelector('input')?.getBoundingClientRect().height;
  };
  new MutationObserver(watch).observe(document, {subtree: true, childList: true});
  if (window === top) customElements.whenDefined('sealed-fields').then(() => {
    new ResizeObserver(([{contentRect}]) => heights.push(contentRect.height)).observe(document.querySelector('sealed-fields'));
  });
}`;

inEngines(
  {},
  (scene) => {
    const {engine, onPage} = scene;

    onPage(
      'has every token of its theme at once, and those of the next one while something is typed',
      async (page) => {
        const frame = await open(page, scene.stage, TOKENS);
        assert.deepEqual(await looksOf(frame), LOOKS);
        assert.deepEqual(await colorsOf(frame), ['rgb(2, 3, 4)', 'rgb(6, 7, 8)']);
        await typeInto(page, frame, 'expiry', '12/31');
        assert.equal(await outlineOf(frame, 'expiry'), 'rgb(5, 6, 7)');
        await page.$eval(
          'sealed-fields',
          ({dataset}) => (dataset['theme'] = '{"radius": "1px", "labels": "hidden"}'),
        );
        const now = async () => {
          const {color, fontSize, borderTopLeftRadius: radius} = await looksOf(frame);
          return {color, fontSize, radius, label: await labelHeight(frame)};
        };
        await settle(now, {color: 'rgb(23, 33, 43)', fontSize: '16px', radius: '1px', label: 1});
        await page.$eval('sealed-fields', ({dataset}) => delete dataset['theme']);
        await settle(now, {color: 'rgb(23, 33, 43)', fontSize: '16px', radius: '8px', label: 22});
        assert.equal(await valueOf(frame, 'expiry'), '12 / 31');
        assert.deepEqual(await page.evaluate('warnings'), []);
      },
    );

    onPage('opens whatever stands in its theme, says what is wrong, and takes the rest', async (page) => {
      const frame = await open(page, scene.stage, {
        radius: '3px',
        gap: 'url(/x)',
        scheme: 'neon',
        neon: 'on',
      });
      assert.equal((await looksOf(frame)).borderTopLeftRadius, '3px');
      const told = async () => (await page.evaluate('warnings')) as string[][];
      const wrong = ['scheme:', 'gap:', 'there'].map((word) => ['theme-invalid', word]);
      assert.deepEqual(await told(), wrong);
      for (const word of ['neon', '[1]', '{"radius":']) {
        await page.$eval('sealed-fields', ({dataset}, theme) => (dataset['theme'] = theme), word);
        await settle(async () => (await looksOf(frame)).borderTopLeftRadius, '8px');
        wrong.push(['theme-invalid', 'expected']);
      }
      assert.deepEqual(await told(), wrong);
    });

    onPage('takes a rem of the page’s for its own', async (page) => {
      const frame = await open(
        page,
        scene.stage,
        {fontSize: '1.8rem', height: '5rem'},
        'html { font-size: 10px; }',
      );
      const {fontSize, height} = await looksOf(frame);
      assert.deepEqual([fontSize, height], ['18px', '50px']);
    });

    for (const [theme, row] of ROWS)
      onPage(
        `stands ${4 + 2 * row} px high from the skeleton on, with ${JSON.stringify(theme)}`,
        async (page) => {
          const frame = await open(page, scene.stage, theme);
          await painted(page);
          const heights = (await page.evaluate('heights')) as number[];
          assert.deepEqual([...new Set(heights)], [4 + 2 * row]);
          const {clientHeight, scrollHeight} = await frame.evaluate(() => {
            const {documentElement: root} = document;
            return {clientHeight: root.clientHeight, scrollHeight: root.scrollHeight};
          });
          assert.deepEqual([clientHeight, scrollHeight], [4 + 2 * row, 4 + 2 * row]);
        },
      );

    onPage('looks as it shall from its first paint on', async (page) => {
      const frame = await open(page, scene.stage, {height: '50px'});
      assert.equal(await frame.evaluate('firstHeight'), 50);
    });

    onPage('is painted before the page speaks to it, unless the page has said that it will', async (page) => {
      const {stage} = scene;
      stage.pages.set('/', {html: '<!doctype html><body></body>'});
      await page.goto(stage.page);
      const add = (looks: string) => addFrame(page, `${stage.widget}/v1/m/demo/#${SILENT}${looks}`);
      const usual = await add('&looks=usual');
      const older = await add('');
      const own = await add('&looks=own');
      for (const frame of [usual, older]) await frame.waitForSelector('input');
      await settle(() => own.evaluate(`document.documentElement.style.getPropertyValue('--height')`), '44px');
      await painted(page);
      assert.equal(await own.$('input'), null);
    });

    const larger = 'grows with the letters that a person wants, and its skeleton with it';
    it(...onlyInChromium(engine, larger, 'each has a switch of its own'), async () => {
      const browser = await openBrowser(engine, {args: ['--blink-settings=defaultFontSize=24']});
      const page = await browser.newPage();
      const frame = await open(page, scene.stage, {fontSize: '1rem'});
      await painted(page);
      assert.deepEqual([...new Set((await page.evaluate('heights')) as number[])], [4 + 2 * (31 + 44 + 33)]);
      assert.equal((await looksOf(frame)).fontSize, '24px');
      await browser.close();
    });
  },
  RELEASE_ENGINES,
);

/** Opens a page with one element of this theme. */
async function open(page: Page, stage: Stage, theme: object, rules = ''): Promise<Frame> {
  const attribute = Object.keys(theme).length === 0 ? '' : `data-theme='${JSON.stringify(theme)}'`;
  const style = `<style>${rules} form { width: 500px; }</style>`;
  stage.pages.set('/', snippet(stage, `${style}<form><sealed-fields ${attribute}></sealed-fields></form>`));
  await page.evaluateOnNewDocument(WATCH);
  await page.goto(stage.page);
  return readyFrame(page, stage);
}

function looksOf(frame: Frame): Promise<typeof LOOKS> {
  return frame.$eval(
    'input',
    (input, names) => {
      const style = getComputedStyle(input);
      return Object.fromEntries(names.map((name) => [name, style[name]])) as typeof LOOKS;
    },
    Object.keys(LOOKS) as (keyof typeof LOOKS)[],
  );
}

/** Of what says less than what is typed, and of problems. */
function colorsOf(frame: Frame): Promise<string[]> {
  return frame.$$eval('.cardNumber > :is(.mark, p)', (all) =>
    all.map((each) => getComputedStyle(each).color),
  );
}

function outlineOf(frame: Frame, name: string): Promise<string> {
  return frame.$eval(`#${name}`, (input) => getComputedStyle(input).outlineColor);
}

function labelHeight(frame: Frame): Promise<number> {
  return frame.$eval('label', (label) => label.getBoundingClientRect().height);
}
