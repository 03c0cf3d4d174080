/** Every way in which the product can fail; a code is API and is explained in docs/errors.md under its name. */
export const ERROR_CODES = [
  'config-invalid',
  'frame-blocked',
  'frame-unreachable',
  'frame-refused',
  'frame-timeout',
  'frame-lost',
  'frame-replaced',
  'origin-refused',
  'version-mismatch',
  'key-invalid',
  'key-expired',
  'private-key-supplied',
  'no-secure-random',
  'crypto-unavailable',
  'insecure-context',
  'seal-failed',
  'aborted',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * A fault of the set-up, the network or the browser; what a shopper types is never one. No message holds
 * anything that was typed, nor key material.
 */
export class SealedFieldsError extends Error {
  override readonly name = 'SealedFieldsError';
  readonly code: ErrorCode;
  /** What a developer can do about it. */
  readonly hint: string;
  /** The paragraph of the documentation, relative to the package. */
  readonly docs: string;

  constructor(
    code: ErrorCode,
    message: string,
    {hint = '', ...options}: ErrorOptions & {hint?: string} = {},
  ) {
    super(message, options);
    this.code = code;
    this.hint = hint;
    this.docs = `docs/errors.md#${code}`;
  }
}
