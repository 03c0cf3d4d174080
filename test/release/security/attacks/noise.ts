import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';

/** Runs first in every document: records errors, unhandled rejections and console output as `noise`. */
export const NOISE = `{
  window.noise = [];
  addEventListener('error', ({message}) => noise.push(message));
  addEventListener('unhandledrejection', ({reason}) => noise.push(String(reason)));
  for (const method of ['log', 'info', 'debug', 'warn', 'error'])
    console[method] = (...values) => noise.push(values.map(String).join(' '));
}`;

/** The errors and console output of this document. */
export async function noiseOf(frame: Frame): Promise<string[]> {
  return frame.evaluate('noise') as Promise<string[]>;
}

/** Whether `Object.prototype` of this document has a property that it should not have. */
export async function isPolluted(frame: Frame): Promise<boolean> {
  return frame.evaluate(`'polluted' in {} || Object.keys(Object.prototype).length > 0`) as Promise<boolean>;
}

/** What the browser writes to the console, from now on; the missing favicon of the test servers is ignored. */
export function consoleOf(page: Page): string[] {
  const logged: string[] = [];
  page.on('console', (message) => {
    if (!message.text().startsWith('Failed to load resource')) logged.push(message.text());
  });
  page.on('pageerror', (error) => logged.push(String(error)));
  return logged;
}

/** No document of the page reported an error or wrote to the console, and no prototype was polluted. */
export async function assertQuiet(page: Page): Promise<void> {
  for (const frame of page.frames()) {
    assert.deepEqual(await noiseOf(frame), []);
    assert.equal(await isPolluted(frame), false);
  }
}
