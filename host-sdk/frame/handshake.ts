import type {Configure} from '../../widget/protocol/messages.ts';
import {parseHello, type PortOffer} from '../../widget/protocol/handshake.ts';
import {guardMessages} from './message-guard.ts';
import {createFrame} from './postmate.ts';

/** What {@link handshake} needs in addition to the URL. */
export interface HandshakeOptions {
  /** Random id of the frame. Part of the fragment of its URL. */
  channel: string;
  /** Sets the attributes of the new iframe and inserts it. Called before this function returns; `src` is set afterwards. */
  place: (frame: HTMLIFrameElement) => void;
  /** Returns the current configuration. It is sent with the port, so that the frame's first paint uses it. */
  configuration: () => Configure | undefined;
  /** Ends the handshake, the guard and all listeners. */
  signal: AbortSignal;
}

/**
 * Creates the iframe and establishes a private connection to its document.
 *
 * 1. The message guard starts: it stops messages from the widget's origin that do not come from a frame of ours.
 * 2. Postmate creates the iframe, we place it, and Postmate sets `src`. From the first `load` on, Postmate posts
 *    `handshake` every 500 ms, five times at most, to the origin of `url`.
 * 3. The frame, if this page's origin is in its record, lets one handshake through to its Postmate, which replies.
 * 4. The frame posts `hello` with the channel id from its own address.
 * 5. We accept one `hello`: from the origin of `url`, from the window of the iframe, on our channel.
 * 6. We post an offer to exactly that origin: the channel id, the configuration, and one end of a `MessageChannel`.
 *    All later messages go through the two ports, which no other document can reach.
 *
 * @returns our port. Rejects only with the signal's reason: load failures are detected by `load-timeout`.
 * @example const port = await handshake(url, {channel, place: (frame) => element.append(frame), configuration, signal});
 */
export function handshake(
  url: URL,
  {channel, place, configuration, signal}: HandshakeOptions,
): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const frame = createFrame(
      url,
      (created) => {
        const endGuard = guardMessages(created, url.origin);
        signal.addEventListener('abort', () => {
          endGuard();
          reject(signal.reason as Error);
        });
        place(created);
      },
      signal,
    );
    let isConnected = false;
    const onMessage = (event: MessageEvent<unknown>) => {
      const {origin, source} = event;
      if (
        source === null ||
        origin !== url.origin ||
        !isFrom(event, frame) ||
        isConnected ||
        !isHello(event.data, channel) // reads the data of an accepted source only
      )
        return;
      isConnected = true;
      frame.onload = null; // Postmate's handler would post handshakes forever if the frame loaded again
      const {port1, port2} = new MessageChannel();
      offerPort(source, {sealed: 'port', channel, configure: configuration()}, url.origin, port2);
      resolve(port1);
    };
    window.addEventListener('message', onMessage, {signal});
  });
}

/** Whether the document in `frame` sent a message. @seam hello-source */
function isFrom({source}: MessageEvent, frame: HTMLIFrameElement): boolean {
  return source === frame.contentWindow;
}

/** Whether a message is a `hello` on our channel. @seam hello-channel */
function isHello(data: unknown, channel: string): boolean {
  try {
    return parseHello(data).channel === channel;
  } catch {
    return false;
  }
}

/** Posts the port to a document of `targetOrigin`, and to no other that may have replaced it. @seam port-target */
function offerPort(to: MessageEventSource, offer: PortOffer, targetOrigin: string, port: MessagePort): void {
  to.postMessage(offer, {targetOrigin, transfer: [port]});
}
