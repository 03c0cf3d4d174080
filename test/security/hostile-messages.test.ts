import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {addFrame} from '../e2e/frames.ts';
import {typeCard, valueOf} from '../e2e/shopper.ts';
import * as attack from './attacker.ts';
import {heardBy, openByHand, sealByHand} from './by-hand.ts';
import {THROW_AT_ALL, THROW_JUNK, TOO_DEEP} from './junk.ts';
import {inEngines, type Scene} from './suite.ts';
import {assertQuiet} from './witness.ts';

/** Names out of the prototype, of others, of none. */
const NAMES = `['valueOf', 'constructor', '__proto__', 'hasOwnProperty', 'toString', '__defineGetter__', 'then', 'get',
  'nobody', '0', 0, '', 'x'.repeat(1_000_000)]`;

/** Opens the frame by hand with a card in it, sealed once, and every document witnessed. */
async function openSealed(page: Page, scene: Scene): Promise<Frame> {
  await page.evaluateOnNewDocument(attack.WITNESS(scene.stage.widget));
  const frame = await openByHand(page, scene.stage);
  await typeCard(page, frame, attack.CARD);
  await sealByHand(page, 1);
  return frame;
}

/** What the frame said since, but for its answers to a seal, and what its window said. */
async function othersSince(page: Page, count: number): Promise<string[]> {
  const since = (await heardBy(page)).slice(count).map(({event}) => event);
  return since.filter((event) => !['sealing', 'sealed'].includes(event));
}

async function assertUnmoved(page: Page, frame: Frame): Promise<void> {
  await assertQuiet(page);
  assert.deepEqual(await page.evaluate('broken'), []);
  assert.equal(await valueOf(frame, 'securityCode'), attack.CARD.securityCode);
}

inEngines({}, (scene) => {
  scene.prove('P07', 'at the frame, through the port and at its window', async (page) => {
    const frame = await openSealed(page, scene);
    const before = (await heardBy(page)).length;
    const told = await page.evaluate('told.length');
    const unsent = (await page.evaluate(THROW_JUNK(scene.stage.widget))) as string[];
    for (const name of unsent) assert.match(name, TOO_DEEP);
    assert.deepEqual(await othersSince(page, before), []);
    assert.equal(await page.evaluate('told.length'), told);
    await assertUnmoved(page, frame);
    const {payload} = await sealByHand(page, 2);
    const {values} = payload['envelope'] as {values: Record<string, string>};
    const [number = ''] = scene.stage.open([values['encrypted_number'] ?? '']);
    assert.equal(number, attack.CARD.cardNumber);
  });

  scene.prove('P07', 'at the page, from an advertiser and from the widget’s own origin', async (page) => {
    const {stage} = scene;
    stage.pages.set('/thrower', {html: '<!doctype html><title>Thrower</title>'});
    await attack.openShop(page, stage, '');
    const advertiser = await addFrame(page, `${stage.evil}/thrower`);
    const stranger = await addFrame(page, stage.widget + attack.FRAME_PATH);
    await attack.insertVictim(page);
    await page.$eval('#victim sealed-fields', (element) => element.ready);
    const before = await page.$eval('#victim sealed-fields', ({state}) => JSON.stringify(state));
    for (const frame of [advertiser, stranger]) await frame.evaluate(THROW_AT_ALL);
    const after = await page.$eval('#victim sealed-fields', ({state}) => JSON.stringify(state));
    assert.equal(after, before);
    assert.deepEqual(await attack.sealVictim(page, stage), attack.READ);
    await assertQuiet(page);
  });

  scene.prove('P08', 'as events over the port, and as properties of Postmate’s at any time', async (page) => {
    const {widget} = scene.stage;
    // At the moment when Postmate has answered and no port is offered yet, and again at the end.
    await page.evaluateOnNewDocument(`if (window === top) {
      window.ask = () => {
        const type = 'application/x-postmate-v1+json';
        for (const property of ${NAMES})
          for (const postmate of ['request', 'call', 'reply', 'emit'])
            document.querySelector('iframe').contentWindow.postMessage({postmate, type, property, uid: 1, value: {name: property}}, '${widget}');
      };
      addEventListener('message', ({data}) => { if (data?.postmate === 'handshake-reply') ask(); });
    }`);
    const frame = await openSealed(page, scene);
    const before = (await heardBy(page)).length;
    await page.evaluate(`for (const event of ${NAMES}) { speak(event, {}); speak(event, {field: event}); }`);
    await page.evaluate(`for (const field of ${NAMES}) { speak('focus', {field}); }`);
    await page.evaluate('ask()');
    await sealByHand(page, 2);
    assert.deepEqual(await othersSince(page, before), []);
    assert.deepEqual(await page.evaluate('told.map(({postmate, sealed}) => postmate ?? sealed)'), [
      'handshake-reply',
      'hello',
    ]);
    await assertUnmoved(page, frame);
  });

  scene.prove(
    'P12',
    'a second handshake and a second port bring nothing, the first port lives on',
    async (page) => {
      const frame = await openSealed(page, scene);
      const before = (await heardBy(page)).length;
      await page.evaluate(`{
      window.second = [];
      shake();
      const {port1, port2} = new MessageChannel();
      port1.onmessage = ({data}) => second.push(data);
      const frame = document.querySelector('iframe').contentWindow;
      const {channel} = told.find(({sealed}) => sealed === 'hello');
      frame.postMessage({sealed: 'port', channel}, '${scene.stage.widget}', [port2]);
      port1.postMessage({event: 'clear', payload: {}});
    }`);
      await sealByHand(page, 2);
      const since = (await heardBy(page)).slice(before).map(({event}) => event);
      assert.deepEqual(since, ['sealing', 'sealed']);
      assert.deepEqual(await page.evaluate('second'), []);
      assert.equal(await page.evaluate('told.length'), 2);
      await assertUnmoved(page, frame);
    },
  );

  scene.prove(
    'P12',
    'all that the page says by Postmate once it has been answered is passed over',
    async (page) => {
      const {stage} = scene;
      await attack.openShop(page, stage, '');
      await attack.insertVictim(page);
      await page.$eval('#victim sealed-fields', (element) => element.ready);
      const source = await page.$eval('#victim iframe', ({src}) => src);
      await page.evaluate(`handed = '${new URL(source).hash.slice(9, 41)}'`);
      const before = (await attack.lootOf(page.mainFrame())).messages;
      assert.equal(before.filter((data) => data.includes('handshake-reply')).length, 1);
      await attack.attackFrom(page.mainFrame());
      await attack.letAttack(page.mainFrame());
      assert.deepEqual(await attack.sealVictim(page, stage), attack.READ);
      assert.deepEqual(await attack.lootOf(page.mainFrame()), {messages: before, ports: []});
      await assertQuiet(page);
    },
  );
});
