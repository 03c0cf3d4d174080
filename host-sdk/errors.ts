import {type ErrorCode, SealedFieldsError} from '../widget/protocol/errors.ts';
import {PROTOCOL} from '../widget/protocol/names.ts';

/**
 * The errors of a page and its frames. A page may have several frames, so each error names its frame by the fields and
 * the origin, such as `cardNumber, expiry of https://pay.example`.
 */

/** Whether a widget host that did not deliver a working frame answers a request at all. */
export type Reachability = 'unknown' | 'answers' | 'unreachable';

/** The frame did not complete the handshake. */
export function notConnected(frame: string, reachability: Reachability): SealedFieldsError {
  const [code, message, hint] = NOT_CONNECTED[reachability];
  return new SealedFieldsError(code, message(frame), {hint});
}

const NOT_CONNECTED: Readonly<
  Record<Reachability, readonly [ErrorCode, message: (frame: string) => string, hint: string]>
> = {
  unknown: [
    'frame-timeout',
    (frame) => `The frame for ${frame} did not answer in time.`,
    'Check that the widget host is up, and that the merchant record lists the origin of this page.',
  ],
  answers: [
    'frame-refused',
    (frame) => `The widget host answered, but the frame for ${frame} did not load.`,
    'Check data-merchant, and that the merchant record lists the origin of this page.',
  ],
  unreachable: [
    'frame-unreachable',
    (frame) => `The widget host of the frame for ${frame} does not answer.`,
    'The shopper may be offline, or an extension may block the widget host, or it may be down.',
  ],
};

export function blockedByPolicy(frame: string, origin: string): SealedFieldsError {
  return new SealedFieldsError(
    'frame-blocked',
    `The Content-Security-Policy of this page blocks the frame for ${frame}.`,
    {hint: `Add ${origin} to its frame-src.`},
  );
}

export function versionMismatch(frame: string, protocol: number): SealedFieldsError {
  return new SealedFieldsError(
    'version-mismatch',
    `The frame for ${frame} uses protocol ${protocol}, the script of this page ${PROTOCOL}.`,
    {hint: 'Load the script from the widget host.'},
  );
}

/** @param how completes the sentence "The frame …", such as `was unloaded`. */
export function frameLost(frame: string, how: string): SealedFieldsError {
  return new SealedFieldsError('frame-lost', `The frame for ${frame} ${how}.`, {
    hint: 'Call retry(), or let the shopper press the button.',
  });
}

export function frameReplaced(frame: string): SealedFieldsError {
  return new SealedFieldsError(
    'frame-replaced',
    `A script of this page removed the frame for ${frame} or changed its address.`,
    {hint: 'Let no script change the children of <sealed-fields>, then call retry().'},
  );
}

/** The form would be sent to an origin that neither the page nor its script allows. */
export function actionRefused(frame: string): SealedFieldsError {
  return new SealedFieldsError('action-refused', `The form around ${frame} is sent to another origin.`, {
    hint: 'List that origin in data-action-origins of the <script>, or in define().',
  });
}

/** The frames of one form were opened before and after a key rotation. They reopen, and the shopper enters the values again. */
export function differentKeys(): SealedFieldsError {
  return new SealedFieldsError('seal-failed', 'The frames of this form seal with different keys.', {
    hint: 'The merchant record was published while the page was open. The frames were reopened.',
  });
}

/** An error that the frame reports by its code alone. `config-invalid` means that the set-up contradicts the merchant record. */
export function reportedByFrame(frame: string, code: ErrorCode): SealedFieldsError {
  if (code !== 'config-invalid')
    return new SealedFieldsError(code, `The frame for ${frame} reports ${code}.`);
  return new SealedFieldsError(code, 'data-names or data-fields does not match the merchant record.', {
    hint: 'data-names renames values of the record’s profile, each to a different name. cardholderName needs the profile jwe.',
  });
}

/** Any thrown value as the one error class of the public API. */
export function asError(error: unknown): SealedFieldsError {
  if (error instanceof SealedFieldsError) return error;
  return new SealedFieldsError('aborted', 'The element stopped.', {cause: error});
}
