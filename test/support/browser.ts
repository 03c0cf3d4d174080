import puppeteer, {type Browser, type ElementHandle, type Frame, type Page} from 'puppeteer-core';
import {
  CHROMIUM_ARGUMENTS,
  type Engine,
  findBrowser,
  findWebKit,
  foundEngines,
  requireChromium,
} from './find-browsers.ts';
import {poll} from './poll.ts';
import type {Servers} from './servers.ts';
import {WebKitBrowser} from './webkit/browser.ts';
import {WebKitFrame} from './webkit/frame.ts';

/** The engines to run in: Chromium, and the others where they are found. */
export const ENGINES: readonly Engine[] = foundEngines();

/**
 * So high that no page of the tests scrolls: Chromium takes a click that follows a scroll within a frame's time to
 * where the frame stood before, and what was meant for a button lands between two fields.
 */
const VIEWPORT = {width: 1000, height: 1600};

/** What a browser is started with, beside what every test needs. */
export interface Start {
  /** Command line arguments of Chromium's, or of WebKit's. */
  args?: readonly string[];
  /** Firefox's preferences. */
  preferences?: Record<string, boolean | number | string>;
  /** A profile of Chromium's, which is there already. */
  profile?: string;
}

export async function openBrowser(
  engine: Engine,
  {args = [], preferences = {}, profile}: Start = {},
): Promise<Browser> {
  const common = {headless: true, defaultViewport: VIEWPORT};
  if (engine === 'chromium')
    return puppeteer.launch({
      ...common,
      executablePath: requireChromium(),
      args: [...CHROMIUM_ARGUMENTS, ...args],
      ...(profile !== undefined && {userDataDir: profile}),
    });
  if (engine === 'webkit') return openWebKit(args);
  const executablePath = findBrowser('firefox');
  if (executablePath === undefined) throw new Error('Firefox is gone.');
  return puppeteer.launch({...common, browser: 'firefox', executablePath, extraPrefsFirefox: preferences});
}

/**
 * WebKitGTK behind puppeteer's interface. It has the part of it that the tests use, and answers as puppeteer does;
 * the cast says so to the compiler, which here would want all of it.
 */
async function openWebKit(args: readonly string[]): Promise<Browser> {
  const webkit = findWebKit();
  if (webkit === undefined) throw new Error('WebKit is gone.');
  return (await WebKitBrowser.open(webkit, {viewport: VIEWPORT, args})) as unknown as Browser;
}

/** What `it` is told of a test that WebKit's driver cannot run: its name says why there. */
export function unlessWebKit(engine: Engine, name: string, why: string): [string, {skip: boolean}] {
  const skip = engine === 'webkit';
  return [skip ? `${name} (not in WebKit: ${why})` : name, {skip}];
}

/** The same of a test that Chromium alone can run. */
export function onlyInChromium(engine: Engine, name: string, why: string): [string, {skip: boolean}] {
  const skip = engine !== 'chromium';
  return [skip ? `${name} (in Chromium alone: ${why})` : name, {skip}];
}

export interface Card {
  cardNumber: string;
  expiry: string;
  securityCode: string;
}

/** Frames of the widget in a page, in the order in which they came, once there are `count` of them with fields. */
export async function fieldFrames(page: Page, servers: Servers, count = 1): Promise<Frame[]> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const frames = page.frames().filter((frame) => frame.url().startsWith(`${servers.widget}/v1/m/`));
    if (frames.length >= count && (await allHaveFields(frames))) return frames;
    if (Date.now() > deadline) throw new Error(`${frames.length} of ${count} frames came`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** The one frame of the page, once its element is ready: its fields stand and the bridge is open. */
export async function readyFrame(page: Page, servers: Servers): Promise<Frame> {
  await page.waitForFunction(async () => {
    const element = document.querySelector('sealed-fields');
    if (element === null || !('ready' in element)) return false;
    await element.ready;
    return true;
  });
  const [frame] = await fieldFrames(page, servers);
  if (frame === undefined) throw new Error('no frame');
  return frame;
}

/** Waits until the page has heard of an edit that made the card whole again after it was sealed. */
export async function untilEdited(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const {complete = false, sealed = true} = document.querySelector('sealed-fields')?.state ?? {};
    return complete && !sealed;
  });
}

/** Waits until the frame has asked for these of its scripts. */
export async function untilFetched(frame: Frame, ...chunks: string[]): Promise<void> {
  await frame.waitForFunction(
    (wanted: string[]) => {
      const fetched = performance.getEntriesByType('resource');
      return wanted.every((chunk) => fetched.some(({name}) => name.includes(`/${chunk}-`)));
    },
    {},
    chunks,
  );
}

/**
 * Goes back in the history, and leaves the page alone meanwhile: WebKit's driver never answers what it is asked while
 * a page goes that way.
 */
export async function goBack(page: Page): Promise<void> {
  await page.evaluate(() => {
    history.back();
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
}

export async function field(frame: Frame, name: string): Promise<ElementHandle<HTMLInputElement>> {
  const handle = await frame.waitForSelector(`input#${name}`);
  if (handle === null) throw new Error(`no field ${name}`);
  return handle;
}

/**
 * Clicks into the field with the mouse, until it has the focus. Chromium discards clicks into a cross-origin frame whose
 * layout has just changed, so that no page can move one under the pointer: a user clicks again, too.
 */
export async function clickInto(frame: Frame, name: string): Promise<void> {
  const input = await field(frame, name);
  const hasCaret = async () =>
    (await frame.evaluate((id) => document.hasFocus() && document.activeElement?.id === id, name)) &&
    (await takesKeys(frame));
  await poll(async () => {
    await input.click();
    for (let looks = 0; looks < 5; looks += 1) {
      if (await hasCaret()) return name;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return '';
  }, name);
}

/**
 * Whether the browser sends keys to the frame. A frame with its own process gets the focus some milliseconds before the
 * browser knows, which until then sends keys to the page. All frames of the widget host share one process: after a click
 * from one to another, Chromium may keep the first one as the page's active element. WebKitGTK's frames share the page's.
 */
async function takesKeys(frame: Frame): Promise<boolean> {
  if (frame instanceof WebKitFrame) return true;
  const element = await frame.frameElement();
  if (element === null) throw new Error('no frame of a page');
  return element.evaluate((iframe) => {
    const {activeElement} = iframe.getRootNode() as Document | ShadowRoot;
    return activeElement?.localName === 'iframe';
  });
}

/** Waits until the caret is in this control of the frame, and what is typed goes there, whoever put it there. */
export async function untilCaret(frame: Frame, id: string): Promise<void> {
  const caret = () => frame.evaluate(() => (document.hasFocus() && document.activeElement?.id) || '');
  await poll(async () => ((await takesKeys(frame)) ? caret() : ''), id);
}

/** Waits until what is typed goes no more into the frame, after a click beside it. */
export async function untilLeft(frame: Frame): Promise<void> {
  if (frame instanceof WebKitFrame) return;
  await poll(() => frame.evaluate(() => document.hasFocus()), false);
}

/** Clicks into the field and types with the keyboard. */
export async function typeInto(page: Page, frame: Frame, name: string, text: string): Promise<void> {
  await clickInto(frame, name);
  await page.keyboard.type(text);
}

export async function typeCard(page: Page, frame: Frame, card: Card): Promise<void> {
  for (const [name, text] of Object.entries(card)) await typeInto(page, frame, name, text as string);
}

/** Types a whole card, and waits until the page has heard its last key: a click by script could overtake it. */
export async function typeWholeCard(page: Page, frame: Frame, card: Card): Promise<void> {
  await typeCard(page, frame, card);
  await page.waitForFunction(() => document.querySelector('sealed-fields')?.state.complete);
}

/** Lets Chromium fill a card in. It fills no form that it has not looked at, and looks a moment after one stands: it is asked again. */
export async function autofillCard(
  frame: Frame,
  creditCard: {number: string; name: string; cvc: string; expiryMonth: string; expiryYear: string},
): Promise<void> {
  const input = await field(frame, 'cardNumber');
  for (let tries = 0; tries < 20; tries += 1) {
    await input.autofill({creditCard});
    for (let looks = 0; looks < 20; looks += 1) {
      if ((await input.evaluate(({value}) => value)) !== '') return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error('the browser fills nothing in');
}

export async function valueOf(frame: Frame, name: string): Promise<string> {
  return (await field(frame, name)).evaluate((input) => input.value);
}

async function allHaveFields(frames: readonly Frame[]): Promise<boolean> {
  const found = await Promise.all(frames.map((frame) => frame.$('payment-form input').catch(() => null)));
  return found.every((handle) => handle !== null);
}
