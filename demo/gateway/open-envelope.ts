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
 * Decrypts what the fields sealed, on a server, for both profiles.
 *
 * Every input costs one decryption, and every failure is the same `undefined`. A server that distinguished
 * bad padding from a bad number would be a decryption oracle: Bleichenbacher's for `paytrace`, Manger's for
 * `jwe`. For input that cannot be a block of the key, which anyone can check, a decoy is decrypted instead.
 * OpenSSL does the modular arithmetic, with blinding.
 */

/** Decrypts one ciphertext; `undefined` if it does not decrypt. */
export type Opener = (ciphertext: string) => string | undefined;

// ---- the profile paytrace ------------------------------------------------------------------------------------

/** RFC 8017 §7.2.2, step 3: at least eight octets of padding. */
const MIN_PADDING_OCTETS = 8;

/**
 * Decrypts values of the `paytrace` profile and of PayTrace's own library: base64 of one RSAES-PKCS1-v1_5
 * block (RFC 8017 §7.2.2).
 *
 * The padding is parsed here because Node 20 rejects the scheme (CVE-2023-46809). The parser reads every
 * octet and branches on none. JavaScript still does not guarantee constant time, so use this in a sandbox
 * only; `npm run bench gateway` compares the times.
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

/** EM = 0x00 || 0x02 || PS || 0x00 || M, where PS is at least eight nonzero octets. */
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
  return faults === 0 && paddingLength >= MIN_PADDING_OCTETS ? text : undefined;
}

// ---- the profile jwe -------------------------------------------------------------------------------------------

/** The only header members in addition to `kid`, so `zip` and `crit` are rejected. */
const HEADER = {alg: 'RSA-OAEP-256', enc: 'A256GCM'};

/**
 * Decrypts envelopes of the `jwe` profile: compact JWEs (RFC 7516 §5.2) with RSA-OAEP-256 and A256GCM.
 *
 * A header that names another algorithm is rejected. If the content key does not decrypt, a random one is
 * used (RFC 7516 §11.5), so that only the tag fails. OpenSSL checks the padding in a time that does not
 * depend on what is wrong with it.
 *
 * @param keys private RSA keys by `kid`.
 * @throws Error if `keys` is empty.
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

/** The five parts of an envelope, each in canonical base64url; undefined if `jwe` is not an envelope. */
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

/** Parses a JSON object; undefined if `text` is anything else. */
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

/** Decrypts by RSAES-OAEP, SHA-256 for label and MGF1 (RFC 7518 §4.3); random bytes if that fails. */
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

/** Whether `block` is as long as the modulus and below it (RFC 8017 §7.1.2, steps 1 and 2). */
function isBlockOf(modulus: Buffer, block: Buffer): boolean {
  return block.length === modulus.length && block.compare(modulus) < 0;
}
