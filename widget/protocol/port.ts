import type {Parsers} from './messages.ts';
import {oneOf, own, record} from './parse.ts';

/** What to do on each event of `M`. */
export type Handlers<M> = {readonly [E in keyof M]: (payload: M[E]) => void};

/** Says one event of `M`. */
export type Send<M> = <E extends keyof M & string>(event: E, payload: M[E]) => void;

/** Messages that one port takes in a second; a frame and its host need a tenth of it. */
const RATE = 200;

/** Both sides speak through this: `{event, payload}`, with declared payloads only. */
export function sender<M>(port: MessagePort): Send<M> {
  return (event, payload) => {
    port.postMessage({event, payload});
  };
}

/**
 * Hands each well-formed message to its handler. What does not parse, and what comes faster than
 * {@link RATE} a second, is dropped without a word: it is noise, or an attack. The latter is not even unpacked.
 */
export function receive<M>(port: MessagePort, parsers: Parsers<M>, handlers: Handlers<M>): void {
  const events = Object.keys(parsers) as (keyof M & string)[];
  const withinRate = rateCap(RATE);
  port.onmessage = (message: MessageEvent<unknown>) => {
    if (!withinRate()) return;
    const run = parsed(message.data, events, parsers, handlers);
    run?.();
  };
}

/** The call that a message asks for, or undefined if it is none of ours. */
function parsed<M>(
  data: unknown,
  events: readonly (keyof M & string)[],
  parsers: Parsers<M>,
  handlers: Handlers<M>,
): (() => void) | undefined {
  try {
    const message = record(data);
    const event = oneOf(message, 'event', events);
    const payload = parsers[event](own(message, 'payload'));
    return () => {
      handlers[event](payload);
    };
  } catch {
    return undefined;
  }
}

/** Returns true for the first `limit` calls of each second. @seam rate-limit */
function rateCap(limit: number): () => boolean {
  let second = 0;
  let count = 0;
  return () => {
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) [second, count] = [now, 0];
    count += 1;
    return count <= limit;
  };
}
