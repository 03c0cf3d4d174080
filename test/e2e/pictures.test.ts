import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {en} from '../../widget/locales/en.ts';
import {inEngines} from './scene.ts';
import {settle} from './settle.ts';
import {readyFrame, RELEASE_ENGINES, typeInto, typeWholeCard, untilFetched} from './shopper.ts';
import {snippet} from './stage.ts';
import {after, notFound} from './weather.ts';

const AMERICAN_EXPRESS = {cardNumber: '371449635392376', expiry: '12/31', securityCode: '9997'};

const CHUNK = '/v1/assets/pictures-';

inEngines(
  {},
  (scene) => {
    const {onFreshPage} = scene;

    /** Opens fields in a place of this width, in a language. */
    const open = async (page: Page, {fields = 'card', locale = 'en', width = 280} = {}) => {
      const {stage} = scene;
      const element = `<sealed-fields data-fields="${fields}" data-locale="${locale}"></sealed-fields>`;
      stage.pages.set('/', snippet(stage, `<form style="width: ${width}px">${element}</form>`));
      await page.goto(stage.page);
      return readyFrame(page, stage);
    };

    onFreshPage('pictures that come late move nothing; until then there are words', async (page) => {
      const {stage} = scene;
      let arrive = () => {};
      stage.weather.set(CHUNK, after(new Promise<void>((resolve) => (arrive = resolve))));
      const frame = await open(page, {width: 320});
      await typeInto(page, frame, 'cardNumber', AMERICAN_EXPRESS.cardNumber);
      await settle(() => described(frame), en.codePlaces.front);
      assert.equal(await frame.$('svg'), null);
      const before = await placesIn(frame);
      assert.equal(await frame.$eval('.mark', isSeenOf, 'American Express'), true);
      arrive();
      await frame.waitForSelector('brand-mark > svg');
      await frame.waitForSelector('code-place > svg');
      assert.deepEqual(await placesIn(frame), before);
      const filled = await frame.$$eval('svg', (all) =>
        all.map((svg) => {
          const [own, place] = [svg.getBoundingClientRect(), svg.parentElement?.getBoundingClientRect()];
          return own.width > 0 && own.width === place?.width && own.height === place.height;
        }),
      );
      assert.deepEqual(filled, [true, true]);
      await stage.weather.clear();
    });

    onFreshPage('pictures that never come keep nobody from paying', async (page) => {
      const {stage} = scene;
      stage.weather.set(CHUNK, notFound);
      const frame = await open(page);
      await typeWholeCard(page, frame, AMERICAN_EXPRESS);
      const isAsked = () => Promise.resolve(stage.asked.some(({url}) => url.includes(CHUNK)));
      await settle(isAsked, true);
      const result = await page.$eval('sealed-fields', (element) => element.seal());
      assert.equal(result.ok, true);
      assert.equal(await frame.$('svg'), null);
      assert.equal(await described(frame), en.codePlaces.front);
      await stage.weather.clear();
    });

    for (const [locale, fields] of [
      ['en', 'card'],
      ['ar', 'card'],
      ['fr', 'cardNumber securityCode'],
    ] as const)
      onFreshPage(`pictures cover nothing that is typed at 280 px, in ${locale}`, async (page) => {
        const frame = await open(page, {locale, fields});
        await typeInto(page, frame, 'cardNumber', AMERICAN_EXPRESS.cardNumber);
        await typeInto(page, frame, 'securityCode', AMERICAN_EXPRESS.securityCode);
        await frame.waitForSelector('code-place > svg');
        await frame.waitForSelector('brand-mark > svg');
        assert.deepEqual(await coveredIn(frame), []);
      });

    for (const [fields, isAsked] of [
      ['bank', false],
      ['expiry', false],
      ['securityCode', true],
    ] as const)
      onFreshPage(`pictures are ${isAsked ? '' : 'not '}fetched for ${fields}`, async (page) => {
        const {stage} = scene;
        stage.asked.length = 0;
        const frame = await open(page, {fields});
        await page.click('sealed-fields'); // WebKit tells of no paint, but of a focus
        // The ciphers are asked for at the same moment, and just before.
        await untilFetched(frame, 'seal');
        await settle(() => Promise.resolve(stage.asked.some(({url}) => url.includes(CHUNK))), isAsked);
      });
  },
  RELEASE_ENGINES,
);

/** What a screen reader is told of the security code beside its label. */
function described(frame: Frame): Promise<string | undefined> {
  return frame.$eval('#securityCode', (input) => {
    const ids = input.getAttribute('aria-describedby') ?? '';
    return ids
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
      .join(' ');
  });
}

/** Whether a text stands there to be seen, at the middle of its own node. */
function isSeenOf(mark: Element, text: string): boolean {
  const node = [...mark.children].find((child) => child.textContent === text);
  const {x = 0, y = 0, width = 0, height = 0} = node?.getBoundingClientRect() ?? {};
  return document.elementFromPoint(x + width / 2, y + height / 2) === node;
}

function placesIn(frame: Frame): Promise<number[][]> {
  return frame.$$eval('label, input, p, .mark, .mark > *, code-place', (nodes) =>
    nodes.map((node) => {
      const {x, y, width, height} = node.getBoundingClientRect();
      return [x, y, width, height];
    }),
  );
}

/** Pictures that lie over the place of a field's text, or of its label. */
function coveredIn(frame: Frame): Promise<string[]> {
  return frame.$$eval('svg', (pictures) => {
    const places = [...document.querySelectorAll('input, label')].map((node) => {
      const {left, right, top, bottom} = node.getBoundingClientRect();
      const style = getComputedStyle(node);
      const [before, behind] = [parseFloat(style.paddingLeft), parseFloat(style.paddingRight)];
      return {name: node.id, left: left + before, right: right - behind, top, bottom};
    });
    return pictures.flatMap((picture) => {
      const {left, right, top, bottom} = picture.getBoundingClientRect();
      return places
        .filter(
          (place) => left < place.right && place.left < right && top < place.bottom && place.top < bottom,
        )
        .map(({name}) => `${picture.parentElement?.localName ?? ''} over ${name}`);
    });
  });
}
