import {createHash} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import {join, relative, sep} from 'node:path';

import {fastify, type FastifyInstance, type FastifyReply, type FastifyRequest} from 'fastify';

import {refuseOtherHosts} from './own-host.ts';
import {plainUrl} from './plain-url.ts';

type Headers = Readonly<Record<string, string>>;

interface Rule {
  /** An exact path, or a prefix followed by `*`. */
  path: string;
  headers: Headers;
}

interface File {
  content: Buffer;
  headers: Headers;
  etag: string;
}

/** Headers of a 404, 405 or 421: no script, no framing, no MIME sniffing, no caching. */
const NOTHING: Headers = {
  'Content-Type': 'text/plain; charset=utf-8',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
};

/**
 * A server for a published folder. It serves each file of `tree/` with the headers of the first rule in
 * `headers.json` that matches its path, and adds only the headers of the transfer itself.
 *
 * A file without a rule is not served, because the tree is unsafe without its headers. The tree is read once,
 * at the start; a request's path is only compared with the published paths, so no path leads out of the tree.
 *
 * @throws Error if `folder` was not published.
 */
export function createWidgetHost(folder: string): FastifyInstance {
  const files = readTree(folder);
  const app = fastify({rewriteUrl: plainUrl});
  refuseOtherHosts(app, (reply) => reply.code(421).headers(NOTHING).send('Misdirected request\n'));

  app.get('*', (request, reply) => {
    const file = files.get(request.raw.url?.split('?', 1)[0] ?? '');
    if (!file) return answerNothing(reply);
    reply.headers({...file.headers, ETag: file.etag});
    if (matches(request.headers['if-none-match'], file.etag)) return reply.code(304).send();
    return reply.send(file.content);
  });
  app.setNotFoundHandler(refuse);
  app.setErrorHandler((_error, request, reply) => refuse(request, reply));
  return app;
}

function answerNothing(reply: FastifyReply): FastifyReply {
  return reply.code(404).headers(NOTHING).send('Not found\n');
}

function refuse({method}: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (method === 'GET' || method === 'HEAD') return answerNothing(reply);
  return reply
    .code(405)
    .headers({...NOTHING, Allow: 'GET, HEAD'})
    .send('Not allowed\n');
}

/** Whether an `If-None-Match` header matches: a list of tags, compared weakly, or `*` (RFC 9110 §13.1.2). */
function matches(condition: string | undefined, etag: string): boolean {
  const tags = (condition ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

/** The files by URL path. An `index.html` has the path of its folder, with the trailing slash. */
function readTree(folder: string): ReadonlyMap<string, File> {
  const rules = parseRules(readFileSync(join(folder, 'headers.json'), 'utf8'));
  const tree = join(folder, 'tree');
  const files = new Map<string, File>();
  for (const entry of readdirSync(tree, {recursive: true, withFileTypes: true})) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(tree, file).split(sep).join('/')}`.replace(/\/index\.html$/, '/');
    const rule = rules.find((candidate) => fits(candidate.path, path));
    if (!rule) continue;
    const content = readFileSync(file);
    const digest = createHash('sha256').update(content).digest('base64url');
    files.set(path, {content, headers: rule.headers, etag: `"${digest}"`});
  }
  return files;
}

function fits(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

function parseRules(text: string): Rule[] {
  const {rules} = JSON.parse(text) as {rules?: unknown};
  if (!Array.isArray(rules)) throw new Error('headers.json: expected a list of rules');
  return rules.map(({path, headers}: {path?: unknown; headers?: unknown}) => {
    if (typeof path !== 'string' || typeof headers !== 'object' || headers === null) {
      throw new Error('headers.json: expected a path and headers in each rule');
    }
    return {
      path,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    };
  });
}
