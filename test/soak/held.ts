import type {Frame, Page} from 'puppeteer-core';
import {settle} from '../e2e/settle.ts';

/** What a document holds for longer than a task. */
export interface Held {
  frames: number;
  elements: number;
  /** Of its long-lived targets alone. */
  listeners: number;
  ports: number;
  timeouts: number;
  intervals: number;
}

/** Keeps count of what a document holds: listeners of long-lived targets, ports, timers. Runs before all else there. */
export const COUNT = `
  const held = (window.held = {listeners: 0, ports: 0, timeouts: new Set(), intervals: new Set()});
  for (const target of [window, document, document.documentElement ?? []].flat()) {
    const known = [];
    const find = (type, run, capture) =>
      known.findIndex((each) => each[0] === type && each[1] === run && each[2] === capture);
    const captureOf = (options) => (typeof options === 'object' ? options?.capture === true : options === true);
    const forget = (type, run, options) => {
      const at = find(type, run, captureOf(options));
      if (at >= 0) known.splice(at, 1), (held.listeners -= 1);
    };
    const {addEventListener: add, removeEventListener: remove} = target;
    target.addEventListener = (type, run, options) => {
      if (find(type, run, captureOf(options)) < 0) known.push([type, run, captureOf(options)]), (held.listeners += 1);
      options?.signal?.addEventListener('abort', () => forget(type, run, options));
      add.call(target, type, run, options);
    };
    target.removeEventListener = (type, run, options) => {
      forget(type, run, options);
      remove.call(target, type, run, options);
    };
  }
  const Channel = MessageChannel;
  window.MessageChannel = class extends Channel {
    constructor() {
      super();
      held.ports += 1;
      const {port1} = this;
      const close = port1.close;
      port1.close = () => {
        held.ports -= 1;
        close.call(port1);
      };
    }
  };
  for (const [begin, end, running] of [
    ['setTimeout', 'clearTimeout', held.timeouts],
    ['setInterval', 'clearInterval', held.intervals],
  ]) {
    const [start, stop] = [window[begin], window[end]];
    window[begin] = (run, ...more) => {
      const number = start(() => {
        if (begin === 'setTimeout') running.delete(number);
        run();
      }, ...more);
      running.add(number);
      return number;
    };
    window[end] = (number) => {
      running.delete(number);
      stop(number);
    };
  }
`;

/** Elements of one round. */
export const MOUNTS = 10;

/** In rounds, half of which stay until they are ready, the rest for a moment. */
const MOUNT = `async (rounds) => {
  const form = document.querySelector('form');
  for (let round = 0; round < rounds; round += 1) {
    const elements = Array.from({length: ${MOUNTS}}, () => document.createElement('sealed-fields'));
    form.append(...elements);
    await Promise.all(elements.slice(0, ${MOUNTS / 2}).map((element) => element.ready));
    for (const element of elements) element.remove();
  }
}`;

/** Puts {@link MOUNTS} elements into the page's first form and takes them away again, so many times. */
export async function mount(page: Page, rounds: number): Promise<void> {
  await page.evaluate(`(${MOUNT})(${rounds})`);
}

/** What a document that runs {@link COUNT} holds now. */
export async function heldBy(place: Page | Frame): Promise<Held> {
  return (await place.evaluate(`({
    frames: window.length,
    elements: document.querySelectorAll('*').length,
    listeners: held.listeners,
    ports: held.ports,
    timeouts: held.timeouts.size,
    intervals: held.intervals.size,
  })`)) as Held;
}

/**
 * Postmate's last handshake is over, news that was gathered is told, and frames that went are gone. A timeout may
 * always run: WebKit's driver has one while it asks.
 */
export async function rest(page: Page): Promise<void> {
  await settle(async () => (await heldBy(page)).intervals, 0);
  await new Promise((resolve) => setTimeout(resolve, 500));
}
