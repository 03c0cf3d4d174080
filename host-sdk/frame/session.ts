import type {SealedFieldsError} from '../../widget/protocol/errors.ts';
import {FRAME_EVENTS, type FrameEvents, type SealResult} from '../../widget/protocol/frame-events.ts';
import type {Configure, HostEvents} from '../../widget/protocol/host-events.ts';
import {type FieldName, speaks} from '../../widget/protocol/names.ts';
import {type Handlers, receive, type Send, sender} from '../../widget/protocol/port.ts';
import {asError, frameLost, frameReplaced, reportedByFrame, versionMismatch} from '../errors.ts';
import {handshake} from './handshake.ts';
import {afterSeconds, startLoadTimeout} from './load-timeout.ts';
import {observeTampering} from './tamper-observer.ts';

/** Seconds that a frame has to acknowledge a `seal`, and then to answer it. */
const ACKNOWLEDGE_S = 5;
const ANSWER_S = 20;

/** The events of the frame that the connection handles. The session handles the others itself. */
export type ConnectionEvents = Pick<FrameEvents, 'ready' | 'change' | 'title' | 'height' | 'submit'>;

export interface SessionOptions {
  /** Address of the frame document, fragment included. */
  url: URL;
  /** The channel id in the fragment. */
  channel: string;
  /** The fields, by which errors name the frame. */
  fields: readonly FieldName[];
  /** Sets the attributes of the new iframe and inserts it. */
  place: (frame: HTMLIFrameElement) => void;
  /** The configuration for the frame's first paint. */
  configuration: () => Configure | undefined;
  handlers: Handlers<ConnectionEvents>;
  onSlow: () => void;
  /** The frame's document was unloaded or replaced. The session is closed. */
  onLost: () => void;
  /** The frame did not load, does not answer, or reports an error. The session is closed. */
  onFailure: (error: SealedFieldsError) => void;
}

interface PendingSeal {
  resolve: (result: SealResult) => void;
  reject: (error: SealedFieldsError) => void;
  cancelTimeout: () => void;
}

/** One iframe and the port to its document. It ends once: with `close`, `onLost` or `onFailure`. */
export class Session {
  iframe!: HTMLIFrameElement;
  readonly #options: SessionOptions;
  /** How errors name the frame. */
  readonly #name: string;
  readonly #lifetime = new AbortController();
  readonly #pending = new Map<number, PendingSeal>();
  #requests = 0;
  #port: MessagePort | undefined;
  #send: Send<HostEvents> = () => undefined;

  constructor(options: SessionOptions) {
    const {url, channel, fields, configuration, onSlow} = options;
    const {signal} = this.#lifetime;
    this.#options = options;
    this.#name = `${fields.join(', ')} of ${url.origin}`;
    const place = (iframe: HTMLIFrameElement) => {
      this.iframe = iframe;
      options.place(iframe);
    };
    const connecting = handshake(url, {channel, place, configuration, signal});
    const {iframe} = this;
    const fail = this.#fail.bind(this);
    observeTampering(
      iframe,
      () => {
        fail(frameReplaced(this.#name));
      },
      signal,
    );
    const isConnected = () => this.#port !== undefined;
    const stopLoadTimeout = startLoadTimeout(
      {iframe, url, name: this.#name, isConnected, onSlow, onFailure: fail},
      signal,
    );
    connecting.then(
      (port) => {
        this.#port = port;
        this.#send = sender(port);
        receive(port, FRAME_EVENTS, this.#handlers(stopLoadTimeout));
        iframe.addEventListener('load', this.#lose.bind(this), {signal});
      },
      (error: unknown) => {
        fail(asError(error));
      },
    );
  }

  /** Does nothing until the handshake is complete. */
  send<E extends keyof HostEvents>(event: E, payload: HostEvents[E]): void {
    this.#send(event, payload);
  }

  /** @throws SealedFieldsError `frame-lost`, the frame's error code, or the reason given to `close`. */
  requestSeal(submission: string): Promise<SealResult> {
    return new Promise((resolve, reject) => {
      const request = ++this.#requests;
      this.#pending.set(request, {
        resolve,
        reject,
        cancelTimeout: this.#startTimeout(request, ACKNOWLEDGE_S),
      });
      this.#send('seal', {request, submission});
    });
  }

  /** Removes the iframe; pending requests reject with `reason`. */
  close(reason: SealedFieldsError): void {
    this.#lifetime.abort(reason);
    this.#port?.close();
    this.iframe.remove();
    for (const request of [...this.#pending.keys()]) this.#take(request)?.reject(reason);
  }

  #handlers(stopLoadTimeout: () => void): Handlers<FrameEvents> {
    const {handlers} = this.#options;
    return {
      ...handlers,
      ready: (ready) => {
        if (!speaks(ready.protocol)) {
          this.#fail(versionMismatch(this.#name, ready.protocol));
          return;
        }
        stopLoadTimeout();
        handlers.ready(ready);
      },
      sealing: ({request}) => {
        const pending = this.#pending.get(request);
        if (pending === undefined) return;
        pending.cancelTimeout();
        pending.cancelTimeout = this.#startTimeout(request, ANSWER_S);
      },
      sealed: ({request, envelope}) => {
        this.#take(request)?.resolve({ok: true, ...envelope});
      },
      refused: ({request, fields}) => {
        this.#take(request)?.resolve({ok: false, fields});
      },
      failed: ({request, code}) => {
        const error = reportedByFrame(this.#name, code);
        if (request === undefined) this.#fail(error);
        else this.#take(request)?.reject(error);
      },
      bye: () => {
        this.#lose();
      },
    };
  }

  /** Removes a request from the pending ones. */
  #take(request: number): PendingSeal | undefined {
    const pending = this.#pending.get(request);
    pending?.cancelTimeout();
    this.#pending.delete(request);
    return pending;
  }

  #startTimeout(request: number, seconds: number): () => void {
    return afterSeconds(seconds, () => {
      if (this.#pending.has(request)) this.#fail(frameLost(this.#name, 'does not answer'));
    });
  }

  #lose(): void {
    if (this.#lifetime.signal.aborted) return;
    this.close(frameLost(this.#name, 'was unloaded'));
    this.#options.onLost();
  }

  #fail(error: SealedFieldsError): void {
    if (this.#lifetime.signal.aborted) return;
    this.close(error);
    this.#options.onFailure(error);
  }
}
