import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {deleteThroughSeparator, type Edited, type FieldSpec} from '../fields/field.ts';
import type {FieldName} from '../protocol/names.ts';

/** A field was edited; `text` is what stands in it now, formatted. It never leaves the frame. */
export class FieldInputEvent extends Event {
  constructor(
    readonly field: FieldName,
    readonly text: string,
    /** Typed, and the caret stands behind the last character. */
    readonly isTypedToTheEnd: boolean,
  ) {
    super('field-input', {bubbles: true});
  }
}

/**
 * One labelled control. Formats what is typed and reports it; the form owns the value.
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
  /** Describes the field to whoever cannot see its picture. */
  @property({attribute: false}) hint = '';
  /** What stands beside the label, or in the end of the control. */
  @property({attribute: false}) picture: TemplateResult | typeof nothing = nothing;
  /** What a keyboard on a screen writes on its Enter key. */
  @property({attribute: false}) enterKey: 'next' | 'done' = 'done';
  /** The words for what there is to choose from, by choice. */
  @property({attribute: false}) choiceLabels: Readonly<Partial<Record<string, string>>> = {};
  /** The words of the button that shows or hides what is masked. */
  @property({attribute: false}) showLabel = '';
  @property({attribute: false}) hideLabel = '';
  @property({attribute: false}) required = true;
  @property({attribute: false}) disabled = false;
  @state() private isShown = false;

  protected override createRenderRoot() {
    return this;
  }

  override render() {
    const {name, choices, isMasked} = this.spec;
    return html`
      <label id="${name}-label" for=${name}>${this.label}</label>
      ${choices === undefined ? this.#input() : this.#select(choices)}
      ${isMasked ? this.#revealButton() : this.picture}
      <p id="${name}-problem">${this.problem}</p>
      ${this.hint ? html`<span id="${name}-hint" hidden>${this.hint}</span>` : nothing}
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>) {
    if (changed.has('value') && this.value === '') this.isShown = false; // the next number is another one
  }

  /** A new value counts against what stands in the control now, not against what was rendered last. */
  protected override updated(changed: PropertyValues<this>) {
    const control = this.#control;
    if (changed.has('value') && control !== null && control.value !== this.value) control.value = this.value;
  }

  /** Reports what something put into the control and told nobody, as if the person had left it there. */
  takeUp(): void {
    const control = this.#control;
    if (control === null || control.value === this.value) return;
    if (control instanceof HTMLInputElement)
      this.#report(control, {text: control.value, caret: Infinity}, false);
    else this.#tell(control.value, false);
  }

  get #control(): HTMLInputElement | HTMLSelectElement | null {
    return this.querySelector(`#${this.spec.name}`);
  }

  /** Its problem first, then what is true at all times. */
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
      placeholder=${inItsDirection(this.placeholder)}
      ?disabled=${this.disabled}
      aria-required=${this.required ? 'true' : 'false'}
      aria-invalid=${this.problem ? 'true' : 'false'}
      aria-describedby=${this.#description || nothing}
      @input=${this.#onInput}
      @compositionend=${this.#onInput}
      @change=${this.#onChange}
      @copy=${this.#onTake}
      @cut=${this.#onTake}
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

  #onInput(event: Event) {
    const input = event.target as HTMLInputElement;
    const {inputType = '', isComposing = false} = event as Partial<InputEvent>;
    if (isComposing) return;
    const typed = {text: input.value, caret: input.selectionStart ?? input.value.length};
    const {isText} = this.spec;
    this.#report(input, isText ? typed : deleteThroughSeparator(this.value, typed, inputType), true);
  }

  /** The person is done with the field, or something has set it at once, without a key and without `input`. */
  #onChange(event: Event) {
    const input = event.target as HTMLInputElement;
    this.#report(input, {text: input.value, caret: Infinity}, false);
  }

  #onChoice(event: Event) {
    const {value} = event.target as HTMLSelectElement;
    this.#tell(value, false);
  }

  /** Keeps a secret from the clipboard, which the page could read. @seam copy-block */
  #onTake(event: ClipboardEvent) {
    if (this.spec.isSecret) event.preventDefault();
  }

  #onReveal() {
    this.isShown = !this.isShown;
  }

  #report(input: HTMLInputElement, edited: Edited, isTyped: boolean) {
    const {text, caret} = this.spec.format(edited.text, edited.caret);
    const isAnother = input.value !== text;
    if (isAnother) input.value = text;
    // Whoever comes back to the window finds the caret where it was.
    if ((isTyped || isAnother) && document.activeElement === input) input.setSelectionRange(caret, caret);
    this.#tell(text, isTyped && caret === text.length);
  }

  #tell(text: string, isTypedToTheEnd: boolean) {
    this.dispatchEvent(new FieldInputEvent(this.spec.name, text, isTypedToTheEnd));
  }
}

/** What is typed runs from left to right; a placeholder in Arabic or Hebrew letters does not, or its number would come last. */
function inItsDirection(text: string): string {
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
