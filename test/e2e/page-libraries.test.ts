import assert from 'node:assert/strict';
import {readyFrame, typeInto} from '../support/browser.ts';
import {inEngines} from '../support/engines.ts';
import {SUBMISSION} from '../support/payment.ts';
import {servePackages} from '../support/page-scripts.ts';
import {snippet} from '../support/servers.ts';

const LIBRARIES = {
  '/jquery.js': 'jquery/dist/jquery.min.js',
  '/jquery-3.js': 'jquery3/dist/jquery.min.js',
  '/jquery-1.js': 'jquery1/dist/jquery.min.js',
  '/htmx.js': 'htmx.org/dist/htmx.min.js',
  '/turbo.js': '@hotwired/turbo/dist/turbo.es2017-umd.js',
  '/unpoly.js': 'unpoly/unpoly.min.js',
  '/rails-ujs.js': '@rails/ujs/app/assets/javascripts/rails-ujs.js',
};

const ELEMENT = '<sealed-fields data-fields="securityCode"></sealed-fields>';
const FIELDS = `${ELEMENT}<button name="way" value="fast">Pay</button>`;

/** A form that a script submits when its button, which is none for the browser, is pressed. */
const byScript = (attributes: string, script: string) =>
  `<form ${attributes}>${ELEMENT}<input type="hidden" name="way" value="fast">
    <button type="button" onclick="${script}">Pay</button></form>`;

/** A handler of jQuery that sends the form itself. */
const JQUERY_HANDLER = `<script>$('form').on('submit', function (event) {
  event.preventDefault();
  $.post('/received', $(this).serialize());
})</script>`;

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
  'jQuery 3.7 and .trigger()': `<script src="/jquery-3.js"></script>${byScript('', "$('form').trigger('submit')")}${JQUERY_HANDLER}`,
  'jQuery 3.7 and .submit()': `<script src="/jquery-3.js"></script>${byScript('', "$('form').submit()")}${JQUERY_HANDLER}`,
  'jQuery 1.12 and .trigger()': `<script src="/jquery-1.js"></script>${byScript('', "$('form').trigger('submit')")}${JQUERY_HANDLER}`,
  'jQuery 1.12 and .submit()': `<script src="/jquery-1.js"></script>${byScript('', "$('form').submit()")}${JQUERY_HANDLER}`,
  Unpoly: `<script src="/unpoly.js"></script><form method="post" action="/received" up-submit>${FIELDS}</form>`,
  'rails-ujs': `<script src="/rails-ujs.js"></script><form method="post" action="/received" data-remote="true">${FIELDS}</form>`,
  'Rails.fire()': `<script src="/rails-ujs.js"></script>${byScript('method="post" action="/received" data-remote="true"', "Rails.fire(this.form, 'submit')")}`,
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
      servePackages(servers, LIBRARIES);
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
