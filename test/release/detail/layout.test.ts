import assert from 'node:assert/strict';
import {afterEach, it} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import {PAY_PAGES} from '../../../demo/merchant/pay-pages.ts';
import {texts as de} from '../../../widget/locales/de.ts';
import {ENGINES, openBrowser, type Start, typeCard} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import type {Engine} from '../../support/find-browsers.ts';
import {allReady, frameWith, gotoReady, isReached, typeAll} from '../../support/frames.ts';
import {movesOf, painted, shiftsOf, watchDocument, watchNewDocument} from '../../support/layout-shift.ts';
import {clippedIn, fits, heightOf, rowsIn} from '../../support/measure.ts';
import {after, type Fault, late, reset, withHeaders} from '../../support/network-faults.ts';
import {passSeconds, stopClock} from '../../support/page-clock.ts';
import {poll} from '../../support/poll.ts';
import {startServers, snippet} from '../../support/servers.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '1231', securityCode: '999'};

const CARD_FIELDS = 'cardNumber expiry securityCode';
const BANK_FIELDS = 'accountType routingNumber accountNumber accountNumberConfirmation';

/** Space that the documentation tells a page to reserve for a stacked card. */
const RESERVED = 'sealed-fields:not(:defined) { display: block; min-height: 184px; }';

/** Elements, with the height that the documentation tells a page to reserve for them. */
const PLACES = [
  {fields: 'card', layout: 'stacked', width: 600, height: 184, locale: 'de'},
  {fields: 'card', layout: 'inline', width: 600, height: 94, locale: 'fr'},
  {fields: 'card', layout: 'stacked', width: 280, height: 184, locale: 'en'},
  {fields: 'cardNumber', layout: 'stacked', width: 280, height: 94, locale: 'de'},
] as const;

/** Pages of the demo shop, and widths of the window. */
const SHOP_PAGES: Record<string, readonly (readonly [path: string, width: number])[]> = {
  'the pay pages': [...PAY_PAGES.map(({path}) => [path, 280] as const), ['/split', 1000]],
  'the gallery': [
    ['/gallery?layout=inline', 1000],
    ['/gallery?layout=inline', 640],
    ['/gallery?language=ar&theme=photograph', 1000],
    ['/gallery?state=problems&theme=dark', 1000],
    ['/gallery?state=failed', 1000],
  ],
};

/** In the page: requests this address once the document has painted. The shop's policy allows the widget host. */
const reportPaint = (url: string) => `if (window === top) addEventListener('DOMContentLoaded', () => {
  requestAnimationFrame(() => requestAnimationFrame(() => fetch('${url}', {mode: 'no-cors'})));
})`;

/** In the page, before its scripts: records every height that a frame posts. */
const RECORD_HEIGHTS = `if (window === top) {
  window.heights = [];
  const {set, ...more} = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
  Object.defineProperty(MessagePort.prototype, 'onmessage', {...more, set(listener) {
    set.call(this, (event) => {
      if (event.data.event === 'height') heights.push(event.data.payload.height);
      listener.call(this, event);
    });
  }});
}`;

/** Changes the width of the form in each of 120 animation frames, between 240 and 720 px. */
const RESIZE_EACH_FRAME = `new Promise((done) => {
  const {style} = document.forms[0];
  let frames = 0;
  const resize = () => {
    if (frames === 120) return done(frames);
    frames += 1;
    style.width = 480 - 240 * Math.cos(frames / 4) + 'px';
    requestAnimationFrame(resize);
  };
  resize();
})`;

inEngines('layout', (suite) => {
  const {engine} = suite;
  afterEach(() => suite.servers.networkFaults.clear());

  /** Opens a page whose body is this; the loader's script is in its head. */
  const open = async (page: Page, body: string) => {
    const {servers} = suite;
    const {html} = snippet(servers, body);
    servers.pages.set('/', {html: html.replace('<body>', `<style>${RESERVED}</style><body>`)});
    await gotoReady(page, servers.page);
  };

  suite.onPage('moves nothing from the reserved space to the fields and through a failure', async (page) => {
    const {servers} = suite;
    const forms = PLACES.map(({fields, layout, width, height, locale}, index) => {
      const attributes = `data-merchant="demo" data-fields="${fields}" data-layout="${layout}" data-locale="${locale}"`;
      return `<style>#at-${index}:not(:defined) { display: block; min-height: ${height}px; }</style>
        <form style="width: ${width}px"><sealed-fields id="at-${index}" ${attributes}></sealed-fields>
        <p class="below" id="below-${index}">Below</p></form>`;
    });
    servers.pages.set('/', {html: `<!doctype html><html lang="en"><title>Test</title>${forms.join('')}`});
    await stopClock(page);
    await page.goto(servers.page);
    await watchDocument(page, '.below');
    let release = () => {};
    servers.networkFaults.set('/v1/m/', after(new Promise<void>((resolve) => (release = resolve))));
    await page.evaluate((src) => {
      document.head.append(Object.assign(document.createElement('script'), {src}));
    }, `${servers.widget}/v1/sealed-fields.js`);
    await page.waitForFunction(() => document.querySelectorAll('sealed-fields > iframe').length === 4);
    await passSeconds(page, 10);
    await untilShown(page, '[role=status]:not(:empty)');
    await painted(page);
    release();
    await allReady(page);
    await painted(page);
    servers.networkFaults.set('/', reset);
    await page.$$eval('sealed-fields', (all) => {
      for (const element of all) element.retry();
    });
    await passSeconds(page, 20);
    await untilShown(page, '[role=alert] button');
    await painted(page);
    await servers.networkFaults.clear();
    await page.$$eval('sealed-fields', (all) => {
      for (const {shadowRoot} of all) shadowRoot?.querySelector<HTMLElement>('[role=alert] button')?.click();
    });
    await allReady(page);
    assert.deepEqual([await movesOf(page), await shiftsOf(page)], [[], []]);
  });

  for (const [name, pages] of Object.entries(SHOP_PAGES))
    suite.onFreshPage(
      `moves nothing in ${name} if the script arrives after they have painted`,
      async (page) => {
        const {servers} = suite;
        await watchNewDocument(page);
        const painting = `${servers.widget}/has-painted`;
        await page.evaluateOnNewDocument(reportPaint(painting));
        const isPainted = () => Promise.resolve(servers.asked.some(({url}) => url === painting));
        const afterPaint: Fault = (_, answer) => void poll(isPainted, true).then(answer);
        servers.networkFaults.set('/v1/assets/', uncached(late(50)));
        for (const [path, width] of pages) {
          const fails = path.includes('failed'); // its policy allows no request either
          servers.networkFaults.set('/v1/sealed-fields.js', uncached(fails ? late(500) : afterPaint));
          await page.setViewport({width, height: 1600});
          do {
            servers.asked.length = 0;
            await page.goto(servers.shop + path);
            if (fails) await untilShown(page, '[role=alert] button');
            else await allReady(page);
          } while (!(await isReached(page)));
          assert.deepEqual(
            {path, width, moves: await movesOf(page), shifts: await shiftsOf(page)},
            {path, width, moves: [], shifts: []},
          );
        }
      },
    );

  suite.onPage('follows a width that changes in each frame, and posts each height once', async (page) => {
    await page.evaluateOnNewDocument(RECORD_HEIGHTS);
    await open(
      page,
      '<form style="width: 240px"><sealed-fields data-layout="inline"></sealed-fields><p>Below</p></form>',
    );
    const heights = async () => (await page.evaluate('heights')) as number[];
    const before = (await heights()).length;
    const frames = (await page.evaluate(RESIZE_EACH_FRAME)) as number;
    await page.$eval('form', ({style}) => {
      style.width = '400px';
    });
    const frame = await frameWith(page, 'cardNumber');
    await poll(() => frame.evaluate(() => innerWidth), 400);
    await fits(page);
    const posted = (await heights()).slice(before);
    assert.ok(posted.length > 2 && posted.length <= frames, `${posted.length} heights in ${frames} frames`);
    assert.deepEqual(
      posted.filter((height, at) => height === posted[at - 1]),
      [],
    );
    assert.equal(posted.at(-1), 184);
    for (let times = 0; times < 10; times += 1) await painted(page);
    assert.equal((await heights()).length, before + posted.length, 'heights are still posted at rest');
  });

  suite.onFreshPage('moves what is below only for a problem that needs a second line', async (page) => {
    suite.servers.networkFaults.set('/v1/assets/seal-', reset);
    await open(
      page,
      `<form id="wide" style="width: 600px"><sealed-fields></sealed-fields><button>Pay</button></form>
       <form id="narrow" style="width: 280px"><sealed-fields data-locale="de"></sealed-fields>
         <p id="below">Below</p><button>Pay</button></form>`,
    );
    const [wide, narrow] = await Promise.all(
      ['wide', 'narrow'].map(async (id) => (await page.$(`#${id} iframe`))?.contentFrame()),
    );
    assert.ok(wide && narrow);
    await watchDocument(page);
    await page.click('#wide button');
    await wide.waitForSelector('#securityCode[aria-invalid=true]');
    assert.deepEqual([await movesOf(page), await shiftsOf(page)], [[], []], 'problems of one line');
    await typeCard(page, wide, CARD);
    await page.waitForFunction(() => document.querySelector('sealed-fields')?.state.complete);
    await page.click('#wide button');
    await wide.waitForSelector('#outcome:not(:empty)');
    assert.deepEqual([await movesOf(page), await shiftsOf(page)], [[], []], 'a failed encryption');
    await page.click('#narrow button');
    const problem = de.problems.expiry.required;
    await poll(() => narrow.$eval('#expiry-problem', (node) => node.textContent), problem);
    await fits(page);
    const moves = (await movesOf(page)).filter((move) => move.startsWith('p below'));
    const steps = moves.map((move) => /^p below \d+ ([\d.]+) .* to \d+ ([\d.]+) /.exec(move)?.slice(1));
    assert.deepEqual(
      steps.map(([before, now] = []) => Number(now) - Number(before)),
      [18], // one line of a problem, once
    );
  });

  suite.onPage(
    `fits its content ${engine === 'chromium' ? 'at each zoom of the window, ' : ''}in German and Arabic`,
    async (page) => {
      await open(
        page,
        [CARD_FIELDS, BANK_FIELDS]
          .map((fields) => `<form><sealed-fields data-fields="${fields}"></sealed-fields></form>`)
          .join(''),
      );
      const frame = await frameWith(page, 'cardNumber');
      await changesLayout(page, frame);
      await roundsUp(page, frame);
      await page.$$eval('sealed-fields', (all) => {
        for (const element of all) element.reportValidity();
      });
      for (const locale of ['en', 'de', 'ar']) {
        await setLocale(page, locale);
        await fits(page);
        if (engine === 'chromium')
          for (const zoom of [1.1, 1.25, 1.5, 1.75, 2, 4]) {
            await page.setViewport({width: Math.round(1280 / zoom), height: 1600, deviceScaleFactor: zoom});
            await fits(page);
          }
        if (engine === 'chromium') await page.setViewport({width: 1280, height: 1600, deviceScaleFactor: 1});
        if (engine === 'webkit') continue; // it does not zoom frames
        for (const zoom of ['2', '4', '1']) {
          await page.$eval(
            'html',
            ({style}, value) => {
              style.setProperty('zoom', value);
            },
            zoom,
          );
          await fits(page);
        }
      }
    },
  );
});

/** Settings with which a browser enlarges text: its default size, or its minimum size. */
const TEXT_SIZES: readonly [engine: Engine, setting: string, width: number, start: Start][] = [
  ['chromium', 'a default size of 32 px', 480, {args: ['--blink-settings=defaultFontSize=32']}],
  ['chromium', 'a default size of 64 px', 1000, {args: ['--blink-settings=defaultFontSize=64']}],
  ['chromium', 'a minimum size of 26 px', 480, {args: ['--blink-settings=minimumFontSize=26']}],
  ['firefox', 'a default size of 32 px', 480, {preferences: {'font.size.variable.x-western': 32}}],
  ['firefox', 'a minimum size of 26 px', 480, {preferences: {'font.minimum-size.x-western': 26}}],
];

/** Height of a label's text without such a setting, in CSS pixels. */
const USUAL_TEXT_HEIGHT_PX = 18;

const TYPED = {
  cardNumber: '6212345678901234567',
  expiry: '13/31',
  routingNumber: '99',
  accountNumber: '1234',
  accountNumberConfirmation: '999',
};

for (const [engine, setting, width, start] of TEXT_SIZES.filter(([each]) => ENGINES.includes(each)))
  it(`text follows ${setting} of ${engine}, and none is clipped in German`, async (context) => {
    const isDefaultSize = setting.includes('default');
    const servers = await startServers();
    const browser = await openBrowser(engine, start);
    context.after(async () => {
      await browser.close();
      await servers.close();
    });
    const elements = [CARD_FIELDS, BANK_FIELDS].map(
      (fields) => `<sealed-fields data-fields="${fields}"></sealed-fields>`,
    );
    const hidden =
      '<div hidden><sealed-fields data-fields="cardholderName" data-merchant="demo-jwe"></sealed-fields></div>';
    servers.pages.set(
      '/',
      snippet(servers, `<form style="width: ${width}px">${elements.join('')}</form>${hidden}`),
    );
    const page = await browser.newPage();
    await page.evaluateOnNewDocument(RECORD_ELEMENT_HEIGHTS);
    await page.goto(servers.page);
    await allReady(page);
    await painted(page);
    const heights = async () => (await page.evaluate('elementHeights')) as number[][];
    const [card = [], bank = []] = await heights();
    if (isDefaultSize) assert.deepEqual([new Set(card).size, new Set(bank).size], [1, 1]); // the skeleton's height
    await setLocale(page, 'de');
    await typeAll(page, TYPED);
    await page.$$eval('form sealed-fields', (all) => {
      for (const element of all) element.reportValidity();
    });
    for (const [index, name] of ['cardNumber', 'routingNumber'].entries()) {
      const frame = await frameWith(page, name);
      assert.ok((await labelHeight(frame)) > USUAL_TEXT_HEIGHT_PX * 1.5);
      await poll(() => clippedIn(frame), []);
      const isHigher = async () => ((await heights())[index]?.at(-1) ?? 0) > ([card, bank][index]?.[0] ?? 0);
      await poll(isHigher, true); // problems need more lines
    }
    await page.$eval('div', (place) => {
      place.hidden = false;
    });
    const frame = await frameWith(page, 'cardholderName');
    await poll(async () => (await labelHeight(frame)) > USUAL_TEXT_HEIGHT_PX * 1.5, true);
    await fits(page);
  });

/** In the page, before its scripts: records the heights of each element once it is defined. */
const RECORD_ELEMENT_HEIGHTS = `if (window === top) {
  window.elementHeights = [];
  customElements.whenDefined('sealed-fields').then(() => {
    for (const [index, element] of document.querySelectorAll('sealed-fields').entries()) {
      elementHeights[index] = [];
      new ResizeObserver(([{contentRect}]) => elementHeights[index].push(contentRect.height)).observe(element);
    }
  });
}`;

/** Waits until every element of the page shows this part of its shadow root. */
async function untilShown(page: Page, selector: string): Promise<void> {
  await page.waitForFunction(
    (part) =>
      [...document.querySelectorAll('sealed-fields')].every(
        ({shadowRoot}) => shadowRoot?.querySelector(part)?.checkVisibility() === true,
      ),
    {},
    selector,
  );
}

/** The fault, with a response that must not be cached. */
function uncached(fault: Fault): Fault {
  return (response, answer) => {
    fault(response, () => {
      withHeaders({'cache-control': 'no-store'})(response, answer);
    });
  };
}

async function changesLayout(page: Page, frame: Frame): Promise<void> {
  await page.$eval('sealed-fields', ({dataset}) => (dataset['layout'] = 'inline'));
  await poll(() => rowsIn(frame), [3]);
  await page.$eval('sealed-fields', ({dataset}) => delete dataset['layout']);
  await poll(() => rowsIn(frame), [1, 2]);
}

async function roundsUp(page: Page, frame: Frame): Promise<void> {
  const setPadding = (padding: string) =>
    frame.$eval('form', ({style}, value) => (style.paddingBottom = value), padding);
  await setPadding('2.25px');
  await poll(() => page.$eval('iframe', ({clientHeight}) => clientHeight), 185);
  assert.equal(await heightOf(frame), 184.25);
  await setPadding('');
}

async function setLocale(page: Page, locale: string): Promise<void> {
  await page.$$eval(
    'sealed-fields',
    (all, value) => {
      for (const {dataset} of all) dataset['locale'] = value;
    },
    locale,
  );
  for (const name of ['cardNumber', 'routingNumber']) {
    const frame = await frameWith(page, name);
    await poll(() => frame.evaluate(() => document.documentElement.lang), locale);
  }
}

/** Height of the first label's text in CSS pixels. */
function labelHeight(frame: Frame): Promise<number> {
  return frame.$eval('label', (label) => {
    const range = document.createRange();
    range.selectNodeContents(label);
    return range.getClientRects()[0]?.height ?? 0;
  });
}
