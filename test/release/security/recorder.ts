import type {Page} from 'puppeteer-core';
import type {Engine} from '../../support/find-browsers.ts';
import type {Servers} from '../../support/servers.ts';
import {consoleOf} from './attacks/noise.ts';

/** A text that was visible outside the frame, and where. */
export interface Seen {
  where: string;
  text: string;
}

/** Records everything that a page, its browser and the servers can see of the fields. */
export interface Recorder {
  /** Reads the page as it is now, and what it received since the last call. */
  look: (moment: string) => Promise<void>;
  /** Everything that was recorded so far. */
  all: () => Seen[];
}

/** Where a page that unloads sends what it received since the last look. */
const PATH = '/heard';

/**
 * Runs first in the page: records every message, port message, event of the fields, key event, console line, error and
 * report, as text.
 */
const LISTEN = `if (window === top) {
  const heard = [];
  const plain = (key, value) => {
    if (value instanceof Error) return {...value, name: value.name, message: value.message, stack: value.stack, cause: value.cause};
    if (value instanceof Map || value instanceof Set) return [...value];
    if (value instanceof ArrayBuffer) return [...new Uint8Array(value)];
    if (ArrayBuffer.isView(value)) return [...new Uint8Array(value.buffer)];
    return typeof value === 'bigint' ? String(value) : value;
  };
  const textOf = (value) => {
    try { return typeof value === 'string' ? value : JSON.stringify(value, plain) ?? String(value); } catch { return String(value); }
  };
  const hear = (where, ...values) => heard.push({where, text: values.map(textOf).join(' ')});
  const listen = (type, read) => addEventListener(type, (event) => hear(type, ...read(event)), true);

  listen('message', ({data}) => [data]);
  for (const type of ['ready', 'change', 'submit', 'warning', 'error']) listen('sealed-' + type, ({detail}) => [detail]);
  for (const type of ['keydown', 'keyup', 'keypress', 'beforeinput', 'input', 'change', 'paste', 'copy', 'cut', 'dragstart', 'drop'])
    listen(type, ({key, data, target, clipboardData, dataTransfer}) =>
      [key, data, target.value, clipboardData?.getData('text'), dataTransfer?.getData('text')]);
  listen('error', ({message, error}) => [message, error]);
  listen('unhandledrejection', ({reason}) => [reason]);
  listen('securitypolicyviolation', ({blockedURI, sample, sourceFile, documentURI}) => [blockedURI, sample, sourceFile, documentURI]);
  if ('ReportingObserver' in window)
    new ReportingObserver((reports) => hear('report', reports.map((report) => report.toJSON?.() ?? report)), {buffered: true}).observe();
  for (const method of ['debug', 'log', 'info', 'warn', 'error', 'dir', 'table', 'trace']) {
    const write = console[method];
    console[method] = (...values) => { hear('console', ...values); write(...values); };
  }

  const {prototype} = MessagePort;
  const {addEventListener: add, postMessage} = prototype;
  const {set, ...more} = Object.getOwnPropertyDescriptor(prototype, 'onmessage');
  const heardBy = (listener) => function (event) {
    hear('port', event.data);
    return (listener.handleEvent ?? listener).call(this, event);
  };
  Object.defineProperty(prototype, 'onmessage', {...more, set(listener) {
    set.call(this, typeof listener === 'function' ? heardBy(listener) : listener);
  }});
  prototype.addEventListener = function (type, listener, ...options) {
    add.call(this, type, type === 'message' ? heardBy(listener) : listener, ...options);
  };
  prototype.postMessage = function (message, ...options) {
    hear('said', message);
    postMessage.call(this, message, ...options);
  };

  const rootsIn = (root) => [root, ...[...root.querySelectorAll('*')].flatMap(({shadowRoot}) => shadowRoot ? rootsIn(shadowRoot) : [])];
  const look = () => {
    const roots = rootsIn(document);
    const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
    const elements = all('sealed-fields');
    return {
      markup: roots.map((root) => root.documentElement?.outerHTML ?? root.innerHTML).join('\\n'),
      values: textOf(all('input, select, textarea').map(({name, value}) => [name, value])),
      forms: textOf([...document.forms].map((form) => [...new FormData(form)])),
      fields: textOf(elements.map(({state, validationMessage, validity}) => [state, validationMessage, validity])),
      address: [location.href, document.referrer, document.title, window.name, document.cookie].join(' '),
      history: textOf([history.state, ...(window.navigation?.entries().map(({url, key}) => [url, key]) ?? [])]),
      storage: textOf([{...localStorage}, {...sessionStorage}]),
      performance: performance.getEntries().map(({name, entryType, serverTiming}) => [name, entryType, textOf(serverTiming)].join(' ')).join('\\n'),
      selection: String(getSelection()),
    };
  };
  Object.assign(window, {heard, look});
  addEventListener('pagehide', () => {
    for (const {where, text} of heard.splice(0)) navigator.sendBeacon('${PATH}', new URLSearchParams({where, text}));
  });
}`;

/** Must be called before the page is opened. WebKit's driver does not report the console; the page's own is recorded. */
export async function record(page: Page, servers: Servers, engine: Engine): Promise<Recorder> {
  const seen: Seen[] = [];
  const requests: string[] = [];
  const bodies: Promise<string | undefined>[] = [];
  const logged = consoleOf(page);
  servers.pages.set(PATH, {html: ''});
  page.on('request', (request) => {
    requests.push(`${request.url()} ${JSON.stringify(request.headers())}`);
    // Firefox's driver does not report bodies; the servers do.
    if (engine === 'chromium' && request.hasPostData())
      bodies.push(request.fetchPostData().catch(() => undefined));
  });
  await page.evaluateOnNewDocument(LISTEN);
  return {
    async look(moment) {
      const heard = (await page.evaluate('heard.splice(0)')) as Seen[];
      const looks = Object.entries((await page.evaluate('look()')) as Record<string, string>);
      requests.push(...(await Promise.all(bodies.splice(0))).map((body = '') => body));
      seen.push(...heard, ...looks.map(([where, text]) => ({where: `${moment}, ${where}`, text})));
    },
    all() {
      const {asked, log, received} = servers;
      const late = received.filter(({path}) => path === PATH).map(({form}) => form as unknown as Seen);
      const posted = received.filter(({path}) => path !== PATH);
      const texts = {
        console: logged,
        request: requests,
        server: [...asked, ...posted].map((each) => JSON.stringify(each)),
        log,
      };
      const noted = Object.entries(texts).flatMap(([where, lines]) => lines.map((text) => ({where, text})));
      return [...seen, ...late, ...noted];
    },
  };
}
