import assert from 'node:assert/strict';
import type {CDPSession, Frame, Page} from 'puppeteer-core';
import {SPECS} from '../../widget/fields/specs.ts';
import {FIELD_NAMES, type FieldName} from '../../widget/protocol/names.ts';
import {settle} from '../e2e/settle.ts';
import {clickInto, readyFrame, typeInto, untilLeft, valueOf} from '../e2e/shopper.ts';
import {snippet} from '../e2e/stage.ts';
import {CANARY} from './canary.ts';
import {inEngines} from './suite.ts';

const TYPED: Partial<Record<FieldName, string>> = {...CANARY.card, ...CANARY.bank};
const INPUTS = FIELD_NAMES.filter((name) => name in TYPED);
const isSecret = (name: FieldName) => SPECS[name].isSecret === true;

const BEFORE = 'what was copied before';

/** All inputs of a document, and what of the browser’s help each asks for. */
const READ = `[...document.querySelectorAll('input')].map((input) => {
  const {width, height} = input.getBoundingClientRect();
  const {visibility, opacity} = getComputedStyle(input);
  const isVisible = input.type === 'text' && width > 20 && height > 20 && visibility === 'visible' && opacity === '1';
  return {id: input.id, token: input.getAttribute('autocomplete'), isVisible, isNamed: input.name !== '' || input.hasAttribute('form')};
})`;

inEngines({}, (scene) => {
  const open = async (page: Page): Promise<Frame> => {
    const element = `<sealed-fields data-fields="${INPUTS.join(' ')}"></sealed-fields>`;
    const form = `<form method="post" onsubmit="return false">${element}<button>Pay</button></form>`;
    scene.stage.pages.set('/inputs', snippet(scene.stage, `<textarea>${BEFORE}</textarea>${form}`));
    await page.goto(`${scene.stage.page}/inputs`);
    return readyFrame(page, scene.stage);
  };
  const fill = async (page: Page, frame: Frame) => {
    for (const name of INPUTS) await typeInto(page, frame, name, TYPED[name] ?? '');
    await settle(() => page.$eval('sealed-fields', ({state}) => state.complete), true);
  };

  scene.prove('L08', 'every input is to be seen, has its own token, and no name', async (page) => {
    const frame = await open(page);
    const expected = INPUTS.map((name) => {
      const {autocomplete: token} = SPECS[name];
      return {id: name, token, isVisible: true, isNamed: false};
    });
    assert.deepEqual(await frame.evaluate(READ), expected);
    assert.deepEqual(
      expected.map(({token}) => token),
      ['cc-number', 'cc-exp', 'cc-csc', 'off', 'off', 'off'],
    );
    await fill(page, frame);
    await page.click('button');
    await settle(() => page.$$eval('sealed-fields input', (inputs) => inputs.length > 0), true);
    assert.deepEqual(await frame.evaluate(READ), expected);
    // What is sealed stands in hidden inputs of the page's, which no browser fills in.
    const own = await page.$$eval('input', (inputs) =>
      inputs.map(({type, autocomplete}) => type + autocomplete),
    );
    assert.deepEqual([...new Set(own)], ['hidden']);
  });

  scene.prove('L11', 'neither copying nor cutting takes a secret out of its field', async (page) => {
    const frame = await open(page);
    await fill(page, frame);
    for (const name of INPUTS)
      for (const key of ['c', 'x']) {
        await page.click('textarea');
        await untilLeft(frame);
        await page.$eval(
          'textarea',
          (area, text) => {
            area.value = text;
            area.select();
          },
          BEFORE,
        );
        await chord(page, 'c');
        const shown = await valueOf(frame, name);
        await clickInto(frame, name);
        await chord(page, 'a');
        await chord(page, key);
        assert.equal(
          await valueOf(frame, name),
          key === 'x' && !isSecret(name) ? '' : shown,
          `${key} in ${name}`,
        );
        await page.click('textarea');
        await untilLeft(frame);
        await chord(page, 'a');
        await chord(page, 'v');
        const wanted = isSecret(name) ? BEFORE : shown;
        await settle(() => page.$eval('textarea', ({value}) => value), wanted);
        if (key === 'x' && !isSecret(name)) await typeInto(page, frame, name, TYPED[name] ?? '');
      }
  });

  scene.prove('L11', 'nothing that is marked in the frame can be dragged', async (page) => {
    const frame = await open(page);
    await fill(page, frame);
    const dragged =
      await frame.evaluate(`[...document.querySelectorAll('input, label, button, p')].filter((node) =>
      node.dispatchEvent(new DragEvent('dragstart', {bubbles: true, cancelable: true}))).map(({id}) => id)`);
    assert.deepEqual(dragged, []);
  });

  scene.prove('L11', 'print masks every text, also one that is shown on the screen', async (page) => {
    const frame = await open(page);
    await fill(page, frame);
    await frame.click('#accountNumber-reveal');
    await clickInto(frame, 'securityCode');
    const masked = () =>
      frame.$$eval('input', (inputs) =>
        inputs
          .filter((input) => getComputedStyle(input).getPropertyValue('-webkit-text-security') === 'disc')
          .map(({id}) => id),
      );
    await settle(masked, ['accountNumberConfirmation']);
    if (scene.engine === 'chromium') {
      const {client} = frame as unknown as {client: CDPSession};
      await client.send('Emulation.setEmulatedMedia', {media: 'print'});
    } else await frame.evaluate(PRINT);
    await settle(masked, INPUTS);
  });

  scene.prove('L11', 'no browser spells, corrects, capitalises or translates what is typed', async (page) => {
    const frame = await open(page);
    assert.equal(await frame.evaluate('document.documentElement.translate'), false);
    const attributes = ['spellcheck', 'autocorrect', 'autocapitalize'];
    const found = await frame.$$eval(
      'input',
      (inputs, names) => inputs.map((input) => names.map((name) => input.getAttribute(name)).join()),
      attributes,
    );
    assert.deepEqual(
      found,
      INPUTS.map(() => 'false,off,off'),
    );
  });
});

/** Lets the rules for print hold on the screen, where no driver plays a printer. */
const PRINT = `for (const sheet of document.adoptedStyleSheets)
  for (const {media} of sheet.cssRules) if (media?.mediaText === 'print') media.mediaText = 'all';`;

async function chord(page: Page, key: string): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.press(key as 'c');
  await page.keyboard.up('Control');
}
