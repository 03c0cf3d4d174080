import type {ErrorCode, SealedFieldsError} from '../widget/protocol/errors.ts';
import type {FieldsState} from '../widget/protocol/messages.ts';

/** What a `sealed-warning` is about. docs/integration.md explains each code. */
export type WarningCode =
  | 'slow'
  | 'config-invalid'
  | 'theme-invalid'
  | 'script-repeated'
  | 'action-refused'
  | 'frame-removed'
  | 'focus-taken'
  | 'not-rendered'
  | 'no-form'
  | 'div-ignored';

/** The events that `<sealed-fields>` dispatches, with the type of their `detail`. All of them bubble. */
export interface SealedEvents {
  /**
   * The fields can be used. Dispatched again each time the frame is reopened.
   *
   * @example
   * element.addEventListener('sealed-ready', () => spinner.remove());
   */
  'sealed-ready': null;
  /**
   * The state of the fields has changed. The state contains no digits and no lengths.
   *
   * @example
   * element.addEventListener('sealed-change', ({detail}) => {
   *   payButton.classList.toggle('ready', detail.complete);
   * });
   */
  'sealed-change': FieldsState;
  /**
   * The user pressed Enter in a field. The form is then submitted, unless a listener calls `preventDefault()`.
   *
   * @example
   * element.addEventListener('sealed-submit', (event) => event.preventDefault());
   */
  'sealed-submit': null;
  /**
   * A problem that does not prevent a payment, such as an invalid theme. Dispatched on the document if it does not belong
   * to an element.
   *
   * @example
   * document.addEventListener('sealed-warning', ({detail}) => {
   *   console.warn(detail.code, detail.message);
   * });
   */
  'sealed-warning': {code: WarningCode; message: string};
  /**
   * The fields cannot be used, or a submission could not be sealed.
   *
   * @example
   * element.addEventListener('sealed-error', ({detail}) => {
   *   console.error(detail.code, detail.message, detail.hint);
   * });
   */
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

/** Errors that no developer can fix in the page: they are not logged. */
const RUNTIME_ERRORS: readonly ErrorCode[] = [
  'frame-unreachable',
  'frame-timeout',
  'frame-lost',
  'no-secure-random',
  'crypto-unavailable',
  'seal-failed',
  'aborted',
];

/** The messages on the console, each once. */
const logged = new Set<string>();

/** Dispatches `sealed-error`, and logs the error if it is a mistake in the set-up. */
export function reportError(target: EventTarget, error: SealedFieldsError): void {
  const {code, message, hint, docs} = error;
  if (!RUNTIME_ERRORS.includes(code)) log('error', `${code}: ${message} ${hint} ${docs}`);
  dispatch(target, 'sealed-error', error);
}

/**
 * Dispatches `sealed-warning`, and logs it unless it is about the network.
 *
 * @param docs the page that explains it.
 */
export function warn(target: EventTarget, code: WarningCode, message: string, docs = ''): void {
  if (code !== 'slow') log('warn', `${code}: ${message} ${docs}`);
  dispatch(target, 'sealed-warning', {code, message});
}

/** Logs a message for developers once. It contains no field value. */
function log(level: 'error' | 'warn', message: string): void {
  if (logged.has(message)) return;
  logged.add(message);
  console[level](`Sealed Fields: ${message}`.trim());
}

/** Returns a function that dispatches `sealed-warning` for each mistake in a theme that the previous call did not have. */
export function themeWarnings(element: HTMLElement): (mistakes: readonly string[]) => void {
  let reported: readonly string[] = [];
  return (mistakes) => {
    const added = mistakes.filter((message) => !reported.includes(message));
    reported = mistakes;
    for (const message of added) warn(element, 'theme-invalid', message);
  };
}
