import type {CardSide} from '../fields/security-code.ts';
import type {AccountType, FieldName, Problem} from '../protocol/names.ts';

/** Every text of the frame. English is the source; each other language must satisfy this type. */
export interface Texts {
  /** The accessible name of the frame: its purpose, and the labels of its fields, which distinguish it from other frames. */
  title: (labels: readonly string[]) => string;
  labels: Record<FieldName, string>;
  placeholders: Record<
    Exclude<FieldName, 'accountNumberConfirmation' | 'accountType' | 'cardholderName'>,
    string
  >;
  /** Placeholder of a four-digit security code, as American Express prints it. */
  fourDigits: string;
  /** Where the card has its security code, as the icon shows it. */
  securityCodePlaces: Record<CardSide, string>;
  problems: {[F in Exclude<FieldName, 'accountType'>]: Record<Problem<F>, string>};
  accountTypes: Record<AccountType, string>;
  /** The button of a value that is masked while its field has no focus. */
  show: string;
  hide: string;
  /** Announced when a submit attempt finds invalid fields; 1 to 7. */
  problemCount: (count: number) => string;
  /** Shown and announced when sealing has failed. */
  sealFailed: string;
  /** Shown and announced when another frame of the page keeps taking the focus while the user types. */
  focusTaken: string;
}

/** The English texts, the source of all translations. */
export const en: Texts = {
  title: (labels) => `Secure payment: ${labels.join(', ')}`,
  labels: {
    cardNumber: 'Card number',
    expiry: 'Expiry date',
    securityCode: 'Security code',
    routingNumber: 'Routing number',
    accountNumber: 'Account number',
    accountNumberConfirmation: 'Confirm account number',
    accountType: 'Account type',
    cardholderName: 'Name on card',
  },
  placeholders: {
    cardNumber: '1234 1234 1234 1234',
    expiry: 'MM / YY',
    securityCode: '3 digits',
    routingNumber: '9 digits',
    accountNumber: '4 to 17 digits',
  },
  fourDigits: '4 digits',
  securityCodePlaces: {
    back: 'On the back of the card, at the end of the signature strip.',
    front: 'On the front of the card, above the number.',
  },
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
    routingNumber: {
      required: 'Enter your routing number.',
      incomplete: 'This is too short: a routing number has 9 digits.',
      'too-long': 'This is too long: a routing number has 9 digits.',
      'unknown-prefix': 'No routing number begins with these digits.',
      invalid: 'Check the digits of this routing number.',
    },
    accountNumber: {
      required: 'Enter your account number.',
      incomplete: 'This account number is too short.',
      'too-long': 'This account number is too long.',
    },
    accountNumberConfirmation: {
      required: 'Enter the account number again.',
      incomplete: 'Some digits are missing at the end.',
      mismatch: 'The account numbers do not match.',
    },
    cardholderName: {
      required: 'Enter the name on the card.',
      invalid: 'Enter the name as it appears on the card.',
      'too-long': 'This name is too long.',
    },
  },
  accountTypes: {checking: 'Checking', savings: 'Savings'},
  show: 'Show',
  hide: 'Hide',
  problemCount: (count) =>
    count === 1 ? '1 field needs your attention.' : `${count} fields need your attention.`,
  sealFailed: 'Your details could not be secured for sending. Nothing was sent; please try again.',
  focusTaken:
    'Some of what you typed may have gone to another part of this page. Check your details before you pay.',
};

/** The text of a problem; empty without a problem. */
export function problemText(texts: Texts, field: FieldName, problem: Problem | undefined): string {
  const problems: Partial<Record<FieldName, Partial<Record<Problem, string>>>> = texts.problems;
  return (problem && problems[field]?.[problem]) ?? '';
}
