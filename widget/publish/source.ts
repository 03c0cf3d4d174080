import {createHash, createPublicKey} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {dirname, resolve} from 'node:path';
import {parsePublicKey} from '../keys/public-key.ts';
import {SealedFieldsError} from '../protocol/errors.ts';
import {type Fields, list, own, plainObject, text} from '../protocol/parse.ts';
import {type MerchantKey, type MerchantRecord, parseRecord, usableKey} from '../merchant-record.ts';

/**
 * A merchant's record as people write it. It differs from {@link MerchantRecord} in its keys: one may give a
 * `file`, relative to the record's, in place of `pem`, and may leave out `kid`.
 */
export interface RecordSource {
  /** The record's file; errors name it, and key files are looked for from there. */
  path: string;
  data: unknown;
}

/** @throws SealedFieldsError `config-invalid` if the file cannot be read or is not JSON. */
export async function readSource(path: string): Promise<RecordSource> {
  const json = await read(path);
  try {
    return {path, data: JSON.parse(json)};
  } catch {
    // No cause: the parser's message quotes what it read, and people do confuse files.
    throw new SealedFieldsError('config-invalid', `${path}: expected JSON`);
  }
}

/**
 * Makes the record that is stamped into the frame document: every key is read, let through by the gate, named by
 * the SHA-256 of its SubjectPublicKeyInfo (base64url) where it has no `kid`, and not out of force.
 *
 * @throws SealedFieldsError, its message led by the path, no key text in it: `key-expired` if a key is past or
 * none is in force at `now`; else what {@link parseRecord} and {@link parsePublicKey} throw.
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
        refusePast(key, now);
      });
    if (usableKey(complete.keys, now) === undefined)
      throw new SealedFieldsError('key-expired', 'keys: expected one to be in force now');
    return complete;
  });
}

async function completeKey({file, ...key}: Fields, folder: string): Promise<unknown> {
  const inline = own(key, 'pem');
  if ((file === undefined) === (inline === undefined)) throw new TypeError('expected either pem or file');
  const pem = inline ?? (await read(resolve(folder, text({file}, 'file', 1024))));
  if (typeof pem !== 'string') throw new TypeError('pem: expected a text');
  parsePublicKey(pem);
  return {kid: fingerprint(pem), ...key, pem};
}

/** SHA-256 of the key's SubjectPublicKeyInfo, in base64url. */
export function fingerprint(pem: string): string {
  const spki = createPublicKey(pem).export({type: 'spki', format: 'der'});
  return createHash('sha256').update(spki).digest('base64url');
}

/** Shoppers' clocks are given two days; the publisher's is taken at its word. */
function refusePast({notBefore, notAfter}: MerchantKey, now: Date): void {
  if (notAfter === undefined) return;
  if (Date.parse(notAfter) < now.getTime()) throw new SealedFieldsError('key-expired', 'notAfter: is past');
  if (notBefore !== undefined && Date.parse(notBefore) >= Date.parse(notAfter))
    throw new TypeError('notAfter: expected a time after notBefore');
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const {code = 'unknown error'} = cause as NodeJS.ErrnoException;
    throw new SealedFieldsError('config-invalid', `${path}: cannot be read (${code})`, {cause});
  }
}

/** Leads the message of what is thrown by the place it arose at; a parser's plain error becomes `config-invalid`. */
async function at<T>(place: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const {code, hint} =
      cause instanceof SealedFieldsError ? cause : {code: 'config-invalid' as const, hint: ''};
    throw new SealedFieldsError(code, `${place}: ${(cause as Error).message}`, {hint, cause});
  }
}
