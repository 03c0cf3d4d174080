import {type ErrorCode, SealedFieldsError} from '../../widget/protocol/errors.ts';
import {
  type Configure,
  type FieldsState,
  FRAME_EVENTS,
  type FrameEvents,
  type HostEvents,
  type SealResult,
} from '../../widget/protocol/messages.ts';
import {type FieldName, type Locale, isCompatible, PROTOCOL_WITH_FOCUS} from '../../widget/protocol/names.ts';
import {writeFrameParams} from '../../widget/protocol/frame-params.ts';
import {type Handlers, receive, type Send, sender} from '../../widget/protocol/port.ts';
import type {Options} from '../attributes.ts';
import {asError, frameLost, frameReplaced, reportedByFrame, versionMismatch} from '../errors.ts';
import {dispatch, reportError, warn} from '../events.ts';
import {randomId} from '../random-id.ts';
import type {HostTexts} from '../texts.ts';
import {frameParams} from './configuration.ts';
import {isPrerendered, requireOrigin} from './environment.ts';
import {FocusGuard} from './focus-guard.ts';
import {handshake} from './handshake.ts';
import {hasFocus, initFrame, setColorScheme, setFocusable, setHeight} from './iframe.ts';
import {afterSeconds, startLoadTimeout} from './load-timeout.ts';
import {createPlaceholder, type Placeholder} from './placeholder.ts';
import {observeTampering} from './tamper-observer.ts';
import {throttle} from './throttle.ts';

/** What the connection needs of its element, and what it reports to it. */
export interface ConnectionListener {
  texts: () => HostTexts;
  locale: () => Locale;
  /** The configuration for the frame's first paint. */
  configuration: () => Configure | undefined;
  /** The fields can be used; called again after a return from the back/forward cache. */
  onReady: () => void;
  onChange: (state: FieldsState, before: FieldsState) => void;
  /** The document of a ready frame was unloaded. */
  onLost: () => void;
  /** Enter was pressed in a field. */
  onSubmit: () => void;
  /** The failure view is shown. */
  onFailure: () => void;
  /** The user pressed the failure view's button. */
  onRetry: () => void;
}

/** How long a frame may take to acknowledge a `seal`. */
const ACKNOWLEDGE_S = 5;
/** How long a frame may take to answer a `seal` after that. */
const ANSWER_S = 20;

/** How many frames the page may remove in how many ms before the connection fails. */
const MAX_REMOVALS = 3;
const REMOVAL_WINDOW_MS = 10_000;

/** Failures after which the element reconnects when the browser is online again. */
const NETWORK_FAILURES: readonly ErrorCode[] = ['frame-unreachable', 'frame-timeout'];

const NO_STATE: FieldsState = {fields: {}, empty: true, complete: false, sealed: false};

/** Children that a cloned or re-parsed element has copied from its original: a frame without a connection, and sealed values. */
const COPIED_CHILDREN = ':scope > iframe[slot=frame], :scope > input[type=hidden]';

interface PendingSeal {
  resolve: (result: SealResult) => void;
  reject: (error: SealedFieldsError) => void;
  cancelTimeout: () => void;
}

/** An element's connection to its frame. It loads, is ready or has failed, and can reopen with a new frame. */
export class Connection {
  status: 'loading' | 'ready' | 'failed' = 'loading';
  state = NO_STATE;
  frame: HTMLIFrameElement | undefined;
  /** That of the frame, once it is ready; until then the first. */
  protocol = 1;
  /** Whether it has failed with values in the fields. */
  hasLostValues = false;
  /** Whether it failed because of the network. */
  isOffline = false;
  readonly #element: HTMLElement;
  readonly #listener: ConnectionListener;
  readonly #placeholder: Placeholder;
  readonly #updates = throttle<Configure>((configuration) => {
    this.#send?.('configure', configuration);
  });
  readonly #pending = new Map<number, PendingSeal>();
  #requests = 0;
  #ready = deferred();
  /** Aborted when the current frame is closed. */
  #lifetime = new AbortController();
  /** Names the frame in error messages. */
  name = '';
  #port: MessagePort | undefined;
  #send: Send<HostEvents> | undefined;
  #hasHeight = false;
  /** When the page has removed a frame, in ms. */
  #removals: readonly number[] = [];
  readonly #focusGuard = new FocusGuard();

  /** @param root gets the placeholder; the frame itself is a light-DOM child of `element`. */
  constructor(element: HTMLElement, root: ShadowRoot, listener: ConnectionListener) {
    this.#element = element;
    this.#listener = listener;
    this.#placeholder = createPlaceholder(root, listener.texts, listener.onRetry);
  }

  /** The element that a validation bubble points at and that gets the focus: the frame, or the failure view's button. */
  get anchor(): HTMLElement | undefined {
    const isAttached = this.frame?.parentNode === this.#element; // until the observer runs, a removed frame is not
    return (isAttached ? this.frame : undefined) ?? this.#placeholder.retryButton();
  }

  /** The user's default font size relative to 16 px. */
  get fontScale(): number {
    return this.#placeholder.fontScale();
  }

  /** Resolves when the fields can be used; rejects with the error of the failure view. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Opens a new frame and closes the current one. @throws SealedFieldsError `origin-refused` in a page without an origin. */
  open(options: Options): void {
    if (this.frame !== undefined) this.close(new SealedFieldsError('aborted', 'The frame was reopened.'));
    if (this.status !== 'loading') this.#ready = deferred();
    this.status = 'loading';
    this.name = `${options.fields.join(', ')} of ${options.origin}`;
    this.isOffline = this.hasLostValues = false;
    this.#hasHeight = false;
    this.#placeholder.applyTheme(options.looks.theme);
    this.#placeholder.setFields(options.fields, options.settings.layout);
    this.#placeholder.show('loading');
    requireOrigin();
    for (const child of this.#element.querySelectorAll(COPIED_CHILDREN)) child.remove();
    const onActivated = () => {
      if (this.#element.isConnected) this.open(options);
    };
    // A prerendered page loads no cross-origin frames, so the timeouts must not start yet.
    if (!isPrerendered(onActivated)) this.#connect(options);
  }

  #connect(options: Options): void {
    const {texts, locale, configuration} = this.#listener;
    const params = frameParams(this.#element, options, locale(), randomId());
    const url = new URL(`/v1/m/${options.merchant}/`, options.origin);
    url.hash = writeFrameParams(params);
    this.protocol = 1;
    this.#lifetime = new AbortController();
    const {signal} = this.#lifetime;
    this.#focusGuard.observe(signal);
    const fail = (error: SealedFieldsError) => {
      if (!signal.aborted) this.fail(error);
    };
    const connecting = handshake(url, {
      channel: params.channel,
      place: (frame) => {
        this.frame = frame;
        initFrame(frame, params.colorScheme, texts().title);
        this.#element.append(frame);
      },
      configuration,
      signal,
    });
    const {frame} = this;
    connecting.then(
      (port) => {
        if (frame === undefined) return;
        this.#port = port;
        this.#send = sender(port);
        receive(port, FRAME_EVENTS, this.#handlers(frame, stopLoadTimeout));
        frame.addEventListener('load', this.#onUnload.bind(this), {signal});
      },
      (error: unknown) => {
        fail(asError(error));
      },
    );
    if (frame === undefined) return; // Postmate did not create it
    observeTampering(
      frame,
      {
        onRemoved: this.#onRemoved.bind(this),
        onRedirected: () => {
          fail(frameReplaced(this.name));
        },
      },
      signal,
    );
    const stopLoadTimeout = startLoadTimeout(
      {
        iframe: frame,
        url,
        name: this.name,
        isConnected: () => this.#port !== undefined,
        onSlow: this.#onSlow.bind(this),
        onFailure: fail,
      },
      signal,
    );
  }

  #handlers(frame: HTMLIFrameElement, stopLoadTimeout: () => void): Handlers<FrameEvents> {
    return {
      ready: ({protocol}) => {
        if (!isCompatible(protocol)) {
          this.fail(versionMismatch(this.name, protocol));
          return;
        }
        this.protocol = protocol;
        stopLoadTimeout();
        this.#onReady();
      },
      change: (state) => {
        const before = this.state;
        this.state = state;
        this.#listener.onChange(state, before);
      },
      title: ({title}) => {
        frame.title = title;
      },
      height: ({height}) => {
        setHeight(frame, height);
        this.#hasHeight = true;
        this.#showFrame();
      },
      submit: this.#listener.onSubmit,
      interrupted: ({field}) => {
        this.#onInterrupted(frame, field);
      },
      sealing: ({request}) => {
        const pending = this.#pending.get(request);
        if (pending === undefined) return;
        pending.cancelTimeout();
        pending.cancelTimeout = this.#startTimeout(ANSWER_S);
      },
      sealed: ({request, envelope}) => {
        this.#takePending(request)?.resolve({ok: true, ...envelope});
      },
      refused: ({request, fields}) => {
        this.#takePending(request)?.resolve({ok: false, fields});
      },
      failed: ({request, code}) => {
        const error = reportedByFrame(this.name, code);
        if (request === undefined) this.fail(error);
        else this.#takePending(request)?.reject(error);
      },
      bye: () => {
        this.#onUnload();
      },
    };
  }

  /** Takes the focus back if another frame has taken it. If that goes on, tells shopper and page instead. */
  #onInterrupted(frame: HTMLIFrameElement, field: FieldName): void {
    if (!this.#focusGuard.isTaken(frame)) return;
    if (this.#focusGuard.mayReturn()) {
      this.focus(field);
      if (hasFocus(frame)) return;
    }
    warn(
      this.#element,
      'focus-taken',
      `${this.name}: another frame took the focus while the user was typing.`,
    );
    if (this.protocol >= PROTOCOL_WITH_FOCUS) this.send('focus-taken', {});
  }

  #onSlow(): void {
    this.#placeholder.show('slow');
    warn(this.#element, 'slow', 'The frame has not answered for 10 seconds.');
  }

  #onReady(): void {
    const isFirst = this.status !== 'ready';
    this.status = 'ready';
    this.#showFrame();
    this.#ready.resolve();
    this.#listener.onReady();
    if (isFirst) dispatch(this.#element, 'sealed-ready', null);
  }

  /** Replaces the skeleton once the height is known. A frame that is not visible reports none. */
  #showFrame(): void {
    if (this.status === 'ready' && this.#hasHeight && this.#placeholder.view() !== 'frame')
      this.#placeholder.show('frame');
  }

  /** The frame's document was unloaded, or another one has loaded. A frame that was ready reopens. */
  #onUnload(): void {
    const error = frameLost(this.name, 'was unloaded');
    if (this.status === 'ready') {
      this.close(error);
      this.#listener.onLost();
    } else this.fail(error);
  }

  /**
   * The page has removed the frame, as hydration and morphing libraries do. Another one is opened, unless the page removes
   * that again and again.
   */
  #onRemoved(): void {
    const error = frameReplaced(this.name);
    const now = performance.now();
    this.#removals = [...this.#removals.filter((time) => now - time < REMOVAL_WINDOW_MS), now];
    if (this.#removals.length > MAX_REMOVALS) {
      this.fail(error);
      return;
    }
    this.#removeFrame(error);
    const message = `${error.message} It was opened again. ${error.hint}`;
    warn(this.#element, 'frame-removed', message, error.docs);
    this.#listener.onLost();
  }

  /** Removes the frame and shows the failure view. */
  fail(error: SealedFieldsError): void {
    this.hasLostValues ||= !this.state.empty;
    this.close(error);
    this.isOffline = NETWORK_FAILURES.includes(error.code);
    this.#placeholder.show(this.isOffline ? 'unreachable' : 'failed');
    this.#listener.onFailure();
    reportError(this.#element, error);
  }

  /** Removes the frame. `ready`, until the next `open`, and pending seals reject with `reason`. */
  close(reason: SealedFieldsError): void {
    this.#removeFrame(reason);
    if (this.status !== 'loading') this.#ready = deferred();
    this.#ready.reject(reason);
    this.status = 'failed';
  }

  #removeFrame(reason: SealedFieldsError): void {
    this.#lifetime.abort(reason);
    this.#port?.close();
    this.frame?.parentNode?.removeChild(this.frame);
    this.#port = this.#send = this.frame = undefined;
    for (const request of [...this.#pending.keys()]) this.#takePending(request)?.reject(reason);
    this.#updates.cancel();
    this.state = NO_STATE;
  }

  /** Dispatches `sealed-error` for a submission that could not be sealed. A failed connection has already reported its error. */
  reportUnsealed(error: SealedFieldsError): void {
    if (this.status === 'ready') reportError(this.#element, error);
  }

  /** Updates the placeholder's texts, and the frame's title until the frame posts its own. */
  localize(): void {
    if (this.#placeholder.localize() && this.frame !== undefined)
      this.frame.title = this.#listener.texts().title;
  }

  /** Sends the current configuration. Throttled: the port accepts 200 messages a second and drops the rest, even a `seal`. */
  configure(configuration: Configure): void {
    if (this.frame === undefined) return;
    this.#placeholder.applyTheme(configuration.theme ?? {});
    setColorScheme(this.frame, configuration.colorScheme);
    setFocusable(this.frame, !configuration.disabled);
    this.#updates.add(configuration);
  }

  /**
   * Moves the focus to a field, or to the failure view's button. A frame that has the focus must not get it again:
   * Chromium would remove the caret.
   */
  focus(field: FieldName | undefined): void {
    if (this.frame === undefined || !hasFocus(this.frame)) this.anchor?.focus();
    this.send('focus', {field});
  }

  /**
   * Shows every problem after the browser has blocked a submit. The browser then focuses the first invalid control. If that
   * is a frame that already had the focus, Chromium fires no event in it and Firefox keeps its old caret, so this method
   * requests the focus for the first invalid field.
   *
   * @param isFirst whether this element is the first invalid control and the page did not prevent the focus; called after
   * the browser has moved the focus.
   */
  showProblems(isFirst: () => boolean): void {
    this.send('attempt', {});
    setTimeout(() => {
      if ((this.frame !== undefined && hasFocus(this.frame)) || isFirst()) this.focus(undefined);
    });
  }

  /** Posts an event to the frame, after a throttled configuration. Does nothing before the handshake is complete. */
  send<E extends keyof HostEvents>(event: E, payload: HostEvents[E]): void {
    this.#updates.flush();
    this.#send?.(event, payload);
  }

  /**
   * Seals the field values as soon as the frame is ready.
   *
   * @throws SealedFieldsError as `ready`; `frame-lost` if the frame does not answer; the error code of the frame.
   */
  async sealWhenReady(submission: string): Promise<SealResult> {
    await this.ready;
    if (this.#send === undefined) throw frameLost(this.name, 'was closed');
    return new Promise((resolve, reject) => {
      const request = ++this.#requests;
      this.#pending.set(request, {resolve, reject, cancelTimeout: this.#startTimeout(ACKNOWLEDGE_S)});
      this.send('seal', {request, submission});
    });
  }

  /** Removes and returns a pending request. */
  #takePending(request: number): PendingSeal | undefined {
    const pending = this.#pending.get(request);
    pending?.cancelTimeout();
    this.#pending.delete(request);
    return pending;
  }

  #startTimeout(seconds: number): () => void {
    return afterSeconds(seconds, () => {
      this.fail(frameLost(this.name, 'does not answer'));
    });
  }
}

interface Deferred {
  promise: Promise<void>;
  resolve: () => void;
  reject: (error: SealedFieldsError) => void;
}

/** A promise with its `resolve` and `reject`. Its rejection is not reported as unhandled, since not every page awaits it. */
function deferred(): Deferred {
  let ends: Omit<Deferred, 'promise'> = {resolve: () => undefined, reject: () => undefined};
  const promise = new Promise<void>((resolve, reject) => {
    ends = {resolve, reject};
  });
  promise.catch(() => undefined);
  return {promise, ...ends};
}
