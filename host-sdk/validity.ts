import type {FieldsState} from '../widget/protocol/messages.ts';
import type {HostTexts} from './texts.ts';

/** What the browser is told of an element: no flags when the form may be sent. */
export interface Validity {
  flags: ValidityStateFlags;
  message: string;
}

/** What is known of the fields, by the connection to them. */
export interface Standing {
  status: 'loading' | 'ready' | 'failed';
  state: FieldsState;
}

const VALID: Validity = {flags: {}, message: ''};

/** Nothing was typed, and the page does not ask for it; fields that still load may hold something. */
export function isSkipped({status, state}: Standing, optional: boolean): boolean {
  return optional && status !== 'loading' && state.empty;
}

/** The validity that an `<input required>` would have; fields that do not stand hold the form as well. */
export function validityOf({status, state}: Standing, optional: boolean, texts: HostTexts): Validity {
  // Also where they failed: a card that is not asked for must not keep the shopper from paying otherwise.
  if (isSkipped({status, state}, optional)) return VALID;
  if (status !== 'ready') return {flags: {customError: true}, message: texts[status]};
  if (state.complete) return VALID;
  const isMissing = Object.values(state.fields).some((field) => field.status === 'empty');
  // There is no message as long as the frame has not heard that the fields are optional no more.
  return {
    flags: isMissing ? {valueMissing: true} : {badInput: true},
    message: state.message ?? texts.loading,
  };
}

/** Whether the shopper is shown a problem; to page styles it is `:state(user-invalid)`. */
export function showsProblem({status, state}: Standing, optional: boolean): boolean {
  if (status !== 'ready' || isSkipped({status, state}, optional)) return false;
  return Object.values(state.fields).some((field) => field.visited && field.status !== 'valid');
}

const asked = new WeakSet<HTMLElement>();

/** Runs a `checkValidity` that asks and does no more: whoever is found at fault meanwhile shows the shopper nothing. */
export function askOnly(element: HTMLElement, check: () => boolean): boolean {
  asked.add(element);
  try {
    return check();
  } finally {
    asked.delete(element);
  }
}

/** Whether the element, or the form that it is of, is only being asked. */
export function isOnlyAsked(element: HTMLElement & {form: HTMLFormElement | null}): boolean {
  return asked.has(element) || (element.form !== null && asked.has(element.form));
}

/** Tells the browser the validity of an element, and its styles whether a problem is shown. */
export function tellValidity(
  internals: ElementInternals,
  standing: Standing & {anchor: HTMLElement | undefined},
  optional: boolean,
  texts: HostTexts,
): void {
  const {flags, message} = validityOf(standing, optional, texts);
  internals.setValidity(flags, message, standing.anchor);
  setCustomState(internals, 'user-invalid', internals.willValidate && showsProblem(standing, optional));
}

/** Sets or takes a custom state; where an engine has none, or only those named with dashes, nothing is styled by it. */
export function setCustomState(internals: ElementInternals, name: string, isSet: boolean): void {
  try {
    internals.states[isSet ? 'add' : 'delete'](name);
  } catch {
    // Chromium before 125, Firefox before 126, Safari before 17.4.
  }
}
