import {DriverError, type Send} from './driver.ts';

/** A document: its window, and the enclosing iframes by reference, outermost first. */
export interface Place {
  window: string;
  frames: readonly string[];
}

/** WebDriver's key for an element reference. */
export const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Errors for a window, frame or element that no longer exists. The command had no effect. */
const LOST = ['no such frame', 'no such window', 'stale element reference', 'no such element'];

/** Runs commands one after the other: WebDriver applies each to the document that was entered last. */
export class Session {
  #last: Promise<unknown> = Promise.resolve();
  #at: Place | undefined;
  #window: string | undefined;

  constructor(private readonly send: Send) {}

  /** The window that was entered last. */
  get window(): string | undefined {
    return this.#window;
  }

  /** Runs commands in this document when their turn comes. */
  in<T>(place: Place, work: (send: Send) => Promise<T>): Promise<T> {
    return this.queue(async (send) => {
      await this.#enter(place);
      try {
        return await work(send);
      } catch (error) {
        this.#at = undefined;
        throw error;
      }
    });
  }

  /** Runs commands in the current document when their turn comes. */
  queue<T>(work: (send: Send) => Promise<T>): Promise<T> {
    const done = this.#last.then(() => work(this.send));
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Forgets the current document. To be called after a command that left it, such as closing a window. */
  leave(): void {
    this.#at = undefined;
  }

  async #enter({window, frames}: Place): Promise<void> {
    const at = this.#at;
    if (at?.window === window && at.frames.join() === frames.join()) return;
    this.#at = undefined;
    if (at?.window !== window) await this.send('POST', '/window', {handle: window});
    this.#window = window;
    await this.send('POST', '/frame', {id: null});
    for (const frame of frames) await this.send('POST', '/frame', {id: {[ELEMENT]: frame}});
    this.#at = {window, frames};
  }
}

export function isLost(error: unknown): boolean {
  return error instanceof DriverError && LOST.includes(error.code);
}
