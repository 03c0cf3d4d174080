import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import type {Browser, Page} from 'puppeteer-core';
import {clickInto, openBrowser, readyFrame, typeInto} from './e2e/shopper.ts';
import {setStage, type Stage} from './e2e/stage.ts';
import {ROOT} from './files.ts';

/** `npm run gallery`: pictures of the card page in each of its states, to be looked at, in `dist/gallery/`. */
const OUT = join(ROOT, 'dist/gallery');

const WIDTHS = {wide: 900, narrow: 320};

async function main(): Promise<void> {
  await mkdir(OUT, {recursive: true});
  const stage = await setStage();
  const browser = await openBrowser('chromium');
  for (const scheme of ['light', 'dark'] as const)
    for (const [size, width] of Object.entries(WIDTHS)) await walk(browser, stage, scheme, size, width);
  await browser.close();
  await stage.close();
}

async function walk(browser: Browser, stage: Stage, scheme: 'light' | 'dark', size: string, width: number) {
  const page = await browser.newPage();
  await page.setViewport({width, height: size === 'wide' ? 1050 : 1500, deviceScaleFactor: 2});
  await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
  const picture = (state: string) => shoot(page, `${state}-${size}-${scheme}`);
  await page.goto(`${stage.shop}/card`);
  const frame = await readyFrame(page, stage);
  await picture('1-empty');
  await typeInto(page, frame, 'cardNumber', '4012000098765439');
  await clickInto(frame, 'expiry');
  await page.keyboard.type('12');
  await picture('2-half-filled');
  await page.click('form button:last-of-type');
  await frame.waitForSelector('#securityCode[aria-invalid=true]');
  await picture('3-problems');
  await typeInto(page, frame, 'expiry', '31');
  await typeInto(page, frame, 'securityCode', '999');
  await Promise.all([page.waitForNavigation(), page.click('form button:last-of-type')]);
  await picture('4-paid');
  await page.close();
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({path: join(OUT, `${name}.png`)});
}

await main();
process.exit(0);
