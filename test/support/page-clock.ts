import type {Page} from 'puppeteer-core';

/**
 * Runs in the page, before its scripts: timers of a second or more wait for `passSeconds`, in the order in which they
 * are due; shorter ones run as usual. `performance.now` shows the same clock.
 */
const MANUAL_CLOCK = `if (window === top) {
  const {setTimeout: start, clearTimeout: clear} = window;
  const waiting = new Map();
  let now = 0;
  let count = 0;
  performance.now = () => now;
  window.setTimeout = (action, delay = 0, ...more) => {
    if (delay < 1000) return start(action, delay, ...more);
    count -= 1;
    waiting.set(count, {due: now + delay, action});
    return count;
  };
  window.clearTimeout = (id) => {
    waiting.delete(id);
    clear(id);
  };
  window.passSeconds = (seconds) => {
    const end = now + seconds * 1000;
    for (;;) {
      const [next] = [...waiting].filter(([, {due}]) => due <= end).sort(([, a], [, b]) => a.due - b.due);
      if (next === undefined) break;
      const [id, {due, action}] = next;
      waiting.delete(id);
      now = due;
      action();
    }
    now = end;
  };
}`;

/** Stops the clock of the page's deadlines, in documents that are loaded from now on. */
export async function stopClock(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(MANUAL_CLOCK);
}

/** Moves the stopped clock forward and runs what is then due. */
export async function passSeconds(page: Page, seconds: number): Promise<void> {
  await page.evaluate(`passSeconds(${seconds})`);
}
