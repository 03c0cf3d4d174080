import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';

/** Stands first in every document: keeps what breaks or is logged there. */
export const NOISE = `{
  window.noise = [];
  addEventListener('error', ({message}) => noise.push(message));
  addEventListener('unhandledrejection', ({reason}) => noise.push(String(reason)));
  for (const method of ['log', 'info', 'debug', 'warn', 'error'])
    console[method] = (...said) => noise.push(said.map(String).join(' '));
}`;

/** What broke or was logged in this document. */
export async function noiseOf(frame: Frame): Promise<string[]> {
  return frame.evaluate('noise') as Promise<string[]>;
}

/** Whether the root of all objects of this document is still as it was. */
async function isPolluted(frame: Frame): Promise<boolean> {
  return frame.evaluate(`'polluted' in {} || Object.keys(Object.prototype).length > 0`) as Promise<boolean>;
}

/** What the browser itself says in the console; a missing icon is the stage's. */
export function consoleOf(page: Page): string[] {
  const logged: string[] = [];
  page.on('console', (message) => {
    if (!message.text().startsWith('Failed to load resource')) logged.push(message.text());
  });
  page.on('pageerror', (error) => logged.push(String(error)));
  return logged;
}

/** Nothing broke or was logged in any document of the page, and the root of all objects is as it was. */
export async function assertQuiet(page: Page): Promise<void> {
  for (const frame of page.frames()) {
    assert.deepEqual(await noiseOf(frame), []);
    assert.equal(await isPolluted(frame), false);
  }
}
