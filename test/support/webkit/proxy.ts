import {createHash} from 'node:crypto';
import {createServer, type IncomingHttpHeaders, type IncomingMessage, request, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {buffer} from 'node:stream/consumers';
import {pipeline} from 'node:stream/promises';
import {closeAll} from '../../../demo/listen.ts';
import type {WebKitPage} from './page.ts';

/** An HTTP proxy between the browser and all servers. It reports requests and inserts scripts into documents. */
export interface Proxy {
  port: number;
  /** The page in use, to which requests are attributed. */
  pageNow: () => WebKitPage | undefined;
  close: () => Promise<void>;
}

export async function startProxy(): Promise<Proxy> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: Proxy = {
    port: (server.address() as AddressInfo).port,
    pageNow: () => undefined,
    close: () => closeAll([server]),
  };
  passOn(server, proxy);
  return proxy;
}

function passOn(server: Server, proxy: Proxy): void {
  server.on('request', (asked: IncomingMessage, answer) => {
    const page = proxy.pageNow();
    const pass = async () => {
      const url = asked.url ?? '';
      const body = await buffer(asked);
      const {headers} = asked;
      page?.emit('request', {
        url: () => url,
        headers: () => headers,
        hasPostData: () => body.length > 0,
        fetchPostData: () => Promise.resolve(body.toString()),
      });
      const response = await ask(url, asked, body);
      page?.emit('response', {url: () => url, headers: () => flat(response.headers)});
      const scripts = page?.scripts ?? [];
      const isDocument = response.headers['content-type']?.startsWith('text/html') === true;
      if (!isDocument || scripts.length === 0) {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        await pipeline(response, answer); // if the response breaks off, so does this one
        return;
      }
      const {html, policy} = withScripts(
        (await buffer(response)).toString(),
        scripts,
        flat(response.headers)['content-security-policy'],
      );
      answer.writeHead(response.statusCode ?? 502, {
        ...without(response.headers, ['etag', 'content-length', 'transfer-encoding']),
        ...(policy !== undefined && {'content-security-policy': policy}),
      });
      answer.end(html);
    };
    pass().catch(() => {
      answer.destroy(); // as if the server were down
    });
  });
}

function ask(url: string, {method, headers}: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const {hostname, port, pathname, search} = new URL(url);
  const own = without(headers, ['proxy-connection', 'accept-encoding', 'if-none-match']);
  return new Promise((resolve, reject) => {
    const options = {host: hostname, port, path: pathname + search, method, headers: own};
    const passed = request(options, resolve);
    passed.on('error', reject);
    passed.end(body);
  });
}

/** Inserts scripts at the start of a document, and allows them in its policy. */
function withScripts(html: string, scripts: readonly string[], policy: string | undefined) {
  const text = `document.currentScript.remove();${scripts.join('\n')}`.replaceAll('</script', '<\\/script');
  const start = /^\s*<!doctype[^>]*>/i.exec(html)?.[0] ?? '';
  const hash = createHash('sha256').update(text).digest('base64');
  return {
    html: `${start}<script>${text}</script>${html.slice(start.length)}`,
    policy: policy && allow(policy, `'sha256-${hash}'`),
  };
}

/** The policy with one more script source, unless it allows inline scripts anyway. */
function allow(policy: string, source: string): string {
  const directives = policy.split(';').map((each) => each.trim());
  const named = (name: string) => directives.findIndex((each) => each.startsWith(`${name} `));
  const at = named('script-src') >= 0 ? named('script-src') : named('default-src');
  const found = directives[at];
  if (found === undefined || (found.includes("'unsafe-inline'") && !/'(nonce|sha\d+)-/.test(found)))
    return policy;
  const sources = found.replace(/^\S+ /, '').replace("'none'", '');
  if (found.startsWith('script-src')) directives[at] = `script-src ${sources} ${source}`;
  else directives.push(`script-src ${sources} ${source}`);
  return directives.join('; ');
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function without(headers: IncomingHttpHeaders, names: readonly string[]): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}
