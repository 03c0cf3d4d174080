/**
 * The few calls that the product makes on a merchant's form. They go by the prototype: a control named `submit` or
 * `elements` hides the form's own member of that name, and pages do name their buttons so.
 */

const {prototype} = HTMLFormElement;

/** Any control that can submit a form. */
export type Submitter = HTMLButtonElement | HTMLInputElement;

/** Submits as the browser does for a click on `submitter`: validated, with a `submit` event. */
export function requestSubmit(form: HTMLFormElement, submitter?: Submitter): void {
  prototype.requestSubmit.call(form, submitter);
}

/** Hears every submit of the form before its own listeners do. */
export function listenToSubmit(form: HTMLFormElement, listener: (event: SubmitEvent) => void): void {
  EventTarget.prototype.addEventListener.call(form, 'submit', listener as EventListener, true);
}

export function ignoreSubmit(form: HTMLFormElement, listener: (event: SubmitEvent) => void): void {
  EventTarget.prototype.removeEventListener.call(form, 'submit', listener as EventListener, true);
}

/** Submits as script does: neither validated nor with an event. */
export function submitUnseen(form: HTMLFormElement): void {
  prototype.submit.call(form);
}

export function checkValidity(form: HTMLFormElement): boolean {
  return prototype.checkValidity.call(form);
}

/** Whether this page stays after a submission: the answer goes to another window or frame, or the form closes a dialog. */
export function staysAfter(form: HTMLFormElement, submitter: Submitter | null): boolean {
  const attribute = (element: Element | null, name: string) =>
    element === null ? null : Element.prototype.getAttribute.call(element, name);
  const method = attribute(submitter, 'formmethod') ?? attribute(form, 'method') ?? '';
  const target =
    attribute(submitter, 'formtarget') ??
    attribute(form, 'target') ??
    attribute(document.querySelector('base[target]'), 'target') ??
    '';
  const isElsewhere = !['', '_self', '_parent', '_top'].includes(target.toLowerCase());
  return method.toLowerCase() === 'dialog' || (isElsewhere && target !== window.name);
}

/** What a page may disable while a submission is held. */
export type Disablable = Element & {disabled: boolean};

/** The form's controls and fieldsets that are enabled themselves, and `submitter`, which `elements` may leave out. */
export function enabledControls(form: HTMLFormElement, submitter: Submitter | null): Disablable[] {
  return [...elementsOf(form), ...(submitter === null ? [] : [submitter])]
    .filter((control): control is Disablable => 'disabled' in control)
    .filter((control) => !control.disabled);
}

/** The control whose problem a browser shows of a form that it refuses. */
export function firstInvalid(form: HTMLFormElement): Element | undefined {
  return [...elementsOf(form)].find((control) => control.matches(':invalid:not(fieldset)'));
}

function elementsOf(form: HTMLFormElement): HTMLFormControlsCollection {
  return Reflect.get(prototype, 'elements', form);
}

/** The first submit button of the form in tree order (HTML §4.10.22.2). */
export function defaultButton(form: HTMLFormElement): Submitter | undefined {
  const root = Node.prototype.getRootNode.call(form) as Document | ShadowRoot;
  const buttons = root.querySelectorAll<Submitter>('button, input[type=submit], input[type=image]');
  return [...buttons].find((button) => submits(button, form));
}

/** Whether a click on it submits the form; a page may make it another button, or another form's. */
export function submits({form: owner, type}: Submitter, form: HTMLFormElement): boolean {
  return owner === form && ['submit', 'image'].includes(type);
}

/**
 * Gives one form methods of its own in place of the prototype's, until the returned function is called. Where a
 * control of that name hides the method, the page cannot call it either, and nothing is replaced.
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
