import assert from 'node:assert/strict';
import type {CDPSession, Frame} from 'puppeteer-core';
import {typeCard} from '../e2e/shopper.ts';
import * as attack from './attacker.ts';
import {heardBy, openByHand, sealByHand} from './by-hand.ts';
import {inEngines} from './suite.ts';
import {assertQuiet, NOISE} from './witness.ts';

const MEGABYTE = 1024 * 1024;

/** Bytes in use by the process of this frame after collection: its heap, and buffers beside it. */
async function memoryOf(frame: Frame): Promise<number> {
  const {client} = frame as unknown as {client: CDPSession};
  await client.send('HeapProfiler.collectGarbage');
  const {usedSize, backingStorageSize = 0} = (await client.send('Runtime.getHeapUsage')) as {
    usedSize: number;
    backingStorageSize?: number;
  };
  return usedSize + backingStorageSize;
}

/** Waits until the memory is back. @returns what it came to within ten seconds. */
async function settledMemory(frame: Frame, limit: number): Promise<number> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const bytes = await memoryOf(frame);
    if (bytes <= limit || Date.now() > deadline) return bytes;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Each to the frame’s window and through the port; the latter as an event, too. */
const LOADS: Readonly<Record<string, string>> = {
  'a text of 8 MB': `'x'.repeat(${8 * MEGABYTE})`,
  'a buffer of 200 MB': `new ArrayBuffer(${200 * MEGABYTE})`,
  '10,000 ports': `Array.from({length: 10_000}, () => new MessageChannel().port2)`,
};

const send = (load: string, origin: string) => `{
  const frame = document.querySelector('iframe').contentWindow;
  for (const say of [
    (load, transfer) => frame.postMessage({sealed: 'port', channel: '', load}, '${origin}', transfer),
    (load, transfer) => port.postMessage(load, transfer),
    (load, transfer) => port.postMessage({event: 'configure', payload: load}, transfer),
    (load, transfer) => port.postMessage({event: load, payload: {}}, transfer),
  ]) {
    const load = ${load};
    say(load, typeof load === 'string' ? [] : [load].flat());
  }
}`;

inEngines({}, (scene) => {
  for (const [what, load] of Object.entries(LOADS))
    scene.prove('P10', what, async (page) => {
      const {widget} = scene.stage;
      await page.evaluateOnNewDocument(NOISE);
      const frame = await openByHand(page, scene.stage);
      await typeCard(page, frame, attack.CARD);
      await sealByHand(page, 1);
      const heard = (await heardBy(page)).length;
      const before = scene.engine === 'chromium' ? await memoryOf(frame) : 0;
      await page.evaluate(send(load, widget));
      await sealByHand(page, 2); // what was sent before has come through
      const since = (await heardBy(page)).slice(heard).map(({event}) => event);
      assert.deepEqual(since, ['sealing', 'sealed']);
      await assertQuiet(page);
      if (scene.engine !== 'chromium') return; // no other driver tells
      const after = await settledMemory(frame, before * 1.1);
      assert.ok(after <= before * 1.1, `${before} bytes before, ${after} after`);
    });

  scene.prove(
    'P09',
    'of 50,000 commands through the port, 200 a second are heeded; then a seal',
    async (page) => {
      const frame = await openByHand(page, scene.stage);
      await page.evaluate(`{
      window.start = performance.now();
      for (let request = 1; request <= 50_000; request += 1)
        speak('seal', {request, submission: 'a'.repeat(32), padding: 'x'.repeat(1000)});
    }`);
      const last = 1_000_000; // in a second that is full it is dropped, so it is asked anew
      await page.waitForFunction(
        `heard.some(({payload}) => payload.request === ${last}) ||
      void speak('seal', {request: ${last}, submission: 'b'.repeat(32)})`,
        {polling: 100},
      );
      const [heeded, milliseconds] = (await page.evaluate(
        `[heard.filter(({event}) => event === 'refused').length, performance.now() - start]`,
      )) as [number, number];
      const most = 200 * (Math.floor(milliseconds / 1000) + 2); // it began and ended within a second
      assert.ok(heeded <= most, `${heeded} in ${milliseconds} ms`);
      await typeCard(page, frame, attack.CARD);
      const {event} = await sealByHand(page, last + 1);
      assert.equal(event, 'sealed');
    },
  );
});
