import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {deleteThroughSeparator, type Edited, type FieldSpec} from '../fields/field.ts';
import type {FieldName} from '../protocol/names.ts';
import {EditHistory, type HistoryStep, historyStepOf} from './edit-history.ts';

/** A field was edited. `text` is its new value, formatted. The value never leaves the frame. */
export class FieldInputEvent extends Event {
  constructor(
    readonly field: FieldName,
    readonly text: string,
    /** The user has entered it key by key, and the caret is after the last character. */
    readonly isTypedToTheEnd: boolean,
  ) {
    super('field-input', {bubbles: true});
  }
}

/**
 * One labelled control. Formats the entered text and dispatches it; the form owns the value.
 *
 * @fires field-input - {@link FieldInputEvent}
 */
@customElement('hosted-field')
export class HostedField extends LitElement {
  @property({attribute: false}) spec!: FieldSpec;
  @property({attribute: false}) value = '';
  @property({attribute: false}) label = '';
  @property({attribute: false}) placeholder = '';
  @property({attribute: false}) problem = '';
  /** A description of the icon, for screen readers. */
  @property({attribute: false}) hint = '';
  /** Shown next to the label or at the end of the control. */
  @property({attribute: false}) icon: TemplateResult | typeof nothing = nothing;
  /** The label of Enter on an on-screen keyboard. */
  @property({attribute: false}) enterKey: 'next' | 'done' = 'done';
  /** The text of each choice. */
  @property({attribute: false}) choiceLabels: Readonly<Partial<Record<string, string>>> = {};
  /** Texts of the button that shows or hides a masked value. */
  @property({attribute: false}) showLabel = '';
  @property({attribute: false}) hideLabel = '';
  @property({attribute: false}) required = true;
  @property({attribute: false}) disabled = false;
  @state() private isShown = false;
  /** An input method editor is composing text in the input. The input must not be changed then. */
  #isComposing = false;
  readonly #history = new EditHistory();
  /** Where the caret was after the last edit. */
  #caret = 0;
  /** What the user has entered after the value, and the spec still needs. */
  #rest = '';

  protected override createRenderRoot() {
    return this;
  }

  override render() {
    const {name, choices, isMasked} = this.spec;
    return html`
      <label id="${name}-label" for=${name}>${this.label}</label>
      ${choices === undefined ? this.#input() : this.#select(choices)}
      ${isMasked ? this.#revealButton() : this.icon}
      <p id="${name}-problem">${this.problem}</p>
      ${this.hint ? html`<span id="${name}-hint" hidden>${this.hint}</span>` : nothing}
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has('value') || this.value !== '') return;
    this.isShown = false; // the next value starts masked
    this.#rest = this.#rest.slice(0, 1); // without digits
  }

  /** Writes a new value into the control. Compares it with the control's own: a script may have changed that since. */
  protected override updated(changed: PropertyValues<this>) {
    const control = this.#control;
    if (this.#isComposing) return;
    if (changed.has('value') && control !== null && control.value !== this.value) control.value = this.value;
  }

  /** Dispatches a value that a script or the browser has set without an event, as if the user had entered it. */
  readControl(): void {
    const control = this.#control;
    if (control === null || this.#isComposing || control.value === this.value) return;
    if (control instanceof HTMLInputElement)
      this.#report(control, {text: control.value, caret: Infinity}, false);
    else this.#dispatch(control.value, false);
  }

  /** Empties an input and its history at once, without an event. */
  clear(): void {
    this.#history.clear();
    this.#rest = '';
    const control = this.#control;
    if (control instanceof HTMLInputElement) control.value = '';
  }

  get #control(): HTMLInputElement | HTMLSelectElement | null {
    return this.querySelector(`#${this.spec.name}`);
  }

  /** The ids of its descriptions: the problem first, then the hint. */
  get #description(): string {
    const {name} = this.spec;
    return `${this.problem ? `${name}-problem` : ''} ${this.hint ? `${name}-hint` : ''}`.trim();
  }

  #input() {
    const {name, autocomplete, isMasked, isText} = this.spec;
    return html`<input
      id=${name}
      class=${isMasked && !this.isShown ? 'masked' : nothing}
      inputmode=${isText ? 'text' : 'numeric'}
      dir=${isText ? 'auto' : nothing}
      enterkeyhint=${this.enterKey}
      autocomplete=${autocomplete}
      autocorrect="off"
      autocapitalize=${isText ? 'words' : 'off'}
      spellcheck="false"
      placeholder=${isolate(this.placeholder)}
      ?disabled=${this.disabled}
      aria-required=${this.required}
      aria-invalid=${this.problem !== ''}
      aria-describedby=${this.#description || nothing}
      @keydown=${this.#onKeyDown}
      @beforeinput=${this.#onBeforeInput}
      @input=${this.#onInput}
      @compositionend=${this.#onInput}
      @change=${this.#onChange}
      @blur=${this.#onBlur}
      @copy=${this.#onCopy}
      @cut=${this.#onCopy}
    />`;
  }

  #select(choices: readonly string[]) {
    const {name, autocomplete} = this.spec;
    return html`<select
      id=${name}
      autocomplete=${autocomplete}
      ?disabled=${this.disabled}
      @change=${this.#onChoice}
    >
      ${choices.map((choice) => html`<option value=${choice}>${this.choiceLabels[choice]}</option>`)}
    </select>`;
  }

  #revealButton() {
    const {name} = this.spec;
    return html`<button
      id="${name}-reveal"
      type="button"
      ?disabled=${this.disabled}
      aria-labelledby="${name}-reveal ${name}-label"
      @click=${this.#onReveal}
    >
      ${this.isShown ? this.hideLabel : this.showLabel}
    </button>`;
  }

  #onKeyDown(event: KeyboardEvent) {
    const step = historyStepOf(event);
    if (step === undefined || this.#isComposing) return;
    event.preventDefault();
    this.#restore(event.target as HTMLInputElement, step);
  }

  /** Undo and redo by a menu or a gesture. */
  #onBeforeInput(event: InputEvent) {
    if (!isHistoryStep(event.inputType) || !event.cancelable) return;
    event.preventDefault();
    this.#restore(event.target as HTMLInputElement, event.inputType);
  }

  #onInput(event: Event) {
    const input = event.target as HTMLInputElement;
    const {inputType = '', isComposing = false} = event as Partial<InputEvent>;
    if (isHistoryStep(inputType)) {
      this.#restore(input, inputType);
      return;
    }
    this.#isComposing = isComposing;
    if (isComposing) {
      // The form must know the digits: a click on Pay ends the composition too late for the browser's validation.
      this.#dispatch(this.spec.format(input.value, Infinity).text, false);
      return;
    }
    const typed = {text: input.value, caret: input.selectionStart ?? input.value.length};
    const {isText} = this.spec;
    const edited = this.#withRest(isText ? typed : deleteThroughSeparator(this.value, typed, inputType));
    this.#rest = this.spec.restOf?.(edited.text) ?? '';
    this.#report(input, edited, this.#rest === '');
  }

  /** Inserts the rest of earlier keys before keys at the end. Any other edit discards it. */
  #withRest({text, caret}: Edited): Edited {
    const {value} = this;
    if (caret < text.length || !text.startsWith(value)) return {text, caret};
    const entered = value + this.#rest + text.slice(value.length);
    return {text: entered, caret: entered.length};
  }

  #onBlur() {
    this.#rest = '';
  }

  /** The user has left the field, or a script or autofill has set its value without an `input` event. */
  #onChange(event: Event) {
    const input = event.target as HTMLInputElement;
    this.#report(input, {text: input.value, caret: Infinity}, false);
  }

  #onChoice(event: Event) {
    const {value} = event.target as HTMLSelectElement;
    this.#dispatch(value, false);
  }

  /** Keeps secret values out of the clipboard, which the page could read. @seam copy-block */
  #onCopy(event: ClipboardEvent) {
    if (this.spec.isSecret) event.preventDefault();
  }

  #onReveal() {
    this.isShown = !this.isShown;
  }

  #report(input: HTMLInputElement, edited: Edited, isTyped: boolean) {
    const {text, caret} = this.spec.format(edited.text, edited.caret);
    const isReformatted = input.value !== text;
    if (isReformatted) input.value = text;
    // When the user returns to the window, the caret stays where it was.
    if ((isTyped || isReformatted) && document.activeElement === input) input.setSelectionRange(caret, caret);
    this.#dispatch(text, isTyped && caret === text.length, caret);
  }

  /** Shows a former text; the current one if there is none, because the browser may have changed it. */
  #restore(input: HTMLInputElement, step: HistoryStep) {
    const current = {text: this.value, caret: this.#caret};
    const former = this.#history.restore(step, current);
    const {text, caret} = former ?? current;
    if (input.value !== text) {
      input.value = text;
      input.setSelectionRange(caret, caret);
    }
    this.#caret = caret;
    if (former !== undefined) this.dispatchEvent(new FieldInputEvent(this.spec.name, text, false));
  }

  #dispatch(text: string, isTypedToTheEnd: boolean, caret = text.length) {
    if (text !== this.value) this.#history.record({text: this.value, caret: this.#caret});
    this.#caret = caret;
    this.dispatchEvent(new FieldInputEvent(this.spec.name, text, isTypedToTheEnd));
  }
}

function isHistoryStep(inputType: string): inputType is HistoryStep {
  return inputType === 'historyUndo' || inputType === 'historyRedo';
}

/**
 * Isolates a right-to-left placeholder (Unicode UAX #9, RLI and PDI). The input is left-to-right, which would move a number
 * at the start of a Hebrew or Arabic text to its end.
 */
function isolate(text: string): string {
  return /[\u0590-\u08FF]/.test(text) ? `\u2067${text}\u2069` : text;
}

declare global {
  interface HTMLElementTagNameMap {
    'hosted-field': HostedField;
  }
  interface HTMLElementEventMap {
    'field-input': FieldInputEvent;
  }
}
