import {type Envelope, VALUE_NAMES, type ValueName} from '../protocol/envelope.ts';
import {SealedFieldsError} from '../protocol/errors.ts';
import {ACCOUNT_TYPES, type AccountType} from '../protocol/names.ts';
import {keyForShopper, type MerchantRecord} from '../record.ts';
import {parsePublicKey} from './key-gate.ts';
import {paytrace} from './paytrace.ts';

/** What the fields of a card or of a bank account hold, in ASCII digits without separators. */
export interface SealableValues {
  cardNumber?: string | undefined;
  securityCode?: string | undefined;
  expiry?: {month: string; year: string} | undefined;
  routingNumber?: string | undefined;
  accountNumber?: string | undefined;
  accountType?: AccountType | undefined;
}

/** One sealing function for each profile. */
const ENVELOPES = {paytrace};

type Values = Readonly<Partial<Record<ValueName, string | undefined>>>;

/** What a gateway can read. The cipher itself would take anything, also what nobody can open. */
const FORMS: Readonly<Record<ValueName, RegExp>> = {
  cardNumber: /^[0-9]{12,19}$/,
  securityCode: /^[0-9]{3,4}$/,
  expirationMonth: /^(0[1-9]|1[0-2])$/,
  expirationYear: /^[0-9]{4}$/,
  routingNumber: /^[0-9]{9}$/,
  accountNumber: /^[0-9]{4,17}$/,
  accountType: new RegExp(`^(${ACCOUNT_TYPES.join('|')})$`),
};

/**
 * Seals what the shopper typed so that only the holder of the private key can read it.
 *
 * @param values `expiry` as `{month: '01'..'12', year: '2031'}`; what is undefined is left out.
 * @param record parsed by {@link parseRecord}; its newest usable key is taken.
 * @param id of the submission; the envelope bears it.
 * @throws SealedFieldsError `key-expired` if no key is usable now, `key-invalid` or `private-key-supplied` if it
 * is none, `no-secure-random`; `seal-failed` otherwise, cause attached, no value in the message.
 */
export function seal(values: SealableValues, record: MerchantRecord, id: string, now: Date): Envelope {
  try {
    const {kid, pem} = keyFor(record, now);
    const plain = plainValues(values);
    const sealed = ENVELOPES[record.profile](plain, parsePublicKey(pem), record);
    return {values: {...sealed, ...reveal(plain, record)}, keyId: kid, id, sealedAt: now.toISOString()};
  } catch (cause) {
    if (cause instanceof SealedFieldsError) throw cause;
    throw new SealedFieldsError('seal-failed', 'the values could not be sealed', {cause});
  }
}

/**
 * Makes the first {@link seal} as fast as the next, while the shopper still types: the key is read and one value
 * sealed for nothing.
 *
 * @throws SealedFieldsError as {@link seal} would.
 */
export function warm(record: MerchantRecord, now: Date): void {
  seal({securityCode: '000'}, record, '', now);
}

function keyFor(record: MerchantRecord, now: Date) {
  const key = keyForShopper(record, now);
  if (key !== undefined) return key;
  throw new SealedFieldsError('key-expired', `no key of the record is in force on ${now.toISOString()}`, {
    hint: 'Publish the record with a new key; or the clock of this device is wrong.',
  });
}

function plainValues({expiry, ...others}: SealableValues): Values {
  const values: Values = {...others, expirationMonth: expiry?.month, expirationYear: expiry?.year};
  for (const name of VALUE_NAMES) {
    const value = values[name];
    if (value !== undefined && !FORMS[name].test(value))
      throw new SealedFieldsError('seal-failed', `${name}: expected its documented form, in ASCII`);
  }
  return values;
}

/** What the record lets the page see. Beside the last four, a number shows its first six only if five stay hidden. */
function reveal({cardNumber = ''}: Values, {reveal: shown}: MerchantRecord): Record<string, string> {
  return {
    ...(shown.includes('bin') && cardNumber.length >= 15 && {card_bin: cardNumber.slice(0, 6)}),
    ...(shown.includes('last4') && cardNumber !== '' && {card_last4: cardNumber.slice(-4)}),
  };
}
