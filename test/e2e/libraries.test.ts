import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import type {Browser, Page} from 'puppeteer-core';
import {ROOT} from '../files.ts';
import {ALONE, RELEASE_ENGINES, openBrowser, readyFrame, typeWholeCard} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};

const file = (path: string) => readFileSync(join(ROOT, 'node_modules', path), 'utf8');
const LIBRARIES = {
  '/jquery.js': file('jquery/dist/jquery.min.js'),
  '/htmx.js': file('htmx.org/dist/htmx.min.js'),
  '/turbo.js': file('@hotwired/turbo/dist/turbo.es2017-umd.js'),
};

const FIELDS = '<sealed-fields></sealed-fields><button name="way" value="fast">Pay</button>';

/** What a page does with its form, and what its server must get: the card once, sealed, with the button's name. */
const PAGES: Record<string, string> = {
  'a plain form': `<form method="post" action="/received">${FIELDS}</form>`,
  'fetch with FormData': `<form>${FIELDS}</form>
    <script>document.forms[0].onsubmit = async (event) => {
      event.preventDefault();
      const body = new URLSearchParams(new FormData(event.target, event.submitter));
      await fetch('/received', {method: 'POST', body});
    }</script>`,
  'jQuery, submit and serialize': `<script src="/jquery.js"></script><form>${FIELDS}</form>
    <script>$('form').on('submit', (event) => {
      event.preventDefault();
      $.post('/received', $('form').serialize() + '&way=fast');
    })</script>`,
  'jQuery, a form checked and then sent by script': `<script src="/jquery.js"></script>
    <form method="post" action="/received"><input type="hidden" name="way" value="fast"><sealed-fields></sealed-fields><button>Pay</button></form>
    <script>$('form').on('submit', function (event) {
      event.preventDefault();
      this.submit();
    })</script>`,
  htmx: `<script src="/htmx.js"></script><form hx-post="/received" hx-swap="none">${FIELDS}</form>`,
  Turbo: `<script src="/turbo.js"></script><form method="post" action="/received">${FIELDS}</form>`,
  'a form of another method and action, by its button': `<form action="/nowhere"><sealed-fields></sealed-fields>
    <button name="way" value="fast" formaction="/received" formmethod="post">Pay</button></form>`,
  'an element outside its form': `<form id="far" method="post" action="/received"><button name="way" value="fast">Pay</button></form>
    <sealed-fields form="far"></sealed-fields>`,
  'a button that a script disables at once': `<form method="post" action="/received" onsubmit="setTimeout(() => (this.way.disabled = true))">${FIELDS}</form>`,
};

for (const engine of RELEASE_ENGINES) {
  describe(`a page’s own way of sending in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    before(async () => {
      stage = await setStage();
      for (const [path, html] of Object.entries(LIBRARIES))
        stage.pages.set(path, {html, headers: {'Content-Type': 'text/javascript'}});
      stage.pages.set('/received', {html: '<!doctype html><title>Received</title>'});
      browser = await openBrowser(engine);
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    for (const [way, body] of Object.entries(PAGES)) {
      it(`is served by ${way}`, async () => {
        stage.pages.set('/page', snippet(stage, body));
        stage.received.length = 0;
        const page = await browser.newPage();
        await page.goto(`${stage.page}/page`);
        const frame = await readyFrame(page, stage);
        await typeWholeCard(page, frame, CARD);
        await clickTwice(page);
        const {form} = await stage.nextReceived();
        await page.close();
        assert.deepEqual(stage.open([form['encrypted_number'] ?? '']), [CARD.cardNumber]);
        assert.deepEqual(Object.keys(form).sort(), [
          'encrypted_csc',
          'encrypted_expiration_month',
          'encrypted_expiration_year',
          'encrypted_number',
          'sealed_id',
          'sealed_key_id',
          'way',
        ]);
        assert.equal(form['way'], 'fast');
        assert.equal(stage.received.length, 1);
      });
    }
  });
}

/** Two clicks in one task, as a nervous finger makes them. */
async function clickTwice(page: Page): Promise<void> {
  await page.evaluate(() => {
    const button = document.querySelector('button');
    button?.click();
    button?.click();
  });
}
