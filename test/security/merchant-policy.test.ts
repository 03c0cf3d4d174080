import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Frame, Page} from 'puppeteer-core';
import {readyFrame, typeWholeCard} from '../e2e/shopper.ts';
import {snippet, type Stage} from '../e2e/stage.ts';
import {ROOT} from '../files.ts';
import {CANARY} from './canary.ts';
import {inEngines, type Scene} from './suite.ts';

/** The policy that the documentation asks merchants to send; `W` stands for the widget host. */
function documentedPolicy(widget: string): string {
  const text = readFileSync(join(ROOT, 'docs/threat-model.md'), 'utf8');
  const [, policy] = /^Content-Security-Policy: (.*)$/m.exec(text) ?? [];
  assert.ok(policy);
  return policy.replace(/\bW\b/g, widget);
}

/** In every document: each policy that is broken, and each error. */
const WITNESS = `window.broken = [];
  document.addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI}) =>
    broken.push(effectiveDirective + ' ' + blockedURI));
  addEventListener('error', ({message}) => broken.push(message));`;

const FORM =
  '<form method="post" action="/received"><sealed-fields></sealed-fields><button>Pay</button></form>';

/** Types a card and pays, and finds that the gateway can open it and that no policy was broken. */
async function pay({stage}: Scene, page: Page, fill = typeWholeCard): Promise<void> {
  stage.received.length = 0;
  stage.pages.set('/received', {html: 'Received'});
  await page.evaluateOnNewDocument(WITNESS);
  await page.goto(`${stage.page}/strict`);
  const frame = await readyFrame(page, stage);
  await fill(page, frame, CANARY.card);
  for (const place of [page, frame]) assert.deepEqual(await place.evaluate('broken'), []);
  await Promise.all([page.waitForNavigation(), page.click('button')]);
  const {form} = await stage.nextReceived();
  assert.deepEqual(stage.open([form['encrypted_number'] ?? '', form['encrypted_csc'] ?? '']), [
    CANARY.card.cardNumber,
    CANARY.card.securityCode,
  ]);
}

/** Puts a card in without keys: into a foreign frame of an isolated page Firefox's driver cannot type, whatever stands there. */
async function enterCard(page: Page, frame: Frame, card: object): Promise<void> {
  for (const [name, text] of Object.entries(card))
    await frame.evaluate(`{
      const input = document.getElementById('${name}');
      input.value = '${String(text)}';
      input.dispatchEvent(new InputEvent('input', {bubbles: true}));
    }`);
  await page.waitForFunction(`document.querySelector('sealed-fields').state.complete`);
}

/** Serves the snippet with these headers. */
function serve(stage: Stage, headers: Record<string, string>, html = snippet(stage, FORM).html): void {
  stage.pages.set('/strict', {html, headers});
}

inEngines({}, (scene) => {
  scene.prove('M01', 'paid, in page and frame', async (page) => {
    serve(scene.stage, {'Content-Security-Policy': documentedPolicy(scene.stage.widget)});
    await pay(scene, page);
  });

  scene.prove('M01', 'and it keeps any other frame, script and form target out', async (page) => {
    const {stage} = scene;
    serve(stage, {'Content-Security-Policy': documentedPolicy(stage.widget)});
    await page.evaluateOnNewDocument(WITNESS);
    await page.goto(`${stage.page}/strict`);
    const frame = await readyFrame(page, stage);
    const asked = stage.asked.length;
    await page.evaluate(`{
      const frame = document.createElement('iframe');
      frame.src = '${stage.evil}/look-alike';
      const script = document.createElement('script');
      script.src = '${stage.evil}/skimmer.js';
      const drawn = document.createElement('script');
      drawn.textContent = 'window.drawn = true';
      document.body.append(frame, script, drawn);
      fetch('${stage.evil}/beacon').catch(() => undefined);
      new Image().src = '${stage.evil}/pixel';
      document.forms[0].noValidate = true;
    }`);
    // Nothing else may take the place of the frame: its own script cannot lead it away either.
    await frame.evaluate(`location.href = '${stage.evil}/led-away'`).catch(() => undefined);
    await page.waitForFunction(
      `['frame-src', 'script-src', 'connect-src', 'img-src'].every((name) => broken.some((text) => text.startsWith(name)))
        && broken.filter((text) => text.startsWith('frame-src')).length > 1`,
    );
    assert.equal(await page.evaluate('window.drawn'), undefined); // a form of its own would be drawn by such a script
    const reached = stage.asked.slice(asked).filter(({url}) => url.startsWith(stage.evil));
    assert.deepEqual(reached, []);
  });

  scene.prove('M02', 'by a script with the nonce, and by one that it injects', async (page) => {
    const policy = `default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; frame-src ${scene.stage.widget}; img-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
    const {html} = snippet(scene.stage, FORM);
    serve(scene.stage, {'Content-Security-Policy': policy}, html.replace('<script', '<script nonce="abc"'));
    await pay(scene, page);
    const injecting = `<script nonce="abc">
      const script = document.createElement('script');
      script.dataset.merchant = 'demo';
      script.setAttribute('src', new URL('/v1/sealed-fields.js', '${scene.stage.widget}'));
      document.head.append(script);
    </script>`;
    const bare = policy.replace(/; require-trusted.*/, ''); // Trusted Types would stop the page's own line, not ours
    serve(scene.stage, {'Content-Security-Policy': bare}, html.replace(/<script.*<\/script>/, injecting));
    await pay(scene, page);
  });

  for (const embedder of ['require-corp', 'credentialless'])
    scene.prove('M03', `Cross-Origin-Embedder-Policy: ${embedder}`, async (page) => {
      serve(scene.stage, {
        'Cross-Origin-Embedder-Policy': embedder,
        'Cross-Origin-Opener-Policy': 'same-origin',
      });
      await pay(scene, page, async (...card) => {
        // WebKit does not know the second form, and passes over it.
        const isIsolated = scene.engine !== 'webkit' || embedder === 'require-corp';
        if (isIsolated) assert.equal(await page.evaluate('crossOriginIsolated'), true);
        await (scene.engine === 'firefox' ? enterCard : typeWholeCard)(...card);
      });
    });

  scene.prove('M05', 'and the published one does', async (page) => {
    const {stage} = scene;
    const loader = await (await fetch(`${stage.widget}/v1/sealed-fields.js`)).text();
    const integrity = `sha384-${createHash('sha384').update(loader).digest('base64')}`;
    for (const [code, isRun] of [
      [loader, true],
      [loader.replace('sealed-fields', 'Sealed-fields'), false],
    ] as const) {
      stage.pages.set('/loader.js', {html: code, headers: {'Content-Type': 'text/javascript'}});
      const script = `<script src="/loader.js" integrity="${integrity}" data-origin="${stage.widget}" data-merchant="demo"
        onload="document.title = 'ran'" onerror="document.title = 'refused'"></script>`;
      stage.pages.set('/pinned', {html: `<!doctype html><title>Shop</title>${FORM}${script}`});
      await page.goto(`${stage.page}/pinned`);
      await page.waitForFunction(`document.title === '${isRun ? 'ran' : 'refused'}'`);
      assert.equal(await page.evaluate(`customElements.get('sealed-fields') !== undefined`), isRun);
      if (isRun) await readyFrame(page, stage);
      else assert.equal(await page.$('iframe'), null);
    }
  });
});
