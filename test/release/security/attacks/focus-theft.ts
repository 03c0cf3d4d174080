import type {Frame, Page} from 'puppeteer-core';
import {clickInto, readyFrame} from '../../../support/browser.ts';
import {poll} from '../../../support/poll.ts';
import {snippet, type Servers} from '../../../support/servers.ts';
import {seal} from '../pages.ts';
import type {Attack} from './attack.ts';

/** An advertiser's document with an input. `steal(ms)` takes the focus again and again, and gives it back with each key. It counts how often it loses the focus. */
const THIEF = `<!doctype html><title>Advertisement</title><input>
  <script>
    const input = document.querySelector('input');
    window.stolen = '';
    window.losses = 0;
    addEventListener('blur', () => { window.losses += 1; });
    input.addEventListener('input', () => {
      window.stolen += input.value;
      input.value = '';
      for (let index = 0; index < parent.length; index += 1) if (parent[index] !== window) parent[index].focus();
    });
    window.steal = (milliseconds) => { setInterval(() => input.focus(), milliseconds); };
  </script>`;

/** The two frames of a page. */
export interface Frames {
  ours: Frame;
  thief: Frame;
}

/** Opens a page with our fields, and then an advertiser's frame of another origin. Records the codes of warnings. */
export async function openWithThief(page: Page, servers: Servers, more = ''): Promise<Frames> {
  servers.pages.set('/thief', {html: THIEF});
  const body = `<form method="post" action="/received"><sealed-fields></sealed-fields><iframe id="thief"></iframe><button>Pay</button></form>${more}
    <script>
      const codes = [];
      addEventListener('sealed-warning', ({detail}) => codes.push(detail.code));
    </script>`;
  servers.pages.set('/shop', snippet(servers, body));
  await page.goto(`${servers.page}/shop`);
  const ours = await readyFrame(page, servers);
  await page.evaluate(`document.querySelector('#thief').src = '${servers.evil}/thief'`);
  const inputOfThief = async () =>
    (await thiefOf(page)
      ?.$('input')
      .catch(() => null)) ?? null;
  await poll(async () => (await inputOfThief()) !== null, true);
  return {ours, thief: thiefOf(page) as Frame};
}

function thiefOf(page: Page): Frame | undefined {
  return page.frames().find((each) => each.url().endsWith('/thief'));
}

/** Puts the caret into a field, and the pointer to a place outside of all frames. */
export async function startTyping(page: Page, ours: Frame, name: string): Promise<void> {
  await clickInto(ours, name);
  await page.mouse.move(1, 1);
}

/** The codes of warnings that the page got. */
export async function warningsIn(page: Page): Promise<string[]> {
  return (await page.evaluate('codes')) as string[];
}

/**
 * Attack on the focus guard: an advertiser's frame takes the focus once, while the shopper is typing.
 *
 * @returns the digits that it got of those that were typed a second later.
 */
export const stealTypedDigits: Attack = async (page, servers) => {
  const {ours, thief} = await openWithThief(page, servers);
  await startTyping(page, ours, 'cardNumber');
  await page.keyboard.type('401200');
  await thief.evaluate(`new Promise((resolve) => {
    addEventListener('blur', resolve);
    setTimeout(resolve, 1000);
    input.focus();
  })`);
  await page.keyboard.type('0098765439');
  await seal(page); // its answer comes after the keys
  const stolen = (await thief.evaluate('stolen')) as string;
  return stolen === '' ? [] : [stolen];
};
