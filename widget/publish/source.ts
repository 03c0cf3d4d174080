import {createHash, createPublicKey} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {dirname, resolve} from 'node:path';
import {SealedFieldsError} from '../protocol/errors.ts';
import {type Fields, list, own, plainObject, text} from '../protocol/parse.ts';
import {type MerchantKey, type MerchantRecord, parseRecord, usableKey} from '../merchant-record.ts';
import {parseStrongKey} from './strong-key.ts';

/**
 * A merchant record as its file has it, before validation. It has the entries of {@link MerchantRecord}, except that a key
 * may have `file`, the path of a PEM file relative to the record's file, instead of `pem`, and may omit `kid`.
 *
 * @example
 * const source: RecordSource = {
 *   path: 'merchants/demo.json',
 *   data: {id: 'demo', origins: ['https://shop.example'], keys: [{file: 'public.pem'}], expiry: 'sealed'},
 * };
 */
export interface RecordSource {
  /** The record's file. Error messages start with it, and paths of key files are relative to its folder. */
  path: string;
  /** The parsed JSON, not validated yet. */
  data: unknown;
}

/** Reads a record from a JSON file. @throws SealedFieldsError `config-invalid` if the file cannot be read or is not JSON. */
export async function readSource(path: string): Promise<RecordSource> {
  const json = await read(path);
  try {
    return {path, data: JSON.parse(json)};
  } catch {
    // No cause: the parser's message quotes the file, which may be a private key by mistake.
    throw new SealedFieldsError('config-invalid', `${path}: expected JSON, found a file that does not parse`);
  }
}

/**
 * The record for the frame document: validated, with the PEM block of every key. A key without a `kid` gets its
 * {@link fingerprint} as `kid`.
 *
 * @param now every key's `notAfter` must be later than this, and at least one key must be valid.
 * @throws SealedFieldsError `key-expired` if a key has expired or no key is valid at `now`; also the errors of
 * {@link parseRecord} and {@link parseStrongKey}. Each message starts with the path of the record, and quotes no key.
 */
export async function completeRecord({path, data}: RecordSource, now: Date): Promise<MerchantRecord> {
  return at(path, async () => {
    const fields = plainObject(data);
    const keys: unknown[] = [];
    for (const [index, key] of list(fields, 'keys', 8, (item) => item).entries())
      keys.push(await at(`keys[${index}]`, () => completeKey(plainObject(key), dirname(path))));
    const complete = parseRecord({...fields, keys});
    for (const [index, key] of complete.keys.entries())
      await at(`keys[${index}]`, () => {
        rejectExpired(key, now);
      });
    if (usableKey(complete.keys, now) === undefined)
      throw new SealedFieldsError(
        'key-expired',
        'keys: expected at least one key that is valid now, found none',
        {
          hint: 'Add a key whose notBefore is not in the future.',
        },
      );
    return complete;
  });
}

async function completeKey({file, ...key}: Fields, folder: string): Promise<unknown> {
  const inline = own(key, 'pem');
  if ((file === undefined) === (inline === undefined))
    throw new TypeError(`expected either pem or file, found ${file === undefined ? 'neither' : 'both'}`);
  const pem = inline ?? (await read(resolve(folder, text({file}, 'file', 1024))));
  if (typeof pem !== 'string') throw new TypeError('pem: expected a string, found another type');
  parseStrongKey(pem);
  return {kid: fingerprint(pem), ...key, pem};
}

/** The key's fingerprint: SHA-256 of its SubjectPublicKeyInfo in DER, as base64url. */
export function fingerprint(pem: string): string {
  const spki = createPublicKey(pem).export({type: 'spki', format: 'der'});
  return createHash('sha256').update(spki).digest('base64url');
}

/** Allows no clock error, unlike the frame, which allows 48 hours: the publisher's clock is expected to be right. */
function rejectExpired({notBefore, notAfter}: MerchantKey, now: Date): void {
  if (notAfter === undefined) return;
  if (Date.parse(notAfter) < now.getTime())
    throw new SealedFieldsError('key-expired', `notAfter: expected a time in the future, found ${notAfter}`, {
      hint: 'Remove the key from the record, or change its notAfter.',
    });
  if (notBefore !== undefined && Date.parse(notBefore) >= Date.parse(notAfter))
    throw new TypeError(`notAfter: expected a time after notBefore ${notBefore}, found ${notAfter}`);
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const {code = 'unknown error'} = cause as NodeJS.ErrnoException;
    throw new SealedFieldsError('config-invalid', `${path}: the file cannot be read (${code})`, {cause});
  }
}

/** Runs `work` and adds `place` in front of the message of its error. An error without a code becomes `config-invalid`. */
async function at<T>(place: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const {code, hint} =
      cause instanceof SealedFieldsError ? cause : {code: 'config-invalid' as const, hint: ''};
    throw new SealedFieldsError(code, `${place}: ${(cause as Error).message}`, {hint, cause});
  }
}
