import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Page} from 'puppeteer-core';
import {openSandbox, PLAIN_SALE, sealedSale} from '../demo/gateway/sandbox.ts';
import {ENGINES, openBrowser} from './shopper.ts';

declare global {
  interface Window {
    /** What the page's policy stopped; it also tells a document from the one that is loaded after it. */
    stopped?: string[];
  }
}

for (const engine of ENGINES) {
  describe(`the gateway’s page in ${engine}`, () => {
    const {gateway, pair, ask} = openSandbox();
    let browser: Browser;
    let page: Page;
    before(async () => {
      const origin = await gateway.listen({port: 0, host: '127.0.0.1'});
      browser = await openBrowser(engine);
      page = await browser.newPage();
      await page.goto(origin);
      await page.evaluate(() => {
        const stopped = (window.stopped = []) as string[];
        document.addEventListener('securitypolicyviolation', ({effectiveDirective}) => {
          stopped.push(effectiveDirective);
        });
      });
    });
    after(async () => {
      await browser.close();
      await gateway.close();
    });

    const read = () =>
      page.evaluate(() => ({
        live: document.querySelector('#live')?.textContent,
        font: getComputedStyle(document.body).fontSize,
        rows: [...document.querySelectorAll('tbody tr')].map(
          (row) => `${row.className} ${row.querySelector('strong')?.textContent ?? ''}`,
        ),
        stopped: window.stopped,
      }));
    const untilRows = (count: number, first: string) =>
      page.waitForFunction(
        (rows: number, state: string) =>
          document.querySelectorAll('tbody tr').length === rows &&
          document.querySelector('tbody tr')?.classList.contains(state),
        {},
        count,
        first,
      );

    it('shows what comes in and what becomes of it, without being loaded again', async () => {
      await page.waitForFunction(() => document.querySelector('#live')?.textContent === 'Live');
      assert.deepEqual((await read()).rows, []);

      await ask('transactions/sale/keyed', {...sealedSale(pair), amount: '42.00'});
      await untilRows(1, 'captured');
      assert.deepEqual((await read()).rows, ['captured new $42.00']);
      const {transaction_id} = await ask('transactions/sale/keyed', {...PLAIN_SALE, amount: '7.00'});
      await untilRows(2, 'captured');
      assert.deepEqual((await read()).rows, ['captured new $7.00', 'captured $42.00']);
      await ask('transactions/void', {transaction_id});
      await untilRows(2, 'voided');
      const {live, font, rows, stopped} = await read();
      assert.deepEqual(rows, ['voided new $7.00', 'captured $42.00']);
      assert.deepEqual([live, font, stopped], ['Live', '16px', []]);
    });

    it('keeps every sum within the page, however great, in a wide and in a narrow window', async () => {
      for (const number of [1, 2]) {
        await ask('transactions/sale/keyed', {...PLAIN_SALE, amount: '999999999.99'});
        await untilRows(2 + number, 'captured');
      }
      await ask('transactions/settle');
      await untilRows(4, 'settled');
      const {transaction_id} = await ask('transactions/sale/keyed', {...PLAIN_SALE, amount: '999999999.99'});
      await untilRows(5, 'captured');
      for (const width of [1200, 360]) {
        await page.setViewport({width, height: 900});
        const {sums, spill} = await page.evaluate(() => {
          const edge = document.querySelector('main')?.getBoundingClientRect().right ?? 0;
          const all = [...document.querySelectorAll('.totals dd')];
          return {
            sums: all.map(({textContent}) => textContent),
            spill: all.filter(
              (sum) => sum.scrollWidth > sum.clientWidth || sum.getBoundingClientRect().right > edge + 1,
            ).length,
          };
        });
        assert.deepEqual(sums, ['$0.00', '$999,999,999.99', '$2,000,000,041.98']);
        assert.equal(spill, 0, `in a window of ${width} px`);
      }
      await ask('transactions/void', {transaction_id});
      await untilRows(5, 'voided');
    });

    it('says so when the gateway goes', async () => {
      gateway.server.closeAllConnections();
      gateway.server.close();
      await page.waitForFunction(
        () => document.querySelector('#live')?.textContent === 'The gateway does not answer',
      );
      assert.equal((await read()).rows.length, 5);
    });
  });
}
