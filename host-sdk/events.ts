import type {SealedFieldsError} from '../widget/protocol/errors.ts';
import type {FieldsState} from '../widget/protocol/messages.ts';

/** The events that an element dispatches, with their `detail`. All of them bubble. */
export interface SealedEvents {
  /** The fields can be used. Dispatched again after each reopening of the frame. */
  'sealed-ready': null;
  /** The state of the fields has changed. It contains no digits and no lengths. */
  'sealed-change': FieldsState;
  /** Enter was pressed in a field. The form is submitted unless this event is prevented. */
  'sealed-submit': null;
  /** A problem that stops nothing. Dispatched on the document if it concerns no element. */
  'sealed-warning': {code: string; message: string};
  /** The fields cannot be used, or a submission could not be sealed. */
  'sealed-error': SealedFieldsError;
}

/** Dispatches one of the {@link SealedEvents}. @returns false if the page prevented its default action. */
export function dispatch<E extends keyof SealedEvents>(
  target: EventTarget,
  type: E,
  detail: SealedEvents[E],
): boolean {
  return target.dispatchEvent(
    new CustomEvent(type, {bubbles: true, cancelable: type === 'sealed-submit', detail}),
  );
}

/** Returns a function that warns of the mistakes in an element's theme, of each once until it is corrected. */
export function themeWarnings(element: HTMLElement): (mistakes: readonly string[]) => void {
  let reported: readonly string[] = [];
  return (mistakes) => {
    const added = mistakes.filter((message) => !reported.includes(message));
    reported = mistakes;
    for (const message of added) dispatch(element, 'sealed-warning', {code: 'theme-invalid', message});
  };
}
