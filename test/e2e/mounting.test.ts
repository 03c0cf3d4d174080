import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Page} from 'puppeteer-core';
import {COUNT, heldBy, mount, rest} from '../soak/held.ts';
import {memoryOf} from '../soak/memory.ts';
import {settle} from './settle.ts';
import {ALONE, RELEASE_ENGINES, onlyInChromium, openBrowser} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';

for (const engine of RELEASE_ENGINES) {
  describe(`mounting in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    let page: Page;
    before(async () => {
      stage = await setStage();
      stage.pages.set(
        '/',
        snippet(stage, `<script>${COUNT}</script><form><sealed-fields></sealed-fields></form>`),
      );
      browser = await openBrowser(engine);
      page = await browser.newPage();
      await page.goto(stage.page);
      await page.$eval('sealed-fields', async (element) => {
        await customElements.whenDefined('sealed-fields');
        await element.ready;
        element.remove();
      });
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    const held = () => heldBy(page);

    it('and unmounting 200 times leaves no frame, listener, port or timer', {timeout: 120_000}, async () => {
      await rest(page);
      const before = await held();
      assert.deepEqual([before.frames, before.ports], [0, 0]);
      await mount(page, 20);
      await settle(held, before);
    });

    const byDriver = 'and unmounting 200 times leaves the heap as large as it was';
    const [named, {skip}] = onlyInChromium(engine, byDriver, 'no other driver tells of the heap');
    it(named, {timeout: 120_000, skip}, async () => {
      const session = await page.createCDPSession();
      await rest(page);
      const before = await memoryOf(session);
      await mount(page, 20);
      await rest(page);
      const counts = async () => ({...(await memoryOf(session)), heap: 0});
      await settle(counts, {...before, heap: 0});
      const {heap} = await memoryOf(session);
      const grown = (heap - before.heap) / 200;
      assert.ok(grown < 500, `${grown.toFixed(0)} bytes are left of each`);
    });
  });
}
