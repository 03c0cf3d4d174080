import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {readyFrame, typeWholeCard} from '../e2e/shopper.ts';
import {snippet, type Stage} from '../e2e/stage.ts';
import {CARD} from './attacker.ts';
import {assertNoCanary, CANARY} from './canary.ts';
import {inEngines, type Scene} from './suite.ts';
import {assertQuiet, NOISE} from './witness.ts';

/** As extensions, tools and other widgets were seen to say it. */
const CHATTER = `[
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

/** In every document but an attacker’s: says it all to its own window, and to every frame of the page, from the start. */
const CHAT = `{
  Object.assign(window, {rounds: 0, passed: 0});
  addEventListener('message', ({data}) => { if (data?.postmate === 'emit') passed += 1; });
  const chatter = ${CHATTER};
  setInterval(() => {
    rounds += 1;
    for (const words of chatter) {
      window.postMessage(words, '*');
      if (window === top) for (let index = 0; index < length; index += 1) window[index].postMessage(words, '*');
    }
  }, 10);
}`;

/** In the shop’s page: what the element tells, and deadlines that pass \`rate\` times as fast. */
const WATCH = `if (window === top) {
  Object.assign(window, {told: [], rate: 1});
  for (const type of ['ready', 'change', 'warning', 'error'])
    addEventListener('sealed-' + type, ({detail}) => told.push(type + ' ' + (detail?.code ?? '')));
  const wait = window.setTimeout;
  window.setTimeout = (action, delay = 0) => wait(action, delay >= 1000 ? delay / rate : delay);
}`;

/** Opens a shop whose page ran \`script\` before anything else. */
async function openShop(page: Page, stage: Stage, script: string): Promise<void> {
  await page.evaluateOnNewDocument(NOISE + WATCH + script);
  stage.pages.set('/shop', snippet(stage, '<form><sealed-fields></sealed-fields></form>'));
  await page.goto(`${stage.page}/shop`);
}

/** The element says that its frame never came, and shows it; it does not hang. */
async function assertFailed(page: Page): Promise<void> {
  await page.waitForFunction(`told.includes('error frame-refused')`);
  const alert = await page.$('sealed-fields >>> [role=alert]');
  assert.equal(await alert?.isVisible(), true);
  assert.equal(await page.$('iframe'), null);
}

inEngines({}, (scene) => {
  scene.prove('P11', 'from before the frame comes until a card is sealed', async (page) => {
    const {stage} = scene;
    await openShop(page, stage, CHAT);
    const frame = await readyFrame(page, stage);
    const untilRound = async (count: number) => {
      for (const each of [page, frame]) await each.waitForFunction(`rounds > ${count}`);
    };
    await untilRound(20);
    const before = await page.evaluate('told');
    await untilRound(60);
    assert.deepEqual(await page.evaluate('told'), before);
    await typeWholeCard(page, frame, CARD);
    const result = await page.$eval('sealed-fields', (element) => element.seal());
    assert.ok(result.ok);
    assert.deepEqual(stage.open([result.values['encrypted_number'] ?? '']), [CARD.cardNumber]);
    const told = (await page.evaluate('told')) as string[];
    assert.deepEqual([...new Set(told)].sort(), ['change ', 'ready ']);
    assert.ok(((await page.evaluate('passed')) as number) > 20); // other widgets’ Postmate is left alone
    await assertQuiet(page);
  });

  scene.prove('P13', 'the document that a redirect leads to gets no message', async (page) => {
    const {stage} = scene;
    const origin = stage.page.replace('localhost', '127.0.0.1');
    stage.pages.set('/v1/m/demo/', {html: '', status: 302, headers: {Location: `${stage.evil}/double`}});
    stage.pages.set('/double', {html: DOUBLE});
    const {html} = snippet(stage, '<form><sealed-fields></sealed-fields></form>');
    stage.pages.set('/shop', {html: html.replace('data-merchant', `data-origin="${origin}" data-merchant`)});
    await page.evaluateOnNewDocument(WATCH);
    await page.goto(`${stage.page}/shop`);
    const double = page.frames().at(-1);
    assert.ok(double);
    await double.waitForFunction('said > 20');
    assert.match(
      (await double.evaluate('location.href')) as string,
      /^http:\/\/127\.0\.0\.2:\d+\/double#channel=/,
    );
    assert.deepEqual(await double.evaluate('heard'), []);
    assert.deepEqual(await page.evaluate('told'), []);
    await page.evaluate('rate = 5, document.querySelector("sealed-fields").retry()');
    await assertFailed(page);
    stage.pages.delete('/v1/m/demo/');
  });

  scene.prove(
    'P14',
    'one that listens first hears Postmate’s answer and a hello, and no digit',
    async (page) => {
      const {stage} = scene;
      await openShop(page, stage, LISTEN);
      const frame = await readyFrame(page, stage);
      await typeWholeCard(page, frame, CANARY.card);
      assert.ok((await page.$eval('sealed-fields', (element) => element.seal())).ok);
      await page.$eval('sealed-fields', (element) => {
        element.clear();
      });
      await page.waitForFunction(`document.querySelector('sealed-fields').state.empty`);
      const heard = (await page.evaluate('heard')) as Record<string, string>[];
      assert.deepEqual(
        heard.map(({postmate, sealed}) => postmate ?? sealed),
        ['handshake-reply', 'hello'],
      );
      assertNoCanary(JSON.stringify(heard), 'the page’s listener');
    },
  );

  for (const [what, action] of [
    ['stops every message', 'event.stopImmediatePropagation();'],
    ['alters every message', 'for (const key of Object.keys(event.data)) event.data[key] = "altered";'],
  ] as const)
    scene.prove('P14', `one that ${what} gets a failure, and nothing else`, async (page) => {
      await assertStopped(page, scene, action);
    });
});

/** In the shop’s page, before all others. */
const LISTEN = `if (window === top) {
  window.heard = [];
  addEventListener('message', (event) => { heard.push(structuredClone(event.data)); act(event); }, true);
  window.act = () => {};
}`;

async function assertStopped(page: Page, {stage}: Scene, action: string): Promise<void> {
  await openShop(
    page,
    stage,
    `${LISTEN} if (window === top) { window.rate = 5; window.act = (event) => { ${action} }; }`,
  );
  await assertFailed(page);
  const heard = (await page.evaluate('heard')) as Record<string, string>[];
  for (const {postmate, sealed} of heard)
    assert.ok(['handshake-reply', 'hello'].includes(postmate ?? sealed ?? ''));
  assert.deepEqual(await page.evaluate('noise'), []);
}

/** An attacker’s document in the frame’s place: it knows the channel, for a redirect keeps the fragment. */
const DOUBLE = `<!doctype html><title>Double</title><script>
  Object.assign(window, {heard: [], said: 0});
  addEventListener('message', ({data}) => heard.push(data));
  const channel = new URLSearchParams(location.hash.slice(1)).get('channel');
  setInterval(() => {
    said += 1;
    parent.postMessage({type: 'application/x-postmate-v1+json', postmate: 'handshake-reply'}, '*');
    parent.postMessage({sealed: 'hello', channel}, '*');
  }, 10);
</script>`;
