import {SealedFieldsError} from '../protocol/errors.ts';
import {findWeakness} from './weak-keys.ts';
import {algorithmOf, readSpki, RSA, writeSpki} from './der.ts';

/** A public key that may encrypt card data. Its exponent is 65537. */
export interface PublicKey {
  modulus: bigint;
  /** SubjectPublicKeyInfo, in DER. */
  spki: Uint8Array<ArrayBuffer>;
}

/** Longest text that is parsed, in characters; the PEM block of an RSA key of 4096 bits has 800. */
const PEM_LIMIT = 4096;

/**
 * The label of any private key (RFC 7468 §10 and §11, RFC 1421, OpenSSH), or base64 that begins like PKCS#1 and PKCS#8,
 * with a SEQUENCE and the INTEGER 0 (RFC 8017 §A.1.2, RFC 5958 §2), under any label.
 */
const PRIVATE_KEY = /PRIVATE KEY|(?:^|[^\w+/]|\\n)MII[\w+/]{3}IBA/;

/** A public key's textual encoding (RFC 7468 §13) and nothing else. Lines may have any length but are not empty. */
const PUBLIC_KEY =
  /^-----BEGIN PUBLIC KEY-----\r?\n((?:[A-Za-z0-9+/=]+\r?\n)+)-----END PUBLIC KEY-----\r?\n?$/;

/**
 * The key gate: parses a public key and accepts a single kind, for every profile. The key must be RSA in one PEM block
 * `PUBLIC KEY`, of 2048 to 4096 bits, with e = 65537, in DER (X.690 §10), and without a known weakness: {@link findWeakness}.
 *
 * The libraries accept more: node-forge moduli of any size and even ones, e = 1, text around the block and bytes after
 * the key; WebCrypto 512 bits and e = 3.
 *
 * @throws SealedFieldsError `private-key-supplied` if the text contains a private key, else `key-invalid`.
 * The message states what was expected and what was found, and quotes no part of the key.
 * @seam key-gate
 */
export function parsePublicKey(pem: string): PublicKey {
  if (PRIVATE_KEY.test(pem))
    throw new SealedFieldsError('private-key-supplied', 'expected a public key, found a private key', {
      hint: 'Anyone who has seen this text can decrypt every card. Make a new key pair, and use its public key.',
    });
  const base64 = pem.length > PEM_LIMIT ? undefined : PUBLIC_KEY.exec(pem)?.[1]?.replace(/[\r\n]/g, '');
  if (base64 === undefined) throw invalid('one PEM block PUBLIC KEY and nothing else', describe(pem));
  const bytes = decode(base64);
  const {modulus, exponent} = readSpki(bytes);
  const spki = writeSpki({modulus, exponent});
  if (encode(spki) !== base64) throw invalidEncoding(bytes);
  const bits = modulus === 0n ? 0 : modulus.toString(2).length;
  if (bits < 2048 || bits > 4096) throw invalid('a modulus of 2048 to 4096 bits', `${bits} bits`);
  if (exponent !== 65537n) throw invalid('the public exponent 65537', 'another exponent');
  const weakness = findWeakness(modulus);
  if (weakness !== undefined) throw weakKey(weakness);
  return {modulus, spki};
}

function decode(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    throw invalid('an RSA key', 'none');
  }
}

function encode(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function invalidEncoding(bytes: Uint8Array): SealedFieldsError {
  const algorithm = algorithmOf(bytes);
  if (algorithm === RSA) return invalid('the DER encoding of an RSA key', 'another encoding, or more bytes');
  const found = algorithm === undefined ? 'none' : `a key of the algorithm ${algorithm.slice(0, 32)}`;
  return invalid('an RSA key', found);
}

/** Labels of common mistakes, which messages may quote (RFC 7468, OpenSSL). Other labels could contain anything. */
const KNOWN_LABELS = [
  'RSA PUBLIC KEY',
  'EC PUBLIC KEY',
  'EC PARAMETERS',
  'CERTIFICATE',
  'CERTIFICATE REQUEST',
];

/** The most likely description of a text that is not a single block. */
function describe(text: string): string {
  if (text.length > PEM_LIMIT) return `${text.length} characters`;
  if (text.startsWith('\uFEFF')) return 'a byte order mark before it';
  if (/^\s*</.test(text)) return 'what looks like an HTML page';
  const labels = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----/g)].map(([, label]) => label);
  if (labels.length !== 1) return labels.length === 0 ? 'no PEM block' : `${labels.length} blocks`;
  if (labels[0] !== 'PUBLIC KEY')
    return `a block ${KNOWN_LABELS.find((label) => label === labels[0]) ?? 'of another kind'}`;
  return text.includes('\\n') ? 'line breaks written as \\n' : 'text before, after or within it';
}

/** The error for a key whose modulus can be factored. @param found what it is instead, such as `a prime`. */
export function weakKey(found: string): SealedFieldsError {
  return invalid('a product of two large primes', found);
}

function invalid(expected: string, found: string): SealedFieldsError {
  return new SealedFieldsError('key-invalid', `expected ${expected}, found ${found}`, {
    hint: 'Ask the gateway for its key, or make it with: openssl pkey -in private.pem -pubout',
  });
}
