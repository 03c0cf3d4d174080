import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {readyFrame, typeInto, valueOf} from '../support/browser.ts';
import {inEngines} from '../support/engines.ts';
import {SUBMISSION} from '../support/payment.ts';
import {ROOT} from '../support/root.ts';
import {snippet} from '../support/servers.ts';

const file = (path: string) => readFileSync(join(ROOT, 'node_modules', path), 'utf8');
const LIBRARIES = {
  '/jquery.js': file('jquery/dist/jquery.min.js'),
  '/htmx.js': file('htmx.org/dist/htmx.min.js'),
  '/turbo.js': file('@hotwired/turbo/dist/turbo.es2017-umd.js'),
};

const ELEMENT = '<sealed-fields data-fields="securityCode"></sealed-fields>';
const FIELDS = `${ELEMENT}<button name="way" value="fast">Pay</button>`;

/** How a page submits its form. */
const PAGES: Record<string, string> = {
  'fetch with FormData': `<form>${FIELDS}</form>
    <script>document.forms[0].onsubmit = async (event) => {
      event.preventDefault();
      const body = new URLSearchParams(new FormData(event.target, event.submitter));
      await fetch('/received', {method: 'POST', body});
    }</script>`,
  'jQuery’s serialize': `<script src="/jquery.js"></script><form>${FIELDS}</form>
    <script>$('form').on('submit', (event) => {
      event.preventDefault();
      $.post('/received', $('form').serialize() + '&way=fast');
    })</script>`,
  'jQuery and form.submit()': `<script src="/jquery.js"></script>
    <form method="post" action="/received"><input type="hidden" name="way" value="fast">${ELEMENT}<button>Pay</button></form>
    <script>$('form').on('submit', function (event) {
      event.preventDefault();
      this.submit();
    })</script>`,
  htmx: `<script src="/htmx.js"></script><form hx-post="/received" hx-swap="none">${FIELDS}</form>`,
  Turbo: `<script src="/turbo.js"></script><form method="post" action="/received">${FIELDS}</form>`,
  'an element outside its form': `<form id="far" method="post" action="/received"><button name="way" value="fast">Pay</button></form>
    <sealed-fields data-fields="securityCode" form="far"></sealed-fields>`,
  'a button that a script disables': `<form method="post" action="/received" onsubmit="setTimeout(() => (this.way.disabled = true))">${FIELDS}</form>`,
};

inEngines('a page that submits its form in its own way', (suite) => {
  for (const [way, body] of Object.entries(PAGES))
    suite.onPage(`sends the sealed value and the button once for two clicks: ${way}`, async (page) => {
      const {servers} = suite;
      for (const [path, html] of Object.entries(LIBRARIES))
        servers.pages.set(path, {html, headers: {'Content-Type': 'text/javascript'}});
      servers.pages.set('/received', {html: '<!doctype html><title>Received</title>'});
      servers.pages.set('/', snippet(servers, body));
      servers.received.length = 0;
      await page.goto(servers.page);
      await typeInto(page, await readyFrame(page, servers), 'securityCode', '999');
      await page.waitForFunction(() => document.querySelector('sealed-fields')?.state.complete);
      await page.evaluate(() => {
        const button = document.querySelector('button');
        button?.click();
        button?.click();
      });
      const {form} = await servers.nextReceived();
      assert.deepEqual(Object.keys(form).sort(), ['encrypted_csc', ...SUBMISSION, 'way'].sort());
      assert.deepEqual([servers.open([form['encrypted_csc'] ?? '']), form['way']], [['999'], 'fast']);
      assert.equal(servers.received.length, 1);
    });
});

/** The form of a page that Turbo updates, with a paragraph that changes. */
const morphed = (text: string) =>
  `<form id="form">${ELEMENT.replace('></', '><select required><option value="">Not loaded</option></select></')}<p>${text}</p></form>`;

/** The listener of docs/integration.md that excludes the element. */
const EXCLUDE = `<script>document.addEventListener('turbo:before-morph-element', (event) => {
  if (event.target.localName === 'sealed-fields') event.preventDefault();
})</script>`;

inEngines('a page that Turbo morphs', (suite) => {
  for (const [what, script, value, warnings] of [
    ['opens another frame, with a warning', '', '', ['frame-removed']],
    ['keeps the frame of an element that is excluded', EXCLUDE, '999', []],
  ] as const)
    suite.onPage(what, async (page) => {
      const {servers} = suite;
      servers.pages.set('/turbo.js', {
        html: LIBRARIES['/turbo.js'],
        headers: {'Content-Type': 'text/javascript'},
      });
      servers.pages.set(
        '/',
        snippet(servers, `<script src="/turbo.js"></script>${script}${morphed('before')}`),
      );
      await page.goto(servers.page);
      await typeInto(page, await readyFrame(page, servers), 'securityCode', '999');
      await page.evaluate(`{
        window.codes = [];
        for (const type of ['sealed-warning', 'sealed-error'])
          addEventListener(type, ({detail}) => codes.push(detail.code));
        Turbo.renderStreamMessage(\`<turbo-stream action="replace" method="morph" target="form">
          <template>${morphed('after')}</template></turbo-stream>\`);
      }`);
      await page.waitForFunction(`document.querySelector('p').textContent === 'after'`);
      const frame = await readyFrame(page, servers);
      assert.equal(await valueOf(frame, 'securityCode'), value);
      assert.deepEqual(await page.evaluate('codes'), warnings);
      assert.deepEqual(await page.$eval('select', ({hidden, disabled}) => [hidden, disabled]), [true, true]);
    });
});
