import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, CDPSession, Page} from 'puppeteer-core';
import {settle} from './settle.ts';
import {ALONE, RELEASE_ENGINES, onlyInChromium, openBrowser} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';

/** Keeps count of what a page holds: listeners of long-lived targets, ports, timers. Runs before the snippet. */
const COUNT = `<script>
  const held = {listeners: 0, ports: 0, timeouts: new Set(), intervals: new Set()};
  for (const target of [window, document, document.documentElement]) {
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
</script>`;

/** In rounds of ten, half of which stay until they are ready, the rest for a moment. */
const MOUNT = `async (rounds) => {
  const form = document.querySelector('form');
  for (let round = 0; round < rounds; round += 1) {
    const elements = Array.from({length: 10}, () => document.createElement('sealed-fields'));
    form.append(...elements);
    await Promise.all(elements.slice(0, 5).map((element) => element.ready));
    for (const element of elements) element.remove();
  }
}`;

for (const engine of RELEASE_ENGINES) {
  describe(`mounting in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    let page: Page;
    before(async () => {
      stage = await setStage();
      stage.pages.set('/', snippet(stage, `${COUNT}<form><sealed-fields></sealed-fields></form>`));
      browser = await openBrowser(engine);
      page = await browser.newPage();
      await page.goto(stage.page);
      await page.$eval('sealed-fields', async (element) => {
        await customElements.whenDefined('sealed-fields');
        await element.ready;
        element.remove();
      });
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    const mount = (rounds: number) => page.evaluate(`(${MOUNT})(${rounds})`);

    const held = () =>
      page.evaluate(`({
        frames: window.length,
        elements: document.querySelectorAll('*').length,
        listeners: held.listeners,
        ports: held.ports,
        timeouts: held.timeouts.size,
        intervals: held.intervals.size,
      })`) as Promise<Record<string, number>>;

    /** Postmate's last handshake is over. A timeout may always run: WebKit's driver has one while it asks. */
    const rest = () => settle(async () => (await held())['intervals'], 0);

    it('and unmounting 200 times leaves no frame, listener, port or timer', {timeout: 120_000}, async () => {
      await rest();
      const before = await held();
      assert.deepEqual([before['frames'], before['ports']], [0, 0]);
      await mount(20);
      await settle(held, before);
    });

    const byDriver = 'and unmounting 200 times leaves the heap as large as it was';
    const [named, {skip}] = onlyInChromium(engine, byDriver, 'no other driver tells of the heap');
    it(named, {timeout: 120_000, skip}, async () => {
      const session = await page.createCDPSession();
      await rest();
      const before = await memoryOf(session);
      await mount(20);
      await rest();
      const {heap, nodes, listeners, documents} = await memoryOf(session);
      assert.deepEqual([nodes, listeners, documents], [before.nodes, before.listeners, before.documents]);
      const grown = (heap - before.heap) / 200;
      assert.ok(grown < 500, `${grown.toFixed(0)} bytes are left of each`);
    });
  });
}

/** What the page's own process holds after its garbage was collected. */
async function memoryOf(session: CDPSession) {
  for (let times = 0; times < 3; times += 1) await session.send('HeapProfiler.collectGarbage');
  const {usedSize} = await session.send('Runtime.getHeapUsage');
  const {documents, nodes, jsEventListeners} = await session.send('Memory.getDOMCounters');
  return {heap: usedSize, documents, nodes, listeners: jsEventListeners};
}
