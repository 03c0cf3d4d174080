import type {FieldName} from '../widget/protocol/names.ts';

/** The few strings that the host shows by itself, where there is no frame to show them. */
export interface HostTexts {
  /** Title of the frame, said by screen readers on entering it. */
  title: string;
  fields: Record<FieldName, string>;
  /** Why the form cannot be sent yet; the browser shows it in a bubble. */
  loading: string;
  incomplete: (fields: string) => string;
  slow: string;
  /** The fields stand, and what was typed could not be sealed. */
  unsealed: string;
  failed: string;
  retry: string;
}

export const TEXTS: HostTexts = {
  title: 'Secure payment fields',
  fields: {cardNumber: 'card number', expiry: 'expiry date', securityCode: 'security code'},
  loading: 'The payment fields are still loading.',
  incomplete: (fields) => `Please check: ${fields}.`,
  slow: 'The payment fields are still loading…',
  unsealed: 'Your card could not be secured for sending. Nothing was sent; please try again.',
  failed: 'The payment fields could not be loaded. Check your connection, then try again.',
  retry: 'Try again',
};
