import {Readable} from 'node:stream';

import type {FastifyInstance} from 'fastify';

import type {Ledger} from '../ledger.ts';
import {ledgerPage, POLICY} from './ledger-page.ts';

/** Event streams that are open at the same time. */
const MAX_WATCHERS = 32;

/**
 * `GET /`: the page of the most recent transactions; for its `EventSource`, one event for each change. An
 * event carries no details of the change.
 *
 * A new stream always opens: if there are too many, the oldest one of the client that has the most is ended. An
 * `EventSource` connects again after a few seconds.
 */
export function pageRoutes(app: FastifyInstance, ledger: Ledger): void {
  /** The client of each stream, by address, oldest first. */
  const watchers = new Map<Readable, string>();

  app.get('/', (request, reply) => {
    reply.header('Vary', 'Accept');
    const wantsEvents = /\btext\/event-stream\b/.test(request.headers.accept ?? '');
    if (!wantsEvents || request.method === 'HEAD') {
      reply.headers({'Content-Security-Policy': POLICY, 'Referrer-Policy': 'no-referrer'});
      return reply.type('text/html; charset=utf-8').send(ledgerPage(ledger));
    }
    if (watchers.size >= MAX_WATCHERS) endOne(watchers);
    const events = changeEvents(ledger);
    watchers.set(events, request.ip);
    events.once('close', () => watchers.delete(events));
    return reply.type('text/event-stream').send(events);
  });
}

/** Ends the oldest stream of the client that has the most. */
function endOne(watchers: Map<Readable, string>): void {
  const counts = new Map<string, number>();
  for (const client of watchers.values()) counts.set(client, (counts.get(client) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const [oldest] = [...watchers].find(([, client]) => counts.get(client) === most) ?? [];
  if (oldest === undefined) return;
  watchers.delete(oldest);
  oldest.destroy();
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
