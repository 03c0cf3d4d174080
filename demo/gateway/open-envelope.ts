import {
  constants,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import {isDeepStrictEqual} from 'node:util';

/**
 * How a server opens what the fields sealed, by either profile. Whatever arrives costs the same work, and all that does
 * not open is the same `undefined`: a caller that told a bad block from a bad number would be an oracle, Bleichenbacher's
 * of `paytrace`, Manger's of `jwe`. What is no block of the key at all, which anybody can see, has a decoy decrypted in
 * its place. The modular arithmetic is OpenSSL's, blinded.
 */

/** Opens one ciphertext; `undefined` for whatever does not open. */
export type Opener = (ciphertext: string) => string | undefined;

// ---- the profile paytrace ------------------------------------------------------------------------------------

/** RFC 8017 §7.2.2, step 3: at least eight octets of padding. */
const SHORTEST_PADDING = 8;

/**
 * Opens what PayTrace's library and the `paytrace` profile seal: base64 of one RSAES-PKCS1-v1_5 block
 * (RFC 8017 §7.2.2). The padding is read here, to its last octet and without a branch on it, because Node 20 refuses the
 * scheme (CVE-2023-46809); JavaScript promises no constant time, so this serves a sandbox. `npm run bench gateway`
 * compares the times.
 *
 * @throws Error if `privateKeyPem` is not an RSA private key.
 */
export function createOpener(privateKeyPem: string): Opener {
  const key = createPrivateKey(privateKeyPem);
  if (key.asymmetricKeyType !== 'rsa') throw new Error('expected an RSA key');
  const modulus = modulusOf(key);
  const publicKey = {key: createPublicKey(key), padding: constants.RSA_PKCS1_PADDING};
  const decoy = publicEncrypt(publicKey, Buffer.alloc(1));

  return (ciphertext) => {
    const sent = Buffer.from(ciphertext, 'base64');
    const block = isBlockOf(modulus, sent) ? sent : decoy;
    const isSent = block.toString('base64') === ciphertext;
    const text = unpad(privateDecrypt({key, padding: constants.RSA_NO_PADDING}, block));
    return isSent ? text : undefined;
  };
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

// ---- the profile jwe -------------------------------------------------------------------------------------------

/** All that a header says beside the `kid`: so it has no `zip` and no `crit`. */
const HEADER = {alg: 'RSA-OAEP-256', enc: 'A256GCM'};

/**
 * Opens what the `jwe` profile seals: a compact JWE (RFC 7516 §5.2) by RSA-OAEP-256 and A256GCM. What a header says of
 * another algorithm is refused, never followed. A content key that does not open is replaced by a random one
 * (RFC 7516 §11.5), so that only the tag fails. OpenSSL reads the padding, in one time for all that is wrong with it.
 *
 * @param keys private RSA keys by `kid`.
 * @throws Error if there are none.
 */
export function createJweOpener(keys: ReadonlyMap<unknown, KeyObject>): Opener {
  const known = new Map([...keys].map(([kid, key]) => [kid, {key, modulus: modulusOf(key)}]));
  const [any] = known.values();
  if (any === undefined) throw new Error('expected a private key');
  const decoy = {...EMPTY, encryptedKey: Buffer.alloc(any.modulus.length, 1)};

  return (jwe) => {
    const parts = partsOf(jwe);
    const named = known.get(parts?.kid);
    if (!parts || !named || !isBlockOf(named.modulus, parts.encryptedKey)) {
      decrypt(any.key, decoy);
      return undefined;
    }
    return decrypt(named.key, parts);
  };
}

interface Parts {
  kid: unknown;
  head: string;
  encryptedKey: Buffer;
  iv: Buffer;
  ciphertext: Buffer;
  tag: Buffer;
}

const EMPTY = {head: '', iv: Buffer.alloc(12), ciphertext: Buffer.alloc(512), tag: Buffer.alloc(16)};

/** The five parts, if they are those of an envelope of ours; each in the one spelling that base64url gives it. */
function partsOf(jwe: string): Parts | undefined {
  const parts = jwe.split('.', 6);
  const bytes = parts.map((part) => Buffer.from(part, 'base64url'));
  const spelled = bytes.map((part) => part.toString('base64url'));
  if (parts.length !== 5 || !isDeepStrictEqual(spelled, parts)) return undefined;
  const [header, encryptedKey, iv, ciphertext, tag] = bytes;
  if (!header || !encryptedKey || !ciphertext || iv?.length !== 12 || tag?.length !== 16) return undefined;
  const {kid, ...others} = parseObject(header.toString()) ?? {};
  const [head = ''] = parts;
  return isDeepStrictEqual(others, HEADER) ? {kid, head, encryptedKey, iv, ciphertext, tag} : undefined;
}

/** The object that a JSON text is; undefined if it is none. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? {...value} : undefined;
  } catch {
    return undefined;
  }
}

function decrypt(key: KeyObject, {head, encryptedKey, iv, ciphertext, tag}: Omit<Parts, 'kid'>) {
  const cipher = createDecipheriv('aes-256-gcm', openContentKey(key, encryptedKey), iv, {authTagLength: 16});
  cipher.setAAD(Buffer.from(head, 'ascii')).setAuthTag(tag);
  const text = cipher.update(ciphertext);
  try {
    return Buffer.concat([text, cipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** RSAES-OAEP with SHA-256, for the label and for MGF1 (RFC 7518 §4.3). */
function openContentKey(key: KeyObject, encryptedKey: Buffer): Buffer {
  const random = randomBytes(32);
  try {
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const opened = privateDecrypt({key, padding, oaepHash: 'sha256'}, encryptedKey);
    return opened.length === random.length ? opened : random;
  } catch {
    return random;
  }
}

// ---- both ----------------------------------------------------------------------------------------------------

function modulusOf(key: KeyObject): Buffer {
  return Buffer.from(createPublicKey(key).export({format: 'jwk'}).n ?? '', 'base64url');
}

/** As long as the modulus, and below it (RFC 8017 §7.1.2, steps 1 and 2): whoever has the public key can see it. */
function isBlockOf(modulus: Buffer, block: Buffer): boolean {
  return block.length === modulus.length && block.compare(modulus) < 0;
}
