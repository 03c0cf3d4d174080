import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, symlinkSync, writeFileSync} from 'node:fs';
import {get} from 'node:http';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, describe, it} from 'node:test';

import {createWidgetHost} from '../../demo/widget-host.ts';

const DOCUMENT = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors http://localhost:4100",
  'Cache-Control': 'no-store',
};
const SCRIPT = {
  'Content-Type': 'text/javascript; charset=utf-8',
  'Access-Control-Allow-Origin': '*',
  'Cache-Control': 'public, max-age=31536000, immutable',
};
const OTHER = {'Content-Type': 'text/plain; charset=utf-8'};

/** Creates a published folder with these files and rules. */
function publication(files: Record<string, string>, rules: unknown = RULES): string {
  const folder = mkdtempSync(join(tmpdir(), 'sealed-fields-published-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), {recursive: true});
    writeFileSync(join(folder, name), content);
  }
  writeFileSync(join(folder, 'headers.json'), JSON.stringify({rules}));
  return folder;
}

const RULES = [
  {path: '/v1/m/demo/', headers: DOCUMENT},
  {path: '/v1/assets/*', headers: SCRIPT},
  {path: '/v1/*', headers: OTHER},
];
const FILES = {
  'tree/v1/m/demo/index.html': '<!doctype html>demo',
  'tree/v1/assets/main-abc.js': 'export {};',
  'tree/v1/licenses.md': 'Notices',
  'tree/v1/.hidden': 'hidden',
  'tree/no-rule.js': 'unsafe',
  'secret.txt': 'secret',
};

const folder = publication(FILES);
symlinkSync(join(folder, 'secret.txt'), join(folder, 'tree/v1/link.txt'));
const host = createWidgetHost(folder);
const {port} = new URL(await host.listen({port: 0, host: '127.0.0.1'}));
after(() => host.close());

interface Reply {
  status: number | undefined;
  headers: Record<string, string>;
  body: string;
}

/** Requests exactly this path over a real connection. Header names keep their case. */
function ask(path: string, {method = 'GET', headers = {}}: {method?: string; headers?: object} = {}) {
  return new Promise<Reply>((resolve, reject) => {
    const request = get(
      {host: '127.0.0.1', port, path, method, headers: {...headers}, agent: false},
      (response) => {
        let body = '';
        response.on('data', (chunk) => (body += String(chunk)));
        response.on('end', () => {
          const raw = response.rawHeaders;
          const pairs = raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? '']] : []));
          const named = Object.fromEntries(pairs) as Record<string, string>;
          resolve({status: response.statusCode, headers: named, body});
        });
      },
    );
    request.on('error', reject).end();
  });
}

/** The headers of a reply, without those of the transfer itself. */
function published({headers}: Reply): Record<string, string> {
  const transfer = ['content-length', 'date', 'connection', 'keep-alive', 'etag'];
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !transfer.includes(name.toLowerCase())),
  );
}

function lowerCase(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

describe('createWidgetHost', () => {
  const served: [string, string, Record<string, string>][] = [
    ['/v1/m/demo/', '<!doctype html>demo', DOCUMENT],
    ['/v1/m/demo/?query=x', '<!doctype html>demo', DOCUMENT],
    ['/v1/assets/main-abc.js', 'export {};', SCRIPT],
    ['/v1/licenses.md', 'Notices', OTHER],
    ['http://localhost/v1/licenses.md', 'Notices', OTHER],
  ];
  for (const [path, body, headers] of served) {
    it(`serves ${path} with the headers of its first rule only`, async () => {
      const reply = await ask(path);
      assert.equal(reply.status, 200);
      assert.equal(reply.body, body);
      assert.deepEqual(lowerCase(published(reply)), lowerCase(headers));
    });
  }

  it('answers 421, without any file, to a request for another host', async () => {
    for (const reply of [
      await ask('/v1/m/demo/', {headers: {Host: `elsewhere.example:${port}`}}),
      await ask('http://elsewhere.example/v1/licenses.md'),
    ]) {
      assert.deepEqual([reply.status, reply.body], [421, 'Misdirected request\n']);
      assert.equal(
        lowerCase(reply.headers)['content-security-policy'],
        "default-src 'none'; frame-ancestors 'none'",
      );
    }
  });

  it('answers HEAD like GET, without a body', async () => {
    const reply = await ask('/v1/m/demo/', {method: 'HEAD'});
    assert.equal(reply.status, 200);
    assert.equal(reply.body, '');
    assert.equal(lowerCase(reply.headers)['content-length'], '19');
    assert.deepEqual(lowerCase(published(reply)), lowerCase(DOCUMENT));
  });

  it('answers 304 with all headers to a matching tag, and 200 to another one', async () => {
    const etag = String(lowerCase((await ask('/v1/m/demo/')).headers)['etag']);
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const reply = await ask('/v1/m/demo/', {headers: {'if-none-match': tags}});
      assert.equal(reply.status, 304, tags);
      assert.equal(reply.body, '');
      assert.deepEqual(lowerCase(published(reply)), lowerCase(DOCUMENT));
    }
    assert.equal((await ask('/v1/m/demo/', {headers: {'if-none-match': '"other"'}})).status, 200);
  });

  it('gives the whole file to one who asks for a range', async () => {
    const reply = await ask('/v1/m/demo/', {headers: {range: 'bytes=0-3'}});
    assert.equal(reply.status, 200);
    assert.equal(reply.body, '<!doctype html>demo');
  });

  const lost = [
    '/',
    '/v1/m/demo',
    '/v1/m/demo/index.html',
    '/v1/m/other/',
    '/v1/assets/',
    '/v1/link.txt',
    '/no-rule.js',
    '/headers.json',
    '/secret.txt',
    '/../secret.txt',
    '/v1/../../secret.txt',
    '/v1/%2e%2e/%2e%2e/secret.txt',
    '/v1/..%2f..%2fsecret.txt',
    '/v1/..%5c..%5csecret.txt',
    '/v1//licenses.md',
    '//v1/licenses.md',
    '/v1/licenses.md%00',
    '/%',
    '/%c0%ae',
    '/__proto__',
    `/${'x'.repeat(4000)}`,
  ];
  const nothing = {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
  };
  for (const path of lost) {
    it(`answers 404 to ${path.slice(0, 40)}`, async () => {
      const reply = await ask(path);
      assert.equal(reply.status, 404);
      assert.deepEqual(lowerCase(published(reply)), nothing);
      assert.equal(reply.body, 'Not found\n');
    });
  }

  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    it(`answers 405 to ${method}`, async () => {
      const reply = await ask('/v1/m/demo/', {
        method,
        headers: {'content-type': 'x/y', 'content-length': '0'},
      });
      assert.equal(reply.status, 405);
      assert.deepEqual(lowerCase(published(reply)), {...nothing, allow: 'GET, HEAD'});
    });
  }

  it('throws for a folder that was not published', () => {
    assert.throws(() => createWidgetHost(join(folder, 'tree')));
    assert.throws(() => createWidgetHost(publication(FILES, 'none')), /list of rules/);
    assert.throws(() => createWidgetHost(publication(FILES, [{path: '/v1/*'}])), /path and headers/);
  });
});
