import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {addFrame} from '../e2e/frames.ts';
import {typeWholeCard} from '../e2e/shopper.ts';
import type {Stage} from '../e2e/stage.ts';
import * as attack from './attacker.ts';
import {inEngines} from './suite.ts';
import {noiseOf} from './witness.ts';

/** Every id that a page could come to use, in the shape of every result that it could wait for. */
const FORGERY = `{
  const values = {encrypted_number: 'Zm9yZ2Vk', encrypted_csc: 'Zm9yZ2Vk'};
  const envelope = {values, keyId: 'forged', id: 'f'.repeat(32), sealedAt: new Date().toISOString()};
  const type = 'application/x-postmate-v1+json';
  for (let id = 1; id <= 10_000; id += 1) {
    top.postMessage({event: 'sealed', payload: {request: id, envelope}}, '*');
    top.postMessage({postmate: 'reply', type, uid: id, value: envelope}, '*');
  }
  for (const channel of [undefined, handed])
    for (const shape of [{ok: true, ...envelope}, {sealed: 'result', envelope}, {postmate: 'emit', type, value: {name: 'sealed', data: envelope}}])
      top.postMessage({...shape, channel}, '*');
  top.postMessage('all said', '*');
}`;

/** In each frame: what it says of a sealed card waits, as if the ciphers took their time. */
const SLOWED = `if (window !== top) {
  const post = MessagePort.prototype.postMessage;
  const held = [];
  window.hold = (port, data) => held.push(() => post.call(port, data));
  window.release = () => held.splice(0).forEach((say) => say());
  MessagePort.prototype.postMessage = function (data, ...more) {
    if (data?.event === 'sealed') hold(this, data);
    else post.call(this, data, ...more);
  };
  window.countHeld = () => held.length;
}`;

const WAIT = `{
  window.finished = 0;
  addEventListener('message', ({data}) => { if (data === 'all said') finished += 1; }, true);
  window.result = undefined;
  document.querySelector('#victim sealed-fields').seal().then((sealed) => { result = sealed; });
  true;
}`;

/** A card is being sealed; its frame holds the result back. */
async function sealSlowly(page: Page, frame: Frame): Promise<void> {
  await typeWholeCard(page, frame, attack.CARD);
  await page.evaluate(WAIT);
  await frame.waitForFunction('countHeld() > 0');
}

async function resultOf(page: Page, stage: Stage): Promise<{read: string[]; keyId: string}> {
  await page.waitForFunction('result');
  const {values, keyId} = (await page.evaluate('result')) as {
    values: Record<string, string>;
    keyId: string;
  };
  return {read: stage.open([values['encrypted_number'] ?? '', values['encrypted_csc'] ?? '']), keyId};
}

inEngines({}, (scene) => {
  scene.prove('P04', 'from an advertiser, the shop’s own origin, and the widget’s', async (page) => {
    const {stage} = scene;
    await page.evaluateOnNewDocument(SLOWED);
    stage.pages.set('/forger', {html: '<!doctype html><title>Forger</title>'});
    await attack.openShop(page, stage, '');
    const forgers = [];
    for (const url of [`${stage.evil}/forger`, `${stage.page}/forger`, stage.widget + attack.FRAME_PATH])
      forgers.push(await addFrame(page, url));
    await attack.insertVictim(page);
    await page.$eval('#victim sealed-fields', (element) => element.ready);
    const victim = await (await page.$('#victim iframe'))?.contentFrame();
    assert.ok(victim);
    await sealSlowly(page, victim);
    for (const forger of forgers) await forger.evaluate(FORGERY);
    await page.waitForFunction('finished >= 2'); // the stranger’s are stopped before they are counted
    assert.equal(await page.evaluate('result'), undefined);
    await victim.evaluate('release()');
    assert.deepEqual(await resultOf(page, stage), {read: attack.READ, keyId: 'stage'});
    assert.deepEqual(await noiseOf(page.mainFrame()), []);
  });
});
