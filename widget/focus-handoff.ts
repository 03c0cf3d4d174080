import type {PaymentForm} from './components/payment-form.ts';
import type {Focus} from './protocol/messages.ts';
import type {FieldName} from './protocol/names.ts';

/** How long, in ms, a `focus` request from the host stays valid after the frame loses focus. */
const VALID_AFTER_BLUR_MS = 500;

/**
 * Whether a `focus` request no longer counts when the frame gets the focus. All times in ms.
 *
 * A request may arrive before the focus that it belongs to, and even before the `blur` that precedes that focus. So it
 * outlives a blur for a short time only: later, the user has returned without the host.
 *
 * @param blurredAt when the frame last lost the focus; undefined if it has not, since it last had it.
 */
export function isExpired(requestedAt: number, blurredAt = Infinity, now: number): boolean {
  const expiresAt = blurredAt + VALID_AFTER_BLUR_MS;
  return requestedAt < expiresAt && expiresAt <= now;
}

/**
 * Moves the caret into a field when the focus comes from the host's page, by a label or an invalid submit.
 *
 * The browser itself moves it on Tab and on a click on an input, after the window's `focus` event; a click next to the
 * inputs moves it nowhere.
 *
 * @returns the handler of a `focus` request.
 */
export function handleFocus(view: PaymentForm): (request: Focus) => void {
  let requested: FieldName | undefined;
  let requestedAt = 0;
  let blurredAt: number | undefined;
  let isPointed = false; // the user has pressed a pointer in the frame since the last blur
  const focusRequested = () => {
    if (!isPointed && document.activeElement === document.body) view.focusField(requested);
  };
  window.addEventListener('pointerdown', () => (isPointed = true), true);
  window.addEventListener('blur', () => {
    isPointed = false;
    blurredAt = performance.now();
  });
  window.addEventListener('focus', () => {
    if (isExpired(requestedAt, blurredAt, performance.now())) requested = undefined;
    blurredAt = undefined;
    setTimeout(() => {
      if (document.hasFocus()) focusRequested();
    });
  });
  // In WebKit, a script cannot move the caret into a frame that the user has not touched: the first key does it there.
  window.addEventListener('keydown', ({key}) => {
    if (key.length === 1) focusRequested();
  });
  return ({field}) => {
    requested = field;
    requestedAt = performance.now();
    view.focusField(field);
  };
}
