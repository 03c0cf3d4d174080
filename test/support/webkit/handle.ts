import {findAll} from './script.ts';
import type {Source} from './source.ts';

/** What a handle needs from the frame whose document has its value. */
interface HandleFrame {
  evaluate: (source: Source, ...given: readonly unknown[]) => Promise<unknown>;
  evaluateHandle: (source: Source, ...given: readonly unknown[]) => Promise<WebKitHandle>;
  frameIn: (element: WebKitHandle) => Promise<HandleFrame | null>;
  split: (list: WebKitHandle) => Promise<WebKitHandle[]>;
  inWindow: (place: Point) => Promise<Point>;
  page: {clickAt: (place: Point, count: number) => Promise<void>};
}

interface Point {
  x: number;
  y: number;
}

/** Refers to a value by its number in a document's table. */
export class WebKitHandle {
  constructor(
    readonly frame: HandleFrame,
    readonly number: number,
  ) {}

  evaluate(source: Source, ...given: readonly unknown[]): Promise<unknown> {
    return this.frame.evaluate(source, this, ...given);
  }

  evaluateHandle(source: Source, ...given: readonly unknown[]): Promise<WebKitHandle> {
    return this.frame.evaluateHandle(source, this, ...given);
  }

  jsonValue(): Promise<unknown> {
    return this.evaluate((value: unknown) => value);
  }

  async $(selector: string): Promise<WebKitHandle | null> {
    const [first] = await this.$$(selector);
    return first ?? null;
  }

  async $$(selector: string): Promise<WebKitHandle[]> {
    const find = `(root, selector) => (${String(findAll)})(selector, root)`;
    return this.frame.split(await this.frame.evaluateHandle(functionText(find), this, selector));
  }

  async isVisible(): Promise<boolean> {
    return (await this.evaluate((element: Element) => {
      const {visibility} = getComputedStyle(element);
      const {width, height} = element.getBoundingClientRect();
      return !['hidden', 'collapse'].includes(visibility) && width > 0 && height > 0;
    })) as boolean;
  }

  /** Returns a {@link WebKitFrame}. */
  contentFrame(): Promise<HandleFrame | null> {
    return this.frame.frameIn(this);
  }

  async focus(): Promise<void> {
    await this.evaluate((element: HTMLElement) => {
      element.focus();
    });
  }

  async click({count = 1, offset}: ClickOptions = {}): Promise<void> {
    const place = (await this.evaluate((element: Element, by?: {x: number; y: number}) => {
      element.scrollIntoView({block: 'nearest'});
      const [box] = element.getClientRects();
      if (box === undefined || box.width * box.height === 0) return null;
      return {x: box.x + (by?.x ?? box.width / 2), y: box.y + (by?.y ?? box.height / 2)};
    }, offset)) as {x: number; y: number} | null;
    if (place === null) throw new Error('Node is either not clickable or not an Element');
    await this.frame.page.clickAt(await this.frame.inWindow(place), count);
  }

  async dispose(): Promise<void> {
    // the table is discarded with its document
  }
}

export interface ClickOptions {
  count?: number;
  /** Relative to the element's top left corner. By default its center. */
  offset?: {x: number; y: number};
}

/** A source from the text of a function. */
export function functionText(text: string): Source {
  return Object.assign(() => undefined, {toString: () => text});
}
