import {type ErrorCode, SealedFieldsError} from '../widget/protocol/errors.ts';
import {PROTOCOL} from '../widget/protocol/names.ts';

/**
 * What can go wrong between a page and its frame, as errors that say what a developer can do. A page may have several
 * frames: each is named by its fields and its origin.
 */

export function late(frame: string): SealedFieldsError {
  return new SealedFieldsError('frame-timeout', `The frame for ${frame} did not answer within 20 seconds.`, {
    hint: 'Is the widget host up, is data-merchant right, and is this page’s origin in the merchant record?',
  });
}

export function blocked(frame: string, origin: string, directive: string): SealedFieldsError {
  return new SealedFieldsError(
    'frame-blocked',
    `This page’s Content-Security-Policy (${directive}) keeps the frame for ${frame} out.`,
    {hint: `Add ${origin} to the page’s frame-src.`},
  );
}

export function mismatched(frame: string, protocol: number): SealedFieldsError {
  return new SealedFieldsError(
    'version-mismatch',
    `The frame for ${frame} speaks protocol ${protocol}, this page ${PROTOCOL}.`,
    {
      hint: 'Load the script from the widget host that serves the frame.',
    },
  );
}

export function lost(frame: string, how: string): SealedFieldsError {
  return new SealedFieldsError('frame-lost', `The frame for ${frame} ${how}.`, {
    hint: 'Call retry(), or let the shopper press the button.',
  });
}

export function replaced(frame: string): SealedFieldsError {
  return new SealedFieldsError(
    'frame-replaced',
    `A script of this page removed the frame for ${frame}, or led it elsewhere.`,
    {hint: 'Keep scripts that rewrite the page away from <sealed-fields>; then call retry().'},
  );
}

/** The shopper has to type anew: what was typed is in frames that seal for different keys. */
export function mixed(): SealedFieldsError {
  return new SealedFieldsError('seal-failed', 'The frames of this form seal with different keys.', {
    hint: 'The record was published anew while the page was open; the frames have been opened anew.',
  });
}

/** A fault inside the frame, which sends its code alone. The one set-up that the frame refuses is a clash of names. */
export function reported(frame: string, code: ErrorCode): SealedFieldsError {
  if (code !== 'config-invalid')
    return new SealedFieldsError(code, `The frame for ${frame} reports ${code}.`);
  return new SealedFieldsError(
    code,
    'data-names: expected none of the names that the merchant record gives.',
    {
      hint: 'data-names gives one value the name that the record gives another: see its entry names.',
    },
  );
}
