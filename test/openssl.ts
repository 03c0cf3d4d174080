import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** OpenSSL is the oracle of these tests: another implementation than the one that encrypts. */
export interface KeyPair {
  publicPem: string;
  privatePem: string;
}

/** @param options of `openssl genpkey`; RSA of 2048 bits by default. */
export function makeKeyPair(options = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']): KeyPair {
  const privatePem = openssl(['genpkey', ...options], '');
  return {privatePem, publicPem: openssl(['pkey', '-pubout'], privatePem)};
}

/** Opens base64 ciphertexts (RSAES-PKCS1-v1_5) with a private key. @throws if one does not open. */
export function open(ciphertexts: readonly string[], privatePem: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'sealed-fields-'));
  const key = join(folder, 'key.pem');
  try {
    writeFileSync(key, privatePem, {mode: 0o600});
    return ciphertexts.map((ciphertext) =>
      execFileSync('openssl', ['pkeyutl', '-decrypt', '-inkey', key, '-pkeyopt', 'rsa_padding_mode:pkcs1'], {
        input: Buffer.from(ciphertext, 'base64'),
        stdio: ['pipe', 'pipe', 'pipe'],
      }).toString('utf8'),
    );
  } finally {
    rmSync(folder, {recursive: true});
  }
}

/** Opens ciphertexts with the key in a file, such as the sandbox gateway's. */
export function openWithKeyFile(ciphertexts: readonly string[], path: string): string[] {
  return open(ciphertexts, readFileSync(path, 'utf8'));
}

function openssl(options: readonly string[], input: string): string {
  return execFileSync('openssl', options, {input, stdio: ['pipe', 'pipe', 'ignore']}).toString('utf8');
}
