import assert from 'node:assert/strict';
import type {Browser, BrowserContext, CDPSession, Frame, Page} from 'puppeteer-core';
import {typeInto} from './browser.ts';

/**
 * Opens a page and waits until all its elements are ready. If several frames load at once, puppeteer sometimes loses
 * one: the frame works, but puppeteer cannot run scripts in it. The page is then opened again.
 *
 * @param prepare receives each new page before it navigates.
 * @param waitFor waits for everything that will load.
 */
export async function openReady(
  browser: Browser | BrowserContext,
  url: string,
  prepare: (page: Page) => unknown = () => undefined,
  waitFor: (page: Page) => Promise<unknown> = allReady,
): Promise<Page> {
  const page = await browser.newPage();
  await prepare(page);
  await gotoReady(page, url, waitFor);
  return page;
}

/** Like {@link openReady}, in an existing page. */
export async function gotoReady(
  page: Page,
  url: string,
  waitFor: (page: Page) => Promise<unknown> = allReady,
): Promise<void> {
  await page.goto(url);
  await reachAll(page, waitFor);
}

/**
 * Waits until all elements of the open page are ready and puppeteer reaches their frames; reloads the page if it does
 * not.
 */
export async function reachAll(
  page: Page,
  waitFor: (page: Page) => Promise<unknown> = allReady,
): Promise<void> {
  for (let attempts = 0; attempts < 8; attempts += 1) {
    await waitFor(page);
    if (await isReached(page)) return;
    await page.reload();
  }
  throw new Error('puppeteer does not reach all frames');
}

/** Whether puppeteer reaches all frames of a page; see {@link openReady}. */
export async function isReached(page: Page): Promise<boolean> {
  return (await Promise.all(page.frames().map(isDriven))).every(Boolean);
}

/**
 * Adds an iframe to the page, and waits until it has loaded. Add one at a time: Chromium's driver may lose a frame for
 * good if it is attached while another one moves into its own process.
 */
export async function addFrame(page: Page, url: string): Promise<Frame> {
  await page.evaluate(async (src) => {
    const frame = document.createElement('iframe');
    const loaded = new Promise((resolve) => {
      frame.addEventListener('load', resolve);
    });
    frame.src = src;
    document.body.append(frame);
    await loaded;
  }, url);
  const frame = await (await page.$('body > iframe:last-of-type'))?.contentFrame();
  if (!frame) throw new Error(`no frame for ${url}`);
  await frame.evaluate('document.readyState');
  return frame;
}

/** Waits until every element of the page is ready. */
export async function allReady(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const all = [...document.querySelectorAll('sealed-fields')];
    if (!all.every((element) => 'ready' in element)) return false;
    await Promise.all(all.map(({ready}) => ready));
    return true;
  });
}

/** The frame of the element that has this field. */
export async function frameWith(page: Page, name: string): Promise<Frame> {
  for (const element of await page.$$('sealed-fields')) {
    const fields = await element.evaluate(({state}) => Object.keys(state.fields));
    const frame = await (await element.$('iframe'))?.contentFrame();
    if (fields.includes(name) && frame) return frame;
  }
  return assert.fail(`no element has ${name}`);
}

/** Types each text into the field of this name, in the frame that has it. */
export async function typeAll(page: Page, texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(texts)) {
    await typeInto(page, await frameWith(page, name), name, text);
  }
}

/** Like {@link typeAll}, then waits until the page knows that all elements are complete. */
export async function typeWhole(page: Page, texts: Readonly<Record<string, string>>): Promise<void> {
  await typeAll(page, texts);
  await page.waitForFunction(() =>
    [...document.querySelectorAll('sealed-fields')].every(({state}) => state.complete),
  );
}

function isDriven(frame: Frame): Promise<boolean> {
  return Promise.race([
    frame.evaluate('true') as Promise<boolean>,
    new Promise<boolean>((resolve) => setTimeout(resolve, 1000, false)),
  ]);
}

/** The DevTools session of a cross-site frame, which has its own process. Only in Chromium. */
export function sessionOf(frame: Frame): CDPSession {
  return (frame as unknown as {client: CDPSession}).client;
}
