/**
 * What can be wrong with a request. Numbers and their texts are PayTrace's own; where no public source shows
 * PayTrace's number, the key is a word of this sandbox.
 */
export const ERRORS = {
  35: 'Please provide a valid Credit Card Number.',
  43: 'Please provide a valid Expiration Month.',
  44: 'Please provide a valid Expiration Year.',
  45: 'Please provide a valid Checking Account Number.',
  46: 'Please provide a valid Transit Routing Number.',
  amount: 'Please provide a valid Amount.',
  billing_address: 'Please provide a valid Billing Address.',
  csc: 'Please provide a valid CSC.',
  customer_id: 'Please provide a valid Customer ID.',
  integrator_id: 'Please provide a valid Integrator ID.',
  request: 'Please provide a valid request body.',
  content_type: 'Please send the content type that this address takes.',
  size: 'Please send at most 64 kB.',
  path: 'There is nothing at this address.',
  fault: 'The sandbox failed. Please try again.',
} as const;
export type ErrorKey = keyof typeof ERRORS;

/** The body of every answer to a request that was not carried out; nothing of the request stands in it. */
export function refusal(keys: readonly ErrorKey[]) {
  return {
    success: false,
    response_code: 1,
    status_message: 'One or more errors has occurred.',
    errors: Object.fromEntries(keys.map((key) => [key, [ERRORS[key]]])),
  };
}

/** What an approved and a declined card sale tell alike. */
export interface Outcome {
  transactionId: number;
  cardNumber: string;
  /** Empty when the request had no code. */
  cscResponse: '' | 'Match' | 'No Match';
}

export function approval(outcome: Outcome) {
  return {
    success: true,
    response_code: 101,
    status_message: 'Your transaction was successfully approved.',
    transaction_id: outcome.transactionId,
    approval_code: `TAS${String(outcome.transactionId % 1000).padStart(3, '0')}`,
    approval_message: '  NO  MATCH - Approved and completed',
    ...cardFacts(outcome),
  };
}

/** Why an issuer says no, in the wording and the columns of PayTrace's recorded answers. */
export const DECLINES = {
  doNotHonor: '    DECLINE - Do not honor',
  expired: '  EXPIRED CARD - Expired card',
} as const;

export function decline(outcome: Outcome, reason: keyof typeof DECLINES) {
  return {
    success: false,
    response_code: 102,
    status_message: 'Your transaction was not approved.',
    transaction_id: outcome.transactionId,
    approval_code: '',
    approval_message: DECLINES[reason],
    ...cardFacts(outcome),
  };
}

/** The address never matches: the sandbox has no cardholder's address to hold it against. */
function cardFacts({cardNumber, cscResponse}: Outcome) {
  return {
    avs_response: 'No Match',
    csc_response: cscResponse,
    external_transaction_id: '',
    masked_card_number: cardNumber.slice(-4).padStart(cardNumber.length, 'x'),
  };
}

/** Whether a bank account was debited; PayTrace gives no reason when it was not. */
export function checkAnswer(checkTransactionId: number, declined: boolean) {
  return {
    success: !declined,
    response_code: declined ? 125 : 120,
    status_message: declined
      ? 'Your check was NOT successfully processed.'
      : 'Your check was successfully processed.',
    check_transaction_id: checkTransactionId,
  };
}
