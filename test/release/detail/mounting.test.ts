import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {inEngines} from '../../support/engines.ts';
import {poll} from '../../support/poll.ts';
import {snippet} from '../../support/servers.ts';
import {COUNT_RESOURCES, ELEMENTS, insertAndRemove, resourcesOf, untilIdle} from '../soak/resources.ts';
import {memoryOf} from '../soak/memory.ts';

const ROUNDS = 20;

inEngines('200 mounts and unmounts', (suite) => {
  suite.onPage(
    'leave no frame, listener, port or timer, and in Chromium no heap',
    async (page) => {
      const form = '<form><sealed-fields></sealed-fields></form>';
      suite.servers.pages.set('/', snippet(suite.servers, `<script>${COUNT_RESOURCES}</script>${form}`));
      await page.goto(suite.servers.page);
      await page.$eval('sealed-fields', async (element) => {
        await customElements.whenDefined('sealed-fields');
        await element.ready;
        element.remove();
      });
      await untilIdle(page);
      const held = await resourcesOf(page);
      assert.deepEqual([held.frames, held.ports], [0, 0]);
      await insertAndRemove(page, ROUNDS);
      await poll(() => resourcesOf(page), held);
      if (suite.engine !== 'chromium') return; // other engines do not report the heap
      const memory = await memoryIn(page);
      await untilIdle(page); // by now the code is compiled, which takes memory once
      const before = await memory();
      await insertAndRemove(page, ROUNDS);
      await untilIdle(page);
      await poll(async () => ({...(await memory()), heap: 0}), {...before, heap: 0});
      const grown = ((await memory()).heap - before.heap) / (ROUNDS * ELEMENTS);
      assert.ok(grown < 500, `each leaves ${grown.toFixed(0)} bytes`);
    },
    120_000,
  );
});

async function memoryIn(page: Page) {
  const session = await page.createCDPSession();
  return () => memoryOf(session);
}
