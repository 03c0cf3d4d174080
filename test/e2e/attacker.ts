import type {Frame, Page} from 'puppeteer-core';
import {type Page as Document, snippet, type Stage} from './stage.ts';

/** What attackers were told; nothing, if the guards hold. */
export interface Loot {
  /** Messages to an attacker's window, from the page around it or from the widget's origin. */
  messages: string[];
  /** Messages to the attacker's end of a port that it offered. */
  ports: string[];
}

/** Where every page of a stage serves the attack. */
const PATH = '/attacker';

/**
 * Stands first in every document, before any guard: keeps what it is told and what breaks or is logged in it, and
 * takes the true channel id, which the page hands to attackers alone.
 */
const WITNESS = (widget: string) => `
  Object.assign(window, {handed: '', noise: [], loot: {messages: [], ports: []}});
  Object.assign(window, {textOf(data) {
    try { return String(JSON.stringify(data)); } catch { return typeof data; }
  }});
  addEventListener('message', ({data, origin, source}) => {
    if (source === window) return; // it talks to itself
    if (source === parent && data?.handed) handed = data.handed;
    else if (source === parent || origin === '${widget}') loot.messages.push(textOf(data));
  }, true);
  addEventListener('error', ({message}) => noise.push(message));
  addEventListener('unhandledrejection', ({reason}) => noise.push(String(reason)));
  for (const method of ['log', 'info', 'debug', 'warn', 'error'])
    console[method] = (...said) => noise.push(said.map(String).join(' '));`;

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
    const all = Array.from({length: parent.length}, (_, index) => parent[index]);
    for (const target of [parent, ...all.filter((sibling) => sibling !== window)]) {
      for (const data of say(round)) target.postMessage(data, '*');
      const {port1, port2} = new MessageChannel();
      port1.onmessage = ({data}) => loot.ports.push(textOf(data));
      target.postMessage({sealed: 'port', channel: handed}, '*', [port2]);
    }
  }, 5);
}`;

/** Opens a shop's page that holds `body` beside a form without an element; see {@link insertVictim}. */
export async function openShop(page: Page, stage: Stage, body: string): Promise<void> {
  stage.pages.set(PATH, attackPage(''));
  stage.pages.set('/attacked', shopPage(stage, body));
  await page.evaluateOnNewDocument(WITNESS(stage.widget));
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

/** What broke or was logged in this document. */
export async function noiseOf(frame: Frame): Promise<string[]> {
  return frame.evaluate('noise') as Promise<string[]>;
}

/** Whether the root of all objects of this document is still as it was. */
export async function isPolluted(frame: Frame): Promise<boolean> {
  return frame.evaluate(`'polluted' in {} || Object.keys(Object.prototype).length > 0`) as Promise<boolean>;
}

/** What the browser itself says in the console; a missing icon is the stage's. */
export function consoleOf(page: Page): string[] {
  const logged: string[] = [];
  page.on('console', (message) => {
    if (!message.text().startsWith('Failed to load resource')) logged.push(message.text());
  });
  page.on('pageerror', (error) => logged.push(String(error)));
  return logged;
}

/** What a document shows: our fields, our line of text in their place, or nothing of ours, such as the browser's own. */
export async function shownIn(frame: Frame): Promise<'fields' | 'neutral' | 'nothing'> {
  if ((await frame.$('payment-form input')) !== null) return 'fields';
  const text = (await frame.evaluate('document.body.textContent')) as string;
  return text.includes('inside the page of a shop') ? 'neutral' : 'nothing';
}

/** Serves the frame document at `page` and `evil` too, bare of the headers that publication asks for. @returns its origin. */
export async function serveWithoutHeaders({widget, page, pages}: Stage): Promise<string> {
  const read = async (path: string) => (await fetch(widget + path)).text();
  const html = await read('/v1/m/demo/');
  const [script = ''] = /\/v1\/assets\/[\w.-]+\.js/.exec(html) ?? [];
  pages.set('/v1/m/demo/', {html});
  pages.set(script, {html: await read(script), headers: {'Content-Type': 'text/javascript'}});
  return page;
}
