import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {settle} from '../e2e/settle.ts';
import {snippet} from '../e2e/stage.ts';
import * as attack from './attacker.ts';
import {standMutants} from './mutant.ts';
import {inEngines} from './suite.ts';

const {CHANNEL, FRAME_PATH, shownIn} = attack;
const without = standMutants('frameAnywhere', 'frameOrigin');

/** Opens a page and waits until this stands in each of its frames: our fields, our neutral line, or neither. */
async function assertShownAt(page: Page, url: string, expected: readonly string[]): Promise<void> {
  await page.goto(url);
  const frames = () => page.frames().slice(1);
  const shown = () => Promise.all(frames().map((frame) => shownIn(frame).catch(() => 'loading')));
  await settle(shown, [...expected]);
}

inEngines({}, (scene) => {
  scene.prove('P02', 'alone in a tab there are no fields', async (page) => {
    await page.goto(scene.stage.widget + FRAME_PATH);
    assert.equal(await shownIn(page.mainFrame()), 'neutral');
  });

  scene.prove('P02', 'without the check of the ancestors there are', async (page) => {
    await page.goto(without.frameAnywhere.widget + FRAME_PATH);
    assert.equal(await shownIn(page.mainFrame()), 'fields');
  });

  if (scene.engine !== 'webkit')
    // its driver tells of no tab that a page opens
    scene.prove('P02', 'in a tab that an attacker opened there are no fields', async (page) => {
      const {stage, browser} = scene;
      stage.pages.set('/opener', {html: 'Opener'});
      await page.goto(`${stage.evil}/opener`);
      const [opened] = await Promise.all([
        browser.waitForTarget((target) => target.url() === stage.widget + FRAME_PATH),
        page.evaluate(`void open('${stage.widget}${FRAME_PATH}')`),
      ]);
      const tab = await opened.page();
      assert.ok(tab);
      await tab.waitForFunction(() => document.readyState === 'complete');
      assert.equal(await shownIn(tab.mainFrame()), 'neutral');
      await tab.close();
    });

  scene.prove('P03', 'in an attacker’s frame, and in a shop within one, nothing is shown', async (page) => {
    const {stage} = scene;
    const shop = `${stage.page}/shop`;
    stage.pages.set('/shop', snippet(stage, '<form><sealed-fields></sealed-fields></form>'));
    stage.pages.set('/around-frame', {html: `<iframe src="${stage.widget}${FRAME_PATH}"></iframe>`});
    stage.pages.set('/around-shop', {html: `<iframe src="${shop}"></iframe>`});
    await assertShownAt(page, shop, ['fields']);
    await assertShownAt(page, `${stage.evil}/around-frame`, ['nothing']);
    await assertShownAt(page, `${stage.evil}/around-shop`, ['nothing', 'nothing']);
  });

  scene.prove('P03', 'at an origin that looks alike nothing is shown', async (page) => {
    const {stage} = scene;
    const {port} = new URL(stage.page);
    stage.pages.set('/shop', snippet(stage, '<form><sealed-fields></sealed-fields></form>'));
    const inUpperCase = `${stage.page.replace('localhost', 'LOCALHOST')}/shop`;
    await assertShownAt(page, inUpperCase, ['fields']); // the same origin
    const unknown = scene.engine === 'webkit'; // WebKitGTK resolves neither
    const hosts = ['127.0.0.1', ...(unknown ? [] : ['localhost.', 'shop.localhost'])];
    const others = hosts.map((host) => `http://${host}:${port}`);
    others.push(stage.evil.replace('//', '//localhost:80@'));
    for (const other of others) await assertShownAt(page, `${other}/shop`, ['nothing']);
  });

  scene.prove('P03', 'in a page without an origin nothing is shown', async (page) => {
    const {stage} = scene;
    const html = `<iframe src="${stage.widget}${FRAME_PATH}"></iframe>`;
    stage.pages.set('/sandbox', {html, headers: {'Content-Security-Policy': 'sandbox allow-scripts'}});
    await assertShownAt(page, `${stage.page}/sandbox`, ['nothing']);
  });

  scene.prove('P03', 'without its headers the frame itself compares, letter by letter', async (page) => {
    const {stage} = scene;
    const {port} = new URL(stage.page);
    const listed: [origin: string, shown: string][] = [
      [stage.page, 'fields'],
      [stage.page.replace('http:', 'https:'), 'neutral'],
      [stage.page.slice(0, -1), 'neutral'],
      ['http://localhost', 'neutral'],
      [`http://localhost.:${port}`, 'neutral'],
      [`http://127.0.0.1:${port}`, 'neutral'],
      [`https://localhost.evil.example:${port}`, 'neutral'],
    ];
    const {url, list} = await attack.serveListing(stage);
    stage.pages.set('/around', {html: `<iframe src="${url}"></iframe>`});
    for (const [origin, shown] of listed) {
      list(origin);
      await assertShownAt(page, `${stage.page}/around`, [shown]);
    }
    list(stage.page);
    stage.pages.set('/sandbox', {
      html: `<iframe src="${url}"></iframe>`,
      headers: {'Content-Security-Policy': 'sandbox allow-scripts'},
    });
    await assertShownAt(page, `${stage.page}/sandbox`, ['nothing']);
  });

  scene.prove('P03', 'without its headers the frame tells an attacker around it nothing', async (page) => {
    const url = (await attack.serveWithoutHeaders(scene.stage)) + FRAME_PATH;
    const frame = await attack.openAround(page, scene.stage, url, CHANNEL);
    assert.equal(await shownIn(frame), 'neutral');
    await attack.letAttack(page.mainFrame());
    assert.deepEqual(await attack.lootOf(page.mainFrame()), attack.NOTHING);
  });

  scene.prove(
    'P03',
    'that holds by the frame’s check of the origin, and by nothing without it',
    async (page) => {
      for (const on of [without.frameAnywhere, without.frameOrigin]) {
        const url = (await attack.serveWithoutHeaders(on)) + FRAME_PATH;
        const frame = await attack.openAround(page, on, url, CHANNEL);
        assert.equal(await shownIn(frame), 'fields');
        if (on === without.frameOrigin) {
          await attack.winBy(page.mainFrame(), 'messages', /handshake-reply/);
          await attack.winBy(page.mainFrame(), 'ports', /"ready"/);
        } else {
          await attack.letAttack(page.mainFrame());
          assert.deepEqual(await attack.lootOf(page.mainFrame()), attack.NOTHING);
        }
      }
    },
  );
});
