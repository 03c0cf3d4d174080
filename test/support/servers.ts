import {EventEmitter, once} from 'node:events';
import {readdirSync, readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import type {IncomingHttpHeaders, RequestListener} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import type {FastifyInstance} from 'fastify';
import {ensureKeys, KEY_FOLDER} from '../../demo/gateway/keys.ts';
import {createGateway} from '../../demo/gateway/server.ts';
import {closeAll, LOCALHOST} from '../../demo/listen.ts';
import {createShop} from '../../demo/merchant/server.ts';
import {createWidgetHost} from '../../demo/widget-host.ts';
import {publish} from '../../widget/publish/publish.ts';
import {type OpenedJwe, openJwe, openWithKeyFile} from './openssl.ts';
import {bind, type Bound, keptPort} from './ports.ts';
import {createNetworkFaults, type NetworkFaults} from './network-faults.ts';
import {ROOT} from './root.ts';

/** The product on real origins: the demo's three servers, a page that a test writes, and an attacker. */
export interface Servers {
  /** Origin of the demo shop. */
  shop: string;
  /** Origin of the widget host; another site than the shop. */
  widget: string;
  /** Network faults between the browser and the widget host. */
  networkFaults: NetworkFaults;
  gateway: string;
  /** Origin that serves {@link Servers.pages} and is in the merchant record. */
  page: string;
  /** Origin of an attacker: serves {@link Servers.pages} too, and is in no record. */
  evil: string;
  /** What `page` and `evil` serve, by path. */
  pages: Map<string, Page>;
  /** Forms that were posted to `page` or `evil`, as the server received them. */
  received: Received[];
  /** The first of {@link Servers.received}, or the one at `index`, once it exists. */
  nextReceived: (index?: number) => Promise<Received>;
  /** Every request except those to the gateway, in order of arrival. */
  asked: Asked[];
  /** What the servers wrote to their log. */
  log: string[];
  /** The folder that the widget host serves. */
  published: string;
  /** Publishes again with other options. From then on the widget host serves the new files. */
  publishAnew: (options: ServerOptions) => Promise<void>;
  /** Decrypts ciphertexts with the gateway's private key and OpenSSL. */
  open: (ciphertexts: readonly string[]) => string[];
  /** The same for an envelope of the profile `jwe`. */
  openJwe: (jwe: string) => OpenedJwe;
  /** Restores the publication and removes pages, faults and everything received, for the next tests. */
  reset: () => Promise<void>;
  close: () => Promise<void>;
}

export interface Page {
  html: string;
  headers?: Record<string, string>;
  /** 200 by default. */
  status?: number;
  /** The response waits for this. A form that is posted here is recorded first. */
  delay?: Promise<void>;
}

/** A form as a server received it: of several values with one name, the last. */
export interface Received {
  path: string;
  form: Record<string, string>;
}

/** A request as a server received it. */
export interface Asked {
  method: string;
  /** Absolute URL, with its origin from the `Host` header. */
  url: string;
  headers: IncomingHttpHeaders;
}

export interface ServerOptions {
  /** Folder of the build to publish. By default the one that `BUNDLE` names, else the product's own build. */
  bundle?: string | undefined;
  /** The origin that the script is published for. By default none. */
  origin?: string;
  /** Changes the published files in this folder before they are served. */
  edit?: (out: string) => Promise<void>;
  /** Changes to the demo's record. */
  record?: Record<string, unknown>;
  /** Further merchants by id, also as changes to the demo's record. By default {@link SHOP_MERCHANTS}. */
  merchants?: Readonly<Record<string, Record<string, unknown>>>;
}

/** The merchants that the shop's pages use in addition to `demo`. */
export const SHOP_MERCHANTS = {'demo-jwe': {profile: 'jwe'}} as const;

/** Starts everything on free ports, with a publication of its own. */
export async function startServers({
  bundle = process.env['BUNDLE'],
  edit,
  record = {},
  merchants = SHOP_MERCHANTS,
}: ServerOptions = {}): Promise<Servers> {
  const keys = await ensureKeys();
  const out = await mkdtemp(join(tmpdir(), 'sealed-fields-servers-'));
  const [shopPlace, widgetPlace, gatewayPlace, pagePlace, evilPlace] = await Promise.all([
    bind(LOCALHOST),
    bind(['127.0.0.1'], keptPort),
    bind(['127.0.0.1']),
    bind(LOCALHOST),
    bind(['127.0.0.2']),
  ]);
  const shop = `http://localhost:${shopPlace.port}`;
  const widget = `http://127.0.0.1:${widgetPlace.port}`;
  const gateway = `http://127.0.0.1:${gatewayPlace.port}`;
  const page = `http://localhost:${pagePlace.port}`;
  const evil = `http://127.0.0.2:${evilPlace.port}`;
  const close = async () => {
    await closeAll(
      [shopPlace, widgetPlace, gatewayPlace, pagePlace, evilPlace].flatMap(({servers}) => servers),
    );
    await rm(out, {recursive: true});
  };

  const pages = new Map<string, Page>();
  const received: Received[] = [];
  const arrivals = new EventEmitter();
  const take = (each: Received) => {
    received.push(each);
    arrivals.emit('received');
  };
  const asked: Asked[] = [];
  for (const {servers} of [shopPlace, widgetPlace, pagePlace, evilPlace])
    for (const server of servers)
      server.on('request', ({method = '', url = '', headers}) => {
        asked.push({method, url: `http://${headers.host ?? ''}${url}`, headers});
      });
  const log: string[] = [];
  const write = (line: string) => log.push(line);
  const account = {username: 'demo', password: 'demo'};
  const data = {
    id: 'demo',
    origins: [shop, page],
    profile: 'paytrace',
    keys: [{kid: 'test', file: join(KEY_FOLDER, 'public.pem')}],
    expiry: 'sealed',
    names: {},
    reveal: [],
    brands: [],
  };
  const publishWith = async ({bundle, origin, edit, record}: ServerOptions) => {
    const all = Object.entries({demo: record, ...merchants});
    const records = all.map(([id, each]) => ({path: join(out, `${id}.json`), data: {...data, id, ...each}}));
    await publish({records, bundle, origin, out});
    await edit?.(out);
  };
  const {networkFaults, through} = createNetworkFaults(widgetPlace.servers);
  let leave = () => {};
  let isChanged = false;
  const publishAgain = async (options: ServerOptions) => {
    await publishWith({bundle, record, ...options});
    leave();
    leave = await answer(widgetPlace, createWidgetHost(out), through);
  };
  try {
    await publishWith({bundle, record, ...(edit && {edit})});
    const known = Object.fromEntries(['demo', ...Object.keys(merchants)].map((id) => [id, data.origins]));
    const gatewayOptions = {...keys, keyId: 'test', merchants: known, ...account, log: write};
    await answer(gatewayPlace, createGateway(gatewayOptions));
    leave = await answer(widgetPlace, createWidgetHost(out), through);
    await answer(
      shopPlace,
      createShop({widgetOrigin: widget, gatewayOrigin: gateway, ...account, log: write}),
    );
  } catch (error) {
    await close();
    throw error;
  }
  for (const {servers} of [pagePlace, evilPlace]) {
    for (const server of servers) server.on('request', servePages(pages, take));
  }
  return {
    shop,
    widget,
    networkFaults,
    gateway,
    page,
    evil,
    pages,
    received,
    async nextReceived(index = 0) {
      for (;;) {
        const found = received[index];
        if (found !== undefined) return found;
        await once(arrivals, 'received', {signal: AbortSignal.timeout(20_000)});
      }
    },
    asked,
    log,
    published: out,
    async publishAnew(options) {
      isChanged = true;
      await publishAgain(options);
    },
    async reset() {
      if (isChanged) await publishAgain({...(edit && {edit})});
      isChanged = false;
      await networkFaults.clear();
      pages.clear();
      for (const list of [received, asked, log]) list.length = 0;
    },
    open: (ciphertexts) => openWithKeyFile(ciphertexts, join(KEY_FOLDER, 'private.pem')),
    openJwe: (jwe) => openJwe(jwe, keys.privateKeyPem),
    close,
  };
}

/** A page with the documented snippet and `body`. */
export function snippet(servers: Servers, body: string, attributes = ''): Page {
  const script = `<script src="${servers.widget}/v1/sealed-fields.js" data-merchant="demo" ${attributes} async></script>`;
  return {html: `<!doctype html><html lang="en"><title>Test</title>${script}<body>${body}</body></html>`};
}

/** Serves the npm module at `/module/`. @returns a script for a page that defines the element without an origin. */
export function serveModule(servers: Servers): string {
  const folder = join(ROOT, 'dist/module');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js')))
    servers.pages.set(`/module/${file}`, {
      html: readFileSync(join(folder, file), 'utf8'),
      headers: {'Content-Type': 'text/javascript'},
    });
  return `<script type="module">
    import {SealedFieldsElement} from '/module/sealed-fields.js';
    SealedFieldsElement.define();
  </script>`;
}

function servePages(pages: ReadonlyMap<string, Page>, onForm: (received: Received) => void): RequestListener {
  return (request, response) => {
    const {pathname} = new URL(request.url ?? '/', 'http://localhost');
    const answer = async () => {
      const page = pages.get(pathname);
      await page?.delay;
      const headers = {'Content-Type': 'text/html; charset=utf-8', ...page?.headers};
      response.writeHead(page === undefined ? 404 : (page.status ?? 200), headers);
      response.end(page?.html ?? '');
    };
    if (request.method !== 'POST') {
      void answer();
      return;
    }
    void text(request).then((body) => {
      onForm({path: pathname, form: Object.fromEntries(new URLSearchParams(body))});
      return answer();
    });
  };
}

/** Lets an app handle requests to this port. @returns a function that stops it. */
async function answer(
  {servers}: Bound,
  app: FastifyInstance,
  through = (listener: RequestListener) => listener,
): Promise<() => void> {
  await app.ready();
  const listener = through((request, response) => {
    app.routing(request, response);
  });
  for (const server of servers) server.on('request', listener);
  return () => {
    for (const server of servers) server.off('request', listener);
  };
}
