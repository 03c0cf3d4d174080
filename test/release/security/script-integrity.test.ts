import assert from 'node:assert/strict';
import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import type {CDPSession, Page} from 'puppeteer-core';
import {integrityOf} from '../../../widget/publish/inventory.ts';
import {untilFetched} from '../../support/browser.ts';
import type {Servers} from '../../support/servers.ts';
import {serveChanged} from './attacks/documents.ts';
import {CANARY} from './canary.ts';
import {fill, openFields, outcomeOfSeal, servePage} from './pages.ts';
import {inventoryOf} from './publication.ts';
import {inEngines} from './suite.ts';

/** In the merchant's page: records messages of changed scripts and error codes. Deadlines pass `rate` times as fast. */
const WATCH = (rate: number) => `if (window === top) {
  Object.assign(window, {changed: [], codes: []});
  addEventListener('message', ({data}) => { if (data?.changed) changed.push(data.changed); });
  addEventListener('sealed-error', ({detail: {code}}) => codes.push(code));
  const setTimer = window.setTimeout;
  window.setTimeout = (action, delay = 0) => setTimer(action, delay >= 1000 ? delay / ${rate} : delay);
}`;

/** Serves these scripts of the frame with a statement that reports to the page, as someone with write access to the host could. */
async function changeScripts(servers: Servers, ...names: readonly string[]): Promise<void> {
  const files = await readdir(join(servers.published, 'tree/v1/assets'));
  for (const name of names) {
    const file = files.find((each) => each.startsWith(`${name}-`));
    assert.ok(file);
    await serveChanged(
      servers,
      `/v1/assets/${file}`,
      (script) => `${script};parent.postMessage({changed: '${name}'}, '*');`,
    );
  }
}

/** Serves the frame document without hashes. */
async function removeHashes(servers: Servers): Promise<void> {
  await serveChanged(servers, '/v1/m/demo/', (html) => {
    const bare = html.replace(/ integrity="[^"]*"|<script type="importmap">.*<\/script>/g, '');
    assert.notEqual(bare, html);
    return bare;
  });
}

/** The scripts that a session in German loads: their integrity in the inventory, by path. */
async function inventoryOfSession(servers: Servers): Promise<Record<string, string>> {
  const isLoaded = /^\/v1\/(sealed-fields|assets\/(index|seal|paytrace|icons|de)-[\w-]{8})\.js$/;
  const all = Object.entries(await inventoryOf(servers)).filter(([path]) => isLoaded.test(path));
  return Object.fromEntries(all.sort().map(([path, {integrity}]) => [path, integrity]));
}

/** Every script that a target has run: its path, and the integrity of the text that ran. */
async function scriptsOf(session: CDPSession): Promise<[path: string, integrity: string][]> {
  const parsed: {url: string; scriptId: string}[] = [];
  session.on('Debugger.scriptParsed', (script) => parsed.push(script));
  await session.send('Debugger.enable'); // also reports those that ran before
  const own = parsed.filter(({url}) => url.startsWith('http')); // the others are puppeteer's
  return Promise.all(
    own.map(async ({url, scriptId}) => {
      const {scriptSource} = await session.send('Debugger.getScriptSource', {scriptId});
      return [new URL(url).pathname, integrityOf('sha384', scriptSource)];
    }),
  );
}

const changedIn = (page: Page) => page.evaluate('changed');

inEngines('security: script integrity', (suite) => {
  const {engine, proveFresh} = suite;

  proveFresh('C02', 'a changed entry does not run, and the page is notified', async (page) => {
    await changeScripts(suite.servers, 'index');
    await page.evaluateOnNewDocument(WATCH(5));
    servePage(suite.servers);
    await page.goto(`${suite.servers.page}/shop`);
    await page.waitForFunction('codes.length > 0');
    assert.deepEqual(await page.evaluate('codes'), ['frame-refused']);
    assert.deepEqual(await changedIn(page), []);
    await suite.servers.networkFaults.clear();
  });

  proveFresh('C02', 'changed encryption code and texts do not run', async (page) => {
    await changeScripts(suite.servers, 'seal', 'de');
    await page.evaluateOnNewDocument(WATCH(1));
    const frame = await openFields(page, suite.servers, {attributes: 'data-locale="de"'});
    assert.equal(await frame.$eval('label', ({textContent}) => textContent), 'Card number');
    await fill(page, frame, CANARY.card);
    assert.equal(await outcomeOfSeal(page), 'crypto-unavailable');
    assert.deepEqual(await changedIn(page), []);
    await suite.servers.networkFaults.clear();
  });

  proveFresh('C02', 'without hashes each changed script runs', async (page) => {
    await changeScripts(suite.servers, 'index', 'seal', 'de');
    await removeHashes(suite.servers);
    await page.evaluateOnNewDocument(WATCH(1));
    const frame = await openFields(page, suite.servers, {attributes: 'data-locale="de"'});
    await fill(page, frame, CANARY.card);
    assert.equal(await outcomeOfSeal(page), 'sealed');
    await page.waitForFunction(`['index', 'seal', 'de'].every((name) => changed.includes(name))`);
    await suite.servers.networkFaults.clear();
  });

  proveFresh(
    ['C08', 'C09'],
    'the scripts that were loaded and that ran are those of the inventory',
    async (page) => {
      const {servers} = suite;
      const inventory = await inventoryOfSession(servers);
      const paths = Object.keys(inventory);
      servers.asked.length = 0;
      const frame = await openFields(page, servers, {attributes: 'data-locale="de"'});
      await fill(page, frame, CANARY.card);
      assert.equal(await outcomeOfSeal(page), 'sealed');
      await untilFetched(frame, 'icons');

      const entries = `performance.getEntriesByType('resource').map(({name}) => new URL(name).pathname)`;
      const loaded = [await page.evaluate(entries), await frame.evaluate(entries)].flat() as string[];
      assert.deepEqual(loaded.filter((path) => path.endsWith('.js')).sort(), paths);
      const types = await frame.evaluate(`Array.from(document.scripts, ({type}) => type)`);
      assert.deepEqual(types, ['application/json', 'importmap', 'module']); // record, hashes, entry

      const requested = servers.asked.map(({url}) => url).filter((url) => url.endsWith('.js'));
      assert.deepEqual(requested.map((url) => new URL(url).pathname).sort(), paths);
      const html = await (await fetch(`${servers.widget}/v1/m/demo/`)).text();
      for (const url of requested) {
        const {pathname} = new URL(url);
        const script = Buffer.from(await (await fetch(url)).arrayBuffer());
        assert.equal(integrityOf('sha384', script), inventory[pathname]);
        if (pathname.includes('assets'))
          assert.equal(integrityOf('sha256', script), statedIn(html, pathname));
      }

      if (engine !== 'chromium') return; // no other driver reports the scripts that ran
      const target = await page
        .browserContext()
        .waitForTarget((each) => each.url().startsWith(`${servers.widget}/v1/m/`));
      const ran = [
        ...(await scriptsOf(await page.createCDPSession())),
        ...(await scriptsOf(await target.createCDPSession())),
      ];
      assert.deepEqual(Object.fromEntries(ran), inventory);
      assert.equal(ran.length, paths.length);
    },
  );
});

/** The hash of a script that the document states, in an attribute or in its import map. */
function statedIn(html: string, path: string): string | undefined {
  return RegExp(`"${path}"(:| integrity=)"([^"]+)"`).exec(html)?.[2];
}
