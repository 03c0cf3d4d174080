import type * as crypto from './crypto/seal.ts';
import {expiryOf} from './fields/expiry.ts';
import {digitsOf} from './fields/field.ts';
import type {FormState} from './form-state.ts';
import type {Envelope} from './protocol/envelope.ts';
import {ACCOUNT_TYPES, type FieldName} from './protocol/names.ts';
import type {MerchantRecord} from './record.ts';

/** The ciphers are a chunk of their own, fetched after the first paint; asked again, the browser has it. */
export function loadCrypto(): Promise<typeof crypto> {
  return import('./crypto/seal.ts');
}

/**
 * Seals what stands in the fields of `state`, all of them valid, in one pass.
 *
 * @param id of the submission, given by the host.
 * @throws SealedFieldsError as `seal` does.
 */
export async function submit(state: FormState, record: MerchantRecord, id: string): Promise<Envelope> {
  const {seal} = await loadCrypto();
  return seal(collect(state), record, id, new Date());
}

function collect({names, fields}: FormState): Parameters<typeof crypto.seal>[0] {
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
