import type {Page} from 'puppeteer-core';

/** Every element of a page that is not the product's own. */
export const AROUND = 'body *:not(sealed-fields *, [data-sealed-fields] *)';

/**
 * Runs in a page. In each painted frame it measures the elements that `selector` finds and records those whose place or
 * size has changed. It records Chromium's own layout shifts too, including those right after user input.
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
    const isStyled = [...document.querySelectorAll('link[rel=stylesheet]')].every(({sheet}) => sheet !== null);
    if (document.readyState === 'loading' || !isStyled) requestAnimationFrame(begin);
    else note();
  };
  begin();
}
if (PerformanceObserver.supportedEntryTypes.includes('layout-shift')) {
  window.shifts = [];
  new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({value}) => value)))
    .observe({type: 'layout-shift', buffered: true});
}`;

/** Watches the documents that the page and its frames load from now on. */
export async function watchNewDocument(page: Page, selector = AROUND): Promise<void> {
  await page.evaluateOnNewDocument(watchPlaces(selector));
}

/** Watches the page's current document. */
export async function watchDocument(page: Page, selector = AROUND): Promise<void> {
  await page.evaluate(watchPlaces(selector));
}

/** Moves so far, after the next paint, as `element x y width height to x y width height`. */
export async function movesOf(page: Page): Promise<string[]> {
  await painted(page);
  return (await page.evaluate('moves')) as string[];
}

/** Chromium's layout shifts in the page and in each of its frames; other engines report none. */
export async function shiftsOf(page: Page): Promise<number[]> {
  const all = await Promise.all(page.frames().map((frame) => frame.evaluate('window.shifts ?? []')));
  return (all as number[][]).flat();
}

/** Waits until the page has painted its current state. */
export async function painted(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))',
  );
}
