import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {readyFrame, typeWholeCard} from '../../../support/browser.ts';
import type {Servers} from '../../../support/servers.ts';
import type {Attack} from './attack.ts';
import {openFields} from '../pages.ts';
import * as attacker from './attacker-page.ts';
import {noiseOf} from './noise.ts';

const {CARD, FRAME_PATH} = attacker;

/**
 * Attack on the frame's message guard: frames next to ours, of the attacker's origin and of the merchant's own, send
 * the handshake and offer ports from before our frame exists.
 */
export const attackFromSiblings: Attack = (page, servers) =>
  attackFrom(page, servers, [servers.evil, servers.page]);

/** The same only from a frame of the merchant's own origin: attack on the check of the message's source. */
export const attackFromMerchantSibling: Attack = (page, servers) => attackFrom(page, servers, [servers.page]);

async function attackFrom(page: Page, servers: Servers, origins: readonly string[]): Promise<string[]> {
  await attacker.openMerchantPage(page, servers, attacker.attackers(origins));
  await attacker.insertVictim(page);
  const siblings = origins.map((origin) => attacker.attackerAt(page, origin));
  return attacker.payUnderAttack(page, servers, async () =>
    (await Promise.all(siblings.map(attacker.obtainedBy))).flat(),
  );
}

/** Attack on the check of the ancestors: the frame document opened as a page of its own. */
export const openWithoutMerchant: Attack = async (page, servers) => {
  await page.goto(servers.widget + FRAME_PATH);
  return (await attacker.shownIn(page.mainFrame())) === 'fields' ? ['fields without a merchant'] : [];
};

/**
 * Attack on the check of the origin: an attacker's page embeds the frame document, served without its headers, and
 * completes the handshake as its parent.
 */
export const embedOnAttackerPage: Attack = async (page, servers) => {
  const url = (await attacker.serveWithoutHeaders(servers)) + FRAME_PATH;
  const frame = await attacker.openAround(page, servers, url);
  const shown = await attacker.shownIn(frame);
  await attacker.letAttack(page.mainFrame());
  const fields = shown === 'neutral' ? [] : [`shown: ${shown}`];
  return [...fields, ...(await attacker.obtainedBy(page.mainFrame()))];
};

/**
 * Attack on the host's check of the source of `hello`: the frame of another element on the page, which passes the
 * host's guard, knows the channel id of the element under attack and asks for its port.
 */
export const attackFromNeighbor: Attack = async (page, servers) => {
  await attacker.openMerchantPage(page, servers, '<sealed-fields data-fields="cardNumber"></sealed-fields>');
  const neighbor = await readyFrame(page, servers);
  await attacker.attackFrom(neighbor);
  await attacker.insertVictim(page);
  await neighbor.waitForFunction('channelId');
  const offer = RegExp(`"port".*${(await neighbor.evaluate('channelId')) as string}`);
  return attacker.payUnderAttack(page, servers, async () => {
    const all = await attacker.obtainedBy(neighbor);
    return all.filter((each) => each.startsWith('port ') || offer.test(each));
  });
};

/**
 * Attack on the host's guard: a frame of the widget's origin that no element opened sends messages of Postmate, which
 * would call any function that they name.
 */
export const attackFromUnknownFrame: Attack = async (page, servers) => {
  await attacker.openMerchantPage(page, servers, `<iframe src="${servers.widget}${FRAME_PATH}"></iframe>`);
  const [, unknown] = page.frames();
  assert.ok(unknown);
  await attacker.attackFrom(unknown);
  await attacker.insertVictim(page);
  return attacker.payUnderAttack(page, servers, async () => {
    const ports = (await attacker.obtainedBy(unknown)).filter((each) => each.startsWith('port '));
    const errors = await noiseOf(page.mainFrame());
    return [...ports, ...errors.map((error) => `error in the merchant’s page: ${error}`)];
  });
};

/** A document of the widget's origin that any page may frame, as if the host served one by mistake. */
const COPY = '/v1/copy.html';

/**
 * Attack on the host's guard: a document of the widget's origin, inside an attacker's frame next to the element, knows
 * the channel id.
 */
export const attackFromCopy: Attack = async (page, servers) => {
  const headers = {'Content-Type': 'text/html', 'Cross-Origin-Resource-Policy': 'cross-origin'};
  servers.networkFaults.set(COPY, (response) => {
    response.writeHead(200, headers).end('<!doctype html><title>Copy</title>');
  });
  servers.pages.set('/around', {html: `<iframe src="${servers.widget}${COPY}"></iframe>`});
  await attacker.openMerchantPage(page, servers, `<iframe src="${servers.evil}/around"></iframe>`);
  const copy = page.frames().find((frame) => frame.url() === servers.widget + COPY);
  assert.ok(copy);
  await attacker.attackFrom(copy);
  await attacker.insertVictim(page);
  await page.waitForSelector('#victim iframe[src]');
  await copy.evaluate(`channelId = '${await channelOf(page)}'`);
  await attacker.letAttack(copy);
  return attacker.payUnderAttack(page, servers, async () => {
    const errors = await noiseOf(page.mainFrame());
    return [...(await attacker.obtainedBy(copy)), ...errors];
  });
};

/** The channel id of the element under attack, as the merchant's page can read it. */
function channelOf(page: Page): Promise<string> {
  return page.$eval('#victim iframe', ({src}) => new URL(src).hash.slice(9, 41));
}

/**
 * In each document: records the target of every message to a window. A window of another origin has its own functions,
 * so scripts get one proxy for each window instead.
 */
const RECORD_TARGETS = `{
  window.targets = [];
  const proxies = new WeakMap();
  const proxyOf = (real) => {
    if (real === null || typeof real !== 'object' || real instanceof MessagePort) return real;
    if (!proxies.has(real))
      proxies.set(real, new Proxy({}, {get: (_, key) => key !== 'postMessage' ? real[key] : (data, target, ...more) => {
        targets.push(typeof target === 'object' ? target?.targetOrigin : target);
        real.postMessage(data, target, ...more);
      }}));
    return proxies.get(real);
  };
  const wrap = (object, key) => {
    const {get} = Object.getOwnPropertyDescriptor(object, key);
    Object.defineProperty(object, key, {configurable: true, get() { return proxyOf(get.call(this)); }});
  };
  wrap(HTMLIFrameElement.prototype, 'contentWindow');
  wrap(MessageEvent.prototype, 'source');
  if (window !== top) Object.defineProperty(window, 'parent', {configurable: true, value: proxyOf(top)});
  const post = window.postMessage;
  window.postMessage = (data, target, ...more) => {
    targets.push(typeof target === 'object' ? target?.targetOrigin : target);
    post.call(window, data, target, ...more);
  };
}`;

/**
 * Attack on the target origins: looks for messages that a document of another origin would get, if it took the place
 * of the frame or of the page. The element seals, clears and opens a second frame.
 */
export const collectUntargetedMessages: Attack = async (page, servers) => {
  await page.evaluateOnNewDocument(RECORD_TARGETS);
  const frame = await openFields(page, servers);
  await typeWholeCard(page, frame, CARD);
  assert.ok((await page.$eval('sealed-fields', (element) => element.seal())).ok);
  const ofFrame = await targetsIn(frame);
  assert.equal(ofFrame.length, 2, 'Postmate’s reply and hello');
  await page.$eval('sealed-fields', (element) => {
    element.clear();
    element.retry();
    return element.ready;
  });
  const ofPage = await targetsIn(page.mainFrame());
  assert.ok(ofPage.length >= 4, 'a handshake and an offer for each frame');
  return [
    ...ofFrame.filter((target) => target !== servers.page).map((target) => `to the page: ${target}`),
    ...ofPage.filter((target) => target !== servers.widget).map((target) => `to the frame: ${target}`),
  ];
};

async function targetsIn(frame: Frame): Promise<string[]> {
  return ((await frame.evaluate('targets')) as unknown[]).map(String);
}
