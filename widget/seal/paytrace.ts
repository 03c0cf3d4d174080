import forge from 'node-forge/lib/forge.js';
import 'node-forge/lib/rsa.js';
import {VALUE_NAMES} from '../protocol/envelope.ts';
import {SealedFieldsError} from '../protocol/errors.ts';
import './forge-random.ts';
import type {Encrypt} from './seal.ts';

/**
 * Encrypts each value by itself, as PayTrace's API expects it: RSAES-PKCS1-v1_5 (RFC 8017 §7.2.1) in base64. The expiry
 * stays plaintext if the record allows it. The account type is always plaintext, since PayTrace has no encrypted form of it.
 *
 * @param values ASCII.
 * @returns one form value for each, under the record's names: base64 of k bytes, k the modulus length.
 */
export const encrypt: Encrypt = (values, {modulus}, {record: {expiry, names}}) => {
  const {BigInteger} = forge.jsbn;
  const key = forge.pki.setRsaPublicKey(
    new BigInteger(modulus.toString(16), 16),
    new BigInteger('10001', 16),
  );
  const sealed: Record<string, string> = {};
  for (const name of VALUE_NAMES) {
    const value = values[name];
    if (value === undefined) continue;
    if (name === 'cardholderName')
      throw new SealedFieldsError('seal-failed', `PayTrace does not accept ${name}`);
    const plain = name === 'accountType' || (expiry === 'plain' && name.startsWith('expiration'));
    sealed[names[name] ?? name] = plain ? value : forge.util.encode64(key.encrypt(value, 'RSAES-PKCS1-V1_5'));
  }
  return sealed;
};
