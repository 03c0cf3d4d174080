import assert from 'node:assert/strict';
import type {CDPSession, Frame} from 'puppeteer-core';
import {typeCard, typeInto, valueOf} from '../e2e/shopper.ts';
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

  scene.prove('P09', '50,000 commands through the port, then a seal within 3 seconds', async (page) => {
    const frame = await openByHand(page, scene.stage);
    await typeCard(page, frame, attack.CARD);
    const milliseconds = (await page.evaluate(`(async () => {
      const labels = {cardNumber: 'x'.repeat(200)};
      const configure = {colorScheme: 'light', layout: 'stacked', locale: 'en', labels, placeholders: {},
        disabled: false, optional: false, autoAdvance: false, names: {}, padding: 'x'.repeat(600)};
      for (let count = 0; count < 50_000; count += 1) speak('configure', configure);
      const start = performance.now();
      const isSealed = () => heard.some(({event}) => event === 'sealed');
      for (let request = 1; !isSealed() && performance.now() - start < 20_000; request += 1) {
        speak('seal', {request, submission: 'a'.repeat(32)}); // in a second that is full, it is dropped
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return isSealed() ? performance.now() - start : Infinity;
    })()`)) as number;
    assert.ok(milliseconds < 3000, `${milliseconds} ms`);
    await page.keyboard.press('Backspace');
    await typeInto(page, frame, 'securityCode', '9');
    assert.equal(await valueOf(frame, 'securityCode'), '999');
  });
});
