import {EventEmitter} from 'node:events';
import {WebKitFrame} from './frame.ts';
import type {ClickOptions, WebKitHandle} from './handle.ts';
import {type KeyAction, keyAction} from './keys.ts';
import type {Session} from './session.ts';
import {functionOf, type Source} from './source.ts';

const MARK = 'mark of the tests';
const READY = `return window[Symbol.for('${MARK}')] === undefined && document.readyState === 'complete'`;

/** A window of the browser. Its only events are the proxy's `request` and `response`; the driver reports none. */
export class WebKitPage extends EventEmitter {
  readonly #main = new WebKitFrame(this);
  readonly #frames = new Map<string, WebKitFrame>();
  #shown: readonly WebKitFrame[] = [];
  #isLooking = false;
  #pressed = new Set<string>();
  #isClosed = false;
  #clicked = {x: -1, y: -1};
  /** Scripts that every document runs first. */
  readonly scripts: string[] = [];

  constructor(
    readonly session: Session,
    readonly window: string,
    private readonly onClose: () => void,
  ) {
    super();
  }

  readonly keyboard = {
    down: async (key: string): Promise<void> => {
      if (this.#pressed.has(key))
        throw new Error('The WebKit driver does not repeat a key that is held down.');
      this.#pressed.add(key);
      await this.#act('key', [keyAction('keyDown', key)]);
    },
    up: async (key: string): Promise<void> => {
      this.#pressed.delete(key);
      await this.#act('key', [keyAction('keyUp', key)]);
    },
    press: (key: string): Promise<void> => this.#act('key', stroke(key)),
    type: (text: string): Promise<void> => this.#act('key', Array.from(text).flatMap(stroke)),
  };

  mainFrame(): WebKitFrame {
    return this.#main;
  }

  /** The frames at the last {@link look}. Each call starts another one in the background, for the next call. */
  frames(): WebKitFrame[] {
    if (!this.#isLooking) void this.look();
    return [this.#main, ...this.#shown];
  }

  url(): string {
    return this.#main.url();
  }

  frameOf(reference: string, parent: WebKitFrame): WebKitFrame {
    const known = this.#frames.get(reference);
    if (known !== undefined) return known;
    const frame = new WebKitFrame(this, [...parent.around, reference], parent);
    this.#frames.set(reference, frame);
    return frame;
  }

  /**
   * Updates the page's URL and its list of frames, but not the contents of frames: the driver would focus them.
   *
   * @param isDeep includes the contents of frames. Has no side effect while nothing has the focus.
   */
  async look(isDeep = false): Promise<void> {
    this.#isLooking = true;
    const lookInto = async (frame: WebKitFrame): Promise<WebKitFrame[]> => {
      const inner = await frame.look().catch(() => []);
      const deeper: WebKitFrame[] = [];
      for (const each of inner) {
        const known = this.#shown.filter(({parent}) => parent === each);
        deeper.push(each, ...(isDeep ? await lookInto(each) : known));
      }
      return deeper;
    };
    if (!this.#isClosed) this.#shown = await lookInto(this.#main);
    this.#isLooking = false;
  }

  async goto(url: string): Promise<void> {
    await this.#mark();
    await this.session.in(this.#main.place, (send) => send('POST', '/url', {url}));
    this.session.leave();
    await this.#untilNew();
  }

  async waitForNavigation(): Promise<void> {
    await this.#mark();
    await this.#untilNew();
  }

  async reload(): Promise<void> {
    await this.#mark();
    await this.session.in(this.#main.place, (send) => send('POST', '/refresh', {}));
    await this.#untilNew();
  }

  async evaluateOnNewDocument(source: Source, ...given: readonly unknown[]): Promise<void> {
    const call = typeof source === 'string' ? source : `(${functionOf(source)})(...${JSON.stringify(given)})`;
    this.scripts.push(`{const __name = (named) => named; ${call}}`);
    return Promise.resolve();
  }

  async evaluate(source: Source, ...given: readonly unknown[]): Promise<unknown> {
    return this.#main.evaluate(source, ...given);
  }

  evaluateHandle = (source: Source, ...given: readonly unknown[]) =>
    this.#main.evaluateHandle(source, ...given);
  $ = (selector: string) => this.#main.$(selector);
  $$ = (selector: string) => this.#main.$$(selector);
  $eval = (selector: string, source: Source, ...given: readonly unknown[]) =>
    this.#main.$eval(selector, source, ...given);
  $$eval = (selector: string, source: Source, ...given: readonly unknown[]) =>
    this.#main.$$eval(selector, source, ...given);
  waitForSelector = (selector: string, options?: {timeout?: number}) =>
    this.#main.waitForSelector(selector, options);
  content = () => this.#main.content();
  title = () => this.#main.title();
  focus = (selector: string) => this.#main.focus(selector);

  async waitForFunction(
    source: Source,
    options?: {timeout?: number},
    ...given: readonly unknown[]
  ): Promise<WebKitHandle> {
    const found = await this.#main.waitForFunction(source, options, ...given);
    await this.look();
    return found;
  }

  async click(selector: string, options?: ClickOptions): Promise<void> {
    await this.#main.click(selector, options);
  }

  async clickAt({x, y}: {x: number; y: number}, count: number): Promise<void> {
    const press = [
      {type: 'pointerDown', button: 0},
      {type: 'pointerUp', button: 0},
    ];
    const at = {x: Math.round(x), y: Math.round(y)};
    // The driver treats two clicks at one position within a second as a double click, so the second one is moved.
    if (at.x === this.#clicked.x && at.y === this.#clicked.y) at.x += 4;
    this.#clicked = at;
    const move = {type: 'pointerMove', duration: 0, origin: 'viewport', ...at};
    await this.#act('pointer', [move, ...Array.from({length: count}, () => press).flat()]);
    await this.look();
  }

  /** A PNG of the visible page in base64, as puppeteer returns it with that encoding. */
  async screenshot(): Promise<string> {
    return (await this.session.in(this.#main.place, (send) => send('GET', '/screenshot'))) as string;
  }

  async setViewport({width, height}: {width: number; height: number}): Promise<void> {
    await this.session.in(this.#main.place, (send) =>
      send('POST', '/window/rect', {x: 0, y: 0, width, height}),
    );
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#pressed.size > 0) await this.session.queue((send) => send('DELETE', '/actions'));
    await this.session.in(this.#main.place, (send) => send('DELETE', '/window'));
    this.session.leave();
    this.onClose();
  }

  async #act(
    type: 'key' | 'pointer',
    actions: readonly (KeyAction | Record<string, unknown>)[],
  ): Promise<void> {
    const source = {type, id: type, ...(type === 'pointer' && {parameters: {pointerType: 'mouse'}}), actions};
    await this.session.in(this.#main.place, (send) => send('POST', '/actions', {actions: [source]}));
  }

  /** Marks the current document, to detect the next one. */
  async #mark(): Promise<void> {
    const script = `window[Symbol.for('${MARK}')] = true`;
    await this.session.in(this.#main.place, (send) => send('POST', '/execute/sync', {script, args: []}));
  }

  async #untilNew(): Promise<void> {
    const deadline = Date.now() + 30_000;
    const isNew = () =>
      this.session
        .in(this.#main.place, (send) => send('POST', '/execute/sync', {script: READY, args: []}))
        .catch(() => false);
    while ((await isNew()) !== true) {
      if (Date.now() > deadline) throw new Error('Navigation timeout of 30000 ms exceeded');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await this.look(true);
  }
}

function stroke(key: string): KeyAction[] {
  return [keyAction('keyDown', key), keyAction('keyUp', key)];
}
