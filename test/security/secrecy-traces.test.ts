import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {settle} from '../e2e/settle.ts';
import {clickInto, readyFrame, typeInto, typeWholeCard} from '../e2e/shopper.ts';
import {snippet} from '../e2e/stage.ts';
import {assertNoCanary, CANARY} from './canary.ts';
import {record} from './recorder.ts';
import {inEngines} from './suite.ts';

/** A page whose address and options say much, all of it under this mark. */
const PATH = '/checkout-quince/cart';
const QUERY = '?amount=quince&token=quince#quince';
const MARK = /quince|amount|token|cart/i;
const OPTIONS = `data-label-card-number="Quince" data-placeholder-expiry="quince" data-names='{"cardNumber": "quince"}'`;
const FORM = `<form method="post" action="/received"><sealed-fields ${OPTIONS}></sealed-fields><button>Pay</button></form>`;

/** In every document: what the browser reports of it, and which promises nobody looked after. */
const REPORTS = `{
  const noted = [];
  window.noted = noted;
  const note = (...values) => noted.push(values.map((value) => typeof value === 'string' ? value : JSON.stringify(value)).join(' '));
  addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI, documentURI, sourceFile, sample}) =>
    note('violation', effectiveDirective, blockedURI, documentURI, sourceFile, sample));
  addEventListener('unhandledrejection', ({reason}) => note('rejection', String(reason), reason?.stack ?? ''));
  if ('ReportingObserver' in window)
    new ReportingObserver((reports) => reports.forEach(({type, url, body}) => note('report', type, url, body?.toJSON?.() ?? body)), {buffered: true}).observe();
}`;

inEngines({}, (scene) => {
  const open = async (page: Page, headers: Record<string, string> = {}): Promise<Frame> => {
    const {stage} = scene;
    stage.asked.length = 0;
    stage.received.length = 0;
    stage.pages.set(PATH, {...snippet(stage, FORM), headers});
    stage.pages.set('/received', {html: '<!doctype html><title>Received</title>'});
    await page.goto(stage.page + PATH + QUERY);
    return readyFrame(page, stage);
  };
  const askedOfWidget = () => scene.stage.asked.filter(({url}) => url.startsWith(scene.stage.widget));
  const referrersOf = (path: string) => {
    const asked = askedOfWidget().filter(({url}) => url.startsWith(scene.stage.widget + path));
    return [...new Set(asked.map(({headers}) => headers.referer))];
  };

  scene.prove(
    'L07',
    'the widget host learns the shop’s origin, and the page’s entries nothing',
    async (page) => {
      const recorder = await record(page, scene.stage, scene.engine);
      const frame = await open(page);
      await typeWholeCard(page, frame, CANARY.card);
      await recorder.look('typed');
      const timings = (await frame.evaluate(
        `performance.getEntries().map(({name}) => name).concat(document.referrer, location.href).join(' ')`,
      )) as string;
      assert.doesNotMatch(timings, MARK);
      assertNoCanary(timings, 'the frame’s entries');
      assert.equal(await frame.evaluate('document.referrer'), `${scene.stage.page}/`);
      const src = await page.$eval('sealed-fields iframe', (element) => element.src);
      assert.doesNotMatch(src, MARK);
      assert.doesNotMatch(src, /\?/);
      await page.click('button');
      assert.ok('quince' in (await scene.stage.nextReceived()).form);

      assert.deepEqual(referrersOf('/v1/m/'), [`${scene.stage.page}/`]);
      assert.deepEqual(referrersOf('/v1/assets/'), [undefined]);
      for (const {url, headers} of askedOfWidget()) assert.doesNotMatch(url + JSON.stringify(headers), MARK);
      assert.doesNotMatch(scene.stage.log.join('\n'), MARK);
      for (const {where, text} of recorder.all()) assertNoCanary(text, where);
    },
  );

  scene.prove(
    'L07',
    'even a page that tells everybody its whole address tells it not to the frame',
    async (page) => {
      await open(page, {'Referrer-Policy': 'unsafe-url'});
      assert.deepEqual(referrersOf('/v1/m/'), [`${scene.stage.page}/`]);
    },
  );

  for (const [what, fields] of Object.entries({
    'a card': CANARY.card,
    'one field': {cardNumber: CANARY.card.cardNumber},
  }))
    scene.prove(
      'L09',
      `${what}: nothing is reported for Enter, a field at fault or a failed seal`,
      async (page) => {
        await page.evaluateOnNewDocument(REPORTS);
        const names = Object.keys(fields);
        const form = `<form onsubmit="return false"><sealed-fields data-fields="${names.join(' ')}"></sealed-fields></form>`;
        scene.stage.pages.set('/reports', snippet(scene.stage, form));
        await page.goto(`${scene.stage.page}/reports`);
        const frame = await readyFrame(page, scene.stage);
        const last = names.at(-1) ?? '';
        for (const [name, text] of Object.entries(fields)) {
          await typeInto(page, frame, name, name === last ? text.slice(0, -1) : text);
          await page.keyboard.press('Enter');
        }
        await frame.waitForSelector(`#${last}[aria-invalid=true]`);
        await clickInto(frame, last);
        await page.keyboard.press('End');
        await page.keyboard.type((fields as Record<string, string>)[last]?.slice(-1) ?? '');
        await settle(() => page.$eval('sealed-fields', ({state}) => state.complete), true);
        await frame.evaluate(
          `crypto.getRandomValues = () => { throw new Error(document.querySelector('input').value); }; 0`,
        );
        await page.keyboard.press('Enter');
        await frame.waitForFunction(`document.querySelector('#outcome').textContent !== ''`);
        for (const document of [page, frame]) {
          const noted = (await document.evaluate('noted')) as string[];
          for (const text of noted) assertNoCanary(text, 'a report');
          assert.deepEqual(noted, []);
        }
        // What is reported would be noted.
        await frame.evaluate(`{
        const form = document.body.appendChild(document.createElement('form'));
        form.action = 'https://shop.example/';
        try { form.submit(); } catch {} // Firefox throws what it reports
        void Promise.reject(new Error('nobody'));
      }`);
        await settle(async () => {
          const noted = (await frame.evaluate('noted')) as string[];
          return [/violation form-action/, /rejection .*nobody/].map((kind) =>
            noted.some((text) => kind.test(text)),
          );
        }, [true, true]);
      },
    );
});
