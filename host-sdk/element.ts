import {SealedFieldsError} from '../widget/protocol/errors.ts';
import type {Configure, FieldsState, SealResult} from '../widget/protocol/messages.ts';
import {brandFor, FIELD_NAMES, type FieldName, type Locale} from '../widget/protocol/names.ts';
import {
  type Attributes,
  isOrigin,
  LIVE_ATTRIBUTES,
  type Options,
  parseFieldName,
  parseOptions,
  resolveLocale,
} from './attributes.ts';
import {actionRefused, asError} from './errors.ts';
import {dispatch, type SealedEvents, themeWarnings, warn} from './events.ts';
import {neutralizeFallback} from './form/fallback.ts';
import {isAllowedAction} from './form/form-action.ts';
import type {Member} from './form/form-group.ts';
import {removeValues} from './form/hidden-inputs.ts';
import {firstInvalid} from './form/native-form.ts';
import {joinForm, type Submission} from './form/submission.ts';
import {applyValidity, checkSilently, isCheckedSilently} from './form/validity.ts';
import {configuration} from './frame/configuration.ts';
import {Connection} from './frame/connection.ts';
import {darkSchemeQuery, rootFontSize} from './frame/environment.ts';
import {observeLanguage} from './language-observer.ts';
import {randomId} from './random-id.ts';
import {type HostTexts, TEXTS} from './texts.ts';

/** `HTMLElement`, and a stand-in for it in Node, where a server may import this module without creating an element. */
const BaseElement =
  (globalThis as {HTMLElement?: typeof HTMLElement}).HTMLElement ?? (Object as unknown as typeof HTMLElement);

/** Properties that frameworks set. On an element that is not defined yet, they would hide the accessors of the class. */
const SET_BY_FRAMEWORKS = ['disabled', 'required', 'name', 'form', 'value'];

/**
 * `<sealed-fields>`: payment fields in a cross-origin frame that behave like an input of their form.
 *
 * Its events are {@link SealedEvents}, its attributes those of {@link parseOptions}. Its form members (`form`,
 * `validity` and so on) are those of HTML's own controls.
 *
 * @example
 * <form method="post" action="/pay">
 *   <sealed-fields data-fields="card"></sealed-fields>
 *   <button>Pay</button>
 * </form>
 */
export class SealedFieldsElement extends BaseElement {
  static readonly formAssociated = true;
  static readonly observedAttributes = [...LIVE_ATTRIBUTES, 'disabled'];
  static #defaults: Attributes | SealedFieldsError = {};

  readonly #internals = this.attachInternals();
  readonly #connection = new Connection(this, this.attachShadow({mode: 'open'}), {
    texts: () => this.#texts,
    locale: () => this.#locale,
    configuration: () => this.#configuration,
    onReady: () => {
      this.#configure();
    },
    onChange: (state, before) => {
      this.#updateValidity();
      if (!state.sealed && !(state.empty && before.empty)) this.#discardSealed(); // an edit
      this.#submission?.group.notifyOthers(this.#member);
      dispatch(this, 'sealed-change', state);
    },
    onSubmit: () => {
      if (dispatch(this, 'sealed-submit', null)) this.#submission?.submitByEnter();
    },
    onLost: () => {
      if (this.#options === undefined || !this.isConnected) return;
      removeValues(this);
      this.#connection.open(this.#options);
      this.#updateValidity();
      this.#submission?.group.notifyOthers(this.#member);
    },
    onFailure: () => {
      removeValues(this);
      this.#updateValidity();
      this.#submission?.group.notifyOthers(this.#member);
    },
    onRetry: () => {
      this.retry();
      // The button that had the focus is now hidden. Unless something else has it, it moves to the fields, or back to the button.
      const restoreFocus = () => {
        if (document.activeElement === document.body) this.focus();
      };
      this.ready.then(restoreFocus, restoreFocus);
    },
  });
  /** This element's part in its form. */
  readonly #member: Member = {
    element: this,
    fields: () => this.#options?.fields ?? [],
    connection: this.#connection,
    isOptional: () => this.#options?.optional === true,
    isDisabled: () => this.matches(':disabled'),
    onGroupChange: () => {
      this.#update();
    },
    allowsAction: (submitter) =>
      this.form === null || isAllowedAction(this.form, submitter, this.#options?.actionOrigins ?? []),
    refuseAction: () => {
      this.#connection.fail(actionRefused(this.#connection.name));
    },
    seal: (submission) => this.#connection.sealWhenReady(submission),
    reportInvalid: () => !this.#internals.checkValidity(),
    reportError: (error) => {
      this.#connection.reportUnsealed(asError(error));
    },
    reopen: (isFirst) => {
      this.retry();
      const showProblems = () => {
        this.#connection.showProblems(() => isFirst);
      };
      this.ready.then(showProblems, () => undefined);
    },
  };
  readonly #darkScheme = darkSchemeQuery();
  readonly #warnOfTheme = themeWarnings(this);
  #options: Options | undefined;
  #locale: Locale = 'en';
  #submission: Submission | undefined;
  #stopObservingLanguage: (() => void) | undefined;
  #stopNeutralizing: (() => void) | undefined;
  /** Set by the page. */
  #customMessage = '';

  /**
   * Defines `<sealed-fields>`. The first call wins: a second copy of the script changes nothing. Does nothing in Node.
   *
   * @param defaults `data-*` attributes that an element may leave out, by their `dataset` names. If they are not known,
   * the error with which every element fails.
   * @returns whether this call has defined it.
   */
  static define(defaults: Attributes | SealedFieldsError = {}): boolean {
    if (typeof customElements === 'undefined' || customElements.get('sealed-fields') !== undefined)
      return false;
    SealedFieldsElement.#defaults = defaults;
    const origin = defaults instanceof SealedFieldsError ? undefined : defaults['origin'];
    if (origin !== undefined && isOrigin(origin)) SealedFieldsError.setWidgetHost(origin);
    customElements.define('sealed-fields', SealedFieldsElement);
    return true;
  }

  constructor() {
    super();
    this.addEventListener('click', (event) => {
      if (event.composedPath()[0] === this) this.focus(); // a click on its label, not on the failure view's button
    });
    this.addEventListener('invalid', (event) => {
      if (isCheckedSilently(this)) return;
      if (this.isConnected && this.#connection.anchor?.getClientRects().length === 0)
        warn(
          this,
          'not-rendered',
          'The form is blocked by <sealed-fields> that is not rendered. Disable it.',
        );
      const isFirst = this.form === null || firstInvalid(this.form) === this;
      this.#connection.showProblems(() => isFirst && !event.defaultPrevented);
    });
  }

  connectedCallback(): void {
    for (const name of SET_BY_FRAMEWORKS) this.#applyEarly(name);
    this.#darkScheme.addEventListener('change', this.#configure);
    window.addEventListener('online', this.#onOnline);
    this.#observeLanguage();
    this.#rejoin();
    this.retry();
    this.#stopNeutralizing = neutralizeFallback(this); // now the element itself blocks the form
    this.#checkForm();
  }

  disconnectedCallback(): void {
    this.#darkScheme.removeEventListener('change', this.#configure);
    window.removeEventListener('online', this.#onOnline);
    this.#stopObservingLanguage?.();
    this.#stopNeutralizing?.();
    this.#rejoin();
    this.#connection.close(new SealedFieldsError('aborted', 'The element was removed.'));
  }

  /** Its presence lets `moveBefore` keep the frame and the entered values. */
  connectedMoveCallback(): void {
    this.#observeLanguage();
  }

  attributeChangedCallback(name: string, _before: string | null, value: string | null): void {
    if (name !== 'disabled') this.#configure();
    // As long as the element is not defined, Vue and Svelte write a bound `false` as text.
    else if (value === 'false') this.disabled = false;
  }

  formAssociatedCallback(): void {
    this.#rejoin();
  }

  formDisabledCallback(isDisabled: boolean): void {
    if (isDisabled) this.#submission?.disable(this);
    this.#configure();
  }

  formResetCallback(): void {
    this.clear();
  }

  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  /** Sets the attribute `form`, an id: React sets a property if there is one. */
  set form(id: unknown) {
    if (typeof id === 'string') this.setAttribute('form', id);
    else this.removeAttribute('form');
  }

  /** `sealed-fields`, for code that asks every control of a form. */
  get type(): string {
    return this.localName;
  }

  /** The attribute `name`. The form values have names of their own. */
  get name(): string {
    return this.getAttribute('name') ?? '';
  }

  set name(name: string) {
    this.setAttribute('name', name);
  }

  /** Always empty: the page cannot read the fields. Setting it has no effect. */
  get value(): string {
    return '';
  }

  set value(_value: string) {
    // Libraries that restore or reset a form set the value of each of its controls.
  }

  /** Whether the attribute `disabled` is present. A disabled `<fieldset>` disables the fields, too. */
  get disabled(): boolean {
    return this.hasAttribute('disabled');
  }

  set disabled(isDisabled: boolean) {
    this.toggleAttribute('disabled', isDisabled);
  }

  /** Whether the form needs the fields: the opposite of `data-optional`. */
  get required(): boolean {
    return !this.#isOptional;
  }

  set required(isRequired: boolean) {
    this.dataset['optional'] = isRequired ? 'false' : ''; // the script may have another default
  }

  /** The page's `<label>` elements for this element. */
  get labels(): NodeList {
    return this.#internals.labels;
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

  /** Whether the form may be submitted. Shows the user nothing. */
  checkValidity(): boolean {
    return checkSilently(this, () => this.#internals.checkValidity());
  }

  /** Whether the form may be submitted. If not, every problem is shown and the first invalid field gets the focus. */
  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  /** Makes the element invalid with this message; an empty message removes it. The fields' own problems come first. */
  setCustomValidity(message: string): void {
    this.#customMessage = message;
    this.#updateValidity();
  }

  /**
   * The state of the fields, without digits and lengths.
   *
   * @example if (element.state.fields.expiry?.problem === 'past') showHint();
   */
  get state(): FieldsState {
    return this.#connection.state;
  }

  /**
   * Resolves when the fields can be used; rejects with the error of the failure view.
   *
   * @example await element.ready.catch(({code}) => report(code));
   */
  get ready(): Promise<void> {
    return this.#connection.ready;
  }

  /**
   * Seals the field values under a new submission id.
   *
   * @throws SealedFieldsError if the values could not be sealed for a reason other than invalid fields.
   * @example
   * const result = await element.seal();
   * if (result.ok) send({...result.values, sealed_key_id: result.keyId, sealed_id: result.id});
   */
  seal(): Promise<SealResult> {
    return this.#connection.sealWhenReady(randomId());
  }

  /** Empties the fields and removes sealed values from the form. */
  clear(): void {
    this.#connection.send('clear', {});
    this.#discardSealed();
  }

  /**
   * Moves the focus to a field; without a name to the first invalid one, else to the first.
   *
   * @throws SealedFieldsError `config-invalid` if this element has no such field.
   */
  override focus(field?: FieldName | FocusOptions): void {
    const name =
      typeof field === 'string' ? parseFieldName(field, this.#options?.fields ?? FIELD_NAMES) : undefined;
    this.#connection.focus(name);
  }

  /** Removes the focus from the fields. */
  override blur(): void {
    this.#connection.frame?.blur();
  }

  /** Opens the frame again, after a failure. */
  retry(): void {
    this.#discardSealed();
    try {
      this.#options = this.#parse();
      this.#resolveLocale();
      this.#connection.open(this.#options);
      this.#updateValidity();
    } catch (error) {
      this.#connection.fail(asError(error));
    }
  }

  /** Applies a property that was set before the element was defined. */
  #applyEarly(name: string): void {
    const early = Object.getOwnPropertyDescriptor(this, name);
    if (early === undefined) return;
    Reflect.deleteProperty(this, name);
    Reflect.set(this, name, early.value);
  }

  /** Applies changed attributes. The fields stay the same until `retry`. */
  readonly #configure = (): void => {
    const {frame, status} = this.#connection;
    if (!this.isConnected || (status === 'loading' && frame === undefined)) return; // `retry` will parse them
    try {
      const options = this.#parse();
      this.#options = {...options, fields: this.#options?.fields ?? options.fields};
    } catch (error) {
      const {message, docs} = asError(error);
      warn(this, 'config-invalid', message, docs);
    }
    this.#resolveLocale();
    this.#connection.localize();
    this.#update();
    this.#submission?.group.notifyOthers(this.#member);
  };

  readonly #onLanguageChange = (): void => {
    const before = this.#locale;
    this.#resolveLocale();
    if (this.#locale === before) return;
    this.#connection.localize();
    this.#update();
  };

  readonly #onOnline = (): void => {
    if (this.#connection.isOffline) this.retry();
  };

  /** Updates the frame and the validity after a change of this element or of its form. */
  #update(): void {
    const current = this.#configuration;
    if (current !== undefined) this.#connection.configure(current);
    this.#updateValidity();
  }

  get #configuration(): Configure | undefined {
    if (this.#options === undefined) return undefined;
    const {brand = this.#submission?.group.brandFor(this.#member)} = this.#options;
    return configuration(this, this.#options, {
      locale: this.#locale,
      brand: brandFor(this.#connection.protocol, brand),
      optional: this.#isOptional,
    });
  }

  /** Mistakes in the theme only cause a warning. @throws SealedFieldsError for any other mistake. */
  #parse(): Options {
    const defaults = SealedFieldsElement.#defaults;
    if (defaults instanceof SealedFieldsError) throw defaults;
    const rem = rootFontSize() / this.#connection.fontScale;
    const options = parseOptions(this.dataset, defaults, rem);
    this.#warnOfTheme(options.looks.mistakes);
    return options;
  }

  get #isOptional(): boolean {
    return this.#submission?.group.isOptional(this.#member) ?? this.#member.isOptional();
  }

  /** While the element is invalid, the browser refuses the form and focuses the frame. */
  #updateValidity(): void {
    applyValidity(this.#internals, this.#connection, this.#isOptional, this.#texts, this.#customMessage);
  }

  get #texts(): HostTexts {
    return TEXTS[this.#locale];
  }

  #resolveLocale(): void {
    this.#locale = resolveLocale(this, this.#options?.locale ?? 'auto');
  }

  /** Follows the `lang` attributes around this element. */
  #observeLanguage(): void {
    this.#stopObservingLanguage?.();
    this.#stopObservingLanguage = observeLanguage(this, this.#onLanguageChange);
    this.#onLanguageChange();
  }

  /** Removes sealed values, which are outdated, and lets the form be submitted again. */
  #discardSealed(): void {
    removeValues(this);
    this.#submission?.reopen();
  }

  /** Warns about a form that will not be submitted as its author expects. */
  #checkForm(): void {
    if (this.#options !== undefined && !this.#member.allowsAction(null)) {
      const {message, hint, docs} = actionRefused(this.#connection.name);
      warn(this, 'action-refused', `${message} ${hint}`, docs);
    }
    // The parser keeps a form out of a table. Native controls still belong to it, a custom element does not.
    const isMisplaced = this.closest('table')?.querySelector(':is(table, tbody, thead, tfoot, tr) > form');
    if (this.form === null && isMisplaced && !this.hasAttribute('form'))
      warn(
        this,
        'no-form',
        'The <form> inside of <table> does not contain <sealed-fields>: set form="<id>".',
      );
  }

  /**
   * Joins the form that the element now belongs to. The values that were sealed for the former one are removed. The other
   * elements of the former form keep theirs, which the page may be sending.
   */
  #rejoin(): void {
    this.#submission?.leave(this.#member);
    this.#submission = this.isConnected && this.form !== null ? joinForm(this.form, this.#member) : undefined;
    this.#discardSealed();
    this.#update();
  }
}

declare global {
  /** For listeners on elements, the document and the window. */
  interface GlobalEventHandlersEventMap {
    'sealed-ready': CustomEvent<SealedEvents['sealed-ready']>;
    'sealed-change': CustomEvent<SealedEvents['sealed-change']>;
    'sealed-submit': CustomEvent<SealedEvents['sealed-submit']>;
    'sealed-warning': CustomEvent<SealedEvents['sealed-warning']>;
    'sealed-error': CustomEvent<SealedEvents['sealed-error']>;
  }
  interface HTMLElementTagNameMap {
    'sealed-fields': SealedFieldsElement;
  }
}
