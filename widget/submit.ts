import type {Ciphers} from './crypto/ciphers.ts';
import type {SealableValues} from './crypto/seal.ts';
import {expiryOf} from './fields/expiry.ts';
import {digitsOf} from './fields/field.ts';
import type {FormState} from './form-state.ts';
import type {Envelope} from './protocol/envelope.ts';
import {ACCOUNT_TYPES, type FieldName} from './protocol/names.ts';
import type {MerchantRecord} from './record.ts';

/**
 * Seals what stands in the fields of `state`, all of them valid, in one pass.
 *
 * @param id of the submission, given by the host.
 * @throws SealedFieldsError `crypto-unavailable` if the ciphers did not arrive, else as `seal` does.
 */
export async function submit(
  state: FormState,
  record: MerchantRecord,
  id: string,
  ciphers: Ciphers,
): Promise<Envelope> {
  const {seal} = await ciphers.await();
  return seal(collect(state), record, id, new Date());
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
  };
}
