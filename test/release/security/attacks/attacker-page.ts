import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {type Page as Document, snippet, type Servers} from '../../../support/servers.ts';
import {setValues, untilComplete} from '../pages.ts';
import {NOISE} from './noise.ts';

/** A published test card, and what {@link sealVictim} decrypts if the element works. */
export const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'} as const;
export const DECRYPTED = [CARD.cardNumber, CARD.securityCode];

/** A channel id that the attacker chose. */
export const CHANNEL = '0123456789abcdef'.repeat(2);
/** A frame document that the attacker opens itself, on its own channel. */
export const FRAME_PATH = `/v1/m/demo/#channel=${CHANNEL}&protocol=1&fields=cardNumber&layout=stacked&locale=en&colorScheme=light`;

/** Where `page` and `evil` serve the attacker's page. */
const PATH = '/attacker';

/**
 * Runs first in every document, before any guard. Records in `obtained` each message from the page around this
 * document or from the widget's origin, and takes the true channel id, which {@link openMerchantPage} gives only to
 * attackers. Acknowledges the rounds of an attacker, which waits for a page that is far behind.
 */
const RECORD_MESSAGES = (widget: string) => `
  Object.assign(window, {channelId: '', obtained: [], acknowledged: 0});
  Object.assign(window, {textOf(data) {
    try { return String(JSON.stringify(data)); } catch { return typeof data; }
  }});
  addEventListener('message', ({data, origin, source}) => {
    if (data?.acknowledged) acknowledged = data.acknowledged;
    else if (data?.round) source.postMessage({acknowledged: data.round}, '*');
    else if (source === window) return;
    else if (source === parent && data?.channelId) {
      channelId = data.channelId;
      window.attack?.();
    }
    else if (source === parent || origin === '${widget}') obtained.push('message ' + textOf(data));
  }, true);
  ${NOISE}`;

/**
 * Attacks every window of the page in rounds: the first as soon as the channel id is known, then one every 20 ms if the
 * page has handled the previous round. A round sends a handshake, `hello`, the offer of a port, and one more message:
 * of a host, of a frame, of Postmate on either side, or malformed. What arrives over an offered port goes into
 * `obtained`.
 */
const ATTACK = `{
  const id = 'f'.repeat(32);
  const postmate = (kind, more) => ({type: 'application/x-postmate-v1+json', postmate: kind, ...more});
  const hostile = JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}, "valueOf": 1, "toString": ""}');
  const values = {encrypted_number: 'Zm9yZ2Vk', encrypted_csc: 'Zm9yZ2Vk'};
  const forged = {values, keyId: 'forged', id, sealedAt: new Date().toISOString()};
  const cyclic = {postmate: 'handshake'};
  cyclic.self = cyclic;
  const others = [
    () => postmate('handshake', {model: hostile}),
    () => postmate('handshake-reply'),
    () => postmate('call', {property: 'clear', data: hostile}),
    (round) => postmate('request', {property: 'valueOf', uid: round}),
    (round) => postmate('reply', {property: 'seal', uid: round, value: forged}),
    () => postmate('emit', {value: {name: '__defineGetter__', data: 'polluted'}}),
    () => ({sealed: 'port', channel: channelId}),
    () => ({event: 'ready', payload: {protocol: 1, version: '9.9.9', fields: ['cardNumber']}}),
    (round) => ({event: 'sealed', payload: {request: round % 9, envelope: forged}}),
    () => ({event: 'failed', payload: {code: 'seal-failed'}}),
    (round) => ({event: 'seal', payload: {request: round, submission: id}}),
    () => ({event: 'clear', payload: {}}),
    ...[
      hostile, null, undefined, '', 'handshake', 0, NaN, 7n, [], [postmate('handshake')],
      new Map([['postmate', 'handshake']]), new Date(0), cyclic,
    ].map((data) => () => data),
  ];
  window.round = 0;
  window.attack = () => {
    round += 1;
    top.postMessage({round}, '*');
    const all = Array.from({length: top.length}, (_, index) => top[index]);
    const other = others[round % others.length](round);
    for (const target of [top, ...all.filter((sibling) => sibling !== window)]) {
      for (const data of [postmate('handshake', {model: {}}), {sealed: 'hello', channel: channelId}, other])
        target.postMessage(data, '*');
      const {port1, port2} = new MessageChannel();
      port1.onmessage = ({data}) => obtained.push('port ' + textOf(data));
      target.postMessage({sealed: 'port', channel: channelId}, '*', [port2]);
    }
  };
  setInterval(() => {
    if (acknowledged >= round) attack();
  }, 20);
}`;

/** In the merchant's page: six times longer deadlines, because the attack makes everything slow. */
const LONGER_DEADLINES = `if (window === top) {
  const setTimer = window.setTimeout;
  window.setTimeout = (action, delay = 0) => setTimer(action, delay >= 1000 ? 6 * delay : delay);
}`;

/** Opens a merchant's page with `body` and a form that has no element yet; see {@link insertVictim}. */
export async function openMerchantPage(page: Page, servers: Servers, body: string): Promise<void> {
  servers.pages.set(PATH, attackPage(''));
  servers.pages.set('/attacked', merchantPage(servers, body));
  await page.evaluateOnNewDocument(RECORD_MESSAGES(servers.widget) + LONGER_DEADLINES);
  await page.goto(`${servers.page}/attacked`);
}

/** Opens an attacker's page around the frame document at `url`, whose channel id the attacker chose. */
export async function openAround(page: Page, servers: Servers, url: string): Promise<Frame> {
  servers.pages.set(PATH, attackPage(`<iframe src="${url}"></iframe>`));
  await page.evaluateOnNewDocument(RECORD_MESSAGES(new URL(url).origin));
  await page.goto(`${servers.evil}${PATH}`);
  await page.evaluate(`channelId = '${CHANNEL}'`);
  const [, frame] = page.frames();
  if (frame === undefined) throw new Error('the page has no frame');
  return frame;
}

/** Records the messages that each document of the page gets from now on. */
export async function recordMessages(page: Page, servers: Servers): Promise<void> {
  await page.evaluateOnNewDocument(RECORD_MESSAGES(servers.widget));
}

/** Markup of frames that attack as soon as they load. */
export function attackers(origins: readonly string[]): string {
  return origins.map((origin) => `<iframe src="${origin}${PATH}"></iframe>`).join('');
}

function attackPage(body: string): Document {
  return {html: `<!doctype html><title>Attacker</title><body>${body}<script>${ATTACK}</script></body>`};
}

/** Inserts the element under attack. The page itself gives its channel id to every other frame. */
export async function insertVictim(page: Page): Promise<void> {
  await page.evaluate('insertVictim()');
}

/** Fills the card into the element under attack and seals it. @returns what the gateway decrypts. */
export async function sealVictim(page: Page, servers: Servers): Promise<string[]> {
  await page.$eval('#victim sealed-fields', (element) => element.ready);
  const frame = await (await page.$('#victim iframe'))?.contentFrame();
  assert.ok(frame);
  await setValues(frame, CARD);
  await untilComplete(page, '#victim sealed-fields');
  const result = await page.$eval('#victim sealed-fields', (element) => element.seal());
  assert.ok(result.ok, JSON.stringify(result));
  const {encrypted_number: number = '', encrypted_csc: code = ''} = result.values;
  return servers.open([number, code]);
}

function merchantPage(servers: Servers, body: string): Document {
  return snippet(
    servers,
    `<form id="victim" method="post"></form>${body}<script>
      function insertVictim() {
        new MutationObserver(() => {
          const frame = document.querySelector('#victim iframe');
          const channelId = new URLSearchParams(frame?.src.split('#')[1]).get('channel');
          if (channelId === null) return;
          for (const other of document.querySelectorAll('iframe'))
            if (other !== frame) other.contentWindow.postMessage({channelId}, '*');
        }).observe(document, {childList: true, subtree: true, attributeFilter: ['src']});
        document.getElementById('victim').append(document.createElement('sealed-fields'));
      }
    </script>`,
  );
}

/** Starts the attack in a document that would not attack by itself, such as one of the widget's origin. */
export async function attackFrom(frame: Frame): Promise<void> {
  await frame.evaluate(ATTACK);
}

/** The attacking frame of this origin. */
export function attackerAt(page: Page, origin: string): Frame {
  const found = page.frames().find((frame) => frame.url() === `${origin}${PATH}`);
  if (found === undefined) throw new Error(`no attacker from ${origin}`);
  return found;
}

/** What the attacker in this document obtained so far; see {@link openMerchantPage}. */
export async function obtainedBy(frame: Frame): Promise<string[]> {
  return frame.evaluate('obtained') as Promise<string[]>;
}

/** Waits until the attacker has sent everything at least twice more. */
export async function letAttack(frame: Frame): Promise<void> {
  const before = (await frame.evaluate('round')) as number;
  await frame.waitForFunction(`round > ${before + 60}`);
}

/**
 * Pays with the element under attack.
 *
 * @param obtained what the attackers obtained so far.
 * @returns what the attackers obtained: as soon as there is anything, otherwise an empty list after the payment.
 * @throws AssertionError if the attackers obtained nothing and the payment failed or was forged.
 */
export async function payUnderAttack(
  page: Page,
  servers: Servers,
  obtained: () => Promise<string[]>,
): Promise<string[]> {
  const payment = {isDone: false};
  const paying = sealVictim(page, servers)
    .then((read) => {
      assert.deepEqual(read, DECRYPTED);
    })
    .finally(() => (payment.isDone = true));
  paying.catch(() => undefined); // never settles if an attacker got the port
  for (;;) {
    const all = await obtained();
    if (all.length > 0) return all;
    if (payment.isDone) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await paying;
  return obtained();
}

/** What a document shows: our fields, our line of text instead, or neither, such as the browser's error page. */
export async function shownIn(frame: Frame): Promise<'fields' | 'neutral' | 'nothing'> {
  return frame.evaluate(() => {
    if (document.querySelector('payment-form input') !== null) return 'fields';
    return document.body.textContent.includes('inside the page of a shop') ? 'neutral' : 'nothing';
  });
}

/**
 * Serves the frame document without its headers at `page` and `evil`.
 *
 * @returns its URL at `evil`, and a function that lists only this origin in its record.
 */
export async function serveListing(servers: Servers): Promise<{url: string; list: (origin: string) => void}> {
  await serveWithoutHeaders(servers);
  const {html = ''} = servers.pages.get('/v1/m/demo/') ?? {};
  const list = (origin: string) => {
    servers.pages.set('/v1/m/demo/', {html: html.replace(/"origins":\[.*?\]/, `"origins":["${origin}"]`)});
  };
  return {url: servers.evil + FRAME_PATH, list};
}

/** Serves the frame document without the published headers, at `page` and `evil`. @returns the origin of the first. */
export async function serveWithoutHeaders({widget, page, pages}: Servers): Promise<string> {
  const read = async (path: string) => (await fetch(widget + path)).text();
  const html = await read('/v1/m/demo/');
  const [, script = ''] = / src="(\/v1\/assets\/[\w.-]+)"/.exec(html) ?? [];
  pages.set('/v1/m/demo/', {html});
  pages.set(script, {html: await read(script), headers: {'Content-Type': 'text/javascript'}});
  return page;
}
