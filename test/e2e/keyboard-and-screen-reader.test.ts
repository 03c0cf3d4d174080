import assert from 'node:assert/strict';
import {build} from 'esbuild';
import type {Page} from 'puppeteer-core';
import {en} from '../../widget/locales/en.ts';
import {PRESETS} from '../../widget/protocol/names.ts';
import {violationsIn} from '../support/axe.ts';
import {readyFrame, untilCaret, untilLeft, valueOf} from '../support/browser.ts';
import {inEngines} from '../support/engines.ts';
import {poll} from '../support/poll.ts';
import {ROOT} from '../support/root.ts';
import {snippet} from '../support/servers.ts';

const FORM = `<form>
  <label for="card"><span id="outside">Card</span></label><input id="elsewhere" />
  <label><span id="around">Card</span> <sealed-fields id="card"></sealed-fields></label>
</form>`;

/** The dialog of docs/integration.md, in which Pay is disabled until the fields are complete. */
const DIALOG = `<script src="/focus-trap.js"></script><a href="#">Elsewhere</a>
  <div id="payment-dialog" role="dialog" aria-label="Payment">
    <button id="close">Close</button>
    <form><sealed-fields data-fields="securityCode"></sealed-fields><button id="pay" disabled>Pay</button></form>
    <button id="cancel">Cancel</button>
  </div><a href="#">Elsewhere</a>
  <script>
    document.querySelector('sealed-fields').addEventListener('sealed-change', ({detail}) => {
      document.querySelector('#pay').disabled = !detail.complete;
    });
  </script>`;

inEngines('paying with a keyboard and a screen reader', (suite) => {
  const activeId = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '');

  suite.onPage(
    'moves with Tab through the shop’s page and the fields, which axe-core accepts',
    async (page) => {
      const {servers} = suite;
      await page.goto(`${servers.shop}/card`);
      const frame = await readyFrame(page, servers);
      const isAtPay = () => page.evaluate(() => document.activeElement?.matches('form button:last-of-type'));
      const tabBack = async () => {
        await page.keyboard.down('Shift');
        await page.keyboard.press('Tab');
        await page.keyboard.up('Shift');
      };
      await page.focus('#zip');
      for (const name of PRESETS.card) {
        await page.keyboard.press('Tab');
        await untilCaret(frame, name);
      }
      await page.keyboard.press('Tab'); // a link in the hint
      await poll(() => page.evaluate(() => document.activeElement?.localName), 'a');
      await page.keyboard.press('Tab');
      await poll(isAtPay, true);
      await tabBack();
      await poll(() => page.evaluate(() => document.activeElement?.localName), 'a');
      for (const name of PRESETS.card.toReversed()) {
        await tabBack();
        await untilCaret(frame, name);
      }
      await tabBack();
      await poll(() => activeId(page), 'zip');

      assert.deepEqual([await violationsIn(page), await violationsIn(frame)], [[], []]);
      await page.click('form button:last-of-type');
      await untilCaret(frame, 'cardNumber');
      await frame.waitForSelector('#securityCode[aria-invalid=true]');
      const description = await frame.$eval('#cardNumber', (input) => {
        const ids = input.getAttribute('aria-describedby')?.split(' ') ?? [];
        return ids.map((id) => document.getElementById(id)?.textContent.trim());
      });
      assert.ok(description.includes(en.problems.cardNumber.required), description.join());
      assert.deepEqual([await violationsIn(page), await violationsIn(frame)], [[], []]);
    },
  );

  suite.onPage('puts the focus into the first field when a label of the element is clicked', async (page) => {
    const {servers} = suite;
    servers.pages.set('/', snippet(servers, FORM));
    await page.goto(servers.page);
    const frame = await readyFrame(page, servers);
    await page.click('#outside');
    await untilCaret(frame, 'cardNumber');
    await page.keyboard.type('4012');
    await poll(() => valueOf(frame, 'cardNumber'), '4012');
    await page.click('#elsewhere');
    await untilLeft(frame);
    await page.click('#around');
    await untilCaret(frame, 'cardNumber');
    await page.keyboard.press('End');
    await page.keyboard.type('3');
    await poll(() => valueOf(frame, 'cardNumber'), '4012 3');
  });

  suite.onPage('moves with Tab through a dialog that traps the focus, in both directions', async (page) => {
    const {servers} = suite;
    const {outputFiles} = await build({
      stdin: {contents: `export * from 'focus-trap'`, resolveDir: ROOT},
      bundle: true,
      write: false,
      globalName: 'focusTrap',
    });
    const html = outputFiles[0]?.text ?? '';
    servers.pages.set('/focus-trap.js', {html, headers: {'Content-Type': 'text/javascript'}});
    servers.pages.set('/', snippet(servers, DIALOG));
    await page.goto(servers.page);
    const frame = await readyFrame(page, servers);
    const untilAt = (id: string) =>
      id === 'securityCode' ? untilCaret(frame, id) : poll(() => activeId(page), id);
    const tabTo = async (id: string, isBack = false) => {
      if (isBack) await page.keyboard.down('Shift');
      await page.keyboard.press('Tab');
      if (isBack) await page.keyboard.up('Shift');
      await untilAt(id);
    };
    await page.evaluate(`focusTrap.createFocusTrap('#payment-dialog').activate()`);
    await page.focus('#close');
    for (const id of ['securityCode', 'cancel', 'close', 'securityCode']) await tabTo(id);
    for (const id of ['close', 'cancel', 'securityCode', 'close']) await tabTo(id, true);
    // The fields are the last tab stop.
    await page.$eval('#cancel', (button) => {
      button.remove();
    });
    await tabTo('securityCode');
    await page.keyboard.type('999');
    await page.waitForSelector('#pay:enabled');
    for (const id of ['pay', 'close']) await tabTo(id);
    for (const id of ['pay', 'securityCode', 'close']) await tabTo(id, true);
  });
});
