import {html, LitElement, type PropertyValues} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {brandName} from '../fields/card-number.ts';
import {forgetMatch} from '../fields/field.ts';
import {SPECS} from '../fields/specs.ts';
import * as transitions from '../form-state.ts';
import type {Texts} from '../locales/en.ts';
import type {Configure} from '../protocol/host-events.ts';
import type {Brand, FieldName, Problem} from '../protocol/names.ts';
import {type FieldInputEvent, type HostedField} from './hosted-field.ts';
import './hosted-field.ts';

/** The form's state is another one than before. */
export class StateChangeEvent extends Event {
  constructor(readonly state: transitions.FormState) {
    super('state-change');
  }
}

/** Enter was pressed in a field. */
export class EnterEvent extends Event {
  constructor() {
    super('enter');
  }
}

/** The part of a page's wishes that is looks and manners; the rest is the form's state. */
export type Settings = Pick<Configure, 'labels' | 'placeholders' | 'disabled' | 'autoAdvance' | 'layout'>;

const PLAIN: Settings = {
  labels: {},
  placeholders: {},
  disabled: false,
  autoAdvance: false,
  layout: 'stacked',
};

/**
 * The fields of one frame in one form, and the owner of their state.
 *
 * @fires state-change - {@link StateChangeEvent}, in the task of the input that caused it
 * @fires enter - {@link EnterEvent}
 */
@customElement('payment-form')
export class PaymentForm extends LitElement {
  @property({attribute: false}) texts!: Texts;
  @property({attribute: false}) settings: Settings = PLAIN;
  @property({attribute: false}) state!: transitions.FormState;
  @state() private announcement = '';

  protected override createRenderRoot() {
    return this;
  }

  /** What is wrong with the first field at fault, shown or not. */
  get message(): string | undefined {
    const [first] = transitions.faults(this.state);
    return first === undefined ? undefined : this.#text(first.field, first.problem);
  }

  /** Applies a transition and tells of it. */
  transit(next: transitions.FormState): void {
    this.state = next;
    this.dispatchEvent(new StateChangeEvent(next));
  }

  /** Empties the inputs within this very task, for the page may be about to freeze. */
  clear(): void {
    for (const input of this.querySelectorAll('input')) input.value = '';
    this.transit(transitions.clear(this.state));
  }

  /** Puts the caret into a field; without a name into the first at fault, else the first. */
  focusField(name = transitions.firstAtFault(this.state) ?? this.state.names[0]): void {
    if (name !== undefined) this.querySelector<HTMLElement>(`#${name}`)?.focus();
  }

  override render() {
    return html`
      <form
        class="fields ${this.settings.layout}"
        method="post"
        novalidate
        autocomplete="on"
        @submit=${this.#onSubmit}
        @keydown=${this.#onKeyDown}
        @focusin=${this.#onFocusIn}
        @focusout=${this.#onFocusOut}
        @dragstart=${this.#onDragStart}
        @field-input=${this.#onFieldInput}
      >
        ${this.state.names.map((name) => this.#field(name))}
        <p id="outcome">${this.state.outcome === 'failed' ? this.texts.unsealed : ''}</p>
        <p id="announcement" role="status">${this.announcement}</p>
      </form>
    `;
  }

  /** Says a problem or a failure once, when it comes into view; the field at fault says it again when it is entered. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('texts')) this.announcement = ''; // it was said in another language
    const before = changed.get('state');
    if (before === undefined) return;
    const hasFailed = this.state.outcome === 'failed';
    if (hasFailed !== (before.outcome === 'failed')) this.announcement = hasFailed ? this.texts.unsealed : '';
    const isShown = (state: transitions.FormState) => (name: FieldName) =>
      transitions.shownProblem(state, name) !== undefined;
    const [was, is] = [isShown(before), isShown(this.state)];
    const fresh = this.state.names.filter((name) => is(name) && !was(name));
    if (fresh.length > 1) this.announcement = this.texts.faults(fresh.length);
    else if (fresh[0] !== undefined) this.announcement = this.#problem(fresh[0]);
    else if (this.state.names.some((name) => was(name) && !is(name))) this.announcement = '';
  }

  protected override updated(): void {
    forgetMatch();
  }

  #field(name: FieldName) {
    const {labels, placeholders, disabled} = this.settings;
    const brand = transitions.brandOf(this.state);
    return html`<hosted-field
      class=${name}
      .spec=${SPECS[name]}
      .value=${this.state.fields[name].text}
      .label=${labels[name] ?? this.texts.labels[name]}
      .placeholder=${placeholders[name] ?? this.#placeholder(name, brand)}
      .problem=${this.#problem(name)}
      .mark=${name === 'cardNumber' && brand !== undefined ? brandName(brand) : ''}
      .choiceLabels=${this.texts.accountTypes}
      .showLabel=${this.texts.show}
      .hideLabel=${this.texts.hide}
      .required=${!this.state.optional}
      .disabled=${disabled}
    ></hosted-field>`;
  }

  #placeholder(name: FieldName, brand: Brand | undefined): string {
    const hasFourDigits = name === 'securityCode' && brand === 'american-express';
    const placeholders: Partial<Record<FieldName, string>> = this.texts.placeholders;
    return hasFourDigits ? this.texts.fourDigits : (placeholders[name] ?? '');
  }

  #problem(name: FieldName): string {
    const problem = transitions.shownProblem(this.state, name);
    return problem === undefined ? '' : this.#text(name, problem);
  }

  #text(name: FieldName, problem: Problem): string {
    const texts: Partial<Record<FieldName, Partial<Record<Problem, string>>>> = this.texts.problems;
    return texts[name]?.[problem] ?? '';
  }

  #onFieldInput({field, text, isTypedToTheEnd}: FieldInputEvent) {
    this.transit(transitions.edit(this.state, field, text));
    if (!this.settings.autoAdvance || !isTypedToTheEnd || !transitions.isWhole(this.state, field)) return;
    const next = this.state.names[this.state.names.indexOf(field) + 1];
    if (next !== undefined) this.focusField(next);
  }

  #onFocusIn({target}: FocusEvent) {
    this.transit(transitions.focus(this.state, fieldOf(target)));
  }

  #onFocusOut({target, relatedTarget}: FocusEvent) {
    const name = fieldOf(target);
    if (name !== fieldOf(relatedTarget)) this.transit(transitions.blur(this.state, name));
  }

  /** Never let the form submit: the policy would stop it, and its report would name what was typed. */
  #onSubmit(event: SubmitEvent) {
    event.preventDefault();
  }

  /** A page could have a person drag what is marked in a field, and drop it outside. */
  #onDragStart(event: DragEvent) {
    event.preventDefault();
  }

  /** Enter in an input means the page's form; on a button or a list it is theirs. */
  #onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.isComposing || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (!event.repeat) this.dispatchEvent(new EnterEvent());
  }
}

function fieldOf(target: EventTarget | null): FieldName {
  return (target as HTMLElement | null)?.closest<HostedField>('hosted-field')?.spec.name as FieldName;
}

declare global {
  interface HTMLElementTagNameMap {
    'payment-form': PaymentForm;
  }
}
