import type {Ciphers} from './load-crypto.ts';
import {randomBytes} from './random.ts';
import type {SealableValues, Submission} from './seal.ts';
import {nameOf} from '../fields/cardholder-name.ts';
import {expiryOf} from '../fields/expiry.ts';
import {digitsOf} from '../fields/field.ts';
import type {FormState} from '../form/state.ts';
import type {Envelope} from '../protocol/envelope.ts';
import type {ErrorCode} from '../protocol/errors.ts';
import {ACCOUNT_TYPES, type FieldName} from '../protocol/names.ts';
import {keyForShopper, type MerchantRecord} from '../merchant-record.ts';

/** What would keep these fields from being sealed whatever is typed, as far as it is known without the ciphers. */
export function obstacleTo(
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

/**
 * Seals what stands in the fields of `state`, all of them valid, in one pass.
 *
 * @throws SealedFieldsError `crypto-unavailable` if the ciphers did not arrive, else as `seal` does.
 */
export async function submit(
  state: FormState,
  record: MerchantRecord,
  submission: Submission,
  ciphers: Ciphers,
): Promise<Envelope> {
  const {seal} = await ciphers.await();
  return seal(collect(state), record, submission, new Date());
}

function collect({names, fields}: FormState): SealableValues {
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
