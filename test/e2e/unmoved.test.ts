import assert from 'node:assert/strict';
import {afterEach} from 'node:test';
import type {Page} from 'puppeteer-core';
import {PAY_PAGES} from '../../demo/merchant/pay-pages.ts';
import {allReady, openReady} from './frames.ts';
import {inEngines} from './scene.ts';
import {RELEASE_ENGINES} from './shopper.ts';
import {OF_THE_SHOP} from './stage.ts';
import {movesOf, shiftsOf, watchNewDocument} from './still.ts';
import {late} from './weather.ts';

/** Addresses in the shop, each with the widths of the window that it is opened in. */
const PAGES: readonly (readonly [path: string, widths: readonly number[]])[] = [
  ...PAY_PAGES.map(({path}) => [path, [1000, 280]] as const),
  ['/gallery?layout=inline', [1000, 640]],
  ['/gallery?language=ar&theme=photograph', [1000]],
  ['/gallery?state=problems&theme=dark', [1000]],
  ['/gallery?state=failed', [1000]],
];

inEngines(
  {merchants: OF_THE_SHOP},
  (scene) => {
    afterEach(() => scene.stage.weather.clear());

    /** Opens a page of the shop's whose script comes a second late, and each file of the frame's a bit late. */
    const open = async (path: string, width: number, isThere: (page: Page) => Promise<unknown>) => {
      const {stage} = scene;
      stage.weather.set('/v1/assets/', late(100));
      stage.weather.set('/v1/sealed-fields.js', late(1000));
      return openReady(
        await scene.fresh(),
        stage.shop + path,
        async (page) => {
          await page.setViewport({width, height: 1600});
          await watchNewDocument(page);
        },
        isThere,
      );
    };

    for (const [path, widths] of PAGES)
      scene.onPage(`nothing moves at ${path}, where the script comes a second late`, async () => {
        const isThere = path.includes('failed') ? allFailed : allReady;
        for (const width of widths) {
          const page = await open(path, width, isThere);
          assert.deepEqual([width, await movesOf(page), await shiftsOf(page)], [width, [], []]);
          await page.close();
        }
      });
  },
  RELEASE_ENGINES,
);

async function allFailed(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const all = [...document.querySelectorAll('sealed-fields')];
    return all.every(({shadowRoot}) => shadowRoot?.querySelector('[role=alert]:not([hidden])'));
  });
}
