import assert from 'node:assert/strict';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {after} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import {readyFrame} from '../e2e/shopper.ts';
import {settle} from '../e2e/settle.ts';
import {setStage, snippet, type Stage} from '../e2e/stage.ts';
import {editHeaders, inventoryOf} from './publication.ts';
import {payAtTheShop} from './session.ts';
import {inEngines} from './suite.ts';
import {setTrap} from './trap.ts';

/** Where a file of the tree's own stands that would be a worker. */
const WORKER = '/v1/assets/worker-00000000.js';
const WORKER_SCRIPT = `self.onconnect = ({ports: [port]}) => port.postMessage(1); self.postMessage?.(1);`;

/** In the frame: starts what runs on after its document, and says of each whether it was refused. */
const START = `(async () => {
  const spoken = (port, worker) => new Promise((resolve, reject) => {
    port.onmessage = resolve;
    worker.onerror = () => reject(new Error('refused'));
  });
  const blob = () => URL.createObjectURL(new Blob([\`${WORKER_SCRIPT}\`], {type: 'text/javascript'}));
  const alone = (url) => { const worker = new Worker(url); return spoken(worker, worker); };
  const shared = (url) => { const worker = new SharedWorker(url); return spoken(worker.port, worker); };
  const ways = {
    service: () => navigator.serviceWorker.register('${WORKER}'),
    worker: () => alone('${WORKER}'),
    blob: () => alone(blob()),
    shared: () => shared('${WORKER}'),
  };
  const refused = [];
  for (const [name, start] of Object.entries(ways))
    await Promise.resolve().then(start).catch(() => refused.push(name));
  return refused;
})()`;

/** What a frame's document keeps beyond its own life. */
const KEPT = `(async () => ({
  cookie: document.cookie,
  local: localStorage.length,
  session: sessionStorage.length,
  databases: await indexedDB.databases(),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
}))()`;

/** Lets every document of the page keep what policy it broke. */
const LISTEN = `window.broken = [];
  document.addEventListener('securitypolicyviolation', ({effectiveDirective}) => broken.push(effectiveDirective));`;

const addWorker = (out: string) => writeFile(join(out, `tree${WORKER}`), WORKER_SCRIPT);

async function editBare(out: string): Promise<void> {
  await addWorker(out);
  await editHeaders(out, (_path, headers) => {
    delete headers['Content-Security-Policy'];
    delete headers['Cross-Origin-Embedder-Policy'];
  });
}

/** Gives the documents a twin of their policy that stops nothing, and reports to `to`. */
const addTwin = (to: string) => (out: string) =>
  editHeaders(out, (_path, headers) => {
    const policy = headers['Content-Security-Policy'] ?? '';
    headers['Content-Security-Policy-Report-Only'] = `${policy}; report-uri ${to}/report`;
  });

inEngines({edit: addWorker}, (scene) => {
  const {engine, prove} = scene;
  const others: Stage[] = [];
  const stageOf = async (edit: (out: string) => Promise<void>) => {
    const stage = await setStage({edit});
    others.push(stage);
    return stage;
  };
  after(() => Promise.all(others.map((stage) => stage.close())));

  const openFrame = async (page: Page, stage: Stage): Promise<Frame> => {
    stage.pages.set('/shop', snippet(stage, '<form><sealed-fields></sealed-fields></form>'));
    await page.goto(`${stage.page}/shop`);
    return readyFrame(page, stage);
  };

  prove('C04', 'a twin of the policy reports what is broken on purpose, and nothing else', async (page) => {
    const trap = await setTrap();
    try {
      const stage = await stageOf(addTwin(trap.origin));
      await payAtTheShop(page, stage);
      const frame = await openFrame(page, stage);
      await frame.evaluate(`new Image().src = '${stage.evil}/pixel'`);
      const reports = () => trap.caught.map((text) => /"violated-directive":"([\w-]*)/.exec(text)?.[1]);
      await settle(() => Promise.resolve(reports()), ['img-src']);
    } finally {
      await trap.close();
    }
  });

  if (engine !== 'webkit')
    // its driver puts scripts into documents, which it must allow first
    prove('C04', 'no document of a session hears that it broke its policy, and each would', async (page) => {
      await page.evaluateOnNewDocument(LISTEN);
      await payAtTheShop(page, scene.stage, async (frame) => {
        for (const place of [page.mainFrame(), frame]) {
          assert.deepEqual(await place.evaluate('broken'), []);
          await place.evaluate(`new Image().src = '${scene.stage.evil}/pixel'`);
          await place.waitForFunction('broken.length > 0');
          assert.deepEqual(await place.evaluate('broken'), ['img-src']);
        }
      });
    });

  prove('C05', 'no worker of any kind starts; without the policy each does', async (page) => {
    const bare = await openFrame(page, await stageOf(editBare));
    assert.deepEqual(await bare.evaluate(START), []);
    const frame = await openFrame(page, scene.stage);
    assert.deepEqual(await frame.evaluate(START), ['service', 'worker', 'blob', 'shared']);
  });

  prove('C05', 'a session leaves no cookie and nothing in any storage', async (page) => {
    const cookies: string[] = [];
    page.on('response', (response) => cookies.push(response.headers()['set-cookie'] ?? ''));
    await payAtTheShop(page, scene.stage, async (frame) => {
      assert.deepEqual(await frame.evaluate(KEPT), {
        cookie: '',
        local: 0,
        session: 0,
        databases: [],
        caches: [],
        workers: 0,
      });
    });
    assert.deepEqual(new Set(cookies), new Set(['']));
    assert.deepEqual(await scene.browser.cookies(), []);
  });

  prove(
    'C06',
    'a session asks the shop and the widget host alone, and there what is in the inventory',
    async (page) => {
      const {asked, shop, widget} = scene.stage;
      asked.length = 0;
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      await payAtTheShop(page, scene.stage);
      for (const urls of [requests, asked.map(({url}) => url)]) {
        const origins = urls.map((url) => new URL(url).origin);
        assert.deepEqual(new Set(origins), new Set([shop, widget]));
        const paths = urls.filter((url) => url.startsWith(widget)).map((url) => new URL(url).pathname);
        const inventory = ['/v1/m/demo/', ...Object.keys(await inventoryOf(scene.stage))];
        assert.deepEqual(
          paths.filter((path) => !inventory.includes(path)),
          [],
        );
      }
    },
  );
});
