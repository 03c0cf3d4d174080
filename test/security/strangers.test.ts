import assert from 'node:assert/strict';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Frame, Page} from 'puppeteer-core';
import {readyFrame} from '../e2e/shopper.ts';
import type {Stage} from '../e2e/stage.ts';
import * as attack from './attacker.ts';
import {standMutants} from './mutant.ts';
import {inEngines} from './suite.ts';
import {noiseOf} from './witness.ts';

const without = standMutants('hostSource', 'hostGuard');

/** A document of the widget's origin that anybody may frame: what an attacker has if the host serves one by mistake. */
const COPY = '/v1/copy.html';

async function addCopy(out: string): Promise<void> {
  await writeFile(join(out, 'tree', COPY), '<!doctype html><title>Copy</title>');
  const file = join(out, 'headers.json');
  const {rules} = JSON.parse(await readFile(file, 'utf8')) as {rules: unknown[]};
  const headers = {'Content-Type': 'text/html', 'Cross-Origin-Resource-Policy': 'cross-origin'};
  await writeFile(file, JSON.stringify({rules: [{path: COPY, headers}, ...rules]}));
}

/** The frame of another element on the page: the one window that the host’s guard lets pass. */
async function attackByNeighbor(page: Page, on: Stage): Promise<{neighbor: Frame; port: RegExp}> {
  await attack.openShop(page, on, '<sealed-fields data-fields="cardNumber"></sealed-fields>');
  const neighbor = await readyFrame(page, on);
  await attack.attackFrom(neighbor);
  await attack.insertVictim(page);
  await neighbor.waitForFunction('handed');
  return {neighbor, port: RegExp(`"port".*${(await neighbor.evaluate('handed')) as string}`)};
}

/** A document that no element opened. */
async function attackByStranger(page: Page, on: Stage): Promise<Frame> {
  await attack.openShop(page, on, `<iframe src="${on.widget}${attack.FRAME_PATH}"></iframe>`);
  const [, stranger] = page.frames();
  assert.ok(stranger);
  await attack.attackFrom(stranger);
  await attack.insertVictim(page);
  return stranger;
}

/** The true channel id, as the page knows it. */
function channelOf(page: Page): Promise<string> {
  return page.$eval('#victim iframe', ({src}) => new URL(src).hash.slice(9, 41));
}

inEngines({edit: addCopy}, (scene) => {
  scene.prove('P05', 'the frame of another element does not get the port', async (page) => {
    const {neighbor, port} = await attackByNeighbor(page, scene.stage);
    assert.deepEqual(await attack.sealVictim(page, scene.stage), attack.READ);
    const {messages, ports} = await attack.lootOf(neighbor);
    assert.deepEqual([messages.filter((data) => port.test(data)), ports], [[], []]);
  });

  scene.prove('P05', 'without the host’s check of the window it gets the port', async (page) => {
    const {neighbor, port} = await attackByNeighbor(page, without.hostSource);
    await attack.winBy(neighbor, 'messages', port);
  });

  scene.prove('P05', 'a document that no element opened does not reach the page’s Postmate', async (page) => {
    const stranger = await attackByStranger(page, scene.stage);
    assert.deepEqual(await attack.sealVictim(page, scene.stage), attack.READ);
    assert.deepEqual(await noiseOf(page.mainFrame()), []);
    assert.deepEqual((await attack.lootOf(stranger)).ports, []);
  });

  scene.prove(
    'P05',
    'without the host’s guard Postmate runs what that document names, and throws',
    async (page) => {
      await attackByStranger(page, without.hostGuard);
      await page.waitForFunction('noise.length > 0');
    },
  );

  scene.prove(
    'P05',
    'a copy in a page of the attacker’s beside the element is not listened to',
    async (page) => {
      const {stage} = scene;
      stage.pages.set('/around', {html: `<iframe src="${stage.widget}${COPY}"></iframe>`});
      await attack.openShop(page, stage, `<iframe src="${stage.evil}/around"></iframe>`);
      const copy = page.frames().find((frame) => frame.url() === stage.widget + COPY);
      assert.ok(copy);
      await attack.attackFrom(copy);
      await attack.insertVictim(page);
      await page.waitForSelector('#victim iframe[src]');
      await copy.evaluate(`handed = '${await channelOf(page)}'`);
      await attack.letAttack(copy);
      assert.deepEqual(await attack.sealVictim(page, stage), attack.READ);
      assert.deepEqual(await attack.lootOf(copy), attack.NOTHING);
      assert.deepEqual(await noiseOf(page.mainFrame()), []);
    },
  );
});
