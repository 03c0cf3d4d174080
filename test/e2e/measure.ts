import type {Frame, Page} from 'puppeteer-core';
import {settle} from './settle.ts';

/** Texts that do not fit their place, in words and not what they say, and whatever leaves the frame. */
export function clippedIn(frame: Frame): Promise<string[]> {
  return frame.evaluate(() => {
    const {clientWidth, scrollWidth, clientHeight, scrollHeight} = document.documentElement;
    const clipped = scrollWidth > clientWidth || scrollHeight > clientHeight ? ['the document'] : [];
    const ruler = document.createElement('canvas').getContext('2d');
    for (const node of document.querySelectorAll<HTMLElement>(
      'label, .mark, p:not(#announcement), button, input, select',
    )) {
      if (node.scrollWidth > node.clientWidth) clipped.push(`${node.localName} ${node.id}`);
      if (!(node instanceof HTMLInputElement) || ruler === null) continue;
      const {paddingLeft, paddingRight, borderLeftWidth} = getComputedStyle(node);
      const edges = parseFloat(paddingLeft) + parseFloat(paddingRight) + 2 * parseFloat(borderLeftWidth);
      const room = node.offsetWidth - edges; // Firefox counts no padding into an input's clientWidth
      for (const [text, part] of [[node.placeholder, '::placeholder'], [node.value]] as const) {
        const {fontWeight, fontSize, fontFamily} = getComputedStyle(node, part);
        ruler.font = `${fontWeight} ${fontSize} ${fontFamily}`; // `font` is empty where digits are tabular
        if (ruler.measureText(text).width > room + 1) clipped.push(`the text of ${node.id}`);
      }
    }
    return clipped;
  });
}

/** CSS pixels that the fields take, which need not be whole. */
export function heightOf(frame: Frame): Promise<number> {
  return frame.$eval('payment-form', (form) => form.getBoundingClientRect().height);
}

/** Waits until each frame of the page is as high as its fields, rounded up, and shows all of them. */
export async function fits(page: Page): Promise<void> {
  for (const iframe of await page.$$('iframe')) {
    await iframe.evaluate((node) => {
      node.scrollIntoView(); // Chromium lets a frame rest that is out of sight
    });
    const frame = await iframe.contentFrame();
    const gap = async () =>
      (await iframe.evaluate(({clientHeight}) => clientHeight)) - Math.ceil(await heightOf(frame));
    await settle(async () => ({gap: await gap(), clipped: await clippedIn(frame)}), {gap: 0, clipped: []});
  }
}
