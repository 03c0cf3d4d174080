import Postmate from 'postmate';
import {type Hello, parsePortOffer, type PortOffer} from './protocol/handshake.ts';
import {type FrameEvents, HOST_EVENTS, type HostEvents} from './protocol/messages.ts';
import {own, plainObject} from './protocol/parse.ts';
import {type Handlers, receive, type Send, sender} from './protocol/port.ts';

/**
 * Opens the channel to the host.
 *
 * 1. The host loads this document in an iframe, with the channel id in the URL fragment. Postmate in the host starts to post
 *    handshakes.
 * 2. Postmate would accept a handshake from any window. A guard runs before its listener: it lets the first handshake from
 *    our parent window and one of the record's origins through, and stops every other message.
 * 3. Postmate replies to the handshake and reports the host's origin. We post `hello` with the channel id to that origin.
 * 4. The host checks window, origin and channel, and posts `port` with one end of a `MessageChannel` and the first
 *    `configure`.
 * 5. We check the channel and adopt the port. From then on, both sides use only the port.
 *
 * @param channel the id in the URL fragment.
 * @param origins the record's exact origins.
 * @param onOpen called once the port is open, with the host's origin.
 * @returns a function that posts an event over the port. It does nothing until the port is open.
 */
export function openHostChannel(
  channel: string,
  origins: readonly string[],
  handlers: Handlers<HostEvents>,
  onOpen: (origin: string) => void,
): Send<FrameEvents> {
  let send: Send<FrameEvents> = () => undefined;
  let stage: 'waiting' | 'greeting' | 'open' = 'waiting';
  const guard = (event: MessageEvent<unknown>) => {
    const isTrusted = isFromHost(event, origins);
    if (isTrusted && stage === 'waiting' && isHandshake(event.data)) {
      stage = 'greeting';
      return;
    }
    withhold(event);
    const [port] = event.ports;
    if (!isTrusted || stage !== 'greeting' || port === undefined) return;
    const offer = parseOffer(event.data, channel);
    if (offer === undefined) return;
    stage = 'open';
    send = sender(port);
    receive(port, HOST_EVENTS, handlers);
    if (offer.configure !== undefined) handlers.configure(offer.configure);
    onOpen(event.origin);
  };
  window.addEventListener('message', guard, true);
  void new Postmate.Model(Object.freeze(Object.create(null) as object)).then((api) => {
    const {parentOrigin} = api as unknown as {parentOrigin: string};
    const hello: Hello = {sealed: 'hello', channel};
    window.parent.postMessage(hello, parentOrigin);
  });
  return (event, payload) => {
    send(event, payload);
  };
}

/** Whether the parent window sent a message, and its origin is one of the record's. @seam frame-guard */
function isFromHost(event: MessageEvent, origins: readonly string[]): boolean {
  return event.source === window.parent && origins.includes(event.origin);
}

/** Hides a message from Postmate, whose listener runs after the guard. @seam postmate-guard */
function withhold(event: MessageEvent): void {
  event.stopImmediatePropagation();
}

/** Whether this is a Postmate handshake. Postmate copies the model over ours, so it must be empty. */
function isHandshake(data: unknown): boolean {
  try {
    const message = plainObject(data);
    const model = plainObject(own(message, 'model'));
    return own(message, 'postmate') === 'handshake' && Object.keys(model).length === 0;
  } catch {
    return false;
  }
}

/** The offer of a port on our channel, or undefined for any other message. @seam offer-channel */
function parseOffer(data: unknown, channel: string): PortOffer | undefined {
  try {
    const offer = parsePortOffer(data);
    return offer.channel === channel ? offer : undefined;
  } catch {
    return undefined;
  }
}
