/**
 * The errors of a request, by key. Numbers and texts are PayTrace's own, from its recorded responses. Where
 * no public source shows PayTrace's number, the key is a word of this sandbox. No text repeats request data.
 */
export const ERRORS = {
  30: 'Customer ID was not found or is incomplete.',
  35: 'Please provide a valid Credit Card Number.',
  43: 'Please provide a valid Expiration Month.',
  44: 'Please provide a valid Expiration Year.',
  45: 'Please provide a valid Checking Account Number.',
  46: 'Please provide a valid Transit Routing Number.',
  51: 'Please provide a valid Amount.',
  58: 'Please provide a valid Transaction ID.',
  80: 'The Check ID that you provided was not found in the PayTrace record.',
  171: 'Please provide a unique customer ID.',
  811: 'The Transaction ID that you provided was not found.',
  816: 'The Transaction ID that you provided could not be captured. Only uncaptured, approved authorizations can be captured.',
  817: 'The Transaction ID that you provided could not be refunded. Only settled transactions can be refunded.  Please try to void the transaction instead.',
  818: 'The Transaction ID that you provided could not be voided. Only transactions that are pending settlement can be voided.',
  billing_address: 'Please provide a valid Billing Address.',
  csc: 'Please provide a valid CSC.',
  integrator_id: 'Please provide a valid Integrator ID.',
  line_items: 'Please provide valid Line Items.',
  merchant_id: 'Please provide a valid Merchant ID.',
  std_entry_class: 'Please provide a valid Standard Entry Class.',
  request: 'Please provide a valid request body.',
  content_type: 'Please send the content type that this endpoint accepts.',
  method: 'Please use POST.',
  size: 'Please send at most 64 kB.',
  path: 'There is no endpoint at this path.',
  host: 'Please use a host name of this server, such as localhost.',
  fault: 'The sandbox failed. Please try again.',
} as const;
export type ErrorKey = keyof typeof ERRORS;

/** The response body for a rejected request. It contains no request data. */
export function refusal(keys: readonly ErrorKey[]) {
  return {
    success: false,
    response_code: 1,
    status_message: 'One or more errors has occurred.',
    errors: Object.fromEntries(keys.map((key) => [key, [ERRORS[key]]])),
  };
}

/** What the responses to an approved and a declined card sale have in common. */
export interface Outcome {
  transactionId: number;
  /** From {@link mask}. */
  masked: string;
  /** Empty if the request had no code. */
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

/** Reasons to decline, with the wording and the leading spaces of PayTrace's recorded responses. */
export const DECLINES = {
  doNotHonor: '    DECLINE - Do not honor',
  expired: '  EXPIRED CARD - Expired card',
} as const;

export type Decline = keyof typeof DECLINES;

export function decline(outcome: Outcome, reason: Decline) {
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

/** The address never matches: the sandbox has no cardholder's address to compare it with. */
function cardFacts({masked, cscResponse}: Outcome) {
  return {
    avs_response: 'No Match',
    csc_response: cscResponse,
    external_transaction_id: '',
    masked_card_number: masked,
  };
}

/** The number with an `x` for each digit but the last four, or the last half if that is fewer. */
export function mask(number: string): string {
  const shown = Math.min(4, Math.floor(number.length / 2));
  return number.slice(-shown).padStart(number.length, 'x');
}

export function captured(transactionId: number) {
  return {
    ...done(112, 'Your transaction was successfully captured.'),
    transaction_id: transactionId,
    external_transaction_id: '',
  };
}

/** @param transactionId of the refund, not of the sale. */
export function refunded(transactionId: number, masked: string) {
  return {
    ...done(106, 'Your transaction was successfully refunded.'),
    transaction_id: transactionId,
    external_transaction_id: '',
    masked_card_number: masked,
  };
}

export function voided(transactionId: number) {
  return {...done(109, 'Your transaction was successfully voided.'), transaction_id: transactionId};
}

/** No public source shows this response: its members are those of the older API, its code is ours. */
export function settled(batch: {number: number; count: number; netCents: number}) {
  return {
    ...done(115, 'Your batch was successfully settled.'),
    batch_number: batch.number,
    transaction_count: batch.count,
    net_amount: decimal(batch.netCents),
  };
}

/** The response to a debit. The last two members, from a recorded decline, give no reason. */
export function checkAnswer(checkTransactionId: number, isDeclined: boolean) {
  const id = {check_transaction_id: checkTransactionId};
  if (!isDeclined) return {...done(120, 'Your check was successfully processed.'), ...id};
  const status_message = 'Your check was NOT successfully processed.';
  return {success: false, response_code: 125, status_message, ...id, ach_code: 0, ach_message: ''};
}

export function checkManaged(checkTransactionId: number) {
  return {...done(124, 'Your check was successfully managed.'), check_transaction_id: checkTransactionId};
}

/** @param checkTransactionId of the refund, not of the sale. */
export function checkRefunded(checkTransactionId: number) {
  return {...done(122, 'Your check was successfully refunded.'), check_transaction_id: checkTransactionId};
}

interface Named {
  id: string;
  name: string;
}

/** @param masked undefined for a customer who pays by check. */
export function customerCreated({id, name}: Named, masked: string | undefined) {
  return {
    ...done(160, `The customer profile for ${id}/${name} was successfully created.`),
    customer_id: id,
    ...(masked !== undefined && {masked_card_number: masked}),
  };
}

export function customerDeleted({id, name}: Named) {
  return {...done(162, `The customer profile for ${id}/${name} was successfully deleted.`), customer_id: id};
}

export function levelThreeAdded(transactionId: number, lineItems: number) {
  return done(
    170,
    `Visa/MasterCard enhanced data was successfully added to Transaction ID ${transactionId}. ${lineItems} line item records were created.`,
  );
}

function done(code: number, message: string) {
  return {success: true, response_code: code, status_message: message};
}

/** Dollars with two decimals, such as `42.00`. */
export function decimal(cents: number): string {
  return (cents / 100).toFixed(2);
}

/**
 * The response in the format of version 3. No public source shows a complete one: integrations read `status`,
 * and the code and the transaction's id in `data`. The members of version 1 are included as well.
 */
export function inVersion3<Answer extends {success: boolean}>(answer: Answer) {
  return {...answer, status: answer.success ? 'success' : 'failure', data: answer};
}
