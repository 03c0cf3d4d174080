import type {Envelope} from '../widget/protocol/envelope.ts';
import {type SealedFieldsError} from '../widget/protocol/errors.ts';
import {
  type Configure,
  type FieldFault,
  FRAME_EVENTS,
  type FrameEvents,
  type HostEvents,
} from '../widget/protocol/messages.ts';
import {parseHello, type PortOffer} from '../widget/protocol/handshake.ts';
import {type FieldName, isCompatible as speaks} from '../widget/protocol/names.ts';
import {expectFrame} from './arrival.ts';
import {countdown} from './countdown.ts';
import {openDoor} from './door.ts';
import {lost, mismatched, replaced, reported} from './faults.ts';
import {guard, unguard} from './guard.ts';
import {type Handlers, receive, type Send, sender} from '../widget/protocol/port.ts';
import {watch} from './watch.ts';

/** Seconds until a frame that does not acknowledge a `seal` is lost, and until its result is overdue. */
const ACKNOWLEDGED = 5;
const RESULT = 20;

/** What `seal()` gives: an envelope, or the faults that a shopper can mend, which are never an exception. */
export type SealResult = ({ok: true} & Envelope) | {ok: false; fields: readonly FieldFault[]};

/** What the element wants to know; the rest stays within the bridge. */
export type Told = Pick<FrameEvents, 'ready' | 'change' | 'title' | 'height' | 'submit'>;

export interface BridgeOptions {
  /** Address of the frame document, fragment included. */
  url: URL;
  /** What the frame is told apart by, in errors. */
  fields: readonly FieldName[];
  /** The id in the fragment. */
  channel: string;
  /** Sets the new frame's attributes and inserts it; `src` is set afterwards. */
  place: (frame: HTMLIFrameElement) => void;
  /** What the frame is given with its port, so that it shows itself as it shall be. */
  configuration: () => Configure | undefined;
  handlers: Handlers<Told>;
  /** The frame is late, and may still come. */
  onSlow: () => void;
  /** The frame’s document was reloaded or went: the bridge is closed, a new one may be opened. */
  onLost: () => void;
  /** The bridge is closed: the frame never came, does not answer, or reports a fault. */
  onFailure: (error: SealedFieldsError) => void;
}

export interface Bridge {
  frame: HTMLIFrameElement;
  send: Send<HostEvents>;
  /** @throws SealedFieldsError `frame-lost`, the frame's own fault, or the reason given to `close`. */
  seal: (submission: string) => Promise<SealResult>;
  /** Removes the frame; what is pending rejects with `reason`. */
  close: (reason: SealedFieldsError) => void;
}

interface Pending {
  resolve: (result: SealResult) => void;
  reject: (error: SealedFieldsError) => void;
  /** Stops its deadline. */
  stop: () => void;
}

/**
 * Opens a frame and the bridge to it.
 *
 * Postmate opens the door. The frame answers with a `hello` on our channel; it is right if origin,
 * window and channel are. It gets one end of a `MessageChannel`, and everything after goes through that.
 */
export function openBridge({
  url,
  fields,
  channel,
  place,
  configuration,
  handlers,
  onSlow,
  onLost,
  onFailure,
}: BridgeOptions): Bridge {
  const pending = new Map<number, Pending>();
  const listening = new AbortController();
  const {signal} = listening;
  let send: Send<HostEvents> = () => undefined;
  let port: MessagePort | undefined;
  let requests = 0;
  const name = `${fields.join(', ')} of ${url.origin}`;

  const settle = (request: number): Pending | undefined => {
    const found = pending.get(request);
    found?.stop();
    pending.delete(request);
    return found;
  };

  const close = (reason: SealedFieldsError) => {
    listening.abort();
    port?.close();
    unguard(frame);
    frame.remove();
    for (const request of [...pending.keys()]) settle(request)?.reject(reason);
  };

  const fail = (error: SealedFieldsError) => {
    if (signal.aborted) return;
    close(error);
    onFailure(error);
  };

  const lose = () => {
    if (signal.aborted) return;
    close(lost(name, 'went'));
    onLost();
  };

  const overdue = (request: number, seconds: number) =>
    countdown(seconds, () => {
      if (pending.has(request)) fail(lost(name, 'does not answer'));
    });

  const frame = openDoor(
    url,
    (made) => {
      guard(made, url.origin);
      place(made);
    },
    signal,
  );

  watch(
    frame,
    () => {
      fail(replaced(name));
    },
    signal,
  );

  const stopExpecting = expectFrame(
    {frame, url, name, hasGreeted: () => port !== undefined, onSlow, onFailure: fail},
    signal,
  );

  const answers: Handlers<FrameEvents> = {
    ...handlers,
    ready(ready) {
      if (!speaks(ready.protocol)) {
        fail(mismatched(name, ready.protocol));
        return;
      }
      stopExpecting();
      handlers.ready(ready);
    },
    sealing({request}) {
      const waiting = pending.get(request);
      if (waiting === undefined) return;
      waiting.stop();
      waiting.stop = overdue(request, RESULT);
    },
    sealed({request, envelope}) {
      settle(request)?.resolve({ok: true, ...envelope});
    },
    refused({request, fields}) {
      settle(request)?.resolve({ok: false, fields});
    },
    failed({request, code}) {
      const error = reported(name, code);
      if (request === undefined) fail(error);
      else settle(request)?.reject(error);
    },
    bye: lose,
  };

  const onHello = (event: MessageEvent<unknown>) => {
    const {origin, source} = event;
    if (
      source === null ||
      origin !== url.origin ||
      !isFrom(event, frame) ||
      port !== undefined ||
      !greets(event.data, channel) // of a stranger's message, the data is not even unpacked
    )
      return;
    const {port1, port2} = new MessageChannel();
    port = port1;
    send = sender(port1);
    receive(port1, FRAME_EVENTS, answers);
    frame.onload = null; // Postmate's: from the second load on it would post handshakes for ever
    frame.addEventListener('load', lose, {signal});
    const offer: PortOffer = {sealed: 'port', channel, configure: configuration()};
    offerPort(source, offer, url.origin, port2);
  };
  window.addEventListener('message', onHello, {signal});

  return {
    frame,
    send: (event, payload) => {
      send(event, payload);
    },
    seal: (submission) =>
      new Promise((resolve, reject) => {
        const request = ++requests;
        pending.set(request, {resolve, reject, stop: overdue(request, ACKNOWLEDGED)});
        send('seal', {request, submission});
      }),
    close,
  };
}

/** Whether the document in `frame` sent a message. @seam hello-source */
function isFrom({source}: MessageEvent, frame: HTMLIFrameElement): boolean {
  return source === frame.contentWindow;
}

/** Whether a message is a `hello` on our channel. @seam hello-channel */
function greets(data: unknown, channel: string): boolean {
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
