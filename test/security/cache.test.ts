import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {shownIn} from './attacker.ts';
import {settle} from '../e2e/settle.ts';
import {readyFrame, untilFetched} from '../e2e/shopper.ts';
import {snippet} from '../e2e/stage.ts';
import {inEngines} from './suite.ts';

inEngines({}, (scene) => {
  const {prove} = scene;

  /** Opens the shop anew. @returns what it shows in its frame in the end. */
  async function assertShown(page: Page, expected: string): Promise<void> {
    await page.goto(`${scene.stage.page}/shop`);
    await settle(async () => {
      const [, frame] = page.frames();
      return frame ? shownIn(frame).catch(() => 'loading') : 'loading';
    }, expected);
  }

  /** What was asked of the widget's host while something was done. */
  async function askedWhile(action: () => Promise<void>): Promise<string[]> {
    const {asked, widget} = scene.stage;
    asked.length = 0;
    await action();
    return asked.filter(({url}) => url.startsWith(widget)).map(({url}) => url.slice(widget.length));
  }

  prove(
    'H07',
    'origins that are published anew hold at the next load, with no script asked for again',
    async (page) => {
      const {stage} = scene;
      stage.pages.set('/shop', snippet(stage, '<form><sealed-fields></sealed-fields></form>'));
      await page.goto(`${stage.page}/shop`);
      const frame = await readyFrame(page, stage);
      await untilFetched(frame, 'seal', 'paytrace', 'pictures');

      await stage.publishAnew({record: {origins: [stage.shop]}});
      assert.deepEqual(await askedWhile(() => assertShown(page, 'nothing')), ['/v1/m/demo/']);

      await stage.publishAnew({});
      assert.deepEqual(await askedWhile(() => assertShown(page, 'fields')), ['/v1/m/demo/']);
    },
  );
});
