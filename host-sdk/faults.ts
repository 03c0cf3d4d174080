import {type ErrorCode, SealedFieldsError} from '../widget/protocol/errors.ts';
import {PROTOCOL} from '../widget/protocol/names.ts';

/** What can go wrong between a page and its frame, as errors that say what a developer can do. */

export function late(origin: string): SealedFieldsError {
  return new SealedFieldsError('frame-timeout', `The frame of ${origin} did not answer within 20 seconds.`, {
    hint: 'Is the widget host up, is data-merchant right, and is this page’s origin in the merchant record?',
  });
}

export function blocked(origin: string, directive: string): SealedFieldsError {
  return new SealedFieldsError(
    'frame-blocked',
    `This page’s Content-Security-Policy (${directive}) keeps the frame of ${origin} out.`,
    {hint: `Add ${origin} to the page’s frame-src.`},
  );
}

export function mismatched(protocol: number): SealedFieldsError {
  return new SealedFieldsError(
    'version-mismatch',
    `The frame speaks protocol ${protocol}, this page ${PROTOCOL}.`,
    {
      hint: 'Load the script from the widget host that serves the frame.',
    },
  );
}

export function lost(how: string): SealedFieldsError {
  return new SealedFieldsError('frame-lost', `The frame ${how}.`, {
    hint: 'Call retry(), or let the shopper press the button.',
  });
}

/** A fault inside the frame, which sends its code alone. The one set-up that the frame refuses is a clash of names. */
export function reported(code: ErrorCode): SealedFieldsError {
  if (code !== 'config-invalid') return new SealedFieldsError(code, `The frame reports ${code}.`);
  return new SealedFieldsError(
    code,
    'data-names: expected none of the names that the merchant record gives.',
    {
      hint: 'data-names gives one value the name that the record gives another: see its entry names.',
    },
  );
}
