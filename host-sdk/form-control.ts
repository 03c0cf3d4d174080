import {askOnly} from './validity.ts';

/** What the browser keeps of a control; no member of it, for the page has no use for that. */
export let internalsOf: (control: FormControl) => ElementInternals;

/** The interface that HTML's own controls have (HTML, the constraint validation API), for an element that is one of a form's. */
export abstract class FormControl extends HTMLElement {
  static readonly formAssociated = true;
  readonly #internals = this.attachInternals();

  static {
    internalsOf = (control) => control.#internals;
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

  /** Whether the form may be sent; shows the shopper nothing. */
  checkValidity(): boolean {
    return askOnly(this, () => this.#internals.checkValidity());
  }

  /** Whether the form may be sent; if not, every problem is shown and the caret goes to the first. */
  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }
}
