import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomUUID,
} from 'node:crypto';
import {link, mkdir, readFile, unlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

/** The default folder of the sandbox's key pair; ignored by git. */
export const KEY_FOLDER = fileURLToPath(new URL('.keys', import.meta.url));

/** The gateway's key pair as PEM: the private half is PKCS#8, the public half SPKI. */
export interface KeyPair {
  privateKeyPem: string;
  publicKeyPem: string;
}

/**
 * The gateway's RSA-2048 key pair, created in `folder` if absent: `private.pem` (unencrypted PKCS#8, mode
 * 0600) and `public.pem` (SPKI).
 *
 * An existing file is never overwritten, and a new one appears with its full content. So several processes
 * can call this at the same time, and all get the same pair.
 *
 * @throws Error if `private.pem` is not an RSA private key without a passphrase, or `public.pem` is not its
 *   public half.
 */
export async function ensureKeys(folder = KEY_FOLDER): Promise<KeyPair> {
  await mkdir(folder, {recursive: true, mode: 0o700});
  const privatePath = join(folder, 'private.pem');
  const publicPath = join(folder, 'public.pem');

  let privateKeyPem = await readIfThere(privatePath);
  if (privateKeyPem === undefined) {
    await placeOnce(privatePath, await generatePrivateKey(), 0o600);
    privateKeyPem = await readFile(privatePath, 'utf8');
  }
  const publicKeyPem = publicHalf(privateKeyPem, privatePath);
  await placeOnce(publicPath, publicKeyPem, 0o644);
  if ((await readFile(publicPath, 'utf8')).trim() !== publicKeyPem.trim()) {
    throw new Error(`${publicPath} is not the public half of ${privatePath}: remove one of them`);
  }
  return {privateKeyPem, publicKeyPem};
}

/** The key's `kid` in the demo's records. */
export const KEY_ID = '2026-11';

/** The private key by every `kid` that names it: `keyId`, and the SHA-256 of its SubjectPublicKeyInfo. */
export function privateKeysOf({
  privateKeyPem,
  keyId = KEY_ID,
}: Pick<KeyPair, 'privateKeyPem'> & {keyId?: string}): Map<string, KeyObject> {
  const key = createPrivateKey(privateKeyPem);
  const spki = createPublicKey(key).export({type: 'spki', format: 'der'});
  return new Map([keyId, createHash('sha256').update(spki).digest('base64url')].map((kid) => [kid, key]));
}

async function generatePrivateKey(): Promise<string> {
  const {privateKey} = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicExponent: 0x10001,
  });
  return privateKey.export({type: 'pkcs8', format: 'pem'}).toString();
}

function publicHalf(privateKeyPem: string, path: string): string {
  const key = parsePrivateKey(privateKeyPem);
  if (key?.asymmetricKeyType !== 'rsa')
    throw new Error(`${path} is not an RSA private key without a passphrase`);
  return createPublicKey(key).export({type: 'spki', format: 'pem'}).toString();
}

/** Undefined for a key that OpenSSL cannot read; its error message would not help the user. */
function parsePrivateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Writes a file unless it exists. `link` is atomic like `rename`, but never replaces a file. */
async function placeOnce(path: string, content: string, mode: number): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, content, {mode, flag: 'wx'});
  try {
    await link(draft, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
