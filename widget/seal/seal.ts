import {type Envelope, VALUE_NAMES, type ValueName} from '../protocol/envelope.ts';
import {SealedFieldsError} from '../protocol/errors.ts';
import {ACCOUNT_TYPES, type AccountType} from '../protocol/names.ts';
import {keyForShopper, type MerchantRecord} from '../merchant-record.ts';
import {parsePublicKey, type PublicKey} from '../keys/public-key.ts';

/** What the fields of a card or of a bank account hold: ASCII digits without separators, but for a name. */
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

/** Which submission something is sealed for. */
export interface Submission {
  /** 128 random bits in hexadecimal, given by the host. */
  id: string;
  /** Of the page around the frame, as its handshake told it. */
  origin: string;
}

/** What an envelope may say beside the values. */
export interface Occasion {
  record: MerchantRecord;
  /** What the record calls the key. */
  kid: string;
  submission: Submission;
  now: Date;
}

/** The cipher of one profile. @returns form values, by their name in the form. */
export type Encrypt = (
  values: Values,
  key: PublicKey,
  occasion: Occasion,
) => Record<string, string> | Promise<Record<string, string>>;

/** What a gateway can read. The cipher itself would take anything, also what nobody can open. */
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
 * Seals what the shopper typed so that only the holder of the private key can read it.
 *
 * @param encrypt the cipher of the record's profile.
 * @param values `expiry` as `{month: '01'..'12', year: '2031'}`; what is undefined is left out.
 * @param record parsed by {@link parseRecord}; its newest usable key is taken.
 * @throws SealedFieldsError `key-expired` if no key is usable now, `key-invalid` or `private-key-supplied` if it
 * is none, `no-secure-random`, `insecure-context`; `seal-failed` otherwise, cause attached, no value in the message.
 */
export async function seal(
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
 * Makes the first {@link seal} as fast as the next, while the shopper still types: the key is read and one value
 * sealed for nothing.
 *
 * @throws SealedFieldsError as {@link seal} would.
 */
export async function warm(encrypt: Encrypt, record: MerchantRecord, now: Date): Promise<void> {
  await seal(encrypt, {securityCode: '000'}, record, {id: '', origin: ''}, now);
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
      throw new SealedFieldsError('seal-failed', `${name}: expected its documented form`);
  }
  return values;
}

/**
 * The digits that the record lets the page see. Next to the last four, a number shows its first six only if five stay hidden.
 *
 * @seam reveal-rule
 */
function reveal({cardNumber = ''}: Values, {reveal: shown}: MerchantRecord): Record<string, string> {
  return {
    ...(shown.includes('bin') && cardNumber.length >= 15 && {card_bin: cardNumber.slice(0, 6)}),
    ...(shown.includes('last4') && cardNumber !== '' && {card_last4: cardNumber.slice(-4)}),
  };
}
