import type {FieldName, Problem} from '../protocol/names.ts';

/** Every text of the frame. English is the source; each other language must satisfy this type. */
export interface Texts {
  labels: Record<FieldName, string>;
  placeholders: Record<FieldName, string>;
  /** Placeholder of a four-digit security code, as American Express prints it. */
  fourDigits: string;
  problems: {[F in FieldName]: Record<Problem<F>, string>};
  /** Said once, when a try to submit found several fields at fault. */
  faults: (count: number) => string;
  /** What was typed could not be sealed. */
  unsealed: string;
}

export const en: Texts = {
  labels: {
    cardNumber: 'Card number',
    expiry: 'Expiry date',
    securityCode: 'Security code',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / YY',
    securityCode: '3 digits',
  },
  fourDigits: '4 digits',
  problems: {
    cardNumber: {
      required: 'Enter your card number.',
      incomplete: 'This card number is too short.',
      invalid: 'Check the digits of this card number.',
      'brand-refused': 'This card is not accepted here. Use another one.',
    },
    expiry: {
      required: 'Enter the expiry date.',
      incomplete: 'Enter it as MM / YY.',
      invalid: 'Enter a month from 01 to 12.',
      past: 'This card has expired.',
      'too-far': 'Check the year: it is too far ahead.',
    },
    securityCode: {
      required: 'Enter the security code.',
      incomplete: 'This security code is too short.',
      invalid: 'This security code is too long.',
    },
  },
  faults: (count) => `${count} fields need your attention.`,
  unsealed: 'Your details could not be secured for sending. Nothing was sent; please try again.',
};
