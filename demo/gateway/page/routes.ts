import {Readable} from 'node:stream';

import type {FastifyInstance} from 'fastify';

import type {Ledger} from '../ledger.ts';
import {ledgerPage, POLICY} from './ledger-page.ts';

/** Event streams that are open at the same time; another one gets 204. */
const MAX_WATCHERS = 32;

/**
 * `GET /`: the page of the most recent transactions; for its `EventSource`, one event for each change. An
 * event carries no details of the change.
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
    if (watchers >= MAX_WATCHERS) return reply.code(204).send(); // an EventSource does not reconnect after 204
    watchers += 1;
    const events = changeEvents(ledger);
    events.once('close', () => (watchers -= 1));
    return reply.type('text/event-stream').send(events);
  });
}

/** One event for each change. The first is sent at once, for changes since the page was rendered. */
function changeEvents(ledger: Ledger): Readable {
  const events = new Readable({read() {}});
  const notify = () => {
    // A slow reader needs only one pending event: it fetches the whole page.
    if (events.readableLength === 0) events.push('data: changed\n\n');
  };
  events.once('close', ledger.watch(notify));
  notify();
  return events;
}
