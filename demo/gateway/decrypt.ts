import {
  constants,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto';

/** Opens one ciphertext; `undefined` for whatever does not open. */
export type Opener = (ciphertext: string) => string | undefined;

/** RFC 8017 §7.2.2, step 3: at least eight octets of padding. */
const SHORTEST_PADDING = 8;

/**
 * Opens what PayTrace's library and the `paytrace` profile seal: base64 of one RSAES-PKCS1-v1_5 block
 * (RFC 8017 §7.2.2).
 *
 * Whatever arrives costs one decryption, and all that does not open gives the same `undefined`: a caller that
 * told a bad block from a bad number would be Bleichenbacher's oracle. The modular arithmetic is OpenSSL's,
 * blinded. The padding is read here, to its last octet and without a branch on it, because Node 20 refuses the
 * scheme (CVE-2023-46809); JavaScript promises no constant time, so this serves a sandbox.
 *
 * @throws Error if `privateKeyPem` is not an RSA private key.
 */
export function createOpener(privateKeyPem: string): Opener {
  const privateKey = createPrivateKey(privateKeyPem);
  const bits = privateKey.asymmetricKeyDetails?.modulusLength;
  if (privateKey.asymmetricKeyType !== 'rsa' || bits === undefined) throw new Error('expected an RSA key');
  const size = Math.ceil(bits / 8);
  const decoy = publicEncrypt(
    {key: createPublicKey(privateKey), padding: constants.RSA_PKCS1_PADDING},
    Buffer.alloc(1),
  );

  return (ciphertext) => {
    const block = Buffer.from(ciphertext, 'base64');
    const wellFormed = block.length === size && block.toString('base64') === ciphertext;
    const opened = decryptRaw(privateKey, wellFormed ? block : decoy);
    const text = unpad(opened ?? decryptRaw(privateKey, decoy) ?? Buffer.alloc(size));
    return wellFormed && opened ? text : undefined;
  };
}

/** Undefined when the block, read as a number, is not below the modulus: OpenSSL then computes nothing. */
function decryptRaw(key: KeyObject, block: Buffer): Buffer | undefined {
  try {
    return privateDecrypt({key, padding: constants.RSA_NO_PADDING}, block);
  } catch {
    return undefined;
  }
}

/** EM = 0x00 || 0x02 || PS || 0x00 || M, where PS is eight or more octets that are not zero. */
function unpad(block: Buffer): string | undefined {
  let beforeZero = 1;
  let paddingLength = 0;
  for (const octet of block.subarray(2)) {
    const isZero = ((octet - 1) >> 8) & 1;
    beforeZero &= ~isZero;
    paddingLength += beforeZero;
  }
  const faults = (block[0] ?? 1) | ((block[1] ?? 0) ^ 2) | beforeZero;
  const text = block.toString('latin1', 2 + paddingLength + 1);
  return faults === 0 && paddingLength >= SHORTEST_PADDING ? text : undefined;
}
