import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {inEngines} from '../e2e/scene.ts';
import {settle} from '../e2e/settle.ts';
import {readyFrame, typeWholeCard, valueOf} from '../e2e/shopper.ts';
import {CARD, serve} from './shop.ts';

/** Ways to hide the element with its place, and to show it. */
const HIDDEN: Record<string, [hide: string, show: string]> = {
  'display: none': [`place.style.display = 'none'`, `place.style.display = ''`],
  'the hidden attribute of the element': ['element().hidden = true', 'element().hidden = false'],
  'a closed details': ['place.open = false', 'place.open = true'],
  'content-visibility: hidden': [
    `place.style.contentVisibility = 'hidden'`,
    `place.style.contentVisibility = ''`,
  ],
  'visibility: hidden': [`place.style.visibility = 'hidden'`, `place.style.visibility = ''`],
};

/** In the page: what the element tells. */
const WATCH = `if (window === top) {
  window.told = [];
  window.element = () => document.querySelector('sealed-fields');
  for (const type of ['sealed-ready', 'sealed-warning', 'sealed-error'])
    addEventListener(type, ({detail}) => told.push(detail === null ? type : type + ' ' + detail.code));
}`;

const FORM = `<form method="post" action="/received">
  <details id="place" open><summary>Card</summary><sealed-fields></sealed-fields></details>
  <button>Pay</button></form>`;

inEngines({}, (scene) => {
  const open = async (page: Page, script = ''): Promise<void> => {
    const {stage} = scene;
    serve(stage, `${FORM}<script>${script}</script>`);
    await page.evaluateOnNewDocument(WATCH);
    await page.goto(stage.page);
  };
  const pay = async (page: Page) => {
    await page.click('button');
    const {form} = await scene.stage.nextReceived();
    assert.deepEqual(scene.stage.open([form['encrypted_number'] ?? '']), [CARD.cardNumber]);
  };
  /** Where the button is in each of the next pictures: it must stand still. */
  const placesOfButton = (page: Page, script: string) =>
    page.evaluate(`(async () => {
      ${script};
      const places = new Set();
      for (let pictures = 0; pictures < 15; pictures += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        places.add(Math.round(document.querySelector('button').getBoundingClientRect().top));
      }
      return [...places];
    })()`);
  const placeOfButton = async (page: Page) => {
    const places = (await placesOfButton(page, '')) as number[];
    assert.equal(places.length, 1);
    return places;
  };

  scene.onPage('F09 fields that are hidden and shown again keep what was typed, and pay', async (page) => {
    await open(page);
    const frame = await readyFrame(page, scene.stage);
    await typeWholeCard(page, frame, CARD);
    const before = await placeOfButton(page);
    for (const [how, [hide, show]] of Object.entries(HIDDEN)) {
      await placesOfButton(page, hide);
      assert.deepEqual(await placesOfButton(page, show), before, how);
      assert.equal(await valueOf(frame, 'cardNumber'), '4012 0000 9876 5439', how);
    }
    assert.deepEqual(await page.evaluate('told'), ['sealed-ready']);
    await pay(page);
  });

  for (const [how, [hide, show]] of Object.entries(HIDDEN))
    scene.onPage(
      `F09 fields that load while they are hidden by ${how} stand at their height once shown`,
      async (page) => {
        await open(page);
        await readyFrame(page, scene.stage);
        const shown = await placeOfButton(page);
        await open(page, hide);
        await page.evaluate(`customElements.whenDefined('sealed-fields').then(() => element().ready)`);
        assert.deepEqual(await placesOfButton(page, show), shown);
        await typeWholeCard(page, await readyFrame(page, scene.stage), CARD);
        await pay(page);
      },
    );

  scene.onPage(
    'F09 an element that is mounted, taken away and mounted again in one task has one frame',
    async (page) => {
      await open(page);
      await readyFrame(page, scene.stage);
      await page.evaluate(`{
      told.length = 0;
      const old = element();
      const place = old.parentElement;
      old.remove();
      const fresh = document.createElement('sealed-fields');
      place.append(fresh);
      fresh.remove();
      place.append(fresh);
    }`);
      await settle(() => page.evaluate('told'), ['sealed-ready']);
      assert.equal(await page.$$eval('iframe', ({length}) => length), 1);
      await typeWholeCard(page, await readyFrame(page, scene.stage), CARD);
      await pay(page);
    },
  );
});
