import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {connect} from 'node:net';
import {after, before, describe} from 'node:test';
import packageJson from '../../../package.json' with {type: 'json'};
import {startServers, type Servers} from '../../support/servers.ts';
import {prove} from './suite.ts';

/** Headers of the transfer itself, which the widget host adds to those of the publication. */
const TRANSFER = ['connection', 'content-length', 'date', 'etag', 'keep-alive'];

const POLICY = `default-src 'none'; script-src 'self' 'MAP'; style-src 'none'; img-src 'none'; font-src 'none'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-src 'none'; worker-src 'none'; object-src 'none'; manifest-src 'none'; frame-ancestors SHOP PAGE; require-trusted-types-for 'script'; trusted-types lit-html; webrtc 'block'`;

const DOCUMENT = {
  'cache-control': 'no-store',
  'content-security-policy': POLICY,
  'content-type': 'text/html; charset=utf-8',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'cross-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy':
    'accelerometer=(), bluetooth=(), camera=(), clipboard-read=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
};

const ASSET = {
  'cache-control': 'public, max-age=31536000, immutable',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'content-type': 'text/javascript; charset=utf-8',
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const PINNED_LOADER = {
  'access-control-allow-origin': '*',
  'cache-control': 'public, max-age=31536000, immutable',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'content-type': 'text/javascript; charset=utf-8',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const LOADER = {...PINNED_LOADER, 'cache-control': 'public, max-age=300, stale-while-revalidate=86400'};

const ERRORS_PAGE = {
  'cache-control': 'public, max-age=300',
  'content-security-policy':
    "default-src 'none'; style-src 'STYLE'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'content-type': 'text/html; charset=utf-8',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const NOTHING = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'content-type': 'text/plain; charset=utf-8',
  'x-content-type-options': 'nosniff',
};

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

describe('security: headers of the widget host', () => {
  let servers: Servers;
  before(async () => {
    servers = await startServers();
  });
  after(() => servers.close());

  /** Sends these lines over a new connection, and reads until it is closed. */
  async function send(...lines: string[]): Promise<Reply> {
    const {hostname, port} = new URL(servers.widget);
    const socket = connect(Number(port), hostname).setEncoding('latin1');
    let text = '';
    socket.on('data', (data: string) => (text += data));
    socket.write([...lines, 'Connection: close', '', ''].join('\r\n'));
    await once(socket, 'close');
    const [head = '', ...rest] = text.split('\r\n\r\n');
    const [first = '', ...named] = head.split('\r\n');
    return {
      status: Number(first.split(' ')[1]),
      headers: Object.fromEntries(
        named.map((line) => [line.split(':')[0]?.toLowerCase() ?? '', line.replace(/^[^:]*: */, '')]),
      ),
      body: rest.join('\r\n\r\n'),
    };
  }

  const ask = (path: string, method = 'GET', ...headers: string[]) =>
    send(`${method} ${path} HTTP/1.1`, `Host: ${new URL(servers.widget).host}`, ...headers);

  /** Headers without those of the transfer, with placeholders for origins and the hash. */
  function published({headers}: Reply, html = ''): Record<string, string> {
    const [, map = ''] = /<script type="importmap">(.*)<\/script>/.exec(html) ?? [];
    const hash = createHash('sha256').update(map).digest('base64');
    return Object.fromEntries(
      Object.entries(headers)
        .filter(([name]) => !TRANSFER.includes(name))
        .map(([name, value]) => [
          name,
          value.replace(servers.shop, 'SHOP').replace(servers.page, 'PAGE').replace(`sha256-${hash}`, 'MAP'),
        ]),
    );
  }

  prove('H01', 'the frame document has these headers and no other', async () => {
    const reply = await ask('/v1/m/demo/');
    assert.equal(reply.status, 200);
    assert.deepEqual(published(reply, reply.body), DOCUMENT);
    assert.doesNotMatch(JSON.stringify(reply.headers), /unsafe-|set-cookie/i);
  });

  prove('H01', 'each script of the frame has these headers and no other', async () => {
    const {body} = await ask('/v1/m/demo/');
    const scripts = new Set(body.match(/\/v1\/assets\/[\w-]+\.js/g));
    assert.ok(scripts.size > 2);
    for (const path of scripts) {
      const reply = await ask(path);
      assert.deepEqual([reply.status, published(reply)], [200, ASSET], path);
    }
  });

  prove('H01', 'the loader has these headers and no other, mutable and pinned', async () => {
    assert.deepEqual(published(await ask('/v1/sealed-fields.js')), LOADER);
    assert.deepEqual(published(await ask(`/${packageJson.version}/sealed-fields.js`)), PINNED_LOADER);
  });

  prove('H01', 'the errors page has these headers and no other', async () => {
    const reply = await ask('/v1/errors/');
    const headers = published(reply);
    const policy = headers['content-security-policy']?.replace(/sha256-[\w+/]{43}=/, 'STYLE');
    assert.deepEqual([reply.status, {...headers, 'content-security-policy': policy}], [200, ERRORS_PAGE]);
  });

  const PATHS = ['/v1/m/demo/', '/v1/sealed-fields.js'];

  prove('H06', 'HEAD is answered like GET, without a body', async () => {
    for (const path of PATHS) {
      const [get, head] = [await ask(path), await ask(path, 'HEAD')];
      assert.deepEqual([head.status, head.body], [200, '']);
      const all = ({headers}: Reply) => ({...headers, date: 'now'});
      assert.deepEqual(all(head), all(get));
    }
  });

  prove('H06', 'a matching tag gives 304 with every header; another tag gives the file', async () => {
    for (const path of PATHS) {
      const get = await ask(path);
      const etag = get.headers['etag'] ?? '';
      for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const reply = await ask(path, 'GET', `If-None-Match: ${tags}`);
        assert.deepEqual([reply.status, reply.body], [304, '']);
        assert.deepEqual(published(reply, get.body), published(get, get.body));
      }
      assert.equal((await ask(path, 'GET', 'If-None-Match: "other"')).status, 200);
    }
  });

  prove('H06', 'ranges, other encodings and old protocols get the whole file with every header', async () => {
    for (const path of PATHS) {
      const get = await ask(path);
      const others = [
        await ask(path, 'GET', 'Range: bytes=0-3'),
        await ask(path, 'GET', 'Range: bytes=9999999-'),
        await ask(path, 'GET', 'Accept-Encoding: br, gzip, zstd'),
        await ask(path, 'GET', 'Accept-Encoding: identity;q=0'),
        await ask(path, 'GET', 'Accept: text/event-stream'),
        await ask(`${path}?query=x`),
        await send(`GET ${path} HTTP/1.0`),
        await send(`GET ${path}`),
        await send(`GET ${servers.widget}${path} HTTP/1.1`, 'Host: elsewhere.example'),
      ];
      for (const reply of others) {
        assert.equal(reply.status, 200);
        assert.ok(reply.body === get.body);
        assert.deepEqual(published(reply, get.body), published(get, get.body));
      }
    }
  });

  prove('H06', 'another method gets 405 and the allowed methods', async () => {
    for (const method of ['OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'])
      for (const path of [...PATHS, '/nowhere']) {
        const reply = await ask(path, method, 'Content-Length: 0');
        assert.deepEqual([reply.status, published(reply)], [405, {...NOTHING, allow: 'GET, HEAD'}], method);
      }
  });

  prove('H06', 'an unknown address gets 404', async () => {
    const {body} = await ask('/v1/m/demo/');
    const [asset = ''] = body.match(/\/v1\/assets\/[\w-]+\.js/) ?? [];
    const paths = [
      '/',
      '/v1/m/demo',
      '/v1/m/demo/index.html',
      '/v1/m/unknown/',
      '/v1//sealed-fields.js',
      '//v1/sealed-fields.js',
      '/v1/./sealed-fields.js',
      '/v1/m/../sealed-fields.js',
      '/v1/m/demo/../../../../headers.json',
      '/%2e%2e/headers.json',
      '/v1/%2e%2e/%2e%2e/headers.json',
      '/v1/..%2f..%2fheaders.json',
      '/v1/m/demo/%00',
      '/v1/m/%64emo/',
      '/%',
      '/%c0%ae',
      '/v1\\m\\demo\\',
      '/headers.json',
      '/manifest.json',
      asset.toUpperCase(),
      `${asset}.map`,
      `/${'x'.repeat(8000)}`,
    ];
    for (const path of paths) {
      const reply = await ask(path);
      assert.deepEqual([reply.status, published(reply)], [404, NOTHING], path);
      assert.equal(reply.body, 'Not found\n');
    }
  });

  prove('H06', 'a malformed request gets 400 and no text of ours', async () => {
    for (const line of ['FOO / HTTP/1.1', 'GET / HTTP/9.9', 'GET  HTTP/1.1', '\0'])
      assert.deepEqual(await send(line).then(({status, body}) => [status, body]), [400, '']);
    const noHost = await send('GET /v1/m/demo/ HTTP/1.1');
    assert.equal(noHost.status, 400);
    assert.match(noHost.body, /^(0\r\n\r\n)?$/); // empty, in chunks
  });
});
