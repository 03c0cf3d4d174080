import forge from 'node-forge/lib/forge.js';
import {VALUE_NAMES, type ValueName} from '../protocol/envelope.ts';
import type {MerchantRecord} from '../record.ts';
import './forge-random.ts';

/**
 * PayTrace's envelope: each value by itself, RSAES-PKCS1-v1_5 (RFC 8017 §7.2.1), in base64. The expiry stays in
 * clear where the record says so, the kind of a bank account always: PayTrace has no name for it sealed.
 *
 * @param values ASCII.
 * @returns one form value for each, under the record's names; a sealed one is base64 of as many bytes as the
 * modulus has.
 */
export function paytrace(
  values: Readonly<Partial<Record<ValueName, string | undefined>>>,
  key: forge.pki.rsa.PublicKey,
  {expiry, names}: MerchantRecord,
): Record<string, string> {
  const sealed: Record<string, string> = {};
  for (const name of VALUE_NAMES) {
    const value = values[name];
    if (value === undefined) continue;
    const plain = name === 'accountType' || (expiry === 'plain' && name.startsWith('expiration'));
    sealed[names[name]] = plain ? value : forge.util.encode64(key.encrypt(value, 'RSAES-PKCS1-V1_5'));
  }
  return sealed;
}
