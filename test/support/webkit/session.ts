import {DriverError, type Send} from './driver.ts';

/** A window of the browser, and the frames from its own document down, each by its reference. */
export interface Place {
  window: string;
  frames: readonly string[];
}

/** How WebDriver writes a reference to an element. */
export const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** What is said of a place that the driver lost sight of: then nothing was done there yet. */
const LOST = ['no such frame', 'no such window', 'stale element reference', 'no such element'];

/** One browser takes one command after the other, each in the place that was entered last: so all stand in a queue. */
export class Session {
  #last: Promise<unknown> = Promise.resolve();
  #at: Place | undefined;
  #window: string | undefined;

  constructor(private readonly send: Send) {}

  /** The window that was entered last. */
  get window(): string | undefined {
    return this.#window;
  }

  /** Does the work in its turn, and in its place. */
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

  /** Does the work in its turn, wherever that is. */
  queue<T>(work: (send: Send) => Promise<T>): Promise<T> {
    const done = this.#last.then(() => work(this.send));
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** To be called in a turn where the place was left, as by closing a window. */
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
