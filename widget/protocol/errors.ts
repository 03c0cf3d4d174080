/** Every way in which the product can fail. A code is API; docs/errors.md explains each under its name. */
export const ERROR_CODES = [
  'config-invalid',
  'frame-blocked',
  'frame-unreachable',
  'frame-refused',
  'frame-timeout',
  'frame-lost',
  'frame-replaced',
  'action-refused',
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
/** One of {@link ERROR_CODES}. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * A failure of the set-up, the network or the browser; what a shopper enters is never one. No message contains a field
 * value or key material.
 */
export class SealedFieldsError extends Error {
  /** The origin that serves the documentation. */
  static #widgetHost = '';

  override readonly name = 'SealedFieldsError';
  readonly code: ErrorCode;
  /** What a developer can do about it; may be empty. */
  readonly hint: string;
  /** The address of docs/errors.md at the widget host, with the code; empty if the page has named no widget host. */
  readonly docs: string;

  /** Sets the origin that `docs` of all later errors links to. */
  static setWidgetHost(origin: string): void {
    SealedFieldsError.#widgetHost = origin;
  }

  constructor(
    code: ErrorCode,
    message: string,
    {hint = '', ...options}: ErrorOptions & {hint?: string} = {},
  ) {
    super(message, options);
    this.code = code;
    this.hint = hint;
    const origin = SealedFieldsError.#widgetHost;
    this.docs = origin && `${origin}/v1/errors/#${code}`;
  }
}
