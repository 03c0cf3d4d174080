import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {readyFrame, typeWholeCard, valueOf} from '../../support/browser.ts';
import {inEngines, type Suite} from '../../support/engines.ts';
import {poll} from '../../support/poll.ts';
import {assertPaid, CARD, serve, SHOWN_NUMBER} from './merchant-page.ts';

const SHOWN = [SHOWN_NUMBER, '12 / 31', '999'];
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

/** A script in the page, or something done to the browser or to a server. */
type Action = string | ((suite: Suite, page: Page) => Promise<unknown>);

/** Changes that keep the frame and its values, in this order. */
const KEEPING: Record<string, Action> = {
  'another language': `set('data-locale', 'ar')`,
  'the first language again': `set('data-locale', null)`,
  'another theme': `set('data-theme', 'dark')`,
  'another layout': `set('data-layout', 'inline')`,
  'other labels and placeholders': `set('data-label-expiry', 'Until'); set('data-placeholder-card-number', '…')`,
  'other names': `set('data-names', '{"cardNumber": "ccNumber"}')`,
  'a card that becomes optional': `set('data-optional', '')`,
  'a card that becomes required': `set('data-optional', null)`,
  'an invalid attribute': `set('data-layout', 'neon')`,
  'a valid attribute again': `set('data-layout', 'stacked')`,
  'a theme with one invalid token': `set('data-theme', '{"radius": "x", "gap": "4px"}')`,
  'a disabled fieldset': 'fieldset.disabled = true',
  'an enabled fieldset': 'fieldset.disabled = false',
  'another form': `set('form', 'other')`,
  'its own form again': `set('form', null)`,
  'moveBefore in the same parent': `fieldset.moveBefore?.(element, null)`,
  'validity checks': 'element.checkValidity(), element.reportValidity()',
  'a seal': 'await element.seal()',
  'a submit by script': `element.form.requestSubmit()`,
  'focus and blur': `element.focus('expiry'); document.activeElement.blur()`,
  'another element that fails': `fieldset.append(document.createElement('sealed-fields'));
    fieldset.lastChild.dataset.fields = 'pin'; fieldset.lastChild.retry()`,
  'the removal of that element': 'fieldset.lastChild.remove()',
  'a changed address': `history.pushState(null, '', '/elsewhere'); location.hash = 'down'`,
  'window.stop()': 'window.stop()',
  'an error of the page': `setTimeout(() => { throw new Error('the page’s own'); })`,
  'an offline event': `dispatchEvent(new Event('offline'))`,
  'a widget host that goes down': ({servers}) => servers.networkFaults.down(),
  'a widget host that comes up': ({servers}) => servers.networkFaults.up(),
  'an online event': `dispatchEvent(new Event('online'))`,
  'a smaller window': (_, page) => page.setViewport({width: 320, height: 700}),
  'a larger window': (_, page) => page.setViewport({width: 1000, height: 1600}),
  'another tab': async ({browser}) => (await browser.newPage()).close(),
};

/** Changes that remove the field values. */
const CLEARING: Record<string, Action> = {
  'clear()': 'element.clear()',
  'a form reset': 'element.form.reset()',
  'retry()': 'element.retry()',
  'removal and insertion': 'element.remove(), fieldset.append(element)',
  'a move by append': 'element.form.append(element)',
  'replacement by another element': `element.replaceWith(document.createElement('sealed-fields'))`,
  'navigation of the frame': `frames[0].location = 'about:blank'`,
  'a reload of the page': (_, page) => page.reload(),
  'the same address again': (_, page) => page.goto(page.url()),
};

inEngines('field values', (suite) => {
  const open = async (page: Page): Promise<Frame> => {
    serve(suite.servers, PAGE);
    await page.goto(suite.servers.page);
    const frame = await readyFrame(page, suite.servers);
    await typeWholeCard(page, frame, CARD);
    return frame;
  };
  const perform = (page: Page, action: Action) =>
    typeof action === 'string' ? page.evaluate(`(async () => { ${action} })()`) : action(suite, page);

  suite.onPage('survive every change around their frame, and are paid', async (page) => {
    const frame = await open(page);
    for (const [what, action] of Object.entries(KEEPING)) {
      await perform(page, action);
      await page.evaluate(`element.checkValidity()`);
      assert.deepEqual(await textsIn(frame), SHOWN, what);
      await poll(() => page.evaluate('element.state.complete'), true);
    }
    assert.deepEqual(await page.evaluate('[warnings, errors]'), [
      ['config-invalid', 'theme-invalid'],
      ['config-invalid'],
    ]);
    await page.evaluate('stays = false');
    await page.click('button');
    const {form} = await suite.servers.nextReceived();
    assert.deepEqual(suite.servers.open([form['ccNumber'] ?? '']), [CARD.cardNumber]);
  });

  for (const [what, action] of Object.entries(CLEARING))
    suite.onPage(`are gone after ${what}, and new ones are paid`, async (page) => {
      await open(page);
      await page.evaluate('element.form.requestSubmit()');
      await poll(() => page.$$eval('sealed-fields input[type=hidden]', ({length}) => length > 0), true);
      await perform(page, action);
      await poll(async () => textsIn(await readyFrame(page, suite.servers)).catch(() => []), EMPTY);
      await poll(() => page.evaluate(`document.querySelector('sealed-fields').state.empty`), true);
      assert.deepEqual(await page.$$('sealed-fields input'), []);
      await typeWholeCard(page, await readyFrame(page, suite.servers), CARD);
      await page.evaluate('stays = false');
      await page.click('button');
      await assertPaid(suite.servers);
    });
});

function textsIn(frame: Frame): Promise<string[]> {
  return frame.$$eval('input', (inputs) => inputs.map(({value}) => value));
}

/** Ways to hide the element with its container, and to show it. */
const HIDDEN: Record<string, [hide: string, show: string]> = {
  'display: none': [`container.style.display = 'none'`, `container.style.display = ''`],
  'its hidden attribute': ['element().hidden = true', 'element().hidden = false'],
  'a closed details': ['container.open = false', 'container.open = true'],
  'content-visibility: hidden': [
    `container.style.contentVisibility = 'hidden'`,
    `container.style.contentVisibility = ''`,
  ],
  'visibility: hidden': [`container.style.visibility = 'hidden'`, `container.style.visibility = ''`],
};

/** In the page: records the element's events. */
const RECORD = `if (window === top) {
  window.events = [];
  window.element = () => document.querySelector('sealed-fields');
  for (const type of ['sealed-ready', 'sealed-warning', 'sealed-error'])
    addEventListener(type, ({detail}) => events.push(detail === null ? type : type + ' ' + detail.code));
}`;

const DETAILS = `<form method="post" action="/received">
  <details id="container" open><summary>Card</summary><sealed-fields></sealed-fields></details>
  <button>Pay</button></form>`;

inEngines('a hidden element', (suite) => {
  const open = async (page: Page, script = ''): Promise<void> => {
    serve(suite.servers, `${DETAILS}<script>${script}</script>`);
    await page.evaluateOnNewDocument(RECORD);
    await page.goto(suite.servers.page);
  };
  const pay = async (page: Page) => {
    await page.click('button');
    await assertPaid(suite.servers);
  };
  /** The positions of the button in the next 15 samples, 20 ms apart. More than one means that it moved. */
  const positionsOfButton = (page: Page, script = '') =>
    page.evaluate(`(async () => {
      ${script};
      const positions = new Set();
      for (let samples = 0; samples < 15; samples += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        positions.add(Math.round(document.querySelector('button').getBoundingClientRect().top));
      }
      return [...positions];
    })()`) as Promise<number[]>;

  suite.onPage('keeps its field values when it is shown again, moves nothing, and pays', async (page) => {
    await open(page);
    const frame = await readyFrame(page, suite.servers);
    await typeWholeCard(page, frame, CARD);
    const before = await positionsOfButton(page);
    assert.equal(before.length, 1);
    for (const [how, [hide, show]] of Object.entries(HIDDEN)) {
      await positionsOfButton(page, hide);
      assert.deepEqual(await positionsOfButton(page, show), before, how);
      assert.equal(await valueOf(frame, 'cardNumber'), SHOWN_NUMBER, how);
    }
    assert.deepEqual(await page.evaluate('events'), ['sealed-ready']);
    await pay(page);
  });

  suite.onPage('that loads while hidden has its full height once shown', async (page) => {
    await open(page);
    await readyFrame(page, suite.servers);
    const shown = await positionsOfButton(page);
    assert.equal(shown.length, 1);
    for (const [how, [hide, show]] of Object.entries(HIDDEN)) {
      await open(page, hide);
      await page.evaluate(`customElements.whenDefined('sealed-fields').then(() => element().ready)`);
      assert.deepEqual(await positionsOfButton(page, show), shown, how);
    }
    await typeWholeCard(page, await readyFrame(page, suite.servers), CARD);
    await pay(page);
  });

  suite.onPage('that is inserted, removed and inserted in one task has one frame', async (page) => {
    await open(page);
    await readyFrame(page, suite.servers);
    await page.evaluate(`{
      events.length = 0;
      const old = element();
      const parent = old.parentElement;
      old.remove();
      const fresh = document.createElement('sealed-fields');
      parent.append(fresh);
      fresh.remove();
      parent.append(fresh);
    }`);
    await poll(() => page.evaluate('events'), ['sealed-ready']);
    assert.equal(await page.$$eval('iframe', ({length}) => length), 1);
    await typeWholeCard(page, await readyFrame(page, suite.servers), CARD);
    await pay(page);
  });
});
