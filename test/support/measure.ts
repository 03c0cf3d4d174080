import type {Frame, Page} from 'puppeteer-core';
import {clippedText} from './clipped-text.ts';
import {poll} from './poll.ts';

/** Texts in the frame that do not fit; see {@link clippedText}. */
export function clippedIn(frame: Frame): Promise<string[]> {
  return frame.evaluate(clippedText);
}

/** Height of the fields in CSS pixels, which may be fractional. */
export function heightOf(frame: Frame): Promise<number> {
  return frame.$eval('payment-form', (form) => form.getBoundingClientRect().height);
}

/** Number of fields in each row of the frame, from the top. */
export async function rowsIn(frame: Frame): Promise<number[]> {
  const tops = await frame.$$eval('hosted-field', (all) =>
    all.map((each) => each.getBoundingClientRect().top),
  );
  return [...new Set(tops)].map((top) => tops.filter((other) => other === top).length);
}

/** Waits until each frame of the page is as high as its fields, rounded up, and clips no text. */
export async function fits(page: Page): Promise<void> {
  for (const iframe of await page.$$('iframe')) {
    await iframe.evaluate((node) => {
      node.scrollIntoView(); // Chromium throttles a frame that is out of sight
    });
    const frame = await iframe.contentFrame();
    const gap = async () =>
      (await iframe.evaluate(({clientHeight}) => clientHeight)) - Math.ceil(await heightOf(frame));
    await poll(async () => ({gap: await gap(), clipped: await clippedIn(frame)}), {gap: 0, clipped: []});
  }
}
