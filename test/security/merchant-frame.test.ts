import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {settle} from '../e2e/settle.ts';
import {readyFrame, typeWholeCard, valueOf} from '../e2e/shopper.ts';
import {snippet} from '../e2e/stage.ts';
import {CANARY} from './canary.ts';
import {inEngines} from './suite.ts';

/** In the shop's page: what the element tells, and what comes to the window. */
const WATCH = `if (window === top) {
  Object.assign(window, {told: [], element: () => document.querySelector('sealed-fields'), ours: () => document.querySelector('iframe')});
  for (const type of ['sealed-ready', 'sealed-error'])
    addEventListener(type, ({detail}) => told.push(detail === null ? type : type + ' ' + detail.code));
}`;

/** A document that plays the frame: it says hello on our channel, offers results, and keeps what it is told. */
const LOOK_ALIKE = `<!doctype html><title>Look-alike</title><input id="cardNumber"><script>
  window.told = [];
  addEventListener('message', ({data}) => told.push(data));
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

/** What a script of the page does to the frame; LOOK_ALIKE stands for the address of such a document. */
const TAMPERINGS = {
  'is removed': 'ours().remove()',
  'is removed with all that the element holds': `element().replaceChildren()`,
  'is moved elsewhere': 'document.body.append(ours())',
  'is replaced by one that looks alike': `{
    const other = document.createElement('iframe');
    other.src = 'LOOK_ALIKE' + new URL(ours().src).hash;
    ours().replaceWith(other);
  }`,
  'gets another address': `ours().src = 'LOOK_ALIKE' + new URL(ours().src).hash`,
  'gets a document of the page’s own': `ours().srcdoc = '<input>'`,
};

inEngines({}, (scene) => {
  /** A page with one element, complete with a card. */
  async function openComplete(page: Page): Promise<Frame> {
    const {stage} = scene;
    stage.pages.set('/look-alike', {html: LOOK_ALIKE});
    stage.pages.set('/', snippet(stage, '<form><sealed-fields></sealed-fields></form>'));
    await page.evaluateOnNewDocument(WATCH);
    await page.goto(stage.page);
    const frame = await readyFrame(page, stage);
    await typeWholeCard(page, frame, CANARY.card);
    return frame;
  }

  const seal = `element().seal().then(({ok}) => 'ok ' + ok, ({code}) => code)`;
  const told = (page: Page) => page.evaluate('told') as Promise<string[]>;
  const lookAlike = (text: string) => text.replace('LOOK_ALIKE', `${scene.stage.evil}/look-alike`);

  for (const [what, script] of Object.entries(TAMPERINGS))
    scene.prove('M04', `a frame that ${what}`, async (page) => {
      await openComplete(page);
      const outcome = await page.evaluate(`{
        const sealing = ${seal};
        ${lookAlike(script)};
        sealing;
      }`);
      assert.equal(outcome, 'frame-replaced');
      assert.deepEqual(await told(page), ['sealed-ready', 'sealed-error frame-replaced']);
      assert.equal(await page.evaluate('element().checkValidity()'), false);
      assert.equal(await page.evaluate(seal), 'frame-replaced');
      const view = await page.$('sealed-fields >>> [role=alert]');
      assert.equal(await view?.isVisible(), true);

      // One press of the button, and the shopper has fields of ours again, empty.
      await page.evaluate(`for (const other of document.querySelectorAll('iframe')) other.remove()`);
      await page.evaluate('element().retry()');
      const frame = await readyFrame(page, scene.stage);
      assert.equal(await valueOf(frame, 'cardNumber'), '');
    });

  scene.prove(
    'M04',
    'a frame that the page leads away is opened anew, empty, and the other is told nothing',
    async (page) => {
      await openComplete(page);
      const outcome = await page.evaluate(`{
      const sealing = ${seal};
      const {hash} = new URL(ours().src);
      ours().contentWindow.location.replace('${lookAlike('LOOK_ALIKE')}' + hash);
      sealing;
    }`);
      assert.match(String(outcome), /^(ok true|frame-lost|seal-failed)$/); // done before it went, or cut short
      await settle(() => told(page), ['sealed-ready', 'sealed-ready']);
      const frame = await readyFrame(page, scene.stage);
      assert.equal(await valueOf(frame, 'cardNumber'), '');
      assert.equal(await page.evaluate('element().state.empty'), true);
      assert.equal(
        page.frames().some((each) => each.url().includes('look-alike')),
        false,
      );
    },
  );

  scene.prove(
    'M04',
    'under a frame that covers it, what is sealed is what was typed into ours',
    async (page) => {
      await openComplete(page);
      await page.evaluate(`{
      const other = document.createElement('iframe');
      const {top, left, width, height} = ours().getBoundingClientRect();
      Object.assign(other.style, {position: 'fixed', top: top + 'px', left: left + 'px', width: width + 'px', height: height + 'px', background: 'white'});
      other.src = '${lookAlike('LOOK_ALIKE')}' + new URL(ours().src).hash;
      document.body.append(other);
      new Promise((resolve) => { other.onload = resolve; });
    }`);
      const result = (await page.evaluate('element().seal()')) as {
        ok: boolean;
        values: Record<string, string>;
      };
      assert.equal(result.ok, true);
      assert.deepEqual(scene.stage.open([result.values['encrypted_number'] ?? '']), [CANARY.card.cardNumber]);
      assert.deepEqual(await told(page), ['sealed-ready']);
      const other = await (await page.$('body > iframe'))?.contentFrame();
      assert.ok(other);
      assert.deepEqual(await other.evaluate('told'), []);
    },
  );
});
