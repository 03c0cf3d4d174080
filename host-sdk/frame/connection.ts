import {type ErrorCode, SealedFieldsError} from '../../widget/protocol/errors.ts';
import type {FieldsState, SealResult} from '../../widget/protocol/frame-events.ts';
import type {Configure, HostEvents} from '../../widget/protocol/host-events.ts';
import type {FieldName, Locale} from '../../widget/protocol/names.ts';
import {writeOpening} from '../../widget/protocol/opening.ts';
import type {Options} from '../attributes.ts';
import {dispatch} from '../events.ts';
import {randomId} from '../random-id.ts';
import type {HostTexts} from '../texts.ts';
import {frameParams} from './configuration.ts';
import {isPrerendered, requireOrigin} from './environment.ts';
import {hasFocus, initFrame, setColorScheme, setFocusable, setHeight} from './iframe.ts';
import {createPlaceholder, type Placeholder} from './placeholder.ts';
import {Session} from './session.ts';
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

/** Failures after which the element reconnects when the browser is online again. */
const NETWORK_FAILURES: readonly ErrorCode[] = ['frame-unreachable', 'frame-timeout'];

const NO_STATE: FieldsState = {fields: {}, empty: true, complete: false, sealed: false};

/** A cloned or re-parsed element contains the frame and the values of the original, to which nothing is connected. */
const COPIED_CHILDREN = ':scope > iframe[slot=frame], :scope > input[type=hidden]';

/** An element's connection to its frame, over several sessions: it loads, is ready or has failed, and can reopen. */
export class Connection {
  status: 'loading' | 'ready' | 'failed' = 'loading';
  state = NO_STATE;
  /** It failed because of the network. */
  isOffline = false;
  readonly #element: HTMLElement;
  readonly #listener: ConnectionListener;
  readonly #placeholder: Placeholder;
  readonly #updates = throttle<Configure>((configuration) => {
    this.#session?.send('configure', configuration);
  });
  #session: Session | undefined;
  #hasHeight = false;
  #ready = deferred();

  /** @param root gets the placeholder; the frame itself is a light-DOM child of `element`. */
  constructor(element: HTMLElement, root: ShadowRoot, listener: ConnectionListener) {
    this.#element = element;
    this.#listener = listener;
    this.#placeholder = createPlaceholder(root, listener.texts, listener.onRetry);
  }

  get frame(): HTMLIFrameElement | undefined {
    return this.#session?.iframe;
  }

  /** What a validation bubble points at and what gets the focus: the frame, or the failure view's button. */
  get anchor(): HTMLElement | undefined {
    return this.frame ?? this.#placeholder.retryButton();
  }

  /** The user's default font size relative to 16 px. */
  get fontScale(): number {
    return this.#placeholder.fontScale();
  }

  /** Resolves when the fields can be used; rejects with the error of the failure view. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Opens a frame, in place of the current one. @throws SealedFieldsError `origin-refused` in a page without an origin. */
  open(options: Options): void {
    if (this.#session !== undefined) this.close(new SealedFieldsError('aborted', 'The frame was reopened.'));
    if (this.status !== 'loading') this.#ready = deferred();
    this.status = 'loading';
    this.isOffline = false;
    this.#hasHeight = false;
    this.#placeholder.applyTheme(options.looks.theme);
    this.#placeholder.setFields(options.fields, options.layout);
    this.#placeholder.show('loading');
    requireOrigin();
    for (const child of this.#element.querySelectorAll(COPIED_CHILDREN)) child.remove();
    const onActivated = () => {
      if (this.#element.isConnected) this.open(options);
    };
    // While the page is prerendered no cross-origin frame loads: the timeouts must not start.
    if (!isPrerendered(onActivated)) this.#startSession(options);
  }

  #startSession(options: Options): void {
    const {merchant, origin, fields} = options;
    const {locale, texts, configuration, onSubmit} = this.#listener;
    const params = frameParams(this.#element, options, locale(), randomId());
    const {channel, colorScheme} = params;
    const url = new URL(`/v1/m/${merchant}/`, origin);
    url.hash = writeOpening(params);
    this.#session = new Session({
      url,
      channel,
      fields,
      place: (iframe) => {
        initFrame(iframe, colorScheme, texts().title);
        this.#element.append(iframe);
      },
      configuration,
      handlers: {
        ready: () => {
          this.#onReady();
        },
        change: (state) => {
          const before = this.state;
          this.state = state;
          this.#listener.onChange(state, before);
        },
        title: ({title}) => {
          if (this.frame !== undefined) this.frame.title = title;
        },
        height: ({height}) => {
          if (this.frame !== undefined) setHeight(this.frame, height);
          this.#hasHeight = true;
          this.#showFrame();
        },
        submit: onSubmit,
      },
      onSlow: () => {
        this.#placeholder.show('slow');
        dispatch(this.#element, 'sealed-warning', {
          code: 'slow',
          message: 'The frame has not answered for 10 seconds.',
        });
      },
      onLost: () => {
        if (this.status === 'ready') this.#listener.onLost();
        else this.fail(new SealedFieldsError('frame-lost', 'The frame was unloaded before it was ready.'));
      },
      onFailure: (error) => {
        this.fail(error);
      },
    });
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

  /** Removes the frame and shows the failure view. */
  fail(error: SealedFieldsError): void {
    this.close(error);
    this.isOffline = NETWORK_FAILURES.includes(error.code);
    this.#placeholder.show('failed');
    this.#listener.onFailure();
    dispatch(this.#element, 'sealed-error', error);
  }

  /** Removes the frame. `ready`, until the next `open`, and pending seals reject with `reason`. */
  close(reason: SealedFieldsError): void {
    this.#session?.close(reason);
    this.#session = undefined;
    this.#updates.cancel();
    this.state = NO_STATE;
    if (this.status !== 'loading') this.#ready = deferred();
    this.#ready.reject(reason);
    this.status = 'failed';
  }

  /** Reports that a submission could not be sealed; the fields show it themselves. A failed connection has reported its error. */
  reportUnsealed(error: SealedFieldsError): void {
    if (this.status === 'ready') dispatch(this.#element, 'sealed-error', error);
  }

  /** Updates the placeholder's texts, and the frame's title until the frame posts its own. */
  localize(): void {
    if (this.#placeholder.localize() && this.frame !== undefined)
      this.frame.title = this.#listener.texts().title;
  }

  /** Sends the current configuration. Throttled: the port accepts 200 messages a second, and drops a `seal` like any other. */
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
   * Shows every problem after the form was refused. The browser focuses the first invalid control: if that is a frame
   * that had the focus before, Chromium sends it no event and Firefox keeps its old caret, so the frame is asked to focus
   * its first invalid field.
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

  send<E extends keyof HostEvents>(event: E, payload: HostEvents[E]): void {
    this.#updates.flush();
    this.#session?.send(event, payload);
  }

  /** Seals the field values as soon as the frame is ready. @throws SealedFieldsError as `ready` and {@link Session.requestSeal}. */
  async sealWhenReady(submission: string): Promise<SealResult> {
    await this.ready;
    if (this.#session === undefined)
      throw new SealedFieldsError('frame-lost', 'There is no frame to seal in.');
    this.#updates.flush();
    return this.#session.requestSeal(submission);
  }
}

interface Deferred {
  promise: Promise<void>;
  resolve: () => void;
  reject: (error: SealedFieldsError) => void;
}

/** A promise and its two functions. Its rejection is not reported as unhandled: not every page awaits it. */
function deferred(): Deferred {
  let ends: Omit<Deferred, 'promise'> = {resolve: () => undefined, reject: () => undefined};
  const promise = new Promise<void>((resolve, reject) => {
    ends = {resolve, reject};
  });
  promise.catch(() => undefined);
  return {promise, ...ends};
}
