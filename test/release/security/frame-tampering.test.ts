import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {readyFrame, valueOf} from '../../support/browser.ts';
import {poll} from '../../support/poll.ts';
import {heardBy, openHostileHost} from './attacks/hostile-host.ts';
import {CANARY} from './canary.ts';
import {assertDecrypts, fill, openFields, outcomeOfSeal, seal, setValues} from './pages.ts';
import {inEngines} from './suite.ts';

/** In the merchant's page: records the element's events. */
const WATCH = `if (window === top) {
  Object.assign(window, {events: [], element: () => document.querySelector('sealed-fields'), ours: () => document.querySelector('iframe')});
  for (const type of ['sealed-ready', 'sealed-warning', 'sealed-error'])
    addEventListener(type, ({detail}) => events.push(detail === null ? type : type + ' ' + detail.code));
}`;

/** A document that imitates the frame: it sends `hello` on our channel, offers results, and records its messages. */
const LOOK_ALIKE = `<!doctype html><title>Look-alike</title><input id="cardNumber"><script>
  window.heard = [];
  addEventListener('message', ({data}) => heard.push(data));
  const channel = new URLSearchParams(location.hash.slice(1)).get('channel');
  const envelope = {values: {encrypted_number: 'Zm9yZ2Vk'}, keyId: 'forged', id: 'f'.repeat(32), sealedAt: new Date().toISOString()};
  let request = 0;
  setInterval(() => {
    request += 1;
    parent.postMessage({sealed: 'hello', channel}, '*');
    parent.postMessage({event: 'ready', payload: {protocol: 1, version: '9.9.9', fields: ['cardNumber']}}, '*');
    parent.postMessage({event: 'sealed', payload: {request: request % 9, envelope}}, '*');
  }, 5);
</script>`;

/** What script in the page does to the frame; LOOK_ALIKE stands for the address of such a document. */
const REMOVALS = {
  'is removed': 'ours().remove()',
  'is removed with everything in the element': `element().replaceChildren()`,
  'is moved': 'document.body.append(ours())',
  'is replaced by a look-alike': `{
    const other = document.createElement('iframe');
    other.src = 'LOOK_ALIKE' + new URL(ours().src).hash;
    ours().replaceWith(other);
  }`,
};

/** How script in the page shows another document in the frame; LOOK_ALIKE stands for its address. */
const REDIRECTIONS = {
  'gets another address': `ours().src = 'LOOK_ALIKE' + new URL(ours().src).hash`,
  'gets a document of the page': `ours().srcdoc = '<input>'`,
};

/** In the page: puts a look-alike over the frame. */
const COVER = `{
  const other = document.createElement('iframe');
  const {top, left, width, height} = ours().getBoundingClientRect();
  Object.assign(other.style, {position: 'fixed', top: top + 'px', left: left + 'px', width: width + 'px', height: height + 'px', background: 'white'});
  other.src = 'LOOK_ALIKE' + new URL(ours().src).hash;
  document.body.append(other);
  new Promise((resolve) => { other.onload = resolve; });
}`;

/** How a page can hide that a click goes into the frame. */
const DISGUISES: Readonly<Record<string, string>> = {
  'an opacity of 0.01': `frame.style.opacity = '0.01';`,
  'a transform and a filter': `frame.style.transform = 'translate(40px, 30px)'; frame.style.filter = 'invert(1)';`,
  'an overlay that passes clicks through': `const overlay = document.createElement('div');
    overlay.id = 'overlay';
    Object.assign(overlay.style, {position: 'fixed', inset: '0', background: 'white', pointerEvents: 'none'});
    document.body.append(overlay);`,
  'a position under the pointer': `Object.assign(frame.style, {position: 'fixed', left: '120px', top: '90px'});`,
};

const disguise = (page: Page, script: string) =>
  page.evaluate(`{
    const frame = document.querySelector('iframe');
    frame.removeAttribute('style');
    document.getElementById('overlay')?.remove();
    ${script}
  }`);

/** Clicks everything in the frame that can be clicked. @returns how many there were. */
async function clickAll(frame: Frame): Promise<number> {
  const targets = await frame.$$('input, select, button, a, label, summary');
  for (const target of targets) await target.click();
  return targets.length;
}

/** A state of the fields without the position of the caret. */
function withoutFocus(state: Record<string, unknown>): string {
  return JSON.stringify(state).replace(/"(focused|visited)":(true|false),?/g, '');
}

inEngines('security: tampering with the frame', (suite) => {
  const {engine, prove} = suite;

  /** A page with one element and a complete card. */
  async function openComplete(page: Page): Promise<void> {
    suite.servers.pages.set('/look-alike', {html: LOOK_ALIKE});
    await page.evaluateOnNewDocument(WATCH);
    await reopenComplete(page);
  }

  /** Loads the page again. */
  async function reopenComplete(page: Page): Promise<void> {
    await fill(page, await openFields(page, suite.servers), CANARY.card);
  }

  const sealing = `element().seal().then(({ok}) => 'ok ' + ok, ({code}) => code)`;
  const eventsIn = (page: Page) => page.evaluate('events') as Promise<string[]>;
  const lookAlike = (text: string) => text.replace('LOOK_ALIKE', `${suite.servers.evil}/look-alike`);

  /** Runs a script in the page while the frame seals. @returns how the seal ended. */
  const tamperWhileSealing = (page: Page, script: string) =>
    page.evaluate(`{
      events.length = 0;
      const sealing = ${sealing};
      ${lookAlike(script)};
      sealing;
    }`);

  prove('M04', 'a frame that is removed, moved or replaced is opened again, empty', async (page) => {
    await openComplete(page);
    for (const [what, script] of Object.entries(REMOVALS)) {
      assert.equal(await tamperWhileSealing(page, script), 'frame-replaced', what);
      await page.waitForFunction(`events.includes('sealed-ready')`);
      assert.deepEqual(await eventsIn(page), ['sealed-warning frame-removed', 'sealed-ready'], what);
      assert.equal(await page.evaluate('element().checkValidity()'), false, what);
      const frame = await (await page.$('sealed-fields > iframe'))?.contentFrame();
      assert.ok(frame);
      assert.equal(await valueOf(frame, 'cardNumber'), '', what);
      await reopenComplete(page);
    }
  });

  prove('M04', 'a frame that is redirected', async (page) => {
    await openComplete(page);
    for (const [what, script] of Object.entries(REDIRECTIONS)) {
      assert.equal(await tamperWhileSealing(page, script), 'frame-replaced', what);
      assert.deepEqual(await eventsIn(page), ['sealed-error frame-replaced'], what);
      assert.equal(await page.evaluate('element().checkValidity()'), false, what);
      assert.equal(await outcomeOfSeal(page), 'frame-replaced', what);
      const alert = await page.$('sealed-fields >>> [role=alert]');
      assert.equal(await alert?.isVisible(), true, what);

      // `retry()` restores our fields, empty.
      await page.evaluate(`for (const other of document.querySelectorAll('iframe')) other.remove()`);
      await page.evaluate('element().retry()');
      const frame = await readyFrame(page, suite.servers);
      assert.equal(await valueOf(frame, 'cardNumber'), '', what);
      await fill(page, frame, CANARY.card);
    }
  });

  prove('M04', 'a frame that the page navigates is opened again, empty', async (page) => {
    await openComplete(page);
    const outcome = await page.evaluate(`{
      const sealing = ${sealing};
      const {hash} = new URL(ours().src);
      ours().contentWindow.location.replace('${lookAlike('LOOK_ALIKE')}' + hash);
      sealing;
    }`);
    assert.match(String(outcome), /^(ok true|frame-lost|seal-failed)$/); // sealed before the navigation, or interrupted
    await poll(() => eventsIn(page), ['sealed-ready', 'sealed-ready']);
    const frame = await readyFrame(page, suite.servers);
    assert.equal(await valueOf(frame, 'cardNumber'), '');
    assert.equal(await page.evaluate('element().state.empty'), true);
    assert.ok(page.frames().every((each) => !each.url().includes('look-alike')));
  });

  prove('M04', 'under a look-alike that covers it, the values of our own frame are sealed', async (page) => {
    await openComplete(page);
    await page.evaluate(lookAlike(COVER));
    const result = await seal(page);
    assert.ok(result.ok);
    assertDecrypts(suite.servers, result.values, CANARY.card);
    assert.deepEqual(await eventsIn(page), ['sealed-ready']);
    const other = await (await page.$('body > iframe'))?.contentFrame();
    assert.ok(other);
    assert.deepEqual(await other.evaluate('heard'), []);
  });

  prove('C07', 'clicks into a disguised frame report focus and nothing else', async (page) => {
    const fields = 'routingNumber,accountNumber,accountType';
    const frame = await openHostileHost(page, suite.servers, {fields});
    const {routingNumber, accountNumber} = CANARY.bank;
    await setValues(frame, {routingNumber, accountNumber});
    for (const [what, script] of Object.entries(DISGUISES)) {
      await disguise(page, script);
      const before = await heardBy(page);
      assert.ok((await clickAll(frame)) > 4, what);
      await page.waitForFunction(`heard.length > ${before.length}`);

      const since = (await heardBy(page)).slice(before.length);
      const others = since.filter(({event}) => event !== 'change' && event !== 'height');
      assert.deepEqual(others, [], what);
      const known = before.filter(({event}) => event === 'change').at(-1);
      assert.ok(known);
      for (const {payload} of since.filter(({event}) => event === 'change'))
        assert.equal(withoutFocus(payload), withoutFocus(known.payload), what);
      assert.equal(await valueOf(frame, 'accountNumber'), accountNumber);
    }
  });

  if (engine === 'chromium')
    // no other engine has the signal
    prove('C07', 'the browser could report whether the frame is visible', async (page) => {
      const frame = await openHostileHost(page, suite.servers);
      const isVisible = () =>
        frame.evaluate(`new Promise((resolve) => {
          const observer = new IntersectionObserver(([entry]) => {
            observer.disconnect();
            resolve(entry.isVisible);
          }, {trackVisibility: true, delay: 100});
          observer.observe(document.body);
        })`);
      await poll(isVisible, true);
      await disguise(page, DISGUISES['an opacity of 0.01'] ?? '');
      await poll(isVisible, false);
    });
});
