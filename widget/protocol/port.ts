import type {Parsers} from './messages.ts';
import {oneOf, own, plainObject} from './parse.ts';

/** One handler for each event of `M`. */
export type Handlers<M> = {readonly [E in keyof M]: (payload: M[E]) => void};

/** Posts one event of `M`. */
export type Send<M> = <E extends keyof M & string>(event: E, payload: M[E]) => void;

/** Most messages that a port accepts in a second. Frame and host need a tenth of that. */
const MESSAGES_PER_SECOND = 200;

/** Returns a function that posts `{event, payload}` to a port. Both sides use it. */
export function sender<M>(port: MessagePort): Send<M> {
  return (event, payload) => {
    port.postMessage({event, payload});
  };
}

/**
 * Calls the handler for each valid message. Silently drops invalid messages. Also drops messages beyond
 * {@link MESSAGES_PER_SECOND}, without deserializing them: they are errors or an attack.
 */
export function receive<M>(port: MessagePort, parsers: Parsers<M>, handlers: Handlers<M>): void {
  const events = Object.keys(parsers) as (keyof M & string)[];
  const isWithinRate = rateCap(MESSAGES_PER_SECOND);
  port.onmessage = (message: MessageEvent<unknown>) => {
    if (!isWithinRate()) return;
    const call = callOf(message.data, events, parsers, handlers);
    call?.();
  };
}

/** The handler call for a message, or undefined if the message is invalid. */
function callOf<M>(
  data: unknown,
  events: readonly (keyof M & string)[],
  parsers: Parsers<M>,
  handlers: Handlers<M>,
): (() => void) | undefined {
  try {
    const message = plainObject(data);
    const event = oneOf(message, 'event', events);
    const payload = parsers[event](own(message, 'payload'));
    return () => {
      handlers[event](payload);
    };
  } catch {
    return undefined;
  }
}

/** Returns a function that returns true for the first `limit` calls in each second. @seam rate-limit */
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
