/**
 * Access to a merchant's form through the prototypes of the DOM. A control named `submit` or `elements` hides the form's
 * own member of that name, and pages often use such names.
 */

/** Any control that can submit a form. */
export type Submitter = HTMLButtonElement | HTMLInputElement;

/** Submits as the browser does after a click on `submitter`: validated, with a `submit` event. */
export function requestSubmit(form: HTMLFormElement, submitter?: Submitter): void {
  HTMLFormElement.prototype.requestSubmit.call(form, submitter);
}

/** Adds a capture listener for the form's submits. It runs before those of the page if it is added first. */
export function addSubmitListener(form: HTMLFormElement, listener: (event: SubmitEvent) => void): void {
  EventTarget.prototype.addEventListener.call(form, 'submit', listener as EventListener, true);
}

/** Removes a listener that {@link addSubmitListener} has added. */
export function removeSubmitListener(form: HTMLFormElement, listener: (event: SubmitEvent) => void): void {
  EventTarget.prototype.removeEventListener.call(form, 'submit', listener as EventListener, true);
}

/** Submits as `form.submit()` does: without validation and without an event. */
export function submitDirectly(form: HTMLFormElement): void {
  HTMLFormElement.prototype.submit.call(form);
}

/** Calls the browser's `checkValidity` of the form. */
export function checkValidity(form: HTMLFormElement): boolean {
  return HTMLFormElement.prototype.checkValidity.call(form);
}

/** Whether this page stays open after a submission: another window or frame gets the response, or the form closes a dialog. */
export function keepsPage(form: HTMLFormElement, submitter: Submitter | null): boolean {
  const target =
    attributeOf(submitter, 'formtarget') ??
    attributeOf(form, 'target') ??
    attributeOf(document.querySelector('base[target]'), 'target') ??
    '';
  const isElsewhere = !['', '_self', '_parent', '_top'].includes(target.toLowerCase());
  return closesDialog(form, submitter) || (isElsewhere && target !== window.name);
}

/** Whether a submit only closes the dialog around the form. */
export function closesDialog(form: HTMLFormElement, submitter: Submitter | null): boolean {
  const method = attributeOf(submitter, 'formmethod') ?? attributeOf(form, 'method');
  return method?.toLowerCase() === 'dialog';
}

/** The URL that a submit is sent to, as it is written; empty for the URL of the document (HTML §4.10.22.3). */
export function actionOf(form: HTMLFormElement, submitter: Submitter | null): string {
  return attributeOf(submitter, 'formaction') ?? attributeOf(form, 'action') ?? '';
}

function attributeOf(element: Element | null, name: string): string | null {
  return element === null ? null : Element.prototype.getAttribute.call(element, name);
}

/** A control or fieldset, which a page may disable while its form is being sealed. */
export type Disablable = Element & {disabled: boolean};

/** The form's controls and fieldsets that are not disabled themselves, and `submitter`, which `elements` may not contain. */
export function enabledControls(form: HTMLFormElement, submitter: Submitter | null): Disablable[] {
  return [...elementsOf(form), ...(submitter === null ? [] : [submitter])]
    .filter((control): control is Disablable => 'disabled' in control)
    .filter((control) => !control.disabled);
}

/** The first invalid control: the browser shows its problem when it blocks a submit. */
export function firstInvalid(form: HTMLFormElement): Element | undefined {
  return [...elementsOf(form)].find((control) => control.matches(':invalid:not(fieldset)'));
}

function elementsOf(form: HTMLFormElement): HTMLFormControlsCollection {
  return Reflect.get(HTMLFormElement.prototype, 'elements', form);
}

/** The first submit button of the form in tree order (HTML §4.10.22.2). */
export function defaultButton(form: HTMLFormElement): Submitter | undefined {
  const root = Node.prototype.getRootNode.call(form) as Document | ShadowRoot;
  const buttons = root.querySelectorAll<Submitter>('button, input[type=submit], input[type=image]');
  return [...buttons].find((button) => isSubmitterOf(button, form));
}

/** Types of an `<input>` that block implicit submission (HTML §4.10.22.2). */
const BLOCKING_TYPES = [
  'text',
  'search',
  'tel',
  'url',
  'email',
  'password',
  'date',
  'month',
  'week',
  'time',
  'datetime-local',
  'number',
];

/** How many inputs of the form block implicit submission: without a button, Enter submits a form with at most one. */
export function blockingInputs(form: HTMLFormElement): number {
  return [...elementsOf(form)].filter(
    (control) =>
      control instanceof HTMLInputElement &&
      BLOCKING_TYPES.includes(control.type) &&
      !control.matches('[hidden]:disabled'), // a fallback control
  ).length;
}

/** Whether a click on the button submits the form. A page can change its type and its form at any time. */
export function isSubmitterOf({form: owner, type}: Submitter, form: HTMLFormElement): boolean {
  return owner === form && ['submit', 'image'].includes(type);
}

/**
 * Overrides methods of one form. If a control hides a method by its name, the override has no effect, and the page cannot
 * call the method either.
 *
 * @returns a function that restores the methods of the prototype.
 */
export function overrideMethods(
  form: HTMLFormElement,
  methods: Partial<Pick<HTMLFormElement, 'submit' | 'checkValidity'>>,
): () => void {
  for (const [name, value] of Object.entries(methods))
    Reflect.defineProperty(form, name, {configurable: true, writable: true, value});
  return () => {
    for (const [name, value] of Object.entries(methods))
      if (Object.getOwnPropertyDescriptor(form, name)?.value === value) Reflect.deleteProperty(form, name);
  };
}
