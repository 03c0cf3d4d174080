import type {Browser, Page} from 'puppeteer-core';
import {ENGINES, openBrowser, readyFrame, typeCard} from './support/browser.ts';
import {SHOP_MERCHANTS, startServers, snippet, type Servers} from './support/servers.ts';
import {compareOpenings, median} from './gateway-times.ts';
import {measureSizes} from './sizes.ts';

/**
 * `npm run bench`: how long a shopper waits, in ms. Each time is the median of {@link RUNS} visits with an empty cache.
 * The same run loads a page with a bare frame of three inputs from another origin: the ratio of the two does not depend
 * on the speed of the machine. `npm run bench gateway` measures only the sandbox, which needs no browser.
 */
const RUNS = 15;

const BARE = '<!doctype html><meta charset="utf-8"><input><input><input>';

/** Runs in every frame: records when it has an input and has painted it. */
const WATCH_FOR_INPUT = `(function look() {
  if (document.querySelector('input') === null) requestAnimationFrame(look);
  else requestAnimationFrame(() => setTimeout(() => (window.inputAt = performance.timeOrigin + performance.now())));
})()`;

interface Visit {
  /** From navigation to the first field being painted. */
  usable: number;
  /** From navigation to the element's `ready`. */
  ready: number;
  /** From the click on Pay to the page's own `submit` listener, the sealed one. */
  seal: number;
}

async function main([only]: readonly string[]): Promise<void> {
  await compareOpenings((line) => process.stdout.write(`${line}\n`));
  if (only === 'gateway') return;
  process.stdout.write(`sizes, brotli: ${JSON.stringify(await measureSizes())}\n`);
  const servers = await startServers({merchants: SHOP_MERCHANTS});
  for (const merchant of ['demo', 'demo-jwe']) {
    const element = `<sealed-fields data-merchant="${merchant}"></sealed-fields>`;
    servers.pages.set(`/${merchant}`, snippet(servers, `<form>${element}<button>Pay</button></form>`));
  }
  servers.pages.set('/bare-frame', {html: BARE});
  servers.pages.set('/bare', {
    html: `<!doctype html><title>Bare</title><iframe src="${servers.evil}/bare-frame"></iframe>`,
  });
  for (const engine of ENGINES) {
    const visits: Visit[] = [];
    const jwe: Visit[] = [];
    const bare: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const browser = await openBrowser(engine);
      visits.push(await visitCard(browser, servers, '/demo'));
      jwe.push(await visitCard(browser, servers, '/demo-jwe'));
      bare.push(await visitBare(browser, servers));
      await browser.close();
    }
    const usable = median(visits.map((visit) => visit.usable));
    report(`${engine}: first usable field`, usable);
    report(`${engine}: bare frame of three inputs`, median(bare));
    process.stdout.write(`${engine}: ratio ${(usable / median(bare)).toFixed(2)}\n`);
    report(`${engine}: ready`, median(visits.map((visit) => visit.ready)));
    report(`${engine}: Pay to sealed submit, paytrace`, median(visits.map((visit) => visit.seal)));
    report(`${engine}: Pay to sealed submit, jwe`, median(jwe.map((visit) => visit.seal)));
  }
  await servers.close();
}

async function visitCard(browser: Browser, servers: Servers, path: string): Promise<Visit> {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(WATCH_FOR_INPUT);
  await page.goto(servers.page + path, {waitUntil: 'domcontentloaded'});
  const frame = await readyFrame(page, servers);
  const ready = await page.evaluate(() => performance.now());
  const began = await page.evaluate(() => performance.timeOrigin);
  const usable = (await frame.evaluate(inputAt)) - began;
  await typeCard(page, frame, {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'});
  const seal = await page.evaluate(payAndWait);
  await page.close();
  return {usable, ready, seal};
}

async function visitBare(browser: Browser, servers: Servers): Promise<number> {
  const page: Page = await browser.newPage();
  await page.evaluateOnNewDocument(WATCH_FOR_INPUT);
  await page.goto(`${servers.page}/bare`);
  const began = await page.evaluate(() => performance.timeOrigin);
  const frame = page.frames().find((each) => each.url().startsWith(servers.evil));
  await frame?.waitForFunction('window.inputAt !== undefined');
  const usable = ((await frame?.evaluate(inputAt)) ?? NaN) - began;
  await page.close();
  return usable;
}

declare global {
  interface Window {
    inputAt?: number;
  }
}

function inputAt(): number {
  return window.inputAt ?? NaN;
}

async function payAndWait(): Promise<number> {
  const began = performance.now();
  await new Promise((resolve) => {
    document.addEventListener('submit', (event) => {
      event.preventDefault();
      resolve(undefined);
    });
    document.querySelector('button')?.click();
  });
  return performance.now() - began;
}

function report(what: string, milliseconds: number): void {
  process.stdout.write(`${what}: ${milliseconds.toFixed(1)} ms\n`);
}

await main(process.argv.slice(2));
process.exit(0);
