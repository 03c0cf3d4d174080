import {html, LitElement, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
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
 * One labelled input. Formats what is typed and reports it; the form owns the value.
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
  /** A word that stands at the end of the input, such as the brand of a card. */
  @property({attribute: false}) mark = '';
  @property({attribute: false}) disabled = false;

  protected override createRenderRoot() {
    return this;
  }

  override render() {
    const {name, autocomplete, inputMode} = this.spec;
    return html`
      <label for=${name}>${this.label}</label>
      <input
        id=${name}
        inputmode=${inputMode}
        autocomplete=${autocomplete}
        autocorrect="off"
        spellcheck="false"
        placeholder=${this.placeholder}
        ?disabled=${this.disabled}
        aria-required="true"
        aria-invalid=${this.problem ? 'true' : 'false'}
        aria-describedby=${this.problem ? `${name}-problem` : nothing}
        @input=${this.#onInput}
        @compositionend=${this.#onInput}
        @change=${this.#onChange}
      />
      <span class="mark">${this.mark}</span>
      <p id="${name}-problem">${this.problem}</p>
    `;
  }

  /** The value that counts is what stands in the input now, not what was rendered last. */
  protected override updated() {
    const input = this.querySelector('input');
    if (input !== null && input.value !== this.value) input.value = this.value;
  }

  #onInput(event: Event) {
    const input = event.target as HTMLInputElement;
    const {inputType = '', isComposing = false} = event as Partial<InputEvent>;
    if (isComposing) return;
    const typed = {text: input.value, caret: input.selectionStart ?? input.value.length};
    this.#report(input, deleteThroughSeparator(this.value, typed, inputType), true);
  }

  /** The person is done with the field, or something has set it at once, without a key and without `input`. */
  #onChange(event: Event) {
    const input = event.target as HTMLInputElement;
    this.#report(input, {text: input.value, caret: input.value.length}, false);
  }

  #report(input: HTMLInputElement, edited: Edited, isTyped: boolean) {
    const {text, caret} = this.spec.format(edited.text, edited.caret);
    if (input.value !== text) input.value = text;
    if (document.activeElement === input) input.setSelectionRange(caret, caret);
    this.dispatchEvent(new FieldInputEvent(this.spec.name, text, isTyped && caret === text.length));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'hosted-field': HostedField;
  }
  interface HTMLElementEventMap {
    'field-input': FieldInputEvent;
  }
}
