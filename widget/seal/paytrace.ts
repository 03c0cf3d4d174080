import forge from 'node-forge/lib/forge.js';
import 'node-forge/lib/rsa.js';
import {VALUE_NAMES} from '../protocol/envelope.ts';
import {SealedFieldsError} from '../protocol/errors.ts';
import './forge-random.ts';
import type {Encrypt} from './seal.ts';

/**
 * PayTrace's envelope: each value by itself, RSAES-PKCS1-v1_5 (RFC 8017 §7.2.1), in base64. The expiry stays in
 * clear where the record says so, the kind of a bank account always: PayTrace has no name for it sealed.
 *
 * @param values ASCII.
 * @returns one form value for each, under the record's names; a sealed one is base64 of as many bytes as the
 * modulus has.
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
    if (name === 'cardholderName') throw new SealedFieldsError('seal-failed', `PayTrace takes no ${name}`);
    const plain = name === 'accountType' || (expiry === 'plain' && name.startsWith('expiration'));
    sealed[names[name] ?? name] = plain ? value : forge.util.encode64(key.encrypt(value, 'RSAES-PKCS1-V1_5'));
  }
  return sealed;
};
