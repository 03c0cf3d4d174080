import type {FieldsState} from '../../widget/protocol/messages.ts';
import type {HostTexts} from '../texts.ts';

/** Arguments of `ElementInternals.setValidity`. Without flags, the element is valid. */
export interface Validity {
  flags: ValidityStateFlags;
  message: string;
}

/** What an element knows about its fields. */
export interface FieldsStatus {
  status: 'loading' | 'ready' | 'failed';
  state: FieldsState;
  /** The fields have failed with values in them. */
  hasLostValues?: boolean;
}

const VALID: Validity = {flags: {}, message: ''};

/**
 * Whether a submission can omit the fields: optional and empty. Not while they load, since they may have been filled before,
 * and not if they have failed with values in them: the user believes that these are sent.
 */
export function isSkipped({status, state, hasLostValues}: FieldsStatus, isOptional: boolean): boolean {
  return isOptional && status !== 'loading' && state.empty && !hasLostValues;
}

/** The validity that an `<input required>` would have. Fields that are loading or have failed are invalid. */
export function validityOf(fields: FieldsStatus, isOptional: boolean, texts: HostTexts): Validity {
  const {status, state} = fields;
  // Applies to failed fields, too: an optional card must not block other ways to pay.
  if (isSkipped(fields, isOptional)) return VALID;
  if (status !== 'ready') return {flags: {customError: true}, message: texts[status]};
  if (state.complete) return VALID;
  const isMissing = Object.values(state.fields).some((field) => field.status === 'empty');
  // The state has no message until the frame knows that the fields are no longer optional.
  return {
    flags: isMissing ? {valueMissing: true} : {badInput: true},
    message: state.message ?? texts.loading,
  };
}

/** Whether the fields show a problem. Page styles can match it by `:state(user-invalid)`. */
export function showsProblem(fields: FieldsStatus, isOptional: boolean): boolean {
  const {status, state} = fields;
  if (status !== 'ready' || isSkipped(fields, isOptional)) return false;
  return Object.values(state.fields).some((field) => field.visited && field.status !== 'valid');
}

/** Elements and forms whose `checkValidity` is running. */
const checked = new WeakSet<HTMLElement>();

/** Runs `check`, a `checkValidity`. Its `invalid` events must not show problems to the user: {@link isCheckedSilently}. */
export function checkSilently(element: HTMLElement, check: () => boolean): boolean {
  checked.add(element);
  try {
    return check();
  } finally {
    checked.delete(element);
  }
}

/** Whether an `invalid` event of the element is caused by `checkValidity` of the element or its form. */
export function isCheckedSilently(element: HTMLElement & {form: HTMLFormElement | null}): boolean {
  return checked.has(element) || (element.form !== null && checked.has(element.form));
}

/** Sets the validity of an element, and its `:state(user-invalid)`. */
export function applyValidity(
  internals: ElementInternals,
  fields: FieldsStatus & {anchor: HTMLElement | undefined},
  isOptional: boolean,
  texts: HostTexts,
  customMessage: string,
): void {
  const own = validityOf(fields, isOptional, texts);
  const flags = customMessage === '' ? own.flags : {...own.flags, customError: true};
  internals.setValidity(flags, own.message || customMessage, fields.anchor);
  setCustomState(internals, 'user-invalid', internals.willValidate && showsProblem(fields, isOptional));
}

/** Sets or clears a custom state. Does nothing in engines that require dashes in its name. */
export function setCustomState(internals: ElementInternals, name: string, isSet: boolean): void {
  try {
    internals.states[isSet ? 'add' : 'delete'](name);
  } catch {
    // Chromium before 125, Firefox before 126, Safari before 17.4.
  }
}
