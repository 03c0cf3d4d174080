import {readFileSync} from 'node:fs';

import formbody from '@fastify/formbody';
import {fastify, type FastifyError, type FastifyInstance, type FastifyReply} from 'fastify';

import {refuseOtherHosts} from '../own-host.ts';
import {plainUrl} from '../plain-url.ts';
import {describeFault, type Log, logRequests} from '../request-log.ts';
import {type Form, marksOf, parseForm, saleOf, submissionIdOf, wayToPay} from './form.ts';
import {galleryPage} from './gallery-page.ts';
import {CHOICES, parseView, PROBLEMS_SCRIPT, type State} from './gallery-view.ts';
import {createSeller, type GatewayAccount, GatewayFailure} from './gateway.ts';
import {indexPage} from './index-page.ts';
import {payPage} from './pay-page.ts';
import {INVOICE_SCRIPT, PAY_PAGES} from './pay-pages.ts';
import {decimalPrice, drawProduct, FIRST_PRODUCT, PRODUCTS} from './products.ts';
import {messagePage, reservedPage, resultPage} from './result-page.ts';

const BODY_LIMIT_BYTES = 64 * 1024;

/** The oldest marks of payments beyond this number are dropped. A card has five. */
const REMEMBERED_MARKS = 50_000;

export interface ShopOptions extends GatewayAccount {
  /** Origin of sealed-fields.js and of the frame. */
  widgetOrigin: string;
  log?: Log;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/**
 * A merchant's server: pay pages with one form each, and `POST /pay`, which passes the sealed values on to
 * the gateway. Any stack can serve such pages: they are plain HTML, and only one has a script of the shop.
 */
export function createShop(options: ShopOptions): FastifyInstance {
  const {widgetOrigin, log = () => {}, now = Date.now, ...account} = options;
  const sell = createSeller(account, now);
  const seen = new Set<string>();

  const app = fastify({bodyLimit: BODY_LIMIT_BYTES, rewriteUrl: plainUrl});
  app.removeAllContentTypeParsers();
  app.register(formbody, {parser: (body) => ({form: parseForm(body)})});
  logRequests(app, 'shop', log);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(HEADERS);
  });
  refuseOtherHosts(app, (reply) => sendPage(reply, 421, NOT_OURS));
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) return answerNotFound(reply);
  });
  app.setErrorHandler((error: FastifyError, _request, reply) => answerError(error, reply, log));

  serveFiles(app);
  app.get('/', (_request, reply) => sendPage(reply, 200, indexPage()));
  for (const content of PAY_PAGES) {
    const scripts = content.script === undefined ? [widgetOrigin] : ["'self'", widgetOrigin];
    app.get<{Querystring: {item?: string | string[]}}>(content.path, (request, reply) => {
      const product = PRODUCTS.get(String(request.query.item ?? FIRST_PRODUCT));
      if (!product) return answerNotFound(reply);
      reply.header('Content-Security-Policy', policy(scripts, widgetOrigin));
      return sendPage(reply, 200, payPage(content, product, widgetOrigin));
    });
  }
  app.get<{Querystring: Record<string, unknown>}>('/gallery', (request, reply) => {
    const view = parseView(request.query);
    if (!view) return answerNotFound(reply);
    const {script, isBlocked}: State = CHOICES.state[view.state];
    const scripts = script === undefined ? [widgetOrigin] : ["'self'", widgetOrigin];
    const frames = isBlocked ? "'none'" : widgetOrigin;
    reply.header('Content-Security-Policy', policy(scripts, frames));
    return sendPage(reply, 200, galleryPage(view, widgetOrigin));
  });

  app.post<{Body?: {form?: Form}}>('/reserve', (request, reply) => {
    reply.header('Cache-Control', 'no-store');
    const form = request.body?.form ?? {};
    const product = PRODUCTS.get(form['item'] ?? '');
    if (!product) return sendPage(reply, 400, NO_PRODUCT);
    return sendPage(reply, 200, reservedPage(product, form));
  });

  app.post<{Body?: {form?: Form}}>('/pay', async (request, reply) => {
    reply.header('Cache-Control', 'no-store');
    const form = request.body?.form ?? {};
    const product = PRODUCTS.get(form['item'] ?? '');
    const id = submissionIdOf(form);
    const way = wayToPay(form);
    if (!product) return sendPage(reply, 400, NO_PRODUCT);
    if (id === undefined || !way) return sendPage(reply, 400, NOTHING_TO_PAY_WITH);
    const marks = marksOf(form, id);
    if (marks.some((mark) => seen.has(mark))) return sendPage(reply, 409, SEEN);
    remember(seen, marks);
    const answer = await sell(way.endpoint, saleOf(form, way, decimalPrice(product))).catch(asFailure);
    if (answer instanceof GatewayFailure) {
      log(`shop ${answer.message}`);
      if (!answer.posted) for (const mark of marks) seen.delete(mark);
      return sendPage(reply, 502, answer.posted ? UNKNOWN_OUTCOME : NOT_CHARGED);
    }
    return sendPage(reply, 200, resultPage({product, way, received: form, answer}));
  });
  return app;
}

const NOTHING_TO_PAY_WITH = messagePage(
  'No payment was made',
  'The form did not contain complete, sealed payment details. Please go back and pay again.',
);
const NO_PRODUCT = messagePage('No payment was made', 'The form did not name a product of this shop.');
const SEEN = messagePage(
  'This payment was already submitted',
  'We have already processed it, and did not repeat it. To buy again, start a new order.',
);
const NOT_CHARGED = messagePage(
  'The bank cannot be reached',
  'You were not charged. Please go back and pay again in a moment.',
);
const UNKNOWN_OUTCOME = messagePage(
  'The bank did not respond',
  'We do not know yet whether you were charged. Please check your statement before you pay again.',
);
const NOT_FOUND = messagePage('Page not found', 'This page does not exist, or it has moved.');
const NOT_OURS = messagePage(
  'Not this shop',
  'This address does not belong to the shop. Please use localhost.',
);
const FAULT = messagePage('Something went wrong on our side', 'Please try again in a moment.');

/** Only a page that shows the fields may load from the widget's origin. */
function policy(scripts: readonly string[] = [], frames = ''): string {
  const widget =
    scripts.length === 0
      ? []
      : [`script-src ${scripts.join(' ')}`, `frame-src ${frames}`, `connect-src ${frames}`];
  return [
    "default-src 'none'",
    ...widget,
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** `no-cache` instead of `no-store`, so that the back/forward cache can keep a pay page. */
const HEADERS = {
  'Content-Security-Policy': policy(),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cache-Control': 'no-cache',
};

function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(page);
}

function answerNotFound(reply: FastifyReply): FastifyReply {
  return sendPage(reply, 404, NOT_FOUND);
}

function answerError(error: FastifyError, reply: FastifyReply, log: Log): FastifyReply {
  const {statusCode = 500} = error;
  if (statusCode < 500) return sendPage(reply, statusCode, NOTHING_TO_PAY_WITH);
  log(`shop ${describeFault(error)}`);
  return sendPage(reply, 500, FAULT);
}

function asFailure(error: unknown): GatewayFailure {
  if (error instanceof GatewayFailure) return error;
  throw error;
}

function remember(seen: Set<string>, marks: readonly string[]): void {
  for (const mark of marks) seen.add(mark);
  for (const oldest of seen) {
    if (seen.size <= REMEMBERED_MARKS) break;
    seen.delete(oldest);
  }
}

function serveFiles(app: FastifyInstance): void {
  const files = new Map<string, {type: string; content: string}>();
  const style = `${readBeside('../palette.css')}\n${readBeside('shop.css')}`;
  files.set('/shop.css', {type: 'text/css; charset=utf-8', content: style});
  files.set(INVOICE_SCRIPT.path, {type: 'text/javascript; charset=utf-8', content: INVOICE_SCRIPT.text});
  files.set('/gallery.css', {type: 'text/css; charset=utf-8', content: readBeside('gallery.css')});
  files.set(PROBLEMS_SCRIPT.path, {type: 'text/javascript; charset=utf-8', content: PROBLEMS_SCRIPT.text});
  for (const name of ['mark.svg', 'photograph.svg'])
    files.set(`/${name}`, {type: 'image/svg+xml', content: readBeside(name)});
  for (const product of PRODUCTS.values()) {
    files.set(`/prints/${product.id}.svg`, {type: 'image/svg+xml', content: drawProduct(product).text});
  }
  for (const [path, {type, content}] of files) {
    app.get(path, (_request, reply) => reply.type(type).send(content));
  }
}

function readBeside(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}
