import {type Envelope, VALUE_NAMES, type ValueName} from '../protocol/envelope.ts';
import {SealedFieldsError} from '../protocol/errors.ts';
import {ACCOUNT_TYPES, type AccountType} from '../protocol/names.ts';
import {keyForShopper, type MerchantRecord} from '../merchant-record.ts';
import {parsePublicKey, type PublicKey} from '../keys/public-key.ts';

/** The values of a card or a bank account: ASCII digits without separators, except for the name. */
export interface SealableValues {
  cardNumber?: string | undefined;
  securityCode?: string | undefined;
  expiry?: {month: string; year: string} | undefined;
  routingNumber?: string | undefined;
  accountNumber?: string | undefined;
  accountType?: AccountType | undefined;
  cardholderName?: string | undefined;
}

type Values = Readonly<Partial<Record<ValueName, string | undefined>>>;

/** The submission that an envelope belongs to. */
export interface Submission {
  /** 128 random bits in hexadecimal, from the host. */
  id: string;
  /** Origin of the page around the frame, from the handshake. */
  origin: string;
}

/** What an envelope may contain in addition to the values. */
export interface EnvelopeContext {
  record: MerchantRecord;
  /** The id of the key in the record. */
  kid: string;
  submission: Submission;
  now: Date;
}

/** The encryption of one profile. @returns form values by their name in the form. */
export type Encrypt = (
  values: Values,
  key: PublicKey,
  context: EnvelopeContext,
) => Record<string, string> | Promise<Record<string, string>>;

/** The format of each value that gateways accept. The encryption itself would accept any text. */
const FORMS: Readonly<Record<ValueName, RegExp>> = {
  cardNumber: /^[0-9]{12,19}$/,
  securityCode: /^[0-9]{3,4}$/,
  expirationMonth: /^(0[1-9]|1[0-2])$/,
  expirationYear: /^[0-9]{4}$/,
  routingNumber: /^[0-9]{9}$/,
  accountNumber: /^[0-9]{4,17}$/,
  accountType: new RegExp(`^(${ACCOUNT_TYPES.join('|')})$`),
  cardholderName: /^[^\p{Cc}\p{Cs}]{1,100}$/u,
};

/**
 * Encrypts the field values so that only the holder of the private key can read them.
 *
 * @param encrypt the encryption of the record's profile.
 * @param values `expiry` as `{month: '01'..'12', year: '2031'}`; undefined values are omitted.
 * @param record from {@link parseRecord}; its newest usable key is used.
 * @throws SealedFieldsError `key-expired` if no key is usable now, `key-invalid` or `private-key-supplied` if the key is
 * not an acceptable public key, `no-secure-random`, `insecure-context`; `seal-failed` otherwise, with the cause attached
 * and no field value in the message.
 */
export async function sealValues(
  encrypt: Encrypt,
  values: SealableValues,
  record: MerchantRecord,
  submission: Submission,
  now: Date,
): Promise<Envelope> {
  try {
    const {kid, pem} = keyFor(record, now);
    const plain = plainValues(values);
    const sealed = await encrypt(plain, parsePublicKey(pem), {record, kid, submission, now});
    const {id} = submission;
    return {values: {...sealed, ...reveal(plain, record)}, keyId: kid, id, sealedAt: now.toISOString()};
  } catch (cause) {
    if (cause instanceof SealedFieldsError) throw cause;
    throw new SealedFieldsError('seal-failed', 'the values could not be sealed', {cause});
  }
}

/**
 * Parses the key and seals a dummy value before the first submit, so that the first {@link sealValues} is as fast as later
 * ones.
 *
 * @throws SealedFieldsError as {@link sealValues}.
 */
export async function warmUp(encrypt: Encrypt, record: MerchantRecord, now: Date): Promise<void> {
  await sealValues(encrypt, {securityCode: '000'}, record, {id: '', origin: ''}, now);
}

function keyFor(record: MerchantRecord, now: Date) {
  const key = keyForShopper(record, now);
  if (key !== undefined) return key;
  throw new SealedFieldsError('key-expired', `no key of the record is valid on ${now.toISOString()}`, {
    hint: 'Publish the record with a new key; or the clock of this device is wrong.',
  });
}

function plainValues({expiry, ...others}: SealableValues): Values {
  const values: Values = {...others, expirationMonth: expiry?.month, expirationYear: expiry?.year};
  for (const name of VALUE_NAMES) {
    const value = values[name];
    if (value !== undefined && !FORMS[name].test(value))
      throw new SealedFieldsError('seal-failed', `${name}: expected its documented form`);
  }
  return values;
}

/**
 * The digits that the record reveals to the page. The first six are revealed only if at least five more digits stay hidden,
 * in addition to the last four.
 *
 * @seam reveal-rule
 */
function reveal({cardNumber = ''}: Values, {reveal: shown}: MerchantRecord): Record<string, string> {
  return {
    ...(shown.includes('bin') && cardNumber.length >= 15 && {card_bin: cardNumber.slice(0, 6)}),
    ...(shown.includes('last4') && cardNumber !== '' && {card_last4: cardNumber.slice(-4)}),
  };
}
