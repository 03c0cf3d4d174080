import {html, LitElement, nothing, type PropertyValues} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {brandName} from '../fields/card-number.ts';
import {sideOfCode} from '../fields/security-code.ts';
import {SPECS} from '../fields/specs.ts';
import {announce, NOTHING_ANNOUNCED} from '../form/announcer.ts';
import {FormController} from '../form/controller.ts';
import {
  blur,
  brandOf,
  clear,
  edit,
  findFaults,
  firstInvalidField,
  focus,
  isFullyEntered,
  shownProblem,
  showsFailure,
  summary,
} from '../form/state.ts';
import {problemText, type Texts} from '../locales/en.ts';
import type {Configure, FieldsState} from '../protocol/messages.ts';
import type {Brand, FieldName} from '../protocol/names.ts';
import {type FieldInputEvent, type HostedField} from './hosted-field.ts';
import './hosted-field.ts';

/** Enter was pressed in a field. */
export class EnterEvent extends Event {
  constructor() {
    super('enter');
  }
}

/** The settings of the view until the first `configure`. */
export const DEFAULT_SETTINGS = {
  labels: {},
  placeholders: {},
  disabled: false,
  autoAdvance: false,
  layout: 'stacked',
} as const satisfies Partial<Configure>;

/** The settings that the view reads; the others are part of the form's state. */
export type FormSettings = Pick<Configure, keyof typeof DEFAULT_SETTINGS>;

/**
 * The form with the fields of one frame. Renders the state of its controller and applies the user's input to it.
 *
 * @fires state-change - in the task of the input that caused it; dispatched by the {@link FormController}
 * @fires enter - {@link EnterEvent}
 */
@customElement('payment-form')
export class PaymentForm extends LitElement {
  /** Owns the form's state. */
  readonly controller = new FormController(this);
  @property({attribute: false}) texts!: Texts;
  @property({attribute: false}) settings: FormSettings = DEFAULT_SETTINGS;
  #announced = NOTHING_ANNOUNCED;

  protected override createRenderRoot() {
    return this;
  }

  /** The state for the host, without digits and lengths, and the text of the first invalid field's problem. */
  get fieldsState(): FieldsState {
    const {state} = this.controller;
    const [first] = findFaults(state);
    const message = first && problemText(this.texts, first.field, first.problem);
    return {...summary(state), message};
  }

  /** The frame's accessible name: the labels of its fields. */
  get frameTitle(): string {
    return this.texts.title(this.controller.state.names.map((name) => this.#label(name)));
  }

  /** Empties the inputs synchronously, not with the next update: the page may be about to freeze. */
  clear(): void {
    for (const field of this.querySelectorAll('hosted-field')) field.clear();
    this.controller.apply(clear);
  }

  /** Reads values that a script or the browser has set without an event. */
  readControls(): void {
    for (const field of this.querySelectorAll('hosted-field')) field.readControl();
  }

  /** Moves the caret into a field; without a name into the first invalid field, else the first. */
  focusField(name = firstInvalidField(this.controller.state) ?? this.controller.state.names[0]): void {
    if (name !== undefined) this.querySelector<HTMLElement>(`#${name}`)?.focus();
  }

  override render() {
    const {state} = this.controller;
    return html`
      <form
        class="fields ${this.settings.layout}"
        method="post"
        novalidate
        autocomplete="on"
        @submit=${this.#preventDefault}
        @keydown=${this.#onKeyDown}
        @focusin=${this.#onFocusIn}
        @focusout=${this.#onFocusOut}
        @dragstart=${this.#preventDefault}
        @field-input=${this.#onFieldInput}
      >
        ${state.names.map((name) => this.#field(name))}
        <p id="outcome">${showsFailure(state) ? this.texts.sealFailed : ''}</p>
        <p id="interruption" role="alert">${state.interrupted ? this.texts.focusTaken : ''}</p>
        <p id="announcement" role="status">${this.#announced.text}</p>
      </form>
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('texts')) this.#announced = {...this.#announced, text: ''}; // it is in another language
    this.#announced = announce(this.#announced, this.controller.state, this.texts);
  }

  #field(name: FieldName) {
    const {placeholders, disabled} = this.settings;
    const {state} = this.controller;
    const brand = brandOf(state);
    return html`<hosted-field
      class=${name}
      .spec=${SPECS[name]}
      .value=${state.fields[name].text}
      .label=${this.#label(name)}
      .placeholder=${placeholders[name] ?? this.#placeholder(name, brand)}
      .problem=${problemText(this.texts, name, shownProblem(state, name))}
      .hint=${name === 'securityCode' ? this.texts.securityCodePlaces[sideOfCode(brand)] : ''}
      .icon=${this.#icon(name, brand)}
      .enterKey=${name === state.names.at(-1) ? 'done' : 'next'}
      .choiceLabels=${this.texts.accountTypes}
      .showLabel=${this.texts.show}
      .hideLabel=${this.texts.hide}
      .required=${!state.optional}
      .disabled=${disabled}
    ></hosted-field>`;
  }

  #label(name: FieldName): string {
    const own = this.settings.labels[name]?.trim();
    return own === undefined || own === '' ? this.texts.labels[name] : own;
  }

  #icon(name: FieldName, brand: Brand | undefined) {
    if (name === 'cardNumber')
      return html`<span class="brand"
        ><brand-icon .brand=${brand}></brand-icon
        ><span>${brand === undefined ? '' : brandName(brand)}</span></span
      >`;
    if (name === 'securityCode')
      return html`<security-code-icon .side=${sideOfCode(brand)}></security-code-icon>`;
    return nothing;
  }

  #placeholder(name: FieldName, brand: Brand | undefined): string {
    const hasFourDigits = name === 'securityCode' && sideOfCode(brand) === 'front';
    const placeholders: Partial<Record<FieldName, string>> = this.texts.placeholders;
    return hasFourDigits ? this.texts.fourDigits : (placeholders[name] ?? '');
  }

  #onFieldInput({field, text, isTypedToTheEnd}: FieldInputEvent) {
    this.controller.apply(edit, field, text);
    const {state} = this.controller;
    if (!this.settings.autoAdvance || !isTypedToTheEnd || !isFullyEntered(state, field)) return;
    const next = state.names[state.names.indexOf(field) + 1];
    if (next !== undefined) this.focusField(next);
  }

  #onFocusIn({target}: FocusEvent) {
    this.readControls();
    const name = fieldOf(target);
    if (name !== undefined) this.controller.apply(focus, name);
  }

  #onFocusOut({target, relatedTarget}: FocusEvent) {
    this.readControls();
    const name = fieldOf(target);
    if (name !== undefined && name !== fieldOf(relatedTarget)) this.controller.apply(blur, name);
  }

  /**
   * Prevents submits of this form: the policy would block them, and the violation report could contain field values. Also
   * prevents dragging: a page could trick the user into dragging a field's text out of the frame.
   */
  #preventDefault(event: Event) {
    event.preventDefault();
  }

  /** Enter in an input submits the page's form. On a button or a list it keeps its default action. */
  #onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || isOfComposition(event) || !(event.target instanceof HTMLInputElement))
      return;
    event.preventDefault();
    if (!event.repeat) this.dispatchEvent(new EnterEvent());
  }
}

/** Whether a key belongs to an input method. In Safari, the Enter that ends a composition follows its end, with key code 229. */
function isOfComposition(event: KeyboardEvent): boolean {
  return event.isComposing || Reflect.get(event, 'keyCode') === 229;
}

/** The field that contains an element; undefined for elements that a password manager has added between the fields. */
function fieldOf(target: EventTarget | null): FieldName | undefined {
  return (target as HTMLElement | null)?.closest<HostedField>('hosted-field')?.spec.name;
}

declare global {
  interface HTMLElementTagNameMap {
    'payment-form': PaymentForm;
  }
}
