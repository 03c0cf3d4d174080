import assert from 'node:assert/strict';
import {it} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import {sessionOf} from '../soak/memory.ts';
import {inEngines} from './scene.ts';
import {settle} from './settle.ts';
import {onlyInChromium, readyFrame, RELEASE_ENGINES, typeInto, untilCaret} from './shopper.ts';
import {snippet} from './stage.ts';

/** Every kind of control: typed, chosen from, and the buttons that show what is masked. */
const BANK = 'accountType accountNumber accountNumberConfirmation';
const CONTROLS = [
  'accountType',
  'accountNumber',
  'accountNumber-reveal',
  'accountNumberConfirmation',
  'accountNumberConfirmation-reveal',
];

/** Notes what reaches the page: events of its element, and keys. */
const LISTEN = `<script>
  const heard = [];
  for (const type of ['sealed-change', 'sealed-submit', 'sealed-warning', 'sealed-error', 'keydown', 'keyup', 'submit'])
    addEventListener(type, () => heard.push(type), true);
</script>`;

inEngines(
  {},
  (scene) => {
    const {engine, onPage} = scene;

    const open = (page: Page, fields: string) => {
      const {stage} = scene;
      const element = `<sealed-fields data-fields="${fields}"></sealed-fields>`;
      stage.pages.set(
        '/',
        snippet(stage, `${LISTEN}<form style="width: 280px"><input id="before" />${element}</form>`),
      );
      return page.goto(stage.page).then(() => readyFrame(page, stage));
    };

    onPage('Escape clears nothing, keeps the caret, and is no news to the page', async (page) => {
      const frame = await open(page, 'card');
      await typeInto(page, frame, 'securityCode', '99');
      await typeInto(page, frame, 'cardNumber', '40125');
      await settle(
        () => page.$eval('sealed-fields', ({state}) => `${state.fields.cardNumber?.status} ${state.brand}`),
        'incomplete visa', // the last of its news
      );
      await page.evaluate('heard.length = 0');
      const keys = await frame.evaluateHandle(() => {
        const seen: string[] = [];
        window.addEventListener('keyup', ({key}) => seen.push(key));
        return seen;
      });
      for (let times = 0; times < 2; times += 1) await page.keyboard.press('Escape');
      await settle(() => keys.jsonValue(), ['Escape', 'Escape']);
      const texts = await frame.$$eval('input', (inputs) => inputs.map(({value}) => value));
      assert.deepEqual(texts, ['4012 5', '', '99']);
      assert.equal(await frame.evaluate(() => document.activeElement?.id), 'cardNumber');
      // What the frame had said before is there with its answer; the one change is that problems are shown.
      await page.$eval('sealed-fields', (element) => element.seal());
      assert.deepEqual(await page.evaluate('heard'), ['sealed-change']);
    });

    onPage('every control is reached by Tab, and shows it', async (page) => {
      const frame = await open(page, BANK);
      await page.click('#before');
      const unfocused = await looksIn(frame);
      for (const [index, name] of CONTROLS.entries()) {
        await page.keyboard.press('Tab');
        await untilCaret(frame, name);
        const looks = await looksIn(frame);
        assert.deepEqual(
          looks.map(({outline}) => outline),
          CONTROLS.map((_, at) => (at === index ? 'solid 2px' : unfocused[at]?.outline)),
        );
      }
    });

    onPage('every control is a target of 24 px or more', async (page) => {
      for (const {id, width, height} of await looksIn(await open(page, BANK)))
        assert.ok(width >= 24 && height >= 24, `${id} is ${width} by ${height}`);
    });

    const touched = 'no text that is typed by a finger is smaller than 16 px';
    it(...onlyInChromium(engine, touched, 'no other driver has fingers'), async () => {
      const page = await scene.browser.newPage();
      const frame = await open(page, `${BANK} cardNumber`);
      const sizes = () =>
        frame.$$eval('input, select', (all) => [
          ...new Set(all.map((each) => getComputedStyle(each).fontSize)),
        ]);
      await frame.evaluate(() => {
        document.documentElement.style.setProperty('--font-size', '13px');
      });
      assert.deepEqual(await sizes(), ['13px']);
      await sessionOf(frame).send('Emulation.setTouchEmulationEnabled', {enabled: true});
      assert.deepEqual(await sizes(), ['16px']);
      await page.close();
    });
  },
  RELEASE_ENGINES,
);

/** What is to be seen of each control, in order. */
function looksIn(frame: Frame) {
  return frame.$$eval('input, select, button', (controls) =>
    controls.map((control) => {
      const {width, height} = control.getBoundingClientRect();
      const {outlineStyle, outlineWidth} = getComputedStyle(control);
      return {id: control.id, width, height, outline: `${outlineStyle} ${outlineWidth}`};
    }),
  );
}
