import {type ErrorCode, SealedFieldsError} from '../widget/protocol/errors.ts';
import {PROTOCOL} from '../widget/protocol/names.ts';
import type {Reach} from './probe.ts';

/**
 * What can go wrong between a page and its frame, as errors that say what a developer can do. A page may have several
 * frames: each is named by its fields and its origin.
 */

function late(frame: string): SealedFieldsError {
  return new SealedFieldsError('frame-timeout', `The frame for ${frame} did not answer in time.`, {
    hint: 'Is the widget host up, is data-merchant right, and is this page’s origin in the merchant record?',
  });
}

function unreachable(frame: string): SealedFieldsError {
  return new SealedFieldsError(
    'frame-unreachable',
    `The widget host of the frame for ${frame} cannot be reached.`,
    {
      hint: 'The shopper may be offline, or an extension, a proxy or the widget host’s own trouble is in the way.',
    },
  );
}

function refused(frame: string): SealedFieldsError {
  return new SealedFieldsError(
    'frame-refused',
    `The widget host answers, but the frame for ${frame} did not open.`,
    {
      hint: 'Is this page’s origin in the merchant record, is data-merchant right, and does the host send its headers?',
    },
  );
}

/** Why a frame that loaded, or not, never spoke. */
export const SILENCE: Readonly<Record<Reach, (frame: string) => SealedFieldsError>> = {
  unknown: late,
  answers: refused,
  unreachable,
};

export function blocked(frame: string, origin: string): SealedFieldsError {
  return new SealedFieldsError(
    'frame-blocked',
    `This page’s Content-Security-Policy (frame-src) keeps the frame for ${frame} out.`,
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

/** A fault inside the frame, which sends its code alone. A set-up that it refuses is one that the record does not go with. */
export function reported(frame: string, code: ErrorCode): SealedFieldsError {
  if (code !== 'config-invalid')
    return new SealedFieldsError(code, `The frame for ${frame} reports ${code}.`);
  return new SealedFieldsError(
    code,
    'data-names or data-fields: expected what goes with the merchant record.',
    {
      hint: 'data-names may name the values of the record’s profile, none as the record names another; cardholderName needs the profile jwe.',
    },
  );
}

/** Whatever was thrown, as the one class that the public surface knows. */
export function asError(error: unknown): SealedFieldsError {
  if (error instanceof SealedFieldsError) return error;
  return new SealedFieldsError('aborted', 'The element stopped.', {cause: error});
}
