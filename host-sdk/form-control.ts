import {askOnly} from './validity.ts';

/** No members of the elements: a page sees nothing of them. */
const internals = new WeakMap<FormControl, ElementInternals>();

/** The interface that HTML's own controls have (HTML §4.10.21.3), for an element that is one of a form's. */
export abstract class FormControl extends HTMLElement {
  static readonly formAssociated = true;

  constructor() {
    super();
    internals.set(this, this.attachInternals());
  }

  get form(): HTMLFormElement | null {
    return internalsOf(this).form;
  }

  get validity(): ValidityState {
    return internalsOf(this).validity;
  }

  get validationMessage(): string {
    return internalsOf(this).validationMessage;
  }

  get willValidate(): boolean {
    return internalsOf(this).willValidate;
  }

  /** Whether the form may be sent; shows the shopper nothing. */
  checkValidity(): boolean {
    return askOnly(this, () => internalsOf(this).checkValidity());
  }

  /** Whether the form may be sent; if not, every problem is shown and the caret goes to the first. */
  reportValidity(): boolean {
    return internalsOf(this).reportValidity();
  }
}

export function internalsOf(control: FormControl): ElementInternals {
  return internals.get(control) as ElementInternals; // since its constructor
}
