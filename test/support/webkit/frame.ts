import {type ClickOptions, functionText, WebKitHandle} from './handle.ts';
import {type Argument, findAll, GoneError, referenceOf, runScript} from './script.ts';
import {ELEMENT, isLost, type Place, type Session} from './session.ts';
import {functionOf, type Source} from './source.ts';

const POLL_INTERVAL_MS = 15;

/** What a frame needs from its page. */
interface FramePage {
  session: Session;
  window: string;
  frameOf: (reference: string, parent: WebKitFrame) => WebKitFrame;
  clickAt: (place: {x: number; y: number}, count: number) => Promise<void>;
}

/**
 * The document in an iframe, or in the page itself. An iframe is identified by its element, which survives navigations.
 */
export class WebKitFrame {
  #url = 'about:blank';

  /** @param around references of the enclosing iframe elements, outermost first. */
  constructor(
    readonly page: FramePage,
    readonly around: readonly string[] = [],
    readonly parent?: WebKitFrame,
  ) {}

  get place(): Place {
    return {window: this.page.window, frames: this.around};
  }

  /** The URL at the last {@link look}. */
  url(): string {
    return this.#url;
  }

  async evaluate(source: Source, ...given: readonly unknown[]): Promise<unknown> {
    return (await this.#run(source, given, false)).value;
  }

  async evaluateHandle(source: Source, ...given: readonly unknown[]): Promise<WebKitHandle> {
    const {number = 0} = await this.#run(source, given, true);
    return new WebKitHandle(this, number);
  }

  async $$(selector: string): Promise<WebKitHandle[]> {
    const find = functionText(`(selector) => (${String(findAll)})(selector, document)`);
    return this.split(await this.evaluateHandle(find, selector));
  }

  async $(selector: string): Promise<WebKitHandle | null> {
    const find = functionText(`(selector) => (${String(findAll)})(selector, document).slice(0, 1)`);
    const [found] = await this.split(await this.evaluateHandle(find, selector));
    return found ?? null;
  }

  $eval(selector: string, source: Source, ...given: readonly unknown[]): Promise<unknown> {
    const text = `(selector, ...given) => {
      const [found] = (${String(findAll)})(selector, document);
      if (!found) throw new Error('failed to find element matching selector "' + selector + '"');
      return (${functionOf(source)})(found, ...given);
    }`;
    return this.evaluate(functionText(text), selector, ...given);
  }

  $$eval(selector: string, source: Source, ...given: readonly unknown[]): Promise<unknown> {
    const find = `(${String(findAll)})(selector, document)`;
    const text = `(selector, ...given) => (${functionOf(source)})(${find}, ...given)`;
    return this.evaluate(functionText(text), selector, ...given);
  }

  async waitForSelector(selector: string, options: {timeout?: number} = {}): Promise<WebKitHandle | null> {
    const find = functionText(`(selector) => (${String(findAll)})(selector, document)[0]`);
    return this.waitForFunction(find, options, selector);
  }

  async waitForFunction(
    source: Source,
    {timeout = 30_000}: {timeout?: number} = {},
    ...given: readonly unknown[]
  ): Promise<WebKitHandle> {
    const deadline = Date.now() + timeout;
    for (;;) {
      try {
        const handle = await this.evaluateHandle(source, ...given);
        if ((await handle.evaluate((value: unknown) => Boolean(value))) === true) return handle;
      } catch (error) {
        // The page is navigating: the wait continues in the next document.
        if (!isLost(error) && !(error instanceof GoneError && given.every(isPlain))) throw error;
      }
      if (Date.now() > deadline) throw new Error(`Waiting failed: ${timeout}ms exceeded`);
      await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
    }
  }

  async click(selector: string, options?: ClickOptions): Promise<void> {
    await (await this.#one(selector)).click(options);
  }

  async focus(selector: string): Promise<void> {
    await (await this.#one(selector)).focus();
  }

  async content(): Promise<string> {
    const text = await this.evaluate(
      () =>
        new XMLSerializer().serializeToString(document.doctype ?? new Text()) +
        document.documentElement.outerHTML,
    );
    return text as string;
  }

  async title(): Promise<string> {
    return (await this.evaluate('document.title')) as string;
  }

  /** One handle for each entry of the array that `list` refers to. */
  async split(list: WebKitHandle): Promise<WebKitHandle[]> {
    const numbers = await this.evaluate((entries: unknown[]) => {
      const table = (window as unknown as Record<symbol, Map<number, unknown>>)[
        Symbol.for('values of the tests')
      ];
      return entries.map((entry) => {
        table?.set(table.size, entry);
        return (table?.size ?? 0) - 1;
      });
    }, list);
    return (numbers as number[]).map((number) => new WebKitHandle(this, number));
  }

  /** The frame of an iframe element in this document. */
  async frameIn({number}: WebKitHandle): Promise<WebKitFrame | null> {
    const found = await this.page.session.in(this.place, (send) => referenceOf(send, number));
    const reference = (found as Record<string, string> | null)?.[ELEMENT];
    return reference === undefined ? null : this.page.frameOf(reference, this);
  }

  /** Converts coordinates of this document into coordinates of the window. */
  async inWindow({x, y}: {x: number; y: number}): Promise<{x: number; y: number}> {
    const element = this.around.at(-1);
    if (this.parent === undefined || element === undefined) return {x, y};
    const corner = (await this.page.session.in(this.parent.place, (send) =>
      send('POST', '/execute/sync', {script: CORNER, args: [{[ELEMENT]: element}]}),
    )) as {x: number; y: number};
    return this.parent.inWindow({x: x + corner.x, y: y + corner.y});
  }

  /** Updates the URL. @returns the frames in this document. */
  async look(): Promise<WebKitFrame[]> {
    const [url, ...inner] = (await this.page.session.in(this.place, (send) =>
      send('POST', '/execute/sync', {script: LOOK, args: []}),
    )) as [string, ...{element: Record<string, string>; address: string}[]];
    this.#url = url;
    return inner.map(({element, address}) => {
      const frame = this.page.frameOf(element[ELEMENT] ?? '', this);
      frame.#url = address;
      return frame;
    });
  }

  async #one(selector: string): Promise<WebKitHandle> {
    const found = await this.$(selector);
    if (found === null) throw new Error(`No element found for selector: ${selector}`);
    return found;
  }

  async #run(source: Source, given: readonly unknown[], isKept: boolean) {
    const args = given.map((each): Argument =>
      each instanceof WebKitHandle ? {number: each.number} : {value: each},
    );
    const turn: Parameters<typeof runScript>[0] = async (work) => {
      try {
        return await this.page.session.in(this.place, work);
      } catch (error) {
        if (!isLost(error)) throw error;
        return this.page.session.in(this.place, work); // enters the frame again
      }
    };
    return runScript(turn, source, args, isKept);
  }
}

/** In the page: the top left corner of the document in an iframe. */
const CORNER = `
  const [element] = arguments;
  const {x, y} = element.getBoundingClientRect();
  const {paddingLeft, paddingTop} = getComputedStyle(element);
  return {x: x + element.clientLeft + parseFloat(paddingLeft), y: y + element.clientTop + parseFloat(paddingTop)};`;

/** In the page: its URL, and its iframes with their URLs, including those in shadow roots. */
const LOOK = `
  const framesIn = (root) => [...root.querySelectorAll('*')].flatMap((element) => [
    ...(element.localName === 'iframe' ? [{element, address: element.src}] : []),
    ...(element.shadowRoot ? framesIn(element.shadowRoot) : []),
  ]);
  return [location.href, ...framesIn(document)];`;

function isPlain(given: unknown): boolean {
  return !(given instanceof WebKitHandle);
}
