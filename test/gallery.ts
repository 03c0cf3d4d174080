import {mkdir} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import type {Browser, BrowserContext, Page} from 'puppeteer-core';
import {CHOICES} from '../demo/merchant/gallery-view.ts';
import {PAY_PAGES} from '../demo/merchant/pay-pages.ts';
import {frameWith, openReady, sessionOf, typeAll} from './support/frames.ts';
import {clickInto, openBrowser} from './support/browser.ts';
import {SHOP_MERCHANTS, startServers, type Servers} from './support/servers.ts';
import {painted} from './support/layout-shift.ts';
import {type Fault, hang, reset} from './support/network-faults.ts';

/**
 * `npm run gallery [folder] [part of a screenshot's name …]`: takes screenshots of the shop's gallery and pay pages in
 * Chromium, for visual review. The default folder is outside the repository.
 */
const OUT = resolve(process.argv[2] ?? join(tmpdir(), 'sealed-fields-gallery'));

/** High enough that the driver never scrolls. In CSS pixels. */
const WINDOW_HEIGHT_PX = 3000;

interface Picture {
  name: string;
  /** Path in the shop. */
  path: string;
  /** Width of the window in CSS pixels. */
  width?: number;
  /** Device pixels per CSS pixel. */
  scale?: number;
  scheme?: 'light' | 'dark';
  hasForcedColors?: true;
  /** The fault of requests whose path starts with this. */
  networkFaults?: readonly [path: string, fault: Fault];
  /** Waits for what the page shows instead of fields. */
  isThere?: (page: Page) => Promise<unknown>;
  /** What a shopper does before the screenshot. */
  act?: (page: Page) => Promise<unknown>;
}

const CARD = {cardNumber: '4012000098765439', expiry: '1231', securityCode: '999'};
const ACCOUNT = {
  routingNumber: '325070760',
  accountNumber: '0012345678',
  accountNumberConfirmation: '0012345678',
};

const gallery = (query: Partial<Record<keyof typeof CHOICES, string>>) =>
  `/gallery?${String(new URLSearchParams(query))}`;

const pressPay = (page: Page) => page.click('form button:not([type=reset], [formaction])');
const showsShapes = (page: Page) => page.waitForSelector('sealed-fields >>> .skeleton', {visible: true});
const showsFailure = (page: Page) =>
  page.waitForSelector('sealed-fields >>> [role=alert] button', {visible: true});

async function showsProblems(page: Page): Promise<void> {
  const frames = page.frames().filter((frame) => frame !== page.mainFrame());
  await Promise.all(frames.map((frame) => frame.waitForSelector('[aria-invalid=true]')));
}

/** Enters an incomplete number, an invalid month and a wrong check digit, and focuses a fourth field. */
async function typeSome(page: Page): Promise<void> {
  await typeAll(page, {cardNumber: '401200009', expiry: '13', routingNumber: '325070761'});
  await clickInto(await frameWith(page, 'cardNumber'), 'securityCode');
}

async function failToSeal(page: Page): Promise<void> {
  await typeAll(page, CARD);
  await pressPay(page);
  await (await frameWith(page, 'cardNumber')).waitForSelector('#outcome:not(:empty)');
}

const PICTURES: readonly Picture[] = [
  ...(['light', 'dark'] as const).flatMap((scheme): Picture[] => [
    ...PAY_PAGES.map(({path}) => ({name: `page${path.replace('/', '-')}-${scheme}`, path, scheme})),
    {name: `page-problems-${scheme}`, path: '/card', scheme, act: pressPay},
  ]),
  {name: 'state-empty', path: gallery({})},
  {
    name: 'state-focused',
    path: gallery({}),
    act: async (page) => clickInto(await frameWith(page, 'cardNumber'), 'cardNumber'),
  },
  {name: 'state-half-filled', path: gallery({}), act: typeSome},
  {name: 'state-filled', path: gallery({}), act: (page) => typeAll(page, {...CARD, ...ACCOUNT})},
  {name: 'state-problems', path: gallery({state: 'problems'}), act: showsProblems},
  {name: 'state-optional', path: gallery({state: 'optional'})},
  {name: 'state-disabled', path: gallery({state: 'disabled'})},
  {
    name: 'state-loading',
    path: gallery({state: 'late'}),
    networkFaults: ['/v1/m/late/', hang],
    isThere: showsShapes,
  },
  {
    name: 'state-slow',
    path: gallery({state: 'late'}),
    networkFaults: ['/v1/m/late/', hang],
    isThere: (page) =>
      page.waitForFunction(
        () => document.querySelector('sealed-fields')?.shadowRoot?.querySelector('.line')?.textContent,
      ),
  },
  {name: 'state-failed', path: gallery({state: 'failed'}), isThere: showsFailure},
  {name: 'state-unsealed', path: '/card', networkFaults: ['/v1/assets/seal-', reset], act: failToSeal},
  ...Object.keys(CHOICES.theme).flatMap((theme): Picture[] => [
    {name: `theme-${theme}`, path: gallery({theme}), act: typeSome},
    {name: `theme-${theme}-problems`, path: gallery({theme, state: 'problems'}), act: showsProblems},
    {name: `theme-${theme}-failed`, path: gallery({theme, state: 'failed'}), isThere: showsFailure},
  ]),
  {name: 'layout-inline', path: gallery({layout: 'inline'}), act: typeSome},
  {name: 'layout-inline-narrow', path: gallery({layout: 'inline'}), width: 640, act: typeSome},
  ...Object.keys(CHOICES.language).flatMap((language): Picture[] => [
    {name: `language-${language}`, path: gallery({language, theme: 'light'}), act: typeSome},
    {
      name: `language-${language}-problems`,
      path: gallery({language, state: 'problems'}),
      act: showsProblems,
    },
    {
      name: `narrow-${language}`,
      path: gallery({language, state: 'problems'}),
      width: 280,
      scale: 2,
      act: showsProblems,
    },
    {
      name: `narrow-${language}-failed`,
      path: gallery({language, state: 'failed'}),
      width: 280,
      isThere: showsFailure,
    },
  ]),
  {name: 'narrow-page', path: '/card', width: 280, scale: 2, act: pressPay},
  // A window of 1280 device pixels at a zoom of 400 %.
  {name: 'zoom-400-page', path: '/card', width: 320, scale: 4, act: pressPay},
  {name: 'zoom-400', path: gallery({state: 'problems'}), width: 320, scale: 4, act: showsProblems},
  ...(['light', 'dark'] as const).flatMap((scheme): Picture[] => [
    {name: `forced-${scheme}`, path: gallery({}), scheme, hasForcedColors: true, act: typeSome},
    {
      name: `forced-${scheme}-problems`,
      path: gallery({state: 'problems'}),
      scheme,
      hasForcedColors: true,
      act: showsProblems,
    },
    {
      name: `forced-${scheme}-failed`,
      path: gallery({state: 'failed'}),
      scheme,
      hasForcedColors: true,
      isThere: showsFailure,
    },
  ]),
];

async function take(browser: Browser, servers: Servers, picture: Picture): Promise<void> {
  const {name, path, width = 1100, scale = 1, scheme = 'light', hasForcedColors, networkFaults} = picture;
  const media = [
    {name: 'prefers-color-scheme', value: scheme},
    {name: 'forced-colors', value: hasForcedColors ? 'active' : 'none'},
  ];
  if (networkFaults) servers.networkFaults.set(...networkFaults);
  const prepare = async (page: Page) => {
    await page.setViewport({width, height: WINDOW_HEIGHT_PX, deviceScaleFactor: scale});
    const session = await page.createCDPSession();
    await session.send('Emulation.setEmulatedMedia', {features: media});
  };
  const context = await browser.createBrowserContext(); // its cache is empty
  const page = await open(context, `${servers.shop}${path}`, prepare, picture.isThere);
  const drawn = picture.isThere === undefined ? page.frames() : []; // a frame that has not loaded accepts no commands
  for (const frame of drawn) await sessionOf(frame).send('Emulation.setEmulatedMedia', {features: media});
  await picture.act?.(page);
  await fit(page);
  await page.screenshot({path: join(OUT, `${name}.png`), captureBeyondViewport: false});
  await context.close();
  await servers.networkFaults.clear();
}

/** Makes the window as high as its content. A screenshot beyond the window would lay out the frames again. */
async function fit(page: Page): Promise<void> {
  const height = await page.$eval('main', (main) => {
    const spare = main.clientHeight - (main.firstElementChild?.scrollHeight ?? 0);
    return document.body.scrollHeight - spare;
  });
  const viewport = page.viewport();
  if (viewport !== null) await page.setViewport({...viewport, height});
  await painted(page);
}

async function open(
  browser: BrowserContext,
  url: string,
  prepare: (page: Page) => Promise<void>,
  isThere: Picture['isThere'],
): Promise<Page> {
  if (isThere === undefined) return openReady(browser, url, prepare);
  const page = await browser.newPage();
  await prepare(page);
  await page.goto(url, {waitUntil: 'domcontentloaded'}); // `load` never fires while a frame hangs
  await isThere(page);
  return page;
}

async function main(): Promise<void> {
  await mkdir(OUT, {recursive: true});
  const servers = await startServers({merchants: {...SHOP_MERCHANTS, late: {}}});
  const browser = await openBrowser('chromium');
  const parts = process.argv.slice(3);
  const isWanted = ({name}: Picture) => parts.length === 0 || parts.some((part) => name.includes(part));
  for (const picture of PICTURES.filter(isWanted)) await take(browser, servers, picture);
  await browser.close();
  await servers.close();
  process.stdout.write(`${OUT}\n`);
}

await main();
process.exit(0);
