import assert from 'node:assert/strict';
import {appendFile, readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Page} from 'puppeteer-core';
import {readyFrame, typeCard} from '../e2e/shopper.ts';
import {setStage, snippet, type Stage} from '../e2e/stage.ts';
import {CANARY} from './canary.ts';
import {inEngines} from './suite.ts';

/** Keeps what foreign script says to the shop's page, and lets deadlines of the element pass `rate` times as fast. */
const WATCH = `if (window === top) {
  Object.assign(window, {heard: [], told: [], rate: 1});
  addEventListener('message', ({data}) => data === 'tampered' && heard.push(data));
  addEventListener('sealed-error', ({detail: {code}}) => told.push(code));
  const wait = window.setTimeout;
  window.setTimeout = (action, delay = 0) => wait(action, delay >= 1000 ? delay / rate : delay);
}`;

/** Appends script to one of the frame's files, in which whoever serves the tree has a hand. */
const tamper = (chunk: string) => async (out: string) => {
  const folder = join(out, 'tree/v1/assets');
  const [file] = (await readdir(folder)).filter((name) => name.startsWith(`${chunk}-`));
  assert.ok(file);
  await appendFile(join(folder, file), `;parent.postMessage('tampered', '*');`);
};

/** The same, where the documents were published without a hash. */
const tamperUnpinned = (chunk: string) => async (out: string) => {
  await tamper(chunk)(out);
  const path = join(out, 'tree/v1/m/demo/index.html');
  const html = await readFile(path, 'utf8');
  const bare = html.replace(/ integrity="[^"]*"|<script type="importmap">.*<\/script>/g, '');
  assert.notEqual(bare, html);
  await writeFile(path, bare);
};

/** Opens a shop whose frame comes from such a tree. */
async function openOn(page: Page, stage: Stage, attributes = '', rate = 1): Promise<void> {
  stage.pages.set('/shop', snippet(stage, `<form><sealed-fields ${attributes}></sealed-fields></form>`));
  await page.evaluateOnNewDocument(`${WATCH} window.rate = ${rate};`);
  await page.goto(`${stage.page}/shop`);
}

async function withStage(edit: (out: string) => Promise<void>, test: (stage: Stage) => Promise<void>) {
  const stage = await setStage({edit});
  await test(stage).finally(() => stage.close());
}

/** Seals a card. @returns whether that went well, or the code of what failed. */
async function resultOf(page: Page, stage: Stage): Promise<unknown> {
  await typeCard(page, await readyFrame(page, stage), CANARY.card);
  return page.evaluate(`document.querySelector('sealed-fields').seal().then(({ok}) => ok, ({code}) => code)`);
}

inEngines({}, ({prove}) => {
  prove('C02', 'an entry that was changed does not run, and the page is told that no frame came', (page) =>
    withStage(tamper('index'), async (stage) => {
      await openOn(page, stage, '', 5);
      await page.waitForFunction('told.length > 0');
      assert.deepEqual(await page.evaluate('[heard, told]'), [[], ['frame-refused']]);
    }),
  );

  prove('C02', 'ciphers that were changed do not run, and nothing is sealed', (page) =>
    withStage(tamper('seal'), async (stage) => {
      await openOn(page, stage);
      assert.equal(await resultOf(page, stage), 'crypto-unavailable');
      assert.deepEqual(await page.evaluate('heard'), []);
    }),
  );

  prove('C02', 'texts that were changed do not run, and the fields speak English', (page) =>
    withStage(tamper('de'), async (stage) => {
      await openOn(page, stage, 'data-locale="de"');
      const frame = await readyFrame(page, stage);
      assert.equal(await frame.$eval('label', ({textContent}) => textContent), 'Card number');
      assert.deepEqual(await page.evaluate('heard'), []);
    }),
  );

  for (const chunk of ['index', 'seal', 'de'])
    prove('C02', `where nothing is pinned, a changed ${chunk} runs and is heard`, (page) =>
      withStage(tamperUnpinned(chunk), async (stage) => {
        await openOn(page, stage, 'data-locale="de"');
        if (chunk === 'seal') assert.equal(await resultOf(page, stage), true);
        await page.waitForFunction('heard.length > 0');
      }),
    );
});
