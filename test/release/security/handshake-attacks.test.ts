import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {typeWholeCard} from '../../support/browser.ts';
import {addFrame} from '../../support/frames.ts';
import {snippet, type Servers} from '../../support/servers.ts';
import * as attacker from './attacks/attacker-page.ts';
import * as attacks from './attacks/handshake.ts';
import {assertQuiet, consoleOf, NOISE} from './attacks/noise.ts';
import {assertNoCanary, CANARY} from './canary.ts';
import {THROW_AT_ALL} from './junk.ts';
import {assertDecrypts, fill, openFields, outcomeOfSeal, seal, servePage} from './pages.ts';
import {inEngines} from './suite.ts';

/** Messages of extensions, developer tools and other widgets, as they were observed. */
const FOREIGN_MESSAGES = `[
  'webpackHotUpdate4f1d2a', {type: 'webpackOk', data: {}}, {type: 'webpackInvalid'}, 'setImmediate$0.7151351621$1', '_vite_ping',
  {source: 'react-devtools-bridge', payload: {event: 'shutdown', payload: []}}, {source: 'react-devtools-content-script', hello: true},
  {source: 'react-devtools-inject-backend'}, {source: '@devtools-page', payload: 'clear'}, 'cvox.ApiImplementation', 'cvox.Port.PortSetup',
  {direction: 'from-content-script-to-page', fontFamily: 'LastPass', cmd: 'sitevars'}, {type: 'LPFillForm', lpfilled: true},
  {source: 'grammarly', type: 'init', payload: null}, {action: 'gdmn-connect', event: 'ready'}, {channel: 'keplr', type: 'proxy-request'},
  {target: 'metamask-inpage', data: {name: 'metamask-provider', data: null}}, '{"method":"ready","event":"loaded"}', '[iFrameSizer]frame:120:300:init',
  {type: 'application/x-postmate-v1+json', postmate: 'emit', value: {name: 'change', data: {complete: true}}},
  {type: 'application/x-postmate-v1+json', postmate: 'handshake-reply'}, {type: 'application/x-postmate-v1+json', postmate: 'reply', uid: 1, value: 'x'},
  {event: 'ready', payload: {}}, {event: 'sealed', data: {}}, {sealed: true}, null, '', 0,
]`;

/** In every document: sends all of them to its own window and to every frame, from the start. */
const SEND_FOREIGN_MESSAGES = `{
  Object.assign(window, {rounds: 0, passed: 0});
  addEventListener('message', ({data}) => { if (data?.postmate === 'emit') passed += 1; });
  setInterval(() => {
    rounds += 1;
    for (const message of ${FOREIGN_MESSAGES}) {
      window.postMessage(message, '*');
      if (window === top) for (let index = 0; index < length; index += 1) window[index].postMessage(message, '*');
    }
  }, 10);
}`;

/** In the merchant's page: records the element's events. Deadlines pass `rate` times as fast. */
const WATCH = `if (window === top) {
  Object.assign(window, {events: [], rate: 1});
  for (const type of ['ready', 'change', 'warning', 'error'])
    addEventListener('sealed-' + type, ({detail}) => events.push(type + ' ' + (detail?.code ?? '')));
  const setTimer = window.setTimeout;
  window.setTimeout = (action, delay = 0) => setTimer(action, delay >= 1000 ? delay / rate : delay);
}`;

/** In the merchant's page, before all others: a listener that records every message, then runs `act`. */
const LISTEN_FIRST = `if (window === top) {
  window.heard = [];
  addEventListener('message', (event) => { heard.push(structuredClone(event.data)); act(event); }, true);
  window.act = () => {};
}`;

/** What such a listener can do to a message. */
const INTERFERENCES = {
  stops: 'event.stopImmediatePropagation()',
  alters: 'for (const key of Object.keys(event.data)) event.data[key] = "altered"',
};

/** An attacker's document in place of the frame: it knows the channel id, because a redirect keeps the fragment. */
const IMPOSTOR = `<!doctype html><title>Impostor</title><script>
  Object.assign(window, {heard: [], sent: 0});
  addEventListener('message', ({data}) => heard.push(data));
  const channel = new URLSearchParams(location.hash.slice(1)).get('channel');
  setInterval(() => {
    sent += 1;
    parent.postMessage({type: 'application/x-postmate-v1+json', postmate: 'handshake-reply'}, '*');
    parent.postMessage({sealed: 'hello', channel}, '*');
  }, 10);
</script>`;

/** In an attacker's frame: every request id that a page could use, in the shape of every result that it could await. */
const FORGE_RESULTS = `{
  const values = {encrypted_number: 'Zm9yZ2Vk', encrypted_csc: 'Zm9yZ2Vk'};
  const envelope = {values, keyId: 'forged', id: 'f'.repeat(32), sealedAt: new Date().toISOString()};
  const type = 'application/x-postmate-v1+json';
  for (let id = 1; id <= 10_000; id += 1) {
    top.postMessage({event: 'sealed', payload: {request: id, envelope}}, '*');
    top.postMessage({postmate: 'reply', type, uid: id, value: envelope}, '*');
  }
  for (const channel of [undefined, channelId])
    for (const shape of [{ok: true, ...envelope}, {sealed: 'result', envelope}, {postmate: 'emit', type, value: {name: 'sealed', data: envelope}}])
      top.postMessage({...shape, channel}, '*');
  top.postMessage('finished', '*');
}`;

/** In each frame: a sealed result is held back until `release()`, as if encryption were slow. */
const HOLD_RESULTS = `if (window !== top) {
  const post = MessagePort.prototype.postMessage;
  const held = [];
  window.release = () => held.splice(0).forEach((send) => send());
  window.countHeld = () => held.length;
  MessagePort.prototype.postMessage = function (data, ...more) {
    if (data?.event === 'sealed') held.push(() => post.call(this, data));
    else post.call(this, data, ...more);
  };
}`;

/** In the page: seals the element under attack, and counts the attackers that have finished. */
const SEAL_VICTIM = `{
  window.finished = 0;
  addEventListener('message', ({data}) => { if (data === 'finished') finished += 1; }, true);
  window.result = undefined;
  document.querySelector('#victim sealed-fields').seal().then((sealed) => { result = sealed; });
  true;
}`;

inEngines('security: handshake', (suite) => {
  const {prove} = suite;

  prove('P01', 'frames of an advertiser and of the merchant’s own origin obtain nothing', async (page) => {
    const logged = consoleOf(page);
    assert.deepEqual(await attacks.attackFromSiblings(page, suite.servers), []);
    await assertQuiet(page);
    assert.deepEqual(logged, []);
  });

  for (const [what, attack] of Object.entries({
    'the frame of another element does not get the port': attacks.attackFromNeighbor,
    'a frame that no element opened does not reach Postmate': attacks.attackFromUnknownFrame,
    'a copy of the frame in an attacker’s page is ignored': attacks.attackFromCopy,
  }))
    prove('P05', what, async (page) => {
      assert.deepEqual(await attack(page, suite.servers), []);
    });

  prove('P06', 'every message at run time names the exact origin of its target', async (page) => {
    assert.deepEqual(await attacks.collectUntargetedMessages(page, suite.servers), []);
  });

  prove(
    ['P04', 'P07'],
    'junk and forged results from foreign frames change nothing',
    async (page) => {
      const {servers} = suite;
      await page.evaluateOnNewDocument(HOLD_RESULTS);
      servers.pages.set('/forger', {html: '<!doctype html><title>Forger</title>'});
      await attacker.openMerchantPage(page, servers, '');
      const forgers: Frame[] = [];
      for (const url of [
        `${servers.evil}/forger`,
        `${servers.page}/forger`,
        servers.widget + attacker.FRAME_PATH,
      ])
        forgers.push(await addFrame(page, url));
      await attacker.insertVictim(page);
      await page.$eval('#victim sealed-fields', (element) => element.ready);
      const stateOf = () => page.$eval('#victim sealed-fields', ({state}) => JSON.stringify(state));
      const before = await stateOf();
      for (const index of [0, 2]) await forgers[index]?.evaluate(THROW_AT_ALL);
      assert.equal(await stateOf(), before);

      const victim = await (await page.$('#victim iframe'))?.contentFrame();
      assert.ok(victim);
      await fill(page, victim, attacker.CARD);
      await page.evaluate(SEAL_VICTIM);
      await victim.waitForFunction('countHeld() > 0');
      for (const forger of forgers) await forger.evaluate(FORGE_RESULTS);
      await page.waitForFunction('finished >= 2'); // messages of the unknown frame are stopped before they are counted
      assert.equal(await page.evaluate('result'), undefined);
      await victim.evaluate('release()');
      await page.waitForFunction('result');
      const {values, keyId} = (await page.evaluate('result')) as {
        values: Record<string, string>;
        keyId: string;
      };
      assertDecrypts(servers, values, attacker.CARD);
      assert.equal(keyId, 'test');
      await assertQuiet(page);
    },
    120_000,
  );

  prove(
    'P12',
    'messages of Postmate from the page are ignored once the handshake is complete',
    async (page) => {
      const {servers} = suite;
      await attacker.openMerchantPage(page, servers, '');
      await attacker.insertVictim(page);
      await page.$eval('#victim sealed-fields', (element) => element.ready);
      const source = await page.$eval('#victim iframe', ({src}) => src);
      await page.evaluate(`channelId = '${new URL(source).hash.slice(9, 41)}'`);
      const before = await attacker.obtainedBy(page.mainFrame());
      assert.equal(before.filter((data) => data.includes('handshake-reply')).length, 1);
      await attacker.attackFrom(page.mainFrame());
      await attacker.letAttack(page.mainFrame());
      assert.deepEqual(await attacker.sealVictim(page, servers), attacker.DECRYPTED);
      assert.deepEqual(await attacker.obtainedBy(page.mainFrame()), before);
      await assertQuiet(page);
    },
  );

  prove('P11', 'from before the frame exists until a card is sealed', async (page) => {
    const {servers} = suite;
    await page.evaluateOnNewDocument(NOISE + WATCH + SEND_FOREIGN_MESSAGES);
    const frame = await openFields(page, servers);
    const untilRound = async (count: number) => {
      for (const each of [page, frame]) await each.waitForFunction(`rounds > ${count}`);
    };
    await untilRound(20);
    const before = await page.evaluate('events');
    await untilRound(60);
    assert.deepEqual(await page.evaluate('events'), before);
    await fill(page, frame, attacker.CARD);
    const result = await seal(page);
    assert.ok(result.ok);
    assertDecrypts(servers, result.values, attacker.CARD);
    const events = (await page.evaluate('events')) as string[];
    assert.deepEqual([...new Set(events)].sort(), ['change ', 'ready ']);
    assert.ok(((await page.evaluate('passed')) as number) > 20, 'Postmate of other widgets works');
    await assertQuiet(page);
  });

  prove('P13', 'the document at the end of a redirect receives no message', async (page) => {
    const {servers} = suite;
    const origin = servers.page.replace('localhost', '127.0.0.1');
    servers.pages.set('/v1/m/demo/', {
      html: '',
      status: 302,
      headers: {Location: `${servers.evil}/impostor`},
    });
    servers.pages.set('/impostor', {html: IMPOSTOR});
    const {html} = snippet(servers, '<form><sealed-fields></sealed-fields></form>');
    servers.pages.set('/shop', {
      html: html.replace('data-merchant', `data-origin="${origin}" data-merchant`),
    });
    await page.evaluateOnNewDocument(WATCH);
    await page.goto(`${servers.page}/shop`);
    const impostor = page.frames().at(-1);
    assert.ok(impostor);
    await impostor.waitForFunction('sent > 20');
    assert.match(
      (await impostor.evaluate('location.href')) as string,
      /^http:\/\/127\.0\.0\.2:\d+\/impostor#channel=/,
    );
    assert.deepEqual(await impostor.evaluate('heard'), []);
    assert.deepEqual(await page.evaluate('events'), []);
    await page.evaluate('rate = 5, document.querySelector("sealed-fields").retry()');
    await untilFailed(page);
    servers.pages.delete('/v1/m/demo/');
  });

  prove('P14', 'a listener that runs first hears Postmate’s reply and hello, and no digit', async (page) => {
    await page.evaluateOnNewDocument(NOISE + WATCH + LISTEN_FIRST);
    const frame = await openFields(page, suite.servers);
    await typeWholeCard(page, frame, CANARY.card);
    assert.equal(await outcomeOfSeal(page), 'sealed');
    await page.$eval('sealed-fields', (element) => {
      element.clear();
    });
    await page.waitForFunction(`document.querySelector('sealed-fields').state.empty`);
    const heard = await heardIn(page);
    assert.deepEqual(heard.map(kindOf), ['handshake-reply', 'hello']);
    assertNoCanary(JSON.stringify(heard), 'the page’s listener');
  });

  for (const [verb, action] of Object.entries(INTERFERENCES))
    prove('P14', `a listener that ${verb} every message gets an error, and nothing else`, async (page) => {
      await page.evaluateOnNewDocument(
        `${NOISE + WATCH + LISTEN_FIRST} if (window === top) { window.rate = 5; window.act = (event) => { ${action}; }; }`,
      );
      await openUnready(page, suite.servers);
      await untilFailed(page);
      for (const message of await heardIn(page))
        assert.ok(['handshake-reply', 'hello'].includes(kindOf(message)));
      // The host script tells developers why, and nothing else is logged.
      const [line = '', ...others] = (await page.evaluate('noise')) as string[];
      assert.match(line, /^Sealed Fields: frame-refused: /);
      assert.deepEqual(others, []);
    });
});

async function openUnready(page: Page, servers: Servers): Promise<void> {
  servePage(servers);
  await page.goto(`${servers.page}/shop`);
}

/** The element reports that its frame did not load, and shows it. */
async function untilFailed(page: Page): Promise<void> {
  await page.waitForFunction(`events.includes('error frame-refused')`);
  const alert = await page.$('sealed-fields >>> [role=alert]');
  assert.equal(await alert?.isVisible(), true);
  assert.equal(await page.$('iframe'), null);
}

async function heardIn(page: Page): Promise<Record<string, string>[]> {
  return (await page.evaluate('heard')) as Record<string, string>[];
}

function kindOf({postmate, sealed}: Record<string, string>): string {
  return postmate ?? sealed ?? '';
}
