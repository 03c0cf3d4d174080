import {type ErrorCode, SealedFieldsError} from '../widget/protocol/errors.ts';
import type {Configure, FieldsState, HostEvents} from '../widget/protocol/messages.ts';
import type {FieldName} from '../widget/protocol/names.ts';
import {writeFrameParams as writeOpening} from '../widget/protocol/frame-params.ts';
import {type Bridge, openBridge, type SealResult} from './bridge.ts';
import {tell} from './events.ts';
import {
  buildShell,
  dressFrame,
  hasFocus,
  setColorScheme,
  setHeight,
  setReachable,
  type Shell,
} from './frame.ts';
import {gathering} from './gathering.ts';
import type {Options} from './options.ts';
import {isPrerendered, openingAt, requireOrigin} from './page.ts';
import {type Readiness, readiness} from './readiness.ts';
import {randomId} from './random-id.ts';
import type {HostTexts} from './texts.ts';

/** What an element is told of its frame. */
export interface Listener {
  /** What stands around the frame is said in this language. */
  texts: () => HostTexts;
  /** What the frame shall know of the page before it shows itself. */
  configuration: () => Configure | undefined;
  /** The fields can be used; again after a return from the back/forward cache. */
  onReady: () => void;
  onChange: (state: FieldsState, before: FieldsState) => void;
  /** The frame went from under fields that were ready. */
  onLost: () => void;
  /** Enter was pressed in a field. */
  onSubmit: () => void;
  /** The failure view is shown. */
  onFailure: () => void;
  /** The shopper pressed the failure view's button. */
  onRetry: () => void;
}

/** Failures that a network which comes back may end. */
const NETWORK: readonly ErrorCode[] = ['frame-unreachable', 'frame-timeout'];

const NO_STATE: FieldsState = {fields: {}, empty: true, complete: false, sealed: false};

/** A cloned or re-parsed element brings the frame and the values of its original, which nobody speaks to. */
const LEFT_BY_A_COPY = ':scope > iframe[slot=frame], :scope > input[type=hidden]';

/** The life of one element's frame: it loads, is ready or fails, is lost and opened anew. */
export class Connection {
  status: 'loading' | 'ready' | 'failed' = 'loading';
  state = NO_STATE;
  /** It failed for want of a network, whose return may bring the frame. */
  isCutOff = false;
  readonly #element: HTMLElement;
  readonly #listener: Listener;
  readonly #shell: Shell;
  #isMeasured = false;
  readonly #news = gathering<Configure>((news) => {
    this.#bridge?.send('configure', news);
  });
  #bridge: Bridge | undefined;
  #readiness: Readiness = readiness();

  /** @param root takes what stands around the frame; the frame itself is a light child of `element`. */
  constructor(element: HTMLElement, root: ShadowRoot, listener: Listener) {
    this.#element = element;
    this.#listener = listener;
    this.#shell = buildShell(root, listener.texts, listener.onRetry);
  }

  /** The frame, from its opening to its end. */
  get frame(): HTMLIFrameElement | undefined {
    return this.#bridge?.frame;
  }

  /** What the shopper is led to: the fields, or the failure view's button in their place. */
  get anchor(): HTMLElement | undefined {
    return this.frame ?? this.#shell.button();
  }

  /** How many times larger than they are set the person wants to read letters. */
  get scale(): number {
    return this.#shell.scale();
  }

  /** Settles when the fields can be used, or rejects with what keeps them from it. */
  get ready(): Promise<void> {
    return this.#readiness.promise;
  }

  /** @throws SealedFieldsError `origin-refused` in a page without an origin. */
  open(options: Options): void {
    if (this.#bridge !== undefined)
      this.close(new SealedFieldsError('aborted', 'The frame was opened anew.'));
    if (this.status !== 'loading') this.#readiness = readiness();
    this.status = 'loading';
    this.isCutOff = false;
    this.#isMeasured = false;
    const {merchant, origin, fields, layout, looks} = options;
    this.#shell.dress(looks.theme);
    this.#shell.sketch(fields, layout);
    this.#shell.show('loading');
    requireOrigin();
    for (const left of this.#element.querySelectorAll(LEFT_BY_A_COPY)) left.remove();
    const resume = () => {
      if (this.#element.isConnected) this.open(options);
    };
    if (isPrerendered(resume)) return; // foreign frames load when the page is shown: our deadlines must not run before
    const opening = openingAt(this.#element, options, randomId());
    const url = new URL(`/v1/m/${merchant}/`, origin);
    url.hash = writeOpening(opening);
    this.#bridge = openBridge({
      url,
      fields,
      channel: opening.channel,
      place: (frame) => {
        dressFrame(frame, opening.colorScheme, this.#listener.texts().title);
        this.#element.append(frame);
      },
      configuration: this.#listener.configuration,
      handlers: {
        ready: this.#onReady.bind(this),
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
          this.#isMeasured = true;
          this.#uncover();
        },
        submit: this.#listener.onSubmit,
      },
      onSlow: () => {
        this.#shell.show('slow');
        tell(this.#element, 'sealed-warning', {
          code: 'slow',
          message: 'The frame has not answered for 10 seconds.',
        });
      },
      onLost: () => {
        if (this.status === 'ready') this.#listener.onLost();
        else this.fail(new SealedFieldsError('frame-lost', 'The frame went before it was ready.'));
      },
      onFailure: (error) => {
        this.fail(error);
      },
    });
  }

  #onReady(): void {
    const again = this.status === 'ready';
    this.status = 'ready';
    this.#uncover();
    this.#readiness.resolve();
    this.#listener.onReady();
    if (!again) tell(this.#element, 'sealed-ready', null);
  }

  /** A frame that is not in sight tells no height: until then its room is kept. */
  #uncover(): void {
    if (this.status === 'ready' && this.#isMeasured && this.#shell.view() !== 'frame')
      this.#shell.show('frame');
  }

  /** Shows the failure view; whoever waits is told. */
  fail(error: SealedFieldsError): void {
    this.close(error);
    this.isCutOff = NETWORK.includes(error.code);
    this.#shell.show('failed');
    this.#listener.onFailure();
    tell(this.#element, 'sealed-error', error);
  }

  /** Removes the frame; whoever waits, or asks before the next opening, is told `reason`. */
  close(reason: SealedFieldsError): void {
    this.#bridge?.close(reason);
    this.#bridge = undefined;
    this.#news.stop();
    this.state = NO_STATE;
    if (this.status !== 'loading') this.#readiness = readiness();
    this.#readiness.reject(reason);
    this.status = 'failed';
  }

  /** Tells that a submission could not be sealed, which the fields say too. A connection that failed has told so itself. */
  tellUnsealed(error: SealedFieldsError): void {
    if (this.status === 'ready') tell(this.#element, 'sealed-error', error);
  }

  /** Says what stands around the fields anew where the language is another one by now. */
  translate(): void {
    if (this.#shell.translate() && this.frame !== undefined) this.frame.title = this.#listener.texts().title; // until the frame tells its own
  }

  /**
   * Everything that the page says of the fields, as it is now. A page that changes it all the time tells the last of
   * it: the frame's port takes 200 messages a second, and passes over a `seal` as over any other.
   */
  configure(configuration: Configure): void {
    if (this.frame === undefined) return;
    this.#shell.dress(configuration.theme ?? {});
    setColorScheme(this.frame, configuration.colorScheme);
    setReachable(this.frame, !configuration.disabled);
    this.#news.add(configuration);
  }

  /** Puts the caret into a field, where there is none on the failure view's button. A frame that has the focus must not be given it again: Chromium would take the caret away. */
  focus(field: FieldName | undefined): void {
    if (this.frame === undefined || !hasFocus(this.frame)) this.anchor?.focus();
    this.send('focus', {field});
  }

  /**
   * The form was refused: every problem is shown. The browser puts the focus into the first control at fault; of a frame
   * that had it before, Chromium tells nothing and Firefox thinks that it is there still. The page may have prevented it.
   */
  attempt(isFirst: () => boolean): void {
    this.send('attempt', {});
    setTimeout(() => {
      if ((this.frame !== undefined && hasFocus(this.frame)) || isFirst()) this.focus(undefined);
    });
  }

  send<E extends keyof HostEvents>(event: E, payload: HostEvents[E]): void {
    this.#news.flush();
    this.#bridge?.send(event, payload);
  }

  /** @throws SealedFieldsError as {@link ready} and {@link Bridge.seal} do. */
  async seal(submission: string): Promise<SealResult> {
    await this.ready;
    if (this.#bridge === undefined)
      throw new SealedFieldsError('frame-lost', 'There is no frame to seal in.');
    this.#news.flush();
    return this.#bridge.seal(submission);
  }
}
