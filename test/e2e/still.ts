import type {Page} from 'puppeteer-core';

/** Everything of a page but what is the product's own. */
export const AROUND = 'body *:not(sealed-fields *, [data-sealed-fields] *)';

/**
 * Runs in a page, from its first script on or later: in each frame that is painted it looks where everything stands
 * that `selector` finds, and notes what stands elsewhere than before. Chromium's own word is noted too: shifts of its
 * layout, those after a touch of the shopper's included.
 */
const watchPlaces = (selector: string) => `if (window === top) {
  const places = new Map();
  Object.assign(window, {moves: [], shifts: []});
  const placeOf = (node) => {
    const {x, y, width, height} = node.getBoundingClientRect();
    return [x + scrollX, y + scrollY, width, height].map((length) => Math.round(length * 100) / 100).join(' ');
  };
  const note = () => {
    for (const node of document.querySelectorAll(${JSON.stringify(selector)})) {
      if (node.getClientRects().length === 0) continue;
      const [before, now] = [places.get(node), placeOf(node)];
      if (before !== undefined && before !== now) moves.push([node.localName, node.id, before, 'to', now].join(' '));
      places.set(node, now);
    }
    requestAnimationFrame(note);
  };
  const begin = () => {
    const isDressed = [...document.querySelectorAll('link[rel=stylesheet]')].every(({sheet}) => sheet !== null);
    if (document.readyState === 'loading' || !isDressed) requestAnimationFrame(begin);
    else note();
  };
  begin();
}
if (PerformanceObserver.supportedEntryTypes.includes('layout-shift')) {
  window.shifts = [];
  new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({value}) => value)))
    .observe({type: 'layout-shift', buffered: true});
}`;

/** Watches the documents that come into the page from now on, and their frames. */
export async function watchNewDocument(page: Page, selector = AROUND): Promise<void> {
  await page.evaluateOnNewDocument(watchPlaces(selector));
}

/** Watches the document that stands there. */
export async function watchDocument(page: Page, selector = AROUND): Promise<void> {
  await page.evaluate(watchPlaces(selector));
}

/** What has moved since it is watched, once what is under way has been painted: as `what x y width height to …`. */
export async function movesOf(page: Page): Promise<string[]> {
  await painted(page);
  return (await page.evaluate('moves')) as string[];
}

/** What Chromium calls a shift, in the page and in each of its frames; other engines tell none. */
export async function shiftsOf(page: Page): Promise<number[]> {
  const all = await Promise.all(page.frames().map((frame) => frame.evaluate('window.shifts ?? []')));
  return (all as number[][]).flat();
}

export async function painted(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))',
  );
}
