import {execFileSync} from 'node:child_process';
import {createCipheriv, createDecipheriv, publicEncrypt, randomBytes} from 'node:crypto';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** Tests decrypt with OpenSSL: an implementation other than the one that encrypts. */
export interface KeyPair {
  publicPem: string;
  privatePem: string;
}

/** @param options of `openssl genpkey`; RSA of 2048 bits by default. */
export function makeKeyPair(options = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']): KeyPair {
  const privatePem = openssl(['genpkey', ...options], '');
  return {privatePem, publicPem: openssl(['pkey', '-pubout'], privatePem)};
}

/** The key pair that all unit tests of a process share: RSA, 2048 bits. Making one takes OpenSSL a tenth of a second. */
export function sharedKeyPair(): KeyPair {
  return (shared.keyPair ??= makeKeyPair());
}

const shared: {keyPair?: KeyPair} = {};

/** Decrypts base64 ciphertexts (RSAES-PKCS1-v1_5). @throws if one cannot be decrypted. */
export function open(ciphertexts: readonly string[], privatePem: string): string[] {
  const blocks = ciphertexts.map((ciphertext) => Buffer.from(ciphertext, 'base64'));
  return decrypt(blocks, privatePem, ['rsa_padding_mode:pkcs1']).map((plain) => plain.toString('utf8'));
}

/** A decrypted envelope of the profile `jwe`. */
export interface OpenedJwe {
  header: Record<string, unknown>;
  /** The JSON text with its trailing spaces. */
  text: string;
  payload: {v: number; merchant: string; origin: string; iat: number; jti: string; fields: object};
}

/** RSA-OAEP with SHA-256, for the label and for MGF1 (RFC 7518 §4.3). */
const OAEP_256 = ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', 'rsa_mgf1_md:sha256'];

/**
 * Decrypts a compact JWE (RFC 7516 §5.2): the content key with OpenSSL, the rest with `node:crypto`.
 *
 * @throws if it cannot be decrypted.
 */
export function openJwe(jwe: string, privatePem: string): OpenedJwe {
  const [head = '', ...rest] = jwe.split('.');
  const [key, iv, ciphertext, tag] = rest.map((part) => Buffer.from(part, 'base64url'));
  if (!key || !iv || !ciphertext || !tag || rest.length > 4) throw new Error('expected five parts');
  const [contentKey] = decrypt([key], privatePem, OAEP_256);
  if (contentKey === undefined) throw new Error('expected a key');
  const cipher = createDecipheriv('aes-256-gcm', contentKey, iv, {authTagLength: 16});
  cipher.setAAD(Buffer.from(head, 'ascii')).setAuthTag(tag);
  const text = Buffer.concat([cipher.update(ciphertext), cipher.final()]).toString('utf8');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as OpenedJwe['header'];
  return {header, text, payload: JSON.parse(text) as OpenedJwe['payload']};
}

/** What {@link sealJwe} may do differently from the product. */
export interface JweOptions {
  header?: object;
  /** Options of `openssl pkeyutl` for the content key; by default RSA-OAEP with SHA-256. */
  padding?: readonly string[];
  /** Encrypted in place of the content key. */
  wrapped?: Buffer;
  /** Changes the encoded header. */
  spell?: (head: string) => string;
}

/** Encrypts any text with any header as a compact JWE: the content key with OpenSSL, the rest with `node:crypto`. */
export function sealJwe(text: string, publicPem: string, options: JweOptions = {}): string {
  const contentKey = randomBytes(32);
  const {header = {}, padding, wrapped = contentKey, spell = (text: string) => text} = options;
  const head = spell(Buffer.from(JSON.stringify(header)).toString('base64url'));
  // Node's own OpenSSL needs no process, but the command line supports more paddings.
  const [key = Buffer.alloc(0)] =
    padding === undefined
      ? [publicEncrypt({key: publicPem, oaepHash: 'sha256'}, wrapped)]
      : pkeyutl(['-encrypt', '-pubin'], [wrapped], publicPem, padding);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', contentKey, iv, {authTagLength: 16});
  cipher.setAAD(Buffer.from(head, 'ascii'));
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const parts = [key, iv, ciphertext, cipher.getAuthTag()];
  return [head, ...parts.map((part) => part.toString('base64url'))].join('.');
}

function decrypt(blocks: readonly Buffer[], privatePem: string, options: readonly string[]): Buffer[] {
  return pkeyutl(['-decrypt'], blocks, privatePem, options);
}

/** Runs `openssl pkeyutl` on each input. The key is in a file only while it runs. */
function pkeyutl(
  command: readonly string[],
  inputs: readonly Buffer[],
  pem: string,
  options: readonly string[],
): Buffer[] {
  const folder = mkdtempSync(join(tmpdir(), 'sealed-fields-'));
  const key = join(folder, 'key.pem');
  const given = options.flatMap((option) => ['-pkeyopt', option]);
  try {
    writeFileSync(key, pem, {mode: 0o600});
    return inputs.map((input) =>
      execFileSync('openssl', ['pkeyutl', ...command, '-inkey', key, ...given], {
        input,
        stdio: ['pipe', 'pipe', 'pipe'],
      }),
    );
  } finally {
    rmSync(folder, {recursive: true});
  }
}

/** Decrypts ciphertexts with the key in a file, such as the sandbox gateway's. */
export function openWithKeyFile(ciphertexts: readonly string[], path: string): string[] {
  return open(ciphertexts, readFileSync(path, 'utf8'));
}

function openssl(options: readonly string[], input: string): string {
  return execFileSync('openssl', options, {input, stdio: ['pipe', 'pipe', 'ignore']}).toString('utf8');
}
