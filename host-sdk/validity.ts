import type {FieldsState} from '../widget/protocol/frame-events.ts';
import {FIELD_NAMES} from '../widget/protocol/names.ts';
import {TEXTS} from './texts.ts';

/** What the browser is told of an element: no flags when the form may be sent. */
export interface Validity {
  flags: ValidityStateFlags;
  message: string;
}

const VALID: Validity = {flags: {}, message: ''};

/** Nothing of a card was typed, and the page does not ask for one. */
export function maySkip({fields}: FieldsState, optional: boolean): boolean {
  return optional && Object.values(fields).every(({status}) => status === 'empty');
}

/** The validity of fields that stand, as an `<input required>` would have it. */
export function validityOf(state: FieldsState, optional: boolean): Validity {
  if (state.complete || maySkip(state, optional)) return VALID;
  const faults = FIELD_NAMES.filter((name) => (state.fields[name]?.status ?? 'valid') !== 'valid');
  const missing = faults.some((name) => state.fields[name]?.status === 'empty');
  return {
    flags: missing ? {valueMissing: true} : {badInput: true},
    message: TEXTS.incomplete(faults.map((name) => TEXTS.fields[name]).join(', ')),
  };
}

/** The validity of an element whose fields do not stand yet, or could not be loaded. */
export function validityWithout(status: 'loading' | 'failed', optional: boolean): Validity {
  // A card that is not asked for must not keep the shopper from paying otherwise.
  if (status === 'failed' && optional) return VALID;
  return {flags: {customError: true}, message: TEXTS[status]};
}
