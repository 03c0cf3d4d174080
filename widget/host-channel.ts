import Postmate from 'postmate';
import {type FrameEvents, HOST_EVENTS, type HostEvents} from './protocol/messages.ts';
import {type Hello, parsePortOffer, type PortOffer} from './protocol/handshake.ts';
import {own, record} from './protocol/parse.ts';
import {type Handlers, receive, type Send, sender} from './protocol/port.ts';

/**
 * Opens the bridge to the page around this frame.
 *
 * Postmate takes a handshake from anybody, so a guard stands before it: it stops every message that is not our
 * parent's, from one of `origins`, and shows Postmate the first handshake alone. The answer to that handshake's
 * origin is a `hello` on our channel; the host, finding it right, offers a port, and from then on only the port
 * is listened to.
 *
 * @param channel the id that the host gave this frame.
 * @param origins the record's exact origins.
 * @param onOpen is told the origin of the page around this frame.
 * @returns says an event over the port, and before there is one, nothing.
 */
export function openBridge(
  channel: string,
  origins: readonly string[],
  handlers: Handlers<HostEvents>,
  onOpen: (origin: string) => void,
): Send<FrameEvents> {
  let send: Send<FrameEvents> = () => undefined;
  let stage: 'closed' | 'greeting' | 'open' = 'closed';
  const guard = (event: MessageEvent<unknown>) => {
    const isTrusted = isFromHost(event, origins);
    if (isTrusted && stage === 'closed' && isHandshake(event.data)) {
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

/** Whether the page around this frame sent a message, and has one of the record's origins. @seam frame-guard */
function isFromHost(event: MessageEvent, origins: readonly string[]): boolean {
  return event.source === window.parent && origins.includes(event.origin);
}

/** Keeps a message from Postmate, whose listeners run after the guard. @seam postmate-guard */
function withhold(event: MessageEvent): void {
  event.stopImmediatePropagation();
}

/** The one message of Postmate's that it is ever shown. It would copy the model over ours, so that must be empty. */
function isHandshake(data: unknown): boolean {
  try {
    const message = record(data);
    const model = record(own(message, 'model'));
    return own(message, 'postmate') === 'handshake' && Object.keys(model).length === 0;
  } catch {
    return false;
  }
}

/** Returns the offer of a port on our channel, or undefined for any other message. @seam offer-channel */
function parseOffer(data: unknown, channel: string): PortOffer | undefined {
  try {
    const offer = parsePortOffer(data);
    return offer.channel === channel ? offer : undefined;
  } catch {
    return undefined;
  }
}
