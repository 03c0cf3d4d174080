import type {FieldName} from './protocol/names.ts';

/** How long after the last input the user counts as typing, in ms. */
const TYPING_MS = 2000;

/** The same on a device with a touch screen. A tap into another frame, of which the page sees nothing, is later than that. */
const TYPING_BY_TOUCH_MS = 300;

/** What {@link watchTyping} returns. */
export interface TypingWatch {
  /** The user has finished: what takes the focus next is probably part of the payment. */
  end: () => void;
}

/**
 * Reports that the window has lost the focus while the user was typing. It has not if the last key did not enter or delete a
 * character: Tab, Enter and the keys of the system may move the focus.
 *
 * @param onInterrupted called with the field that had the focus.
 */
export function watchTyping(onInterrupted: (field: FieldName) => void): TypingWatch {
  const limit = matchMedia('(any-pointer: coarse)').matches ? TYPING_BY_TOUCH_MS : TYPING_MS;
  let typed: {field: FieldName; at: number} | undefined;
  const end = () => {
    typed = undefined;
  };
  window.addEventListener('keydown', end, true);
  window.addEventListener('input', ({target}) => {
    if (target instanceof HTMLInputElement) typed = {field: target.id as FieldName, at: performance.now()};
  });
  window.addEventListener('blur', () => {
    if (typed !== undefined && performance.now() - typed.at < limit) onInterrupted(typed.field);
  });
  return {end};
}
