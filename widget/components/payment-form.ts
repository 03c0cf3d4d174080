import {html, LitElement, nothing, type PropertyValues} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {brandName} from '../fields/card-number.ts';
import {forgetMatch} from '../fields/field.ts';
import {sideOfCode} from '../fields/security-code.ts';
import {SPECS} from '../fields/specs.ts';
import * as transitions from '../form/state.ts';
import type {Texts} from '../locales/en.ts';
import type {Configure} from '../protocol/messages.ts';
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
  /** The problems that are known to whoever listens. */
  readonly #said: Partial<Record<FieldName, Problem | undefined>> = {};

  protected override createRenderRoot() {
    return this;
  }

  /** What is wrong with the first field at fault, shown or not. */
  get message(): string | undefined {
    const [first] = transitions.faults(this.state);
    return first === undefined ? undefined : this.#text(first.field, first.problem);
  }

  /** What the frame is called: by its fields, as they are labelled. */
  get frameTitle(): string {
    return this.texts.title(this.state.names.map((name) => this.#label(name)));
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

  /** Notices what was put into the fields by a script that told nobody. */
  takeUp(): void {
    for (const field of this.querySelectorAll('hosted-field')) field.takeUp();
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
        <p id="outcome">${transitions.showsFailure(this.state) ? this.texts.unsealed : ''}</p>
        <p id="announcement" role="status">${this.announcement}</p>
      </form>
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('texts')) this.announcement = ''; // it was said in another language
    const {outcome} = this.state;
    const before = changed.get('state')?.outcome ?? outcome;
    if (outcome !== before && [outcome, before].includes('failed'))
      this.announcement = outcome === 'failed' ? this.texts.unsealed : '';
    this.#sayProblems(outcome === 'refused' && before !== 'refused');
  }

  protected override updated(): void {
    forgetMatch();
  }

  #field(name: FieldName) {
    const {placeholders, disabled} = this.settings;
    const brand = transitions.brandOf(this.state);
    return html`<hosted-field
      class=${name}
      .spec=${SPECS[name]}
      .value=${this.state.fields[name].text}
      .label=${this.#label(name)}
      .placeholder=${placeholders[name] ?? this.#placeholder(name, brand)}
      .problem=${this.#problem(name)}
      .hint=${name === 'securityCode' ? this.texts.codePlaces[sideOfCode(brand)] : ''}
      .picture=${this.#picture(name, brand)}
      .enterKey=${name === this.state.names.at(-1) ? 'done' : 'next'}
      .choiceLabels=${this.texts.accountTypes}
      .showLabel=${this.texts.show}
      .hideLabel=${this.texts.hide}
      .required=${!this.state.optional}
      .disabled=${disabled}
    ></hosted-field>`;
  }

  #label(name: FieldName): string {
    const own = this.settings.labels[name]?.trim();
    return own === undefined || own === '' ? this.texts.labels[name] : own;
  }

  #picture(name: FieldName, brand: Brand | undefined) {
    if (name === 'cardNumber')
      return html`<span class="mark"
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

  /**
   * Says each problem once: as it comes into view, or as its field is left with another one. Those that a try to submit
   * has found are counted, for the caret goes to the first, which says itself, unless it stands there already.
   */
  #sayProblems(isRefused: boolean): void {
    const {names, fields} = this.state;
    const problemOf = (name: FieldName) => transitions.shownProblem(this.state, name);
    const shown = names.filter((name) => problemOf(name) !== undefined);
    const isBeingMended = (name: FieldName) =>
      fields[name].focused && this.#said[name] !== undefined && shown.includes(name);
    const changed = names.filter((name) => problemOf(name) !== this.#said[name] && !isBeingMended(name));
    for (const name of changed) this.#said[name] = problemOf(name);
    const fresh = shown.filter((name) => changed.includes(name));
    const [first, ...others] = isRefused ? shown : fresh;
    if (fresh.length > 0 && first !== undefined) {
      const saysItself = others.length === 0 && (!isRefused || fields[first].focused);
      this.announcement = saysItself ? this.#problem(first) : this.texts.faults(1 + others.length);
    } else if (changed.length > 0) this.announcement = '';
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
    this.takeUp();
    const name = fieldOf(target);
    if (name !== undefined) this.transit(transitions.focus(this.state, name));
  }

  #onFocusOut({target, relatedTarget}: FocusEvent) {
    this.takeUp();
    const name = fieldOf(target);
    if (name !== undefined && name !== fieldOf(relatedTarget))
      this.transit(transitions.blur(this.state, name));
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

/** None of what a password manager may have put between the fields. */
function fieldOf(target: EventTarget | null): FieldName | undefined {
  return (target as HTMLElement | null)?.closest<HostedField>('hosted-field')?.spec.name;
}

declare global {
  interface HTMLElementTagNameMap {
    'payment-form': PaymentForm;
  }
}
