import assert from 'node:assert/strict';
import type {CDPSession, Frame, Page} from 'puppeteer-core';
import {readyFrame, typeCard, typeInto, valueOf} from '../../support/browser.ts';
import * as attacker from './attacks/attacker-page.ts';
import {envelopeOf, heardBy, openHostileHost, requestSeal} from './attacks/hostile-host.ts';
import {exceedMessageRate, PROTOTYPE_NAMES, sendLongLabel, sendPrototypeKeys} from './attacks/messages.ts';
import {assertQuiet, NOISE} from './attacks/noise.ts';
import {SEND_JUNK, TOO_DEEP} from './junk.ts';
import {fill, setValues} from './pages.ts';
import {inEngines} from './suite.ts';

const {CARD} = attacker;

/** Method names: inherited, unknown, empty, numeric and huge. */
const NAMES = `[${PROTOTYPE_NAMES.map((name) => `'${name}'`).join()}, 'get', 'unknown', '0', 0, '', 'x'.repeat(1_000_000)]`;

/** In the page: names them in every message of Postmate's, between Postmate's reply and the port, and on request. */
const CALL_NAMES = (widget: string) => `if (window === top) {
  window.callNames = () => {
    const type = 'application/x-postmate-v1+json';
    for (const property of ${NAMES})
      for (const postmate of ['request', 'call', 'reply', 'emit'])
        document.querySelector('iframe').contentWindow.postMessage({postmate, type, property, uid: 1, value: {name: property}}, '${widget}');
  };
  addEventListener('message', ({data}) => { if (data?.postmate === 'handshake-reply') callNames(); });
}`;

/** In the page: a second handshake, and a second port on the same channel. */
const SECOND_HANDSHAKE = (widget: string) => `{
  window.second = [];
  shake();
  const {port1, port2} = new MessageChannel();
  port1.onmessage = ({data}) => second.push(data);
  const {channel} = replies.find(({sealed}) => sealed === 'hello');
  document.querySelector('iframe').contentWindow.postMessage({sealed: 'port', channel}, '${widget}', [port2]);
  port1.postMessage({event: 'clear', payload: {}});
}`;

/** 50,000 messages of 1 KB, half of them to the page around this document, half to the element's frame. */
const FLOOD = `<script>
  const text = 'x'.repeat(1000);
  for (let count = 0; count < 25_000; count += 1)
    for (const target of [parent, parent[0]]) target.postMessage({sealed: 'hello', count, text}, '*');
</script>`;

const MEGABYTE = 1024 * 1024;

/** Large values, each for the window and for the port. */
const LOADS: Readonly<Record<string, string>> = {
  'a string of 8 MB': `'x'.repeat(${8 * MEGABYTE})`,
  'a buffer of 200 MB': `new ArrayBuffer(${200 * MEGABYTE})`,
  '10,000 ports': `Array.from({length: 10_000}, () => new MessageChannel().port2)`,
};

const SEND_LOAD = (load: string, origin: string) => `{
  const frame = document.querySelector('iframe').contentWindow;
  for (const post of [
    (load, transfer) => frame.postMessage({sealed: 'port', channel: '', load}, '${origin}', transfer),
    (load, transfer) => port.postMessage(load, transfer),
    (load, transfer) => port.postMessage({event: 'configure', payload: load}, transfer),
    (load, transfer) => port.postMessage({event: load, payload: {}}, transfer),
  ]) {
    const load = ${load};
    post(load, typeof load === 'string' ? [] : [load].flat());
  }
}`;

/** Bytes in use by the frame's process after garbage collection: its heap, and buffers. */
async function memoryOf(frame: Frame): Promise<number> {
  const {client} = frame as unknown as {client: CDPSession};
  await client.send('HeapProfiler.collectGarbage');
  const {usedSize, backingStorageSize = 0} = (await client.send('Runtime.getHeapUsage')) as {
    usedSize: number;
    backingStorageSize?: number;
  };
  return usedSize + backingStorageSize;
}

/** Waits until the memory is below `limit`, for ten seconds. @returns the last value. */
async function settledMemory(frame: Frame, limit: number): Promise<number> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const bytes = await memoryOf(frame);
    if (bytes <= limit || Date.now() > deadline) return bytes;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What the frame has sent since, except its answers to a seal. */
async function unexpectedSince(page: Page, count: number): Promise<string[]> {
  const since = (await heardBy(page)).slice(count).map(({event}) => event);
  return since.filter((event) => !['sealing', 'sealed'].includes(event));
}

inEngines('security: hostile messages', (suite) => {
  const {prove} = suite;

  prove(['P07', 'P08', 'P12'], 'junk, method names and a second handshake change nothing', async (page) => {
    const {widget} = suite.servers;
    await page.evaluateOnNewDocument(NOISE + CALL_NAMES(widget));
    const frame = await openHostileHost(page, suite.servers);
    await typeCard(page, frame, CARD);
    envelopeOf(await requestSeal(page, 1));
    const before = (await heardBy(page)).length;

    const unsent = (await page.evaluate(SEND_JUNK(widget))) as string[];
    for (const name of unsent) assert.match(name, TOO_DEEP);
    await page.evaluate(
      `for (const name of ${NAMES}) { send(name, {}); send(name, {field: name}); send('focus', {field: name}); }
      callNames();`,
    );
    await page.evaluate(SECOND_HANDSHAKE(widget));
    const {values} = envelopeOf(await requestSeal(page, 2));
    assert.deepEqual(suite.servers.open([values['encrypted_number'] ?? '']), [CARD.cardNumber]);
    assert.deepEqual(await unexpectedSince(page, before), []);
    assert.deepEqual(await page.evaluate('second'), []);
    assert.deepEqual(await page.evaluate('replies.map(({postmate, sealed}) => postmate ?? sealed)'), [
      'handshake-reply',
      'hello',
    ]);
    await assertQuiet(page);
    assert.deepEqual(await page.evaluate('broken'), []);
    assert.equal(await valueOf(frame, 'securityCode'), CARD.securityCode);
  });

  prove(['P07', 'P08'], 'prototype keys and names in messages have no effect', async (page) => {
    assert.deepEqual(await sendPrototypeKeys(page, suite.servers), []);
  });

  prove('P10', 'large messages are dropped and their memory is freed', async (page) => {
    await page.evaluateOnNewDocument(NOISE);
    const frame = await openHostileHost(page, suite.servers);
    await setValues(frame, CARD);
    let request = 1;
    envelopeOf(await requestSeal(page, request));
    const before = suite.engine === 'chromium' ? await memoryOf(frame) : 0;
    for (const [what, load] of Object.entries(LOADS)) {
      const heard = (await heardBy(page)).length;
      await page.evaluate(SEND_LOAD(load, suite.servers.widget));
      request += 1;
      envelopeOf(await requestSeal(page, request)); // sent later, so all of the load has arrived
      assert.deepEqual(await unexpectedSince(page, heard), [], what);
      if (suite.engine !== 'chromium') continue; // no other driver reports memory
      const after = await settledMemory(frame, before * 1.1);
      assert.ok(after <= before * 1.1, `${what}: ${before} bytes before, ${after} after`);
    }
    await assertQuiet(page);
  });

  prove('P10', 'a label of 1 MB is rejected', async (page) => {
    assert.deepEqual(await sendLongLabel(page, suite.servers), []);
  });

  prove('P09', 'of 50,000 commands over the port 200 a second are answered, then a seal', async (page) => {
    assert.deepEqual(await exceedMessageRate(page, suite.servers), []);
    const frame = page.frames()[1];
    assert.ok(frame);
    await setValues(frame, CARD);
    envelopeOf(await requestSeal(page, 1_000_001));
  });

  prove('P09', 'a seal completes during 50,000 messages of 1 KB, and typing still works', async (page) => {
    const {servers} = suite;
    servers.pages.set('/flood', {html: FLOOD});
    await attacker.openMerchantPage(page, servers, '');
    await attacker.insertVictim(page);
    const frame = await readyFrame(page, servers);
    await fill(page, frame, CARD);
    await page.evaluate(`
      window.heard = 0;
      addEventListener('message', () => { heard += 1; });
      document.body.append(Object.assign(document.createElement('iframe'), {src: '${servers.evil}/flood'}));`);
    await page.waitForFunction('heard > 1000');
    const {ok} = await page.$eval('sealed-fields', (element) => element.seal());
    assert.ok(ok);
    await page.waitForFunction('heard >= 25_000');
    await typeInto(page, frame, 'securityCode', '');
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('8');
    assert.equal(await valueOf(frame, 'securityCode'), '998');
  });
});
