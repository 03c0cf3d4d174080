import {constants, publicEncrypt} from 'node:crypto';
import {makeKeyPair} from '../../support/openssl.ts';

/** An RSA-2048 key pair for tests, as PEM. */
export interface Pair {
  privateKeyPem: string;
  publicKeyPem: string;
}

const pairs = new Map<string, Pair>();

/** The key pair of this name. OpenSSL creates it once for the whole process, which takes about 100 ms. */
export function keyPair(name: 'gateway' | 'other' = 'gateway'): Pair {
  const made = pairs.get(name);
  if (made !== undefined) return made;
  const {privatePem: privateKeyPem, publicPem: publicKeyPem} = makeKeyPair();
  const pair = {privateKeyPem, publicKeyPem};
  pairs.set(name, pair);
  return pair;
}

/** Encrypts by RSAES-PKCS1-v1_5 with Node's OpenSSL: a base64 ciphertext as the page posts it. */
export function seal(pair: Pair, text: string): string {
  return encrypt(pair, Buffer.from(text), constants.RSA_PKCS1_PADDING).toString('base64');
}

/** Encrypts a whole block without adding a padding, so that a test can use a valid or an invalid one. */
export function sealBlock(pair: Pair, block: Uint8Array): string {
  return encrypt(pair, block, constants.RSA_NO_PADDING).toString('base64');
}

function encrypt({publicKeyPem}: Pair, input: Uint8Array, padding: number): Buffer {
  return publicEncrypt({key: publicKeyPem, padding}, input);
}
