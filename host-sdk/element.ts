import {SealedFieldsError} from '../widget/protocol/errors.ts';
import type {FieldsState} from '../widget/protocol/messages.ts';
import {type FieldName, PROTOCOL} from '../widget/protocol/names.ts';
import {writeOpening} from '../widget/protocol/opening.ts';
import {type Bridge, openBridge, type SealResult} from './bridge.ts';
import {tell} from './events.ts';
import {buildShell, dressFrame, setColorScheme, setHeight, type Shell} from './frame.ts';
import {type Attributes, LIVE_ATTRIBUTES, type Options, parseOptions} from './options.ts';
import {colorSchemeAt, configurationAt, localeAt, removeValues, systemScheme, writeValues} from './page.ts';
import {readiness} from './readiness.ts';
import {join, randomId, reopen, submitByEnter} from './submission.ts';
import {maySkip, validityOf, validityWithout} from './validity.ts';

const NO_STATE: FieldsState = {fields: {}, complete: false, sealed: false};

/**
 * `<sealed-fields>`: payment fields in a cross-origin frame that behave like an input of the form around them.
 *
 * Its events are {@link SealedEvents}, its attributes those of `parseOptions`.
 */
export class SealedFieldsElement extends HTMLElement {
  static readonly formAssociated = true;
  static readonly observedAttributes = LIVE_ATTRIBUTES;
  static #defaults: Attributes = {};

  readonly #internals = this.attachInternals();
  readonly #shell: Shell = buildShell(this.attachShadow({mode: 'open'}), () => {
    this.retry();
  });
  readonly #system = systemScheme();
  #options: Options | undefined;
  #bridge: Bridge | undefined;
  #state = NO_STATE;
  #status: 'loading' | 'ready' | 'failed' = 'loading';
  #readiness = readiness();
  #leaveForm: (() => void) | undefined;
  #disabled = false;

  /**
   * Makes the page's `<sealed-fields>` elements work, those that stand and those to come. The first to call this
   * wins: a second copy of the script changes nothing.
   *
   * @param defaults `data-*` that an element may leave out.
   */
  static define(defaults: Attributes = {}): void {
    if (customElements.get('sealed-fields') !== undefined) return;
    SealedFieldsElement.#defaults = defaults;
    customElements.define('sealed-fields', SealedFieldsElement);
  }

  constructor() {
    super();
    this.addEventListener('click', (event) => {
      if (event.target === this) this.focus(); // a click on our label
    });
    this.addEventListener('invalid', () => {
      this.#bridge?.send('attempt', {});
    });
  }

  connectedCallback(): void {
    this.#system.addEventListener('change', this.#configure);
    this.#open();
  }

  disconnectedCallback(): void {
    this.#system.removeEventListener('change', this.#configure);
    const reason = new SealedFieldsError('aborted', 'The element was removed.');
    this.#close(reason);
    this.#readiness.reject(reason);
    this.#status = 'failed';
  }

  /** Present, so that `moveBefore` keeps the frame and what was typed. */
  connectedMoveCallback(): void {
    return;
  }

  attributeChangedCallback(): void {
    if (this.#bridge !== undefined) this.#configure();
  }

  formAssociatedCallback(form: HTMLFormElement | null): void {
    this.#leaveForm?.();
    this.#leaveForm = form === null ? undefined : this.#joinForm(form);
  }

  formDisabledCallback(disabled: boolean): void {
    this.#disabled = disabled;
    this.#configure();
  }

  formResetCallback(): void {
    this.clear();
  }

  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  get validity(): ValidityState {
    return this.#internals.validity;
  }

  get validationMessage(): string {
    return this.#internals.validationMessage;
  }

  get willValidate(): boolean {
    return this.#internals.willValidate;
  }

  checkValidity(): boolean {
    return this.#internals.checkValidity();
  }

  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  /** What the fields tell of themselves; no digits, no lengths. */
  get state(): FieldsState {
    return this.#state;
  }

  /** Settles when the fields can be used, or rejects with the error of the failure view. */
  get ready(): Promise<void> {
    return this.#readiness.promise;
  }

  /**
   * Seals what stands in the fields, under a submission id of its own.
   *
   * @throws SealedFieldsError what kept the fields from being sealed, other than the shopper.
   */
  async seal(): Promise<SealResult> {
    await this.ready;
    return this.#seal(randomId());
  }

  /** Empties the fields; sealed values leave the form. */
  clear(): void {
    this.#bridge?.send('clear', {});
    removeValues(this);
  }

  /** Puts the caret into a field; without a name into the first at fault, else the first. */
  override focus(field?: FieldName | FocusOptions): void {
    if (this.#bridge === undefined) return;
    this.#bridge.frame.focus();
    this.#bridge.send('focus', {field: typeof field === 'string' ? field : undefined});
  }

  /** Opens the frame anew, after a failure. */
  retry(): void {
    this.#close(new SealedFieldsError('aborted', 'The frame was opened anew.'));
    this.#open();
  }

  #open(): void {
    if (this.#status === 'failed') this.#readiness = readiness();
    this.#status = 'loading';
    this.#state = NO_STATE;
    this.#shell.showLoading();
    try {
      this.#options = parseOptions(this.dataset, SealedFieldsElement.#defaults);
      if (self.origin === 'null')
        throw new SealedFieldsError(
          'origin-refused',
          'A sandboxed page has no origin that a record could name.',
        );
      this.#bridge = this.#openBridge(this.#options);
      this.#validate();
    } catch (error) {
      this.#fail(asError(error));
    }
  }

  #openBridge(options: Options): Bridge {
    const channel = randomId();
    const url = new URL(`/v1/m/${options.merchant}/`, options.origin);
    const {fields} = options;
    const colorScheme = colorSchemeAt(this, options.theme);
    url.hash = writeOpening({
      channel,
      protocol: PROTOCOL,
      fields,
      locale: localeAt(this, options.locale),
      colorScheme,
    });
    return openBridge({
      url,
      channel,
      place: (frame) => {
        dressFrame(frame, colorScheme);
        this.append(frame);
      },
      handlers: {
        ready: () => {
          this.#onReady();
        },
        change: (state) => {
          this.#onChange(state);
        },
        height: ({height}) => {
          if (this.#bridge !== undefined) setHeight(this.#bridge.frame, height);
        },
        submit: () => {
          if (tell(this, 'sealed-submit', null) && this.form !== null) submitByEnter(this.form);
        },
      },
      onSlow: () => {
        this.#shell.showSlow();
        tell(this, 'sealed-warning', {code: 'slow', message: 'The frame has not answered for 10 seconds.'});
      },
      onLost: () => {
        if (this.#status === 'ready') this.#open();
        else this.#fail(new SealedFieldsError('frame-lost', 'The frame went before it was ready.'));
      },
      onFailure: (error) => {
        this.#fail(error);
      },
    });
  }

  #onReady(): void {
    const first = this.#status !== 'ready';
    this.#status = 'ready';
    this.#configure();
    this.#shell.showFrame();
    this.#validate();
    this.#readiness.resolve();
    if (first) tell(this, 'sealed-ready', null);
  }

  #onChange(state: FieldsState): void {
    const edited = this.#state.sealed && !state.sealed;
    this.#state = state;
    this.#validate();
    if (edited && this.form !== null) reopen(this.form);
    tell(this, 'sealed-change', state);
  }

  #fail(error: SealedFieldsError): void {
    this.#close(error);
    this.#status = 'failed';
    this.#shell.showFailure();
    this.#validate();
    this.#readiness.reject(error);
    tell(this, 'sealed-error', error);
  }

  #close(reason: SealedFieldsError): void {
    removeValues(this);
    this.#bridge?.close(reason);
    this.#bridge = undefined;
    this.#state = NO_STATE;
  }

  readonly #configure = (): void => {
    if (this.#bridge === undefined || this.#status !== 'ready') return;
    try {
      this.#options = parseOptions(this.dataset, SealedFieldsElement.#defaults);
    } catch (error) {
      tell(this, 'sealed-warning', {code: 'config-invalid', message: asError(error).message});
    }
    if (this.#options === undefined) return;
    const configuration = configurationAt(this, this.#options, this.#disabled);
    setColorScheme(this.#bridge.frame, configuration.colorScheme);
    this.#bridge.send('configure', configuration);
    this.#validate();
  };

  /** The browser refuses the form as long as there are flags, and focuses the frame. */
  #validate(): void {
    const optional = this.#options?.optional === true;
    const {flags, message} =
      this.#status === 'ready' ? validityOf(this.#state, optional) : validityWithout(this.#status);
    this.#internals.setValidity(flags, message, this.#bridge?.frame);
  }

  async #seal(submission: string): Promise<SealResult> {
    if (this.#bridge === undefined)
      throw new SealedFieldsError('frame-lost', 'There is no frame to seal in.');
    return this.#bridge.seal(submission);
  }

  #joinForm(form: HTMLFormElement): () => void {
    return join(form, {
      element: this,
      live: () => !this.matches(':disabled') && !maySkip(this.#state, this.#options?.optional === true),
      seal: (submission) => this.#seal(submission),
      write: ({values, keyId, id}, first) => {
        writeValues(this, first ? {...values, sealed_key_id: keyId, sealed_id: id} : values);
      },
      takeBack: () => {
        removeValues(this);
      },
      focusFault: () => {
        this.focus();
      },
      fail: (error) => {
        tell(this, 'sealed-error', asError(error));
      },
    });
  }
}

function asError(error: unknown): SealedFieldsError {
  if (error instanceof SealedFieldsError) return error;
  return new SealedFieldsError('aborted', 'The element stopped.', {cause: error});
}

declare global {
  interface HTMLElementTagNameMap {
    'sealed-fields': SealedFieldsElement;
  }
}
