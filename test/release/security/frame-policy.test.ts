import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import type {Engine} from '../../support/find-browsers.ts';
import {readyFrame} from '../../support/browser.ts';
import {frameWith} from '../../support/frames.ts';
import {instead, withHeaders} from '../../support/network-faults.ts';
import {poll} from '../../support/poll.ts';
import {snippet, type Servers} from '../../support/servers.ts';
import {CONNECTIONS, NAVIGATIONS, pause, RELIABLE, sendDataOut, tryAll} from './attacks/data-out.ts';
import {arrivedAt, type CallTrap, openCallTrap, type Trap, withTrap} from './attacks/trap.ts';
import {openFields} from './pages.ts';
import {inventoryOf} from './publication.ts';
import {payAtTheShop} from './session.ts';
import {inEngines} from './suite.ts';

const FRAME = '/v1/m/demo/';
const POLICY = 'content-security-policy';

/** Names of {@link NAVIGATIONS} that navigate the frame itself. */
const NAVIGATE_FRAME = ['location', 'replace', 'link', 'meta-refresh'];
/** Those that send a form: the frame's own `form-action` blocks them. */
const SEND_FORM = ['form-get', 'form-post'];
/** Those that open a window. The last sends a form. */
const OPEN_WINDOW = ['open', 'link-blank', 'form-blank'];
/** Those that navigate the page around the frame. */
const NAVIGATE_PAGE = ['top', 'link-top'];

/**
 * What no policy of the frame can stop, as measured. Puppeteer's Firefox opens no speculative connection. WebKit's driver
 * opens no window without a user gesture, and WebKitGTK has no WebRTC.
 */
const NOT_STOPPED: Record<
  Engine,
  {windows: string[]; page: string[]; connections: string[]; calls: boolean}
> = {
  chromium: {
    windows: ['link-blank', 'open'],
    page: NAVIGATE_PAGE,
    connections: ['preconnect', 'iframe'],
    calls: true,
  },
  firefox: {windows: ['link-blank', 'open'], page: NAVIGATE_PAGE, connections: [], calls: true},
  webkit: {windows: [], page: [], connections: [], calls: false},
};

/** In every document: records the directive of each policy violation. */
const RECORD_VIOLATIONS = `window.broken = [];
  document.addEventListener('securitypolicyviolation', ({effectiveDirective}) => broken.push(effectiveDirective));`;

/** A script of the widget host that would be a worker. */
const WORKER = '/v1/assets/worker-00000000.js';
const WORKER_SCRIPT = `self.onconnect = ({ports: [port]}) => port.postMessage(1); self.postMessage?.(1);`;

/** In the frame: starts everything that would outlive its document. Returns the names of what was blocked. */
const START_WORKERS = `(async () => {
  const replyOf = (port, worker) => new Promise((resolve, reject) => {
    port.onmessage = resolve;
    worker.onerror = () => reject(new Error('blocked'));
  });
  const blob = () => URL.createObjectURL(new Blob([\`${WORKER_SCRIPT}\`], {type: 'text/javascript'}));
  const dedicated = (url) => { const worker = new Worker(url); return replyOf(worker, worker); };
  const shared = (url) => { const worker = new SharedWorker(url); return replyOf(worker.port, worker); };
  const ways = {
    service: () => navigator.serviceWorker.register('${WORKER}'),
    worker: () => dedicated('${WORKER}'),
    blob: () => dedicated(blob()),
    shared: () => shared('${WORKER}'),
  };
  const blocked = [];
  for (const [name, start] of Object.entries(ways))
    await Promise.resolve().then(start).catch(() => blocked.push(name));
  return blocked;
})()`;

/** In the frame: everything that its origin stores. */
const STORED = `(async () => ({
  cookie: document.cookie,
  local: localStorage.length,
  session: sessionStorage.length,
  databases: await indexedDB.databases(),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
}))()`;

const NOTHING_STORED = {cookie: '', local: 0, session: 0, databases: [], caches: [], workers: 0};

/** Fields whose frames can be told apart, one for each way to leave. */
const FIELDS = ['cardNumber', 'expiry', 'securityCode', 'routingNumber', 'accountNumber', 'accountType'];

/** Opens a page with `count` frames, one after the other: puppeteer may lose one of several that load at once. */
async function openFrames(page: Page, servers: Servers, count: number, headers = {}): Promise<Frame[]> {
  servers.pages.set('/frames', {...snippet(servers, ''), headers});
  await page.goto(`${servers.page}/frames`);
  const frames: Frame[] = [];
  for (const field of FIELDS.slice(0, count)) {
    await page.evaluate(`(async () => {
      await customElements.whenDefined('sealed-fields');
      const element = document.createElement('sealed-fields');
      element.dataset.fields = '${field}';
      document.body.append(element);
      await element.ready;
    })()`);
    frames.push(await frameWith(page, field));
  }
  return frames;
}

/** Tries one way; its document may be gone before it answers. */
function tryOne(frame: Frame, name: string, trap: Trap): void {
  const ways = {[name]: NAVIGATIONS[name] ?? ''};
  void tryAll(frame, ways, trap).catch(() => undefined);
}

/** Waits until the ways that are not stopped have arrived. */
async function untilArrived(trap: Trap, expected: readonly string[]): Promise<void> {
  await poll(() => Promise.resolve(expected.filter((name) => arrivedAt(trap).has(name))), [...expected]);
}

/** Prepares a call, for which the browser asks that server for its own address. */
async function prepareCall(frame: Frame, {address, port}: CallTrap): Promise<void> {
  await frame.evaluate(`(async () => {
    const call = new RTCPeerConnection({iceServers: [{urls: 'stun:${address}:${port}'}]});
    call.createDataChannel('x');
    await call.setLocalDescription(await call.createOffer());
  })().catch(() => {})`);
}

inEngines('security: frame policy', (suite) => {
  const {engine, prove, proveFresh} = suite;
  const notStopped = NOT_STOPPED[engine];

  prove(
    'C01',
    'without the policy a way for each directive sends data out; with it none does',
    async (page) => {
      const {servers} = suite;
      servers.networkFaults.set(FRAME, withHeaders({[POLICY]: undefined}));
      const start = Date.now();
      const arrived = await sendDataOut(page, servers);
      const elapsed = Date.now() - start - 1000; // without the grace period
      assert.deepEqual(
        Object.keys(RELIABLE).filter((name) => !arrived.includes(name)),
        [],
      );
      await servers.networkFaults.clear();
      assert.deepEqual(await sendDataOut(page, servers, Math.max(1000, elapsed)), []);
    },
  );

  prove('C01', 'the frame can navigate itself, unless the page’s frame-src stops it', async (page) => {
    const {servers} = suite;
    await page.evaluateOnNewDocument(RECORD_VIOLATIONS);
    await withTrap(async (trap) => {
      const ways = [...NAVIGATE_FRAME, ...SEND_FORM];
      const frames = await openFrames(page, servers, ways.length);
      for (const [index, frame] of frames.entries()) tryOne(frame, ways[index] ?? '', trap);
      await untilArrived(trap, NAVIGATE_FRAME);
      for (const frame of frames.slice(NAVIGATE_FRAME.length))
        await frame.waitForFunction(`broken.includes('form-action')`);
      assert.deepEqual([...arrivedAt(trap)].sort(), [...NAVIGATE_FRAME].sort());
    });
    await withTrap(async (trap) => {
      const headers = {'Content-Security-Policy': `frame-src ${servers.widget}`};
      const frames = await openFrames(page, servers, NAVIGATE_FRAME.length, headers);
      for (const [index, frame] of frames.entries()) tryOne(frame, NAVIGATE_FRAME[index] ?? '', trap);
      await page.waitForFunction(
        `broken.filter((directive) => directive === 'frame-src').length >= ${NAVIGATE_FRAME.length}`,
      );
      assert.deepEqual(trap.caught, []);
    });
  });

  prove('C01', 'another window can be opened or navigated where the engine allows it', async (page) => {
    const {servers} = suite;
    await page.evaluateOnNewDocument(RECORD_VIOLATIONS);
    await withTrap(async (trap) => {
      const before = await suite.browser.pages();
      // Each in a page of its own: without a user gesture Chromium opens one window for a page.
      for (const name of OPEN_WINDOW) {
        const [frame] = await openFrames(page, servers, 1);
        assert.ok(frame);
        tryOne(frame, name, trap);
        if (notStopped.windows.includes(name)) await untilArrived(trap, [name]);
        else if (engine === 'webkit')
          await pause(500); // without a window nothing is reported
        else await frame.waitForFunction(`broken.includes('form-action')`);
      }
      assert.deepEqual([...arrivedAt(trap)].sort(), notStopped.windows);
      for (const opened of await suite.browser.pages()) if (!before.includes(opened)) await opened.close();
    });
    await withTrap(async (trap) => {
      for (const name of NAVIGATE_PAGE) {
        const [frame] = await openFrames(page, servers, 1);
        assert.ok(frame);
        tryOne(frame, name, trap);
        if (notStopped.page.includes(name)) await untilArrived(trap, [name]);
        else await pause(500);
      }
      assert.deepEqual([...arrivedAt(trap)], notStopped.page);
    });
  });

  prove('C01', 'connections without a request, and calls, as the engine allows them', async (page) => {
    const {servers} = suite;
    for (const [name, script] of Object.entries(CONNECTIONS))
      await withTrap(async (trap) => {
        await tryAll(await openFields(page, servers), {[name]: script}, trap);
        const isExpected = notStopped.connections.includes(name);
        if (isExpected) await poll(() => Promise.resolve(trap.connections() > 0), true);
        else await pause(1000);
        assert.equal(trap.connections() > 0, isExpected, name);
        assert.deepEqual(trap.caught, []);
      });
    const frame = await openFields(page, servers);
    const trap = await openCallTrap();
    try {
      assert.equal(await frame.evaluate(`'RTCPeerConnection' in window`), notStopped.calls);
      await prepareCall(frame, trap);
      if (notStopped.calls) await poll(() => Promise.resolve(trap.calls() > 0), true);
      else await pause(500);
      assert.equal(trap.calls() > 0, notStopped.calls);
    } finally {
      trap.close();
    }
  });

  prove(
    'C04',
    'a report-only copy of the policy reports a deliberate violation, and nothing else',
    async (page) => {
      const {servers} = suite;
      await withTrap(async (trap) => {
        const policy = (await fetch(servers.widget + FRAME)).headers.get(POLICY) ?? '';
        const copy = `${policy}; report-uri ${trap.origin}/report`;
        servers.networkFaults.set(FRAME, withHeaders({[`${POLICY}-report-only`]: copy}));
        await payAtTheShop(page, servers);
        const frame = await openFields(page, servers);
        await frame.evaluate(`new Image().src = '${servers.evil}/pixel'`);
        const reports = () => trap.caught.map((text) => /"violated-directive":"([\w-]*)/.exec(text)?.[1]);
        await poll(() => Promise.resolve(reports()), ['img-src']);
      });
      await servers.networkFaults.clear();
    },
  );

  prove(
    ['C04', 'C05', 'C06'],
    'a session violates no policy, stores nothing, and requests only what is in the inventory',
    async (page) => {
      const {asked, shop, widget} = suite.servers;
      const recordsViolations = engine !== 'webkit'; // scripts of the driver violate the policy of a document
      const requests: string[] = [];
      const cookies: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('response', (response) => cookies.push(response.headers()['set-cookie'] ?? ''));
      if (recordsViolations) await page.evaluateOnNewDocument(RECORD_VIOLATIONS);
      asked.length = 0;
      await payAtTheShop(page, suite.servers, async (frame) => {
        assert.deepEqual(await frame.evaluate(STORED), NOTHING_STORED);
        if (!recordsViolations) return;
        for (const place of [page.mainFrame(), frame]) assert.deepEqual(await place.evaluate('broken'), []);
      });
      assert.deepEqual(new Set(cookies), new Set(['']));
      assert.deepEqual(await suite.browser.cookies(), []);
      const inventory = [FRAME, ...Object.keys(await inventoryOf(suite.servers))];
      for (const urls of [requests, asked.map(({url}) => url)]) {
        assert.deepEqual(new Set(urls.map((url) => new URL(url).origin)), new Set([shop, widget]));
        const paths = urls.filter((url) => url.startsWith(widget)).map((url) => new URL(url).pathname);
        assert.deepEqual(
          paths.filter((path) => !inventory.includes(path)),
          [],
        );
      }
    },
  );

  if (engine !== 'webkit')
    prove('C04', 'a violation in the page or in the frame would be recorded', async (page) => {
      await page.evaluateOnNewDocument(RECORD_VIOLATIONS);
      await page.goto(`${suite.servers.shop}/card`);
      const frame = await readyFrame(page, suite.servers);
      for (const place of [page.mainFrame(), frame]) {
        await place.evaluate(`new Image().src = '${suite.servers.evil}/pixel'; 0`);
        await place.waitForFunction('broken.length > 0');
        assert.deepEqual(await place.evaluate('broken'), ['img-src']);
      }
    });

  proveFresh('C05', 'no worker of any kind starts; without the policy each does', async (page) => {
    const {servers} = suite;
    const headers = {'Content-Type': 'text/javascript', 'Cross-Origin-Resource-Policy': 'cross-origin'};
    servers.networkFaults.set(WORKER, instead(200, headers, WORKER_SCRIPT));
    servers.networkFaults.set(
      FRAME,
      withHeaders({[POLICY]: undefined, 'cross-origin-embedder-policy': undefined}),
    );
    assert.deepEqual(await (await openFields(page, servers)).evaluate(START_WORKERS), []);
    servers.networkFaults.set(FRAME, withHeaders({}));
    const blocked = await (await openFields(page, servers)).evaluate(START_WORKERS);
    assert.deepEqual(blocked, ['service', 'worker', 'blob', 'shared']);
    await servers.networkFaults.clear();
  });
});
