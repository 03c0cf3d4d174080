import assert from 'node:assert/strict';
import {inEngines} from '../../support/engines.ts';
import {openSandbox, PLAIN_SALE, sealedSale} from '../../servers/gateway/sandbox.ts';

declare global {
  interface Window {
    /** What the page's policy blocked. */
    blocked?: string[];
  }
}

inEngines('the gateway’s page of transactions', (suite) => {
  suite.onPage(
    'is live under its own policy, fits narrow windows, and reports a gateway that does not answer',
    async (page) => {
      const {gateway, pair, ask} = openSandbox();
      await page.goto(await gateway.listen({port: 0, host: '127.0.0.1'}));
      await page.evaluate(() => {
        const blocked = (window.blocked = []) as string[];
        document.addEventListener('securitypolicyviolation', ({effectiveDirective}) => {
          blocked.push(effectiveDirective);
        });
      });
      await page.waitForFunction(() => document.querySelector('#live')?.textContent === 'Live');
      const rows = () =>
        page.$$eval('tbody tr', (all) =>
          all.map((row) => `${row.className} ${row.querySelector('strong')?.textContent ?? ''}`),
        );
      const untilRows = (count: number, first: string) =>
        page.waitForFunction(
          (wanted: number, state: string) =>
            document.querySelectorAll('tbody tr').length === wanted &&
            document.querySelector('tbody tr')?.classList.contains(state),
          {},
          count,
          first,
        );
      const sell = (amount: string) => ask('transactions/sale/keyed', {...PLAIN_SALE, amount});

      assert.deepEqual(await rows(), []);
      await ask('transactions/sale/keyed', {...sealedSale(pair), amount: '42.00'});
      await untilRows(1, 'captured');
      assert.deepEqual(await rows(), ['captured new $42.00']);
      const {transaction_id} = await sell('7.00');
      await untilRows(2, 'captured');
      assert.deepEqual(await rows(), ['captured new $7.00', 'captured $42.00']);
      await ask('transactions/void', {transaction_id});
      await untilRows(2, 'voided');
      assert.deepEqual(await rows(), ['voided new $7.00', 'captured $42.00']);
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).fontSize), '16px');
      assert.deepEqual(await page.evaluate('blocked'), []);

      for (const number of [1, 2]) {
        await sell('999999999.99');
        await untilRows(2 + number, 'captured');
      }
      await ask('transactions/settle');
      await untilRows(4, 'settled');
      await sell('999999999.99');
      await untilRows(5, 'captured');
      for (const width of [1200, 360]) {
        await page.setViewport({width, height: 900});
        const {sums, overflowing} = await page.evaluate(() => {
          const edge = document.querySelector('main')?.getBoundingClientRect().right ?? 0;
          const all = [...document.querySelectorAll('.totals dd')];
          return {
            sums: all.map(({textContent}) => textContent),
            overflowing: all.filter(
              (sum) => sum.scrollWidth > sum.clientWidth || sum.getBoundingClientRect().right > edge + 1,
            ).length,
          };
        });
        assert.deepEqual(sums, ['$0.00', '$999,999,999.99', '$2,000,000,041.98']);
        assert.equal(overflowing, 0, `in a window of ${width} px`);
      }

      gateway.server.closeAllConnections();
      await gateway.close();
      await page.waitForFunction(
        () => document.querySelector('#live')?.textContent === 'The gateway does not answer',
      );
      assert.equal((await rows()).length, 5);
    },
  );
});
