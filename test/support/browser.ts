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

/** The engines to run in: those that are installed and that `ENGINES` allows. */
export const ENGINES: readonly Engine[] = foundEngines();

/**
 * Tall enough that no test page scrolls. If a click follows a scroll within one animation frame, Chromium uses the old
 * position of the iframe, and the click misses its button.
 */
const VIEWPORT = {width: 1000, height: 1600};

/** Launch options of one test, in addition to the common ones. */
export interface Start {
  /** Command line arguments, in Chromium and WebKit. */
  args?: readonly string[];
  /** Firefox preferences. */
  preferences?: Record<string, boolean | number | string>;
  /** Folder of an existing Chromium profile. */
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
  if (executablePath === undefined) throw new Error('Firefox is not installed.');
  return puppeteer.launch({...common, browser: 'firefox', executablePath, extraPrefsFirefox: preferences});
}

/** WebKitGTK behind the part of puppeteer's interface that the tests use. The cast hides the missing parts. */
async function openWebKit(args: readonly string[]): Promise<Browser> {
  const webkit = findWebKit();
  if (webkit === undefined) throw new Error('WebKitGTK is not installed.');
  return (await WebKitBrowser.open(webkit, {viewport: VIEWPORT, args})) as unknown as Browser;
}

/** Arguments for `it`: in WebKit, whose driver cannot run this test, they skip it and add the reason to its name. */
export function unlessWebKit(engine: Engine, name: string, why: string): [string, {skip: boolean}] {
  const skip = engine === 'webkit';
  return [skip ? `${name} (not in WebKit: ${why})` : name, {skip}];
}

/** Arguments for `it`: in every engine but Chromium, they skip the test and add the reason to its name. */
export function onlyInChromium(engine: Engine, name: string, why: string): [string, {skip: boolean}] {
  const skip = engine !== 'chromium';
  return [skip ? `${name} (only in Chromium: ${why})` : name, {skip}];
}

export interface Card {
  cardNumber: string;
  expiry: string;
  securityCode: string;
}

/** The page's widget frames, once at least `count` of them exist and all of them have fields. @throws after 20 s. */
export async function fieldFrames(page: Page, servers: Servers, count = 1): Promise<Frame[]> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const frames = page.frames().filter((frame) => frame.url().startsWith(`${servers.widget}/v1/m/`));
    if (frames.length >= count && (await allHaveFields(frames))) return frames;
    if (Date.now() > deadline) throw new Error(`${frames.length} of ${count} frames loaded`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** The widget frame of the page's only element, once the element is ready. */
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

/** Waits until the page knows of an edit that completed the card again after it was sealed. */
export async function untilEdited(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const {complete = false, sealed = true} = document.querySelector('sealed-fields')?.state ?? {};
    return complete && !sealed;
  });
}

/** Waits until the frame has requested all of these chunks. */
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
 * Goes back in the history, then sends no command for half a second: WebKit's driver never answers a command that
 * arrives during this navigation.
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
 * Clicks the field until it has the focus. Chromium discards clicks into a cross-origin frame whose layout has just
 * changed, so that no page can move a frame under the pointer. A user would click again, too.
 */
export async function clickInto(frame: Frame, name: string): Promise<void> {
  const input = await field(frame, name);
  const hasCaret = async () =>
    (await frame.evaluate((id) => document.hasFocus() && document.activeElement?.id === id, name)) &&
    (await takesKeys(frame));
  await poll(async () => {
    await input.click();
    for (let checks = 0; checks < 5; checks += 1) {
      if (await hasCaret()) return name;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return '';
  }, name);
}

/**
 * Whether the browser sends keys to the frame. A frame in its own process gets the focus some milliseconds before the
 * browser process stops sending keys to the page. All frames of the widget host share one process: after a click from
 * one to another, Chromium may keep the first as the page's active element. In WebKitGTK frames run in the page's
 * process.
 */
async function takesKeys(frame: Frame): Promise<boolean> {
  if (frame instanceof WebKitFrame) return true;
  const element = await frame.frameElement();
  if (element === null) throw new Error('the frame has no iframe element');
  return element.evaluate((iframe) => {
    const {activeElement} = iframe.getRootNode() as Document | ShadowRoot;
    return activeElement?.localName === 'iframe';
  });
}

/** Waits until this control of the frame has the caret and receives keys, whether a click or a script focused it. */
export async function untilCaret(frame: Frame, id: string): Promise<void> {
  const caret = () => frame.evaluate(() => (document.hasFocus() && document.activeElement?.id) || '');
  await poll(async () => ((await takesKeys(frame)) ? caret() : ''), id);
}

/** Waits until the frame no longer receives keys, after a click outside it. */
export async function untilLeft(frame: Frame): Promise<void> {
  if (frame instanceof WebKitFrame) return;
  await poll(() => frame.evaluate(() => document.hasFocus()), false);
}

/** Clicks the field and types with the keyboard. */
export async function typeInto(page: Page, frame: Frame, name: string, text: string): Promise<void> {
  await clickInto(frame, name);
  await page.keyboard.type(text);
}

export async function typeCard(page: Page, frame: Frame, card: Card): Promise<void> {
  for (const [name, text] of Object.entries(card)) await typeInto(page, frame, name, text as string);
}

/**
 * Types a whole card, and waits until the page knows that it is complete: a scripted click could overtake the last key.
 */
export async function typeWholeCard(page: Page, frame: Frame, card: Card): Promise<void> {
  await typeCard(page, frame, card);
  await page.waitForFunction(() => document.querySelector('sealed-fields')?.state.complete);
}

/**
 * Makes Chromium autofill a card. Retries: Chromium fills only forms that it has analyzed, a moment after they appear.
 */
export async function autofillCard(
  frame: Frame,
  creditCard: {number: string; name: string; cvc: string; expiryMonth: string; expiryYear: string},
): Promise<void> {
  const input = await field(frame, 'cardNumber');
  for (let tries = 0; tries < 20; tries += 1) {
    await input.autofill({creditCard});
    for (let checks = 0; checks < 20; checks += 1) {
      if ((await input.evaluate(({value}) => value)) !== '') return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error('Chromium did not autofill the form');
}

export async function valueOf(frame: Frame, name: string): Promise<string> {
  return (await field(frame, name)).evaluate((input) => input.value);
}

async function allHaveFields(frames: readonly Frame[]): Promise<boolean> {
  const found = await Promise.all(frames.map((frame) => frame.$('payment-form input').catch(() => null)));
  return found.every((handle) => handle !== null);
}
