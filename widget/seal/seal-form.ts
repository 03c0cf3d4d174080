import {nameOf} from '../fields/cardholder-name.ts';
import {expiryOf} from '../fields/expiry.ts';
import {digitsOf} from '../fields/field.ts';
import type {FormController} from '../form/controller.ts';
import {attempt, canReveal, findFaults, type FormState, markFailed, markSealed} from '../form/state.ts';
import {keyForShopper, type MerchantRecord} from '../merchant-record.ts';
import type {Envelope} from '../protocol/envelope.ts';
import {type ErrorCode, SealedFieldsError} from '../protocol/errors.ts';
import type {FieldFault} from '../protocol/messages.ts';
import {ACCOUNT_TYPES, type FieldName} from '../protocol/names.ts';
import type {EncryptionCode} from './load-crypto.ts';
import {randomBytes} from './random.ts';
import type {SealableValues, Submission} from './seal.ts';

/** How a seal of the form ended: with an envelope, with invalid fields, or with a failure. */
export type FormSealResult = {envelope: Envelope} | {fields: FieldFault[]} | {code: ErrorCode};

/**
 * Seals the current values of the form in one pass, unless a field is invalid. Never rejects.
 *
 * Sets the outcome in the form's state: `refused` if a field is invalid; else `sealed` at once, and `failed` on an error.
 *
 * @param record with the names that the page has given to form values.
 */
export async function sealForm(
  form: Pick<FormController, 'state' | 'apply'>,
  record: MerchantRecord,
  submission: Submission,
  encryption: EncryptionCode,
): Promise<FormSealResult> {
  const snapshot = form.state;
  const fields = findFaults({...snapshot, optional: false});
  if (fields.length > 0) {
    form.apply(attempt);
    return {fields};
  }
  form.apply(markSealed);
  try {
    const {sealValues} = await encryption.loadInTime();
    const allowed = canReveal(snapshot) ? record : {...record, reveal: []};
    return {envelope: await sealValues(collectValues(snapshot), allowed, submission, new Date())};
  } catch (error) {
    form.apply(markFailed);
    return {code: errorCodeOf(error)};
  }
}

/** The error code if these fields can never be sealed, as far as that is known without the encryption code. */
export function findObstacle(
  fields: readonly FieldName[],
  record: MerchantRecord,
  now: Date,
): ErrorCode | undefined {
  if (record.profile === 'paytrace' && fields.includes('cardholderName')) return 'config-invalid';
  if (keyForShopper(record, now) === undefined) return 'key-expired';
  if (record.profile === 'jwe' && !isSecureContext) return 'insecure-context';
  try {
    randomBytes(0);
    return undefined;
  } catch {
    return 'no-secure-random';
  }
}

/** Makes the first seal as fast as later ones. @returns the error code if the form can never be sealed. */
export async function prepareSeal(
  record: MerchantRecord,
  encryption: EncryptionCode,
): Promise<ErrorCode | undefined> {
  const code = await encryption.load().catch(() => undefined); // requested again by the first seal
  try {
    await code?.warmUp(record, new Date());
    return undefined;
  } catch (error) {
    return errorCodeOf(error);
  }
}

function errorCodeOf(error: unknown): ErrorCode {
  return error instanceof SealedFieldsError ? error.code : 'seal-failed';
}

function collectValues({names, fields}: FormState): SealableValues {
  const digits = (name: FieldName) => (names.includes(name) ? digitsOf(fields[name].text) : undefined);
  const isChosen = (type: string) => names.includes('accountType') && type === fields.accountType.text;
  return {
    cardNumber: digits('cardNumber'),
    expiry: expiryOf(fields.expiry.text),
    securityCode: digits('securityCode'),
    routingNumber: digits('routingNumber'),
    accountNumber: digits('accountNumber'),
    accountType: ACCOUNT_TYPES.find(isChosen),
    cardholderName: names.includes('cardholderName') ? nameOf(fields.cardholderName.text) : undefined,
  };
}
