import type {Frame, Page} from 'puppeteer-core';
import {poll} from '../../support/poll.ts';

/** What a document keeps for longer than a task. */
export interface Resources {
  frames: number;
  elements: number;
  /** Of window, document and root element only. */
  listeners: number;
  ports: number;
  timeouts: number;
  intervals: number;
}

/** Counts a document's listeners, ports and timers in `resources`. Runs before its scripts. */
export const COUNT_RESOURCES = `
  const resources = (window.resources = {listeners: 0, ports: 0, timeouts: new Set(), intervals: new Set()});
  for (const target of [window, document, document.documentElement ?? []].flat()) {
    const known = [];
    const find = (type, run, capture) =>
      known.findIndex((each) => each[0] === type && each[1] === run && each[2] === capture);
    const captureOf = (options) => (typeof options === 'object' ? options?.capture === true : options === true);
    const forget = (type, run, options) => {
      const at = find(type, run, captureOf(options));
      if (at >= 0) known.splice(at, 1), (resources.listeners -= 1);
    };
    const {addEventListener: add, removeEventListener: remove} = target;
    target.addEventListener = (type, run, options) => {
      if (find(type, run, captureOf(options)) < 0) known.push([type, run, captureOf(options)]), (resources.listeners += 1);
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
      resources.ports += 1;
      const {port1} = this;
      const close = port1.close;
      port1.close = () => {
        resources.ports -= 1;
        close.call(port1);
      };
    }
  };
  for (const [begin, end, running] of [
    ['setTimeout', 'clearTimeout', resources.timeouts],
    ['setInterval', 'clearInterval', resources.intervals],
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

/** How many elements one round of {@link insertAndRemove} inserts. */
export const ELEMENTS = 10;

/** In the page. Half of the elements stay until they are ready, the others are removed with them. */
const INSERT_AND_REMOVE = `async (rounds) => {
  const form = document.querySelector('form');
  for (let round = 0; round < rounds; round += 1) {
    const elements = Array.from({length: ${ELEMENTS}}, () => document.createElement('sealed-fields'));
    form.append(...elements);
    await Promise.all(elements.slice(0, ${ELEMENTS / 2}).map((element) => element.ready));
    for (const element of elements) element.remove();
  }
}`;

/** Inserts {@link ELEMENTS} elements into the page's first form and removes them, `rounds` times. */
export async function insertAndRemove(page: Page, rounds: number): Promise<void> {
  await page.evaluate(`(${INSERT_AND_REMOVE})(${rounds})`);
}

/** What a document that runs {@link COUNT_RESOURCES} keeps now. */
export async function resourcesOf(place: Page | Frame): Promise<Resources> {
  return (await place.evaluate(`({
    frames: window.length,
    elements: document.querySelectorAll('*').length,
    listeners: resources.listeners,
    ports: resources.ports,
    timeouts: resources.timeouts.size,
    intervals: resources.intervals.size,
  })`)) as Resources;
}

/**
 * Waits until Postmate's last handshake attempts have ended, throttled changes were dispatched and removed frames are
 * gone. Does not wait for timeouts: WebKit's driver itself has one while it evaluates.
 */
export async function untilIdle(page: Page): Promise<void> {
  await poll(async () => (await resourcesOf(page)).intervals, 0);
  await new Promise((resolve) => setTimeout(resolve, 500));
}
