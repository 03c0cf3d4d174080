import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {typeCard} from '../e2e/shopper.ts';
import {type Page as Document, snippet, type Stage} from '../e2e/stage.ts';
import {NOISE} from './witness.ts';

/** A published test card, and what the gateway reads of it: see {@link sealVictim}. */
export const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'} as const;
export const READ = [CARD.cardNumber, CARD.securityCode];

/** What attackers were told; nothing, if the guards hold. */
export interface Loot {
  /** Messages to an attacker's window, from the page around it or from the widget's origin. */
  messages: string[];
  /** Messages to the attacker's end of a port that it offered. */
  ports: string[];
}

export const NOTHING: Loot = {messages: [], ports: []};

export const CHANNEL = '0123456789abcdef'.repeat(2);
/** A frame document that a channel of the attacker's own opens. */
export const FRAME_PATH = `/v1/m/demo/#channel=${CHANNEL}&protocol=1&fields=cardNumber&layout=stacked&locale=en&colorScheme=light`;

/** Where every page of a stage serves the attack. */
const PATH = '/attacker';

/**
 * Stands first in every document, before any guard: keeps what it is told and what breaks or is logged in it, and
 * takes the true channel id, which the page hands to attackers alone.
 */
export const WITNESS = (widget: string) => `
  Object.assign(window, {handed: '', loot: {messages: [], ports: []}});
  Object.assign(window, {textOf(data) {
    try { return String(JSON.stringify(data)); } catch { return typeof data; }
  }});
  addEventListener('message', ({data, origin, source}) => {
    if (source === window) return; // it talks to itself
    if (source === parent && data?.handed) handed = data.handed;
    else if (source === parent || origin === '${widget}') loot.messages.push(textOf(data));
  }, true);
  ${NOISE}`;

/** Says 50,000 messages of 1 KB, half of them to the page around it, half to the element's frame. */
export const FLOOD = `<script>
  const text = 'x'.repeat(1000);
  for (let count = 0; count < 25_000; count += 1)
    for (const target of [parent, parent[0]]) target.postMessage({sealed: 'hello', count, text}, '*');
</script>`;

/**
 * Every few milliseconds, to every window of the page: what a host, a frame, or a Postmate on either side would
 * say, and what nobody would; and the offer of a port, to which whoever takes it will talk.
 */
const ATTACK = `{
  const id = 'f'.repeat(32);
  const postmate = (kind, more) => ({type: 'application/x-postmate-v1+json', postmate: kind, ...more});
  const hostile = JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}, "valueOf": 1, "toString": ""}');
  const values = {encrypted_number: 'Zm9yZ2Vk', encrypted_csc: 'Zm9yZ2Vk'};
  const forged = {values, keyId: 'forged', id, sealedAt: new Date().toISOString()};
  const cyclic = {postmate: 'handshake'};
  cyclic.self = cyclic;
  const odd = [null, undefined, '', 'handshake', 0, NaN, 7n, [], [postmate('handshake')], new Map([['postmate', 'handshake']]), new Date(0), cyclic];
  const say = (round) => [
    postmate('handshake', {model: hostile}),
    postmate('handshake', {model: {}}),
    postmate('handshake-reply'),
    postmate('call', {property: 'clear', data: hostile}),
    postmate('request', {property: 'valueOf', uid: round}),
    postmate('reply', {property: 'seal', uid: round, value: forged}),
    postmate('emit', {value: {name: '__defineGetter__', data: 'polluted'}}),
    {sealed: 'hello', channel: handed},
    {sealed: 'port', channel: handed},
    {event: 'ready', payload: {protocol: 1, version: '9.9.9', fields: ['cardNumber']}},
    {event: 'sealed', payload: {request: round % 9, envelope: forged}},
    {event: 'failed', payload: {code: 'seal-failed'}},
    {event: 'seal', payload: {request: round, submission: id}},
    {event: 'clear', payload: {}},
    hostile,
    odd[round % odd.length],
  ];
  window.round = 0;
  setInterval(() => {
    round += 1;
    const all = Array.from({length: top.length}, (_, index) => top[index]);
    for (const target of [top, ...all.filter((sibling) => sibling !== window)]) {
      for (const data of say(round)) target.postMessage(data, '*');
      const {port1, port2} = new MessageChannel();
      port1.onmessage = ({data}) => loot.ports.push(textOf(data));
      target.postMessage({sealed: 'port', channel: handed}, '*', [port2]);
    }
  }, 5);
}`;

/** In the shop's page: deadlines are not what is under test, and whoever floods the machine makes it slow. */
const PATIENT = `if (window === top) {
  const wait = window.setTimeout;
  window.setTimeout = (action, delay = 0) => wait(action, delay >= 1000 ? 6 * delay : delay);
}`;

/** Opens a shop's page that holds `body` beside a form without an element; see {@link insertVictim}. */
export async function openShop(page: Page, stage: Stage, body: string): Promise<void> {
  stage.pages.set(PATH, attackPage(''));
  stage.pages.set('/attacked', shopPage(stage, body));
  await page.evaluateOnNewDocument(WITNESS(stage.widget) + PATIENT);
  await page.goto(`${stage.page}/attacked`);
}

/** Opens an attacker's page around the frame document at `url`; it made the channel id itself. */
export async function openAround(page: Page, stage: Stage, url: string, channel: string): Promise<Frame> {
  stage.pages.set(PATH, attackPage(`<iframe src="${url}"></iframe>`));
  await page.evaluateOnNewDocument(WITNESS(new URL(url).origin));
  await page.goto(`${stage.evil}${PATH}`);
  await page.evaluate(`handed = '${channel}'`);
  const [, frame] = page.frames();
  if (frame === undefined) throw new Error('nothing is framed');
  return frame;
}

/** Frames that attack from the moment they load. */
export function attackers(origins: readonly string[]): string {
  return origins.map((origin) => `<iframe src="${origin}${PATH}"></iframe>`).join('');
}

function attackPage(body: string): Document {
  return {html: `<!doctype html><title>Attacker</title><body>${body}<script>${ATTACK}</script></body>`};
}

/** Inserts the element under attack. The page itself tells its channel id to every other frame. */
export async function insertVictim(page: Page): Promise<void> {
  await page.evaluate('insertVictim()');
}

/** Types the card into the element under attack and seals it. @returns what the gateway reads, if it is well. */
export async function sealVictim(page: Page, stage: Stage): Promise<string[]> {
  await page.$eval('#victim sealed-fields', (element) => element.ready);
  const frame = await (await page.$('#victim iframe'))?.contentFrame();
  assert.ok(frame);
  await typeCard(page, frame, CARD);
  const result = await page.$eval('#victim sealed-fields', (element) => element.seal());
  assert.ok(result.ok, JSON.stringify(result));
  const {encrypted_number: number = '', encrypted_csc: code = ''} = result.values;
  return stage.open([number, code]);
}

function shopPage(stage: Stage, body: string): Document {
  return snippet(
    stage,
    `<form id="victim" method="post"></form>${body}<script>
      function insertVictim() {
        new MutationObserver(() => {
          const frame = document.querySelector('#victim iframe');
          const handed = new URLSearchParams(frame?.src.split('#')[1]).get('channel');
          if (handed === null) return;
          for (const other of document.querySelectorAll('iframe'))
            if (other !== frame) other.contentWindow.postMessage({handed}, '*');
        }).observe(document, {childList: true, subtree: true, attributeFilter: ['src']});
        document.getElementById('victim').append(document.createElement('sealed-fields'));
      }
    </script>`,
  );
}

/** Lets a document attack that would never do it by itself, such as one of the widget's own origin. */
export async function attackFrom(frame: Frame): Promise<void> {
  await frame.evaluate(ATTACK);
}

/** The attacking frame from `origin`. */
export function attackerAt(page: Page, origin: string): Frame {
  const found = page.frames().find((frame) => frame.url() === `${origin}${PATH}`);
  if (found === undefined) throw new Error(`no attacker from ${origin}`);
  return found;
}

export async function lootOf(frame: Frame): Promise<Loot> {
  return frame.evaluate('loot') as Promise<Loot>;
}

/** Waits until the attacker has been told something of this form. @param timeout in milliseconds. */
export async function winBy(frame: Frame, way: keyof Loot, pattern: RegExp, timeout = 30_000): Promise<void> {
  await frame.waitForFunction(`loot.${way}.some((data) => ${String(pattern)}.test(data))`, {timeout});
}

/** A race that the attacker may lose to the page: like an attacker, it is run anew, four times more. */
export async function untilWon(race: () => Promise<void>, more = 4): Promise<void> {
  try {
    await race();
  } catch (error) {
    if (more === 0) throw error;
    await untilWon(race, more - 1);
  }
}

/** Waits until the attacker has said it all many times more. */
export async function letAttack(frame: Frame): Promise<void> {
  const before = (await frame.evaluate('round')) as number;
  await frame.waitForFunction(`round > ${before + 60}`);
}

/** What a document shows: our fields, our line of text in their place, or nothing of ours, such as the browser's own. */
export async function shownIn(frame: Frame): Promise<'fields' | 'neutral' | 'nothing'> {
  if ((await frame.$('payment-form input')) !== null) return 'fields';
  const text = (await frame.evaluate('document.body.textContent')) as string;
  return text.includes('inside the page of a shop') ? 'neutral' : 'nothing';
}

/** Serves the frame document without its headers at `evil`, and lets its record list one origin of the test's. */
export async function serveListing(stage: Stage): Promise<{url: string; list: (origin: string) => void}> {
  await serveWithoutHeaders(stage);
  const {html = ''} = stage.pages.get('/v1/m/demo/') ?? {};
  const list = (origin: string) => {
    stage.pages.set('/v1/m/demo/', {html: html.replace(/"origins":\[.*?\]/, `"origins":["${origin}"]`)});
  };
  return {url: stage.evil + FRAME_PATH, list};
}

/** Serves the frame document at `page` and `evil` too, bare of the headers that publication asks for. @returns its origin. */
export async function serveWithoutHeaders({widget, page, pages}: Stage): Promise<string> {
  const read = async (path: string) => (await fetch(widget + path)).text();
  const html = await read('/v1/m/demo/');
  const [, script = ''] = / src="(\/v1\/assets\/[\w.-]+)"/.exec(html) ?? [];
  pages.set('/v1/m/demo/', {html});
  pages.set(script, {html: await read(script), headers: {'Content-Type': 'text/javascript'}});
  return page;
}
