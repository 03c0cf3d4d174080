import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {sessionOf} from '../soak/memory.ts';
import {inEngines} from './scene.ts';
import {settle} from './settle.ts';
import {clickInto, ENGINES, readyFrame} from './shopper.ts';
import {snippet} from './stage.ts';

const CHROMIUM = ENGINES.filter((engine) => engine === 'chromium'); // the others' drivers set no preferences

const FORM = `<form><fieldset>
  <sealed-fields></sealed-fields><button>Pay</button>
</fieldset></form>`;

/** The least contrast of texts (WCAG 1.4.3), and of what tells a control and its states (1.4.11). */
const [OF_TEXT, OF_SHAPE] = [4.5, 3];

inEngines(
  {},
  (scene) => {
    /** Opens a card that was refused, with the caret in its first field. */
    const open = async (tab: Page, features: Record<string, string>, scheme: 'light' | 'dark' = 'light') => {
      const {stage} = scene;
      stage.pages.set('/', snippet(stage, `<style>:root { color-scheme: ${scheme}; }</style>${FORM}`));
      await tab.goto(stage.page);
      const frame = await readyFrame(tab, stage);
      const media = Object.entries(features).map(([name, value]) => ({name, value}));
      for (const each of [tab.mainFrame(), frame])
        await sessionOf(each).send('Emulation.setEmulatedMedia', {features: media});
      await tab.click('button');
      await frame.waitForSelector('#securityCode[aria-invalid=true]');
      await clickInto(frame, 'cardNumber');
      return frame;
    };

    const disable = async (tab: Page, frame: Frame) => {
      await tab.$eval('fieldset', (set) => (set.disabled = true));
      await frame.waitForSelector('#expiry:disabled');
    };

    for (const [scheme, page] of [
      ['light', '#ffffff'],
      ['dark', '#0f1418'],
    ] as const)
      scene.onPage(
        `texts, borders, the focus and problems have the contrast of AA in ${scheme}`,
        async (tab) => {
          const frame = await open(tab, {}, scheme);
          const [focused, invalid] = [await looksOf(frame, '#cardNumber'), await looksOf(frame, '#expiry')];
          const label = await looksOf(frame, 'label');
          const problem = await looksOf(frame, '#expiry-problem');
          await tab.$eval('sealed-fields', (element) => {
            element.clear();
          });
          await settle(() => frame.$('[aria-invalid=true]').then(Boolean), false);
          const plain = await looksOf(frame, '#expiry');
          for (const [color, background, least] of [
            [label.color, page, OF_TEXT],
            [problem.color, page, OF_TEXT],
            [plain.color, plain.background, OF_TEXT],
            [plain.placeholder, plain.background, OF_TEXT],
            [plain.border, plain.background, OF_SHAPE],
            [invalid.border, plain.background, OF_SHAPE],
            [focused.outline, plain.background, OF_SHAPE],
            [focused.outline, page, OF_SHAPE],
          ] as const)
            assert.ok(contrast(color, background) >= least, `${color} on ${background}`);
        },
      );

    scene.onPage(
      'a field at fault differs by more than colour, and the one with the caret from both',
      async (tab) => {
        const frame = await open(tab, {});
        const [focused, invalid] = [await looksOf(frame, '#cardNumber'), await looksOf(frame, '#expiry')];
        assert.match(invalid.shadow, /inset/);
        assert.deepEqual([focused.shadow, focused.outlineWidth], ['none', '2px']);
        assert.notEqual(focused.outline, invalid.border);
      },
    );

    scene.onPage(
      'forced colours keep borders, the focus, problems and what is disabled apart',
      async (tab) => {
        const frame = await open(tab, {'forced-colors': 'active'});
        const system = await frame.evaluate(() => {
          const probe = document.body.appendChild(document.createElement('i'));
          const words = ['CanvasText', 'Highlight', 'GrayText'].map((word) => {
            probe.style.color = word;
            return getComputedStyle(probe).color;
          });
          probe.remove();
          return words;
        });
        const [text, highlight, gray] = system;
        const [focused, invalid] = [await looksOf(frame, '#cardNumber'), await looksOf(frame, '#expiry')];
        assert.deepEqual([focused.outline, focused.outlineWidth], [highlight, '2px']);
        assert.deepEqual(
          [invalid.outline, invalid.outlineWidth, invalid.outlineStyle],
          [text, '1px', 'solid'],
        );
        await disable(tab, frame);
        const disabled = await looksOf(frame, '#expiry');
        assert.deepEqual([disabled.border, disabled.opacity], [gray, '1']);
        await tab.$eval('sealed-fields', (element) =>
          element.shadowRoot?.querySelector('.skeleton')?.removeAttribute('hidden'),
        );
        const shape = await tab.$eval('sealed-fields', (element) => {
          const {outlineStyle, opacity} = getComputedStyle(element.shadowRoot?.querySelector('i') ?? element);
          return [outlineStyle, opacity];
        });
        assert.deepEqual(shape, ['solid', '1']);
      },
    );

    scene.onPage('who asks for more contrast gets it', async (tab) => {
      const frame = await open(tab, {'prefers-contrast': 'more'});
      const [focused, label] = [await looksOf(frame, '#cardNumber'), await looksOf(frame, 'label')];
      assert.deepEqual([focused.outlineWidth, focused.placeholder], ['3px', label.color]);
      await disable(tab, frame);
      const disabled = await looksOf(frame, '#expiry');
      assert.deepEqual([disabled.borderStyle, disabled.opacity], ['dashed', '1']);
    });

    scene.onPage('nothing moves for who asks for less motion', async (tab) => {
      const frame = await open(tab, {'prefers-reduced-motion': 'reduce'});
      for (const each of [tab, frame]) assert.deepEqual(await each.evaluate(moving), []);
    });
  },
  CHROMIUM,
);

/** What is drawn of a node. */
async function looksOf(frame: Frame, selector: string) {
  return frame.$eval(selector, (node) => {
    const own = getComputedStyle(node);
    return {
      color: own.color,
      placeholder: getComputedStyle(node, '::placeholder').color,
      background: own.backgroundColor,
      border: own.borderTopColor,
      borderStyle: own.borderTopStyle,
      outline: own.outlineColor,
      outlineWidth: own.outlineWidth,
      outlineStyle: own.outlineStyle,
      shadow: own.boxShadow,
      opacity: own.opacity,
    };
  });
}

/** Nodes of a document, and of our elements' shadow roots in it, that may move: what runs, and what would. */
function moving(): string[] {
  const shadows = [...document.querySelectorAll('sealed-fields')].map(({shadowRoot}) => shadowRoot);
  const nodes = [document, ...shadows].flatMap((root) => [...(root?.querySelectorAll('*') ?? [])]);
  const movable = nodes.filter((node) => {
    const {animationName, transitionDuration} = getComputedStyle(node);
    return animationName !== 'none' || !/^(0s(, )?)+$/.test(transitionDuration);
  });
  return [...movable.map(({localName}) => localName), ...document.getAnimations().map(String)];
}

/** The ratio of two colours (WCAG 2.2, contrast ratio), `rgb()` or `#rrggbb` each. */
function contrast(one: string, other: string): number {
  const [bright = 0, dark = 0] = [one, other].map(luminance).toSorted((a, b) => b - a);
  return (bright + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const channels = color.startsWith('#')
    ? color.match(/[\da-f]{2}/gi)?.map((part) => parseInt(part, 16))
    : color.match(/\d+/g)?.map(Number);
  const [red = 0, green = 0, blue = 0] = (channels ?? []).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
