import type {PaymentForm} from './components/payment-form.ts';
import type {Focus} from './protocol/messages.ts';
import type {FieldName} from './protocol/names.ts';

/** How long a `focus` request from the host stays valid after the frame loses the focus. */
const VALID_AFTER_BLUR_MS = 500;

/**
 * Whether a `focus` request has expired when the frame gets the focus. All times in ms.
 *
 * A request may arrive before the `focus` event that it belongs to, and even before the `blur` event before that. So it
 * stays valid for a short time after a blur. If the frame gets the focus later, the user has moved it there.
 *
 * @param blurredAt time of the last `blur` event; undefined if there was none since the last `focus` event.
 */
export function isExpired(requestedAt: number, blurredAt = Infinity, now: number): boolean {
  const expiresAt = blurredAt + VALID_AFTER_BLUR_MS;
  return requestedAt < expiresAt && expiresAt <= now;
}

/**
 * Moves the caret into a field when the host's page moves the focus into the frame, because of a label or an invalid
 * submit.
 *
 * On Tab and on a click on an input, the browser moves the caret itself, after the window's `focus` event. On a click next
 * to the inputs, the caret does not move.
 *
 * @returns the handler for `focus` requests.
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
  // WebKit lets no script move the caret into a frame that the user has not touched. There, the first key moves it.
  window.addEventListener('keydown', ({key}) => {
    if (key.length === 1) focusRequested();
  });
  return ({field}) => {
    requested = field;
    requestedAt = performance.now();
    view.focusField(field);
  };
}
