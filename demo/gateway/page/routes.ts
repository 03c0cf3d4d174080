import {Readable} from 'node:stream';

import type {FastifyInstance} from 'fastify';

import type {Ledger} from '../ledger.ts';
import {ledgerPage, POLICY} from './ledger-page.ts';

/** Beyond this many open pages, one more is told to stay as it is. */
const MOST_WATCHERS = 32;

/**
 * `GET /`: the last transactions as a page, or, to its `EventSource`, one event for each change among them. An
 * event says nothing but that there was one.
 */
export function pageRoutes(app: FastifyInstance, ledger: Ledger): void {
  let watchers = 0;

  app.get('/', (request, reply) => {
    reply.header('Vary', 'Accept');
    const wantsEvents = /\btext\/event-stream\b/.test(request.headers.accept ?? '');
    if (!wantsEvents || request.method === 'HEAD') {
      reply.headers({'Content-Security-Policy': POLICY, 'Referrer-Policy': 'no-referrer'});
      return reply.type('text/html; charset=utf-8').send(ledgerPage(ledger));
    }
    if (watchers >= MOST_WATCHERS) return reply.code(204).send(); // a browser then asks no more
    watchers += 1;
    const news = newsOf(ledger);
    news.once('close', () => (watchers -= 1));
    return reply.type('text/event-stream').send(news);
  });
}

/** The first event comes at once, for what happened since the page was drawn. */
function newsOf(ledger: Ledger): Readable {
  const news = new Readable({read() {}});
  const tell = () => {
    // A reader that is slow needs no second word: it will ask for all there is.
    if (news.readableLength === 0) news.push('data: changed\n\n');
  };
  news.once('close', ledger.watch(tell));
  tell();
  return news;
}
