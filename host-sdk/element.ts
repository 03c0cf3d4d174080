import {SealedFieldsError} from '../widget/protocol/errors.ts';
import type {Configure, FieldsState} from '../widget/protocol/messages.ts';
import {FIELD_NAMES, type FieldName} from '../widget/protocol/names.ts';
import type {SealResult} from './bridge.ts';
import {isOptionalIn, tellOthers} from './company.ts';
import {Connection} from './connection.ts';
import {mistakesIn, tell} from './events.ts';
import {asError} from './faults.ts';
import {firstInvalid} from './form.ts';
import {FormControl, internalsOf} from './form-control.ts';
import {localeAt} from './locale.ts';
import {type Attributes, LIVE_ATTRIBUTES, type Options, parseFieldName, parseOptions} from './options.ts';
import {configurationAt, removeValues, rem, systemScheme} from './page.ts';
import {participantOf} from './participant.ts';
import {randomId} from './random-id.ts';
import {join, reopen, submitByEnter} from './submission.ts';
import {type HostTexts, TEXTS} from './texts.ts';
import {isOnlyAsked, tellValidity} from './validity.ts';

/**
 * `<sealed-fields>`: payment fields in a cross-origin frame that behave like an input of the form around them.
 *
 * Its events are {@link SealedEvents}, its attributes those of `parseOptions`.
 */
export class SealedFieldsElement extends FormControl {
  static readonly observedAttributes = LIVE_ATTRIBUTES;
  static #defaults: Attributes = {};

  readonly #connection = new Connection(this, this.attachShadow({mode: 'open'}), {
    texts: () => this.#texts,
    configuration: () => this.#configuration,
    onReady: () => {
      this.#configure();
    },
    onChange: (state, before) => {
      this.#validate();
      if (!state.sealed && !(state.empty && before.empty)) this.#reopen(); // an edit
      tellOthers(this.form, this.#participant);
      tell(this, 'sealed-change', state);
    },
    onSubmit: () => {
      if (tell(this, 'sealed-submit', null) && this.form !== null) submitByEnter(this.form);
    },
    onLost: () => {
      if (this.#options !== undefined) this.#connection.open(this.#options);
    },
    onFailure: () => {
      this.#validate();
      tellOthers(this.form, this.#participant);
    },
    onRetry: () => {
      this.retry();
      // The button that had the focus is out of sight; where nothing else has it since, it belongs into the fields.
      const enter = () => {
        if (document.activeElement === document.body) this.focus();
      };
      this.ready.then(enter, enter);
    },
  });
  readonly #participant = participantOf(
    this,
    this.#connection,
    () => this.#options,
    () => {
      this.#apply();
    },
  );
  readonly #system = systemScheme();
  #options: Options | undefined;
  readonly #tellMistakes = mistakesIn(this);
  #leaveForm: (() => void) | undefined;

  /**
   * Makes the page's `<sealed-fields>` elements work, those that stand and those to come. The first to call this
   * wins: a second copy of the script changes nothing.
   *
   * @param defaults `data-*` that an element may leave out.
   * @returns whether this was the first.
   */
  static define(defaults: Attributes = {}): boolean {
    if (customElements.get('sealed-fields') !== undefined) return false;
    SealedFieldsElement.#defaults = defaults;
    customElements.define('sealed-fields', SealedFieldsElement);
    return true;
  }

  constructor() {
    super();
    this.addEventListener('click', (event) => {
      if (event.composedPath()[0] === this) this.focus(); // a click on our label, not on the failure's button
    });
    this.addEventListener('invalid', (event) => {
      if (isOnlyAsked(this)) return;
      const isFirst = this.form === null || firstInvalid(this.form) === this;
      this.#connection.attempt(() => isFirst && !event.defaultPrevented);
    });
  }

  connectedCallback(): void {
    this.#system.addEventListener('change', this.#configure);
    window.addEventListener('online', this.#onOnline);
    this.#rejoin();
    this.retry();
  }

  disconnectedCallback(): void {
    this.#system.removeEventListener('change', this.#configure);
    window.removeEventListener('online', this.#onOnline);
    this.#rejoin();
    this.#connection.close(new SealedFieldsError('aborted', 'The element was removed.'));
  }

  /** Present, so that `moveBefore` keeps the frame and what was typed. */
  connectedMoveCallback(): void {}

  attributeChangedCallback(): void {
    this.#configure();
  }

  formAssociatedCallback(): void {
    this.#rejoin();
  }

  formDisabledCallback(): void {
    this.#configure();
  }

  formResetCallback(): void {
    this.clear();
  }

  /** What the fields tell of themselves; no digits, no lengths. */
  get state(): FieldsState {
    return this.#connection.state;
  }

  /** Settles when the fields can be used; rejects with the error of the failure view. */
  get ready(): Promise<void> {
    return this.#connection.ready;
  }

  /**
   * Seals what stands in the fields, under a submission id of its own.
   *
   * @throws SealedFieldsError what kept the fields from being sealed, other than the shopper.
   */
  seal(): Promise<SealResult> {
    return this.#connection.seal(randomId());
  }

  /** Empties the fields; sealed values leave the form. */
  clear(): void {
    this.#connection.send('clear', {});
    this.#reopen();
  }

  /**
   * Puts the caret into a field; without a name into the first at fault, else the first.
   *
   * @throws SealedFieldsError `config-invalid` if this element has no such field.
   */
  override focus(field?: FieldName | FocusOptions): void {
    const name =
      typeof field === 'string' ? parseFieldName(field, this.#options?.fields ?? FIELD_NAMES) : undefined;
    this.#connection.focus(name);
  }

  /** Opens the frame anew, after a failure. */
  retry(): void {
    this.#reopen();
    try {
      this.#options = this.#read();
      this.#connection.open(this.#options);
      this.#validate();
    } catch (error) {
      this.#connection.fail(asError(error));
    }
  }

  readonly #configure = (): void => {
    const {frame, status} = this.#connection;
    if (!this.isConnected || (status === 'loading' && frame === undefined)) return; // `retry` reads it
    try {
      const options = this.#read();
      this.#options = {...options, fields: this.#options?.fields ?? options.fields}; // those that stand
    } catch (error) {
      tell(this, 'sealed-warning', {code: 'config-invalid', message: asError(error).message});
    }
    this.#connection.translate();
    this.#apply();
    tellOthers(this.form, this.#participant);
  };

  readonly #onOnline = (): void => {
    if (this.#connection.isCutOff) this.retry();
  };

  /** Tells the frame and the browser what this element and those beside it have come to. */
  #apply(): void {
    const configuration = this.#configuration;
    if (configuration !== undefined) this.#connection.configure(configuration);
    this.#validate();
  }

  get #configuration(): Configure | undefined {
    return this.#options && configurationAt(this, this.#options, this.#participant);
  }

  /** A mistake in the looks stops nothing. @throws SealedFieldsError for any other. */
  #read(): Options {
    const options = parseOptions(this.dataset, SealedFieldsElement.#defaults, rem() / this.#connection.scale);
    this.#tellMistakes(options.looks.mistakes);
    return options;
  }

  /** The browser refuses the form as long as there are flags, and focuses the frame. */
  #validate(): void {
    const optional = isOptionalIn(this.form, this.#participant);
    tellValidity(internalsOf(this), this.#connection, optional, this.#texts);
  }

  get #texts(): HostTexts {
    return TEXTS[localeAt(this, this.#options?.locale ?? 'auto')];
  }

  /** What was sealed is stale: it leaves the form, and the form may be sent anew. */
  #reopen(): void {
    removeValues(this);
    if (this.form !== null) reopen(this.form);
  }

  /** What was sealed was for the form before; one that leaves the page with its element tells nobody. */
  #rejoin(): void {
    this.#reopen();
    this.#leaveForm?.();
    this.#leaveForm = this.isConnected && this.form !== null ? join(this.form, this.#participant) : undefined;
    this.#apply();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sealed-fields': SealedFieldsElement;
  }
}
