import assert from 'node:assert/strict';
import type {CDPSession, Page} from 'puppeteer-core';
import {integrityOf} from '../../widget/publish/inventory.ts';
import {readyFrame, typeWholeCard} from '../e2e/shopper.ts';
import {setStage, snippet, type Stage} from '../e2e/stage.ts';
import {CANARY} from './canary.ts';
import {inventoryOf} from './publication.ts';
import {inEngines} from './suite.ts';

/** Opens fields in German, and seals a card: then every kind of script has run. */
async function sealInGerman(page: Page, stage: Stage) {
  const body = '<form><sealed-fields data-locale="de"></sealed-fields></form>';
  stage.pages.set('/shop', snippet(stage, body));
  await page.goto(`${stage.page}/shop`);
  const frame = await readyFrame(page, stage);
  await typeWholeCard(page, frame, CANARY.card);
  assert.ok((await page.$eval('sealed-fields', (element) => element.seal())).ok);
  return frame;
}

/** What the inventory says of the scripts that such a session runs: their integrity by path. */
async function neededOn(stage: Stage): Promise<Record<string, string>> {
  const isNeeded = /^\/v1\/(sealed-fields|assets\/(index|seal|paytrace|pictures|de)-[\w-]{8})\.js$/;
  const all = Object.entries(await inventoryOf(stage)).filter(([path]) => isNeeded.test(path));
  return Object.fromEntries(all.sort().map(([path, {integrity}]) => [path, integrity]));
}

/** Every script that a target has run, by its path, with the integrity of the text that ran. */
async function scriptsOf(session: CDPSession): Promise<[path: string, integrity: string][]> {
  const parsed: {url: string; scriptId: string}[] = [];
  session.on('Debugger.scriptParsed', (script) => parsed.push(script));
  await session.send('Debugger.enable'); // tells those that ran before, too
  const own = parsed.filter(({url}) => url.startsWith('http')); // the rest is puppeteer's
  return Promise.all(
    own.map(async ({url, scriptId}) => {
      const {scriptSource} = await session.send('Debugger.getScriptSource', {scriptId});
      return [new URL(url).pathname, integrityOf('sha384', scriptSource)];
    }),
  );
}

inEngines({}, (scene) => {
  const {engine, prove} = scene;

  if (engine === 'chromium')
    prove(
      'C08',
      'the texts that the engine ran, in page and frame, are those of the inventory',
      async (page) => {
        const needed = await neededOn(scene.stage);
        await sealInGerman(page, scene.stage);
        const isFrame = (url: string) => url.startsWith(`${scene.stage.widget}/v1/m/`);
        const target = await scene.browser.waitForTarget((each) => isFrame(each.url()));
        const ran = [
          ...(await scriptsOf(await page.createCDPSession())),
          ...(await scriptsOf(await target.createCDPSession())),
        ];
        assert.deepEqual(Object.fromEntries(ran), needed);
        assert.equal(ran.length, Object.keys(needed).length);
      },
    );

  prove('C08', 'the scripts that page and frame loaded are in the inventory', async (page) => {
    const frame = await sealInGerman(page, scene.stage);
    const loaded = `performance.getEntriesByType('resource').map(({name}) => name)`;
    const all = [await page.evaluate(loaded), await frame.evaluate(loaded)].flat() as string[];
    const paths = all.map((url) => new URL(url).pathname).filter((path) => path.endsWith('.js'));
    assert.deepEqual(paths.sort(), Object.keys(await neededOn(scene.stage)));
    // The record, the map of hashes, the entry.
    assert.deepEqual(await frame.evaluate(`Array.from(document.scripts, ({type}) => type)`), [
      'application/json',
      'importmap',
      'module',
    ]);
  });

  prove(
    'C09',
    'every script that was asked for has the hash of the inventory, and of the document',
    async (page) => {
      const stage = await setStage(); // whose scripts are in no cache yet
      try {
        await sealInGerman(page, stage);
        const needed = await neededOn(stage);
        const urls = stage.asked.map(({url}) => url).filter((url) => url.endsWith('.js'));
        assert.deepEqual(urls.map((url) => new URL(url).pathname).sort(), Object.keys(needed));
        const html = await (await fetch(`${stage.widget}/v1/m/demo/`)).text();
        for (const url of urls) {
          const {pathname} = new URL(url);
          const script = Buffer.from(await (await fetch(url)).arrayBuffer());
          assert.equal(integrityOf('sha384', script), needed[pathname]);
          if (pathname.includes('assets'))
            assert.equal(integrityOf('sha256', script), statedIn(html, pathname));
        }
      } finally {
        await stage.close();
      }
    },
  );
});

/** What the document says of a script, in a tag or in its map. */
function statedIn(html: string, path: string): string | undefined {
  return RegExp(`"${path}"(:| integrity=)"([^"]+)"`).exec(html)?.[2];
}
