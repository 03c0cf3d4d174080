import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {inEngines, type Scene} from '../e2e/scene.ts';
import {settle} from '../e2e/settle.ts';
import {readyFrame, typeWholeCard} from '../e2e/shopper.ts';
import {CARD, serve} from './shop.ts';

const TYPED = ['4012 0000 9876 5439', '12 / 31', '999'];
const EMPTY = ['', '', ''];

const PAGE = `<form id="own" method="post" action="/received"><fieldset><sealed-fields></sealed-fields></fieldset>
  <button>Pay</button></form><form id="other"></form>
<script>
  const warnings = [], errors = [];
  addEventListener('sealed-warning', ({detail: {code}}) => warnings.push(code));
  addEventListener('sealed-error', ({detail: {code}}) => errors.push(code));
  let stays = true;
  addEventListener('submit', (event) => stays && event.preventDefault());
  let element = document.querySelector('sealed-fields');
  const fieldset = document.querySelector('fieldset');
  const set = (name, value) => (value === null ? element.removeAttribute(name) : element.setAttribute(name, value));
</script>`;

/** A script in the page, or what is done to the browser or to a server. */
type Action = string | ((scene: Scene, page: Page) => Promise<unknown>);

/** What may happen to a page while the same frame stands. */
const KEPT: Record<string, Action> = {
  'another language': `set('data-locale', 'ar')`,
  'the first language again': `set('data-locale', null)`,
  'another theme': `set('data-theme', 'dark')`,
  'another layout': `set('data-layout', 'inline')`,
  'other labels and placeholders': `set('data-label-expiry', 'Until'); set('data-placeholder-card-number', '…')`,
  'other names': `set('data-names', '{"cardNumber": "ccNumber"}')`,
  'a card that is asked for no more': `set('data-optional', '')`,
  'a card that is asked for again': `set('data-optional', null)`,
  'an attribute that is wrong': `set('data-layout', 'neon')`,
  'and right again': `set('data-layout', 'stacked')`,
  'a theme of which one token is wrong': `set('data-theme', '{"radius": "x", "gap": "4px"}')`,
  'a fieldset that is disabled': 'fieldset.disabled = true',
  'and enabled': 'fieldset.disabled = false',
  'another form': `set('form', 'other')`,
  'its own form again': `set('form', null)`,
  'a place in the same parent, by moveBefore': `fieldset.moveBefore?.(element, null)`,
  'a question whether it is valid': 'element.checkValidity(), element.reportValidity()',
  'a seal': 'await element.seal()',
  'a submission that the page sends by itself': `element.form.requestSubmit()`,
  'a focus that goes': `element.focus('expiry'); document.activeElement.blur()`,
  'an element beside it that fails': `fieldset.append(document.createElement('sealed-fields'));
    fieldset.lastChild.dataset.fields = 'pin'; fieldset.lastChild.retry()`,
  'and goes': 'fieldset.lastChild.remove()',
  'an address that changes': `history.pushState(null, '', '/elsewhere'); location.hash = 'down'`,
  'a load that is stopped': 'window.stop()',
  'an error of the page': `setTimeout(() => { throw new Error('the page’s own'); })`,
  'a network that goes': `dispatchEvent(new Event('offline'))`,
  'a widget host that goes': ({stage}) => stage.weather.down(),
  'and comes': ({stage}) => stage.weather.up(),
  'a network that comes': `dispatchEvent(new Event('online'))`,
  'a smaller window': (_, page) => page.setViewport({width: 320, height: 700}),
  'a larger window': (_, page) => page.setViewport({width: 1000, height: 1600}),
  'another tab': async ({browser}) => (await browser.newPage()).close(),
};

/** What ends the visit of what was typed. */
const GONE: Record<string, Action> = {
  'clear()': 'element.clear()',
  'a reset of the form': 'element.form.reset()',
  'retry()': 'element.retry()',
  'a removal, and another insertion': 'element.remove(), fieldset.append(element)',
  'a move by append': 'element.form.append(element)',
  'another element in its place': `element.replaceWith(document.createElement('sealed-fields'))`,
  'a frame that is led elsewhere and back': `frames[0].location = 'about:blank'`,
  'a reload of the page': (_, page) => page.reload(),
  'the same address once more': (_, page) => page.goto(page.url()),
};

inEngines({}, (scene) => {
  const open = async (page: Page): Promise<Frame> => {
    const {stage} = scene;
    serve(stage, PAGE);
    await page.goto(stage.page);
    const frame = await readyFrame(page, stage);
    await typeWholeCard(page, frame, CARD);
    return frame;
  };
  const happen = (page: Page, action: Action) =>
    typeof action === 'string' ? page.evaluate(`(async () => { ${action} })()`) : action(scene, page);

  scene.onPage('what was typed is kept whatever happens around its frame, and pays', async (page) => {
    const frame = await open(page);
    for (const [what, action] of Object.entries(KEPT)) {
      await happen(page, action);
      await page.evaluate(`element.checkValidity()`);
      assert.deepEqual(await textsIn(frame), TYPED, what);
      await settle(() => page.evaluate('element.state.complete'), true);
    }
    assert.deepEqual(await page.evaluate('[warnings, errors]'), [
      ['config-invalid', 'theme-invalid'],
      ['config-invalid'],
    ]);
    await page.evaluate('stays = false');
    await page.click('button');
    const {form} = await scene.stage.nextReceived();
    assert.deepEqual(scene.stage.open([form['ccNumber'] ?? '']), [CARD.cardNumber]);
  });

  for (const [what, action] of Object.entries(GONE))
    scene.onPage(`what was typed is gone after ${what}, and what is typed then pays`, async (page) => {
      await open(page);
      await page.evaluate('element.form.requestSubmit()');
      await settle(() => page.$$eval('sealed-fields input[type=hidden]', ({length}) => length > 0), true);
      await happen(page, action);
      await settle(async () => textsIn(await readyFrame(page, scene.stage)).catch(() => []), EMPTY);
      await settle(() => page.evaluate(`document.querySelector('sealed-fields').state.empty`), true);
      assert.deepEqual(await page.$$('sealed-fields input'), []);
      await typeWholeCard(page, await readyFrame(page, scene.stage), CARD);
      await page.evaluate('stays = false');
      await page.click('button');
      const {form} = await scene.stage.nextReceived();
      assert.deepEqual(scene.stage.open([form['encrypted_number'] ?? '']), [CARD.cardNumber]);
    });
});

function textsIn(frame: Frame): Promise<string[]> {
  return frame.$$eval('input', (inputs) => inputs.map(({value}) => value));
}
