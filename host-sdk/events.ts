import type {SealedFieldsError} from '../widget/protocol/errors.ts';
import type {FieldsState} from '../widget/protocol/messages.ts';

/** What an element tells the page, by event; all of them bubble. */
export interface SealedEvents {
  /** The fields can be used; again after each return of the frame. */
  'sealed-ready': null;
  /** The fields are in another state; no digits, no lengths. */
  'sealed-change': FieldsState;
  /** Enter was pressed in a field; the form is submitted unless this is prevented. */
  'sealed-submit': null;
  /** Something is worth knowing and stops nothing; on the document where no element is concerned. */
  'sealed-warning': {code: string; message: string};
  /** The fields cannot be used, or a submission could not be sealed. */
  'sealed-error': SealedFieldsError;
}

/** @returns false if the page prevented what would have followed. */
export function tell<E extends keyof SealedEvents>(
  target: EventTarget,
  type: E,
  detail: SealedEvents[E],
): boolean {
  return target.dispatchEvent(
    new CustomEvent(type, {bubbles: true, cancelable: type === 'sealed-submit', detail}),
  );
}

/** Tells of the mistakes in an element's looks, of each once for as long as it stands. */
export function mistakesIn(element: HTMLElement): (mistakes: readonly string[]) => void {
  let told: readonly string[] = [];
  return (mistakes) => {
    const news = mistakes.filter((message) => !told.includes(message));
    told = mistakes;
    for (const message of news) tell(element, 'sealed-warning', {code: 'theme-invalid', message});
  };
}

declare global {
  /** Elements, the document and the window hear them. */
  interface GlobalEventHandlersEventMap {
    'sealed-ready': CustomEvent<SealedEvents['sealed-ready']>;
    'sealed-change': CustomEvent<SealedEvents['sealed-change']>;
    'sealed-submit': CustomEvent<SealedEvents['sealed-submit']>;
    'sealed-warning': CustomEvent<SealedEvents['sealed-warning']>;
    'sealed-error': CustomEvent<SealedEvents['sealed-error']>;
  }
}
