import {execFileSync} from 'node:child_process';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

import {makeKeyPair} from '../../openssl.ts';

const folder = mkdtempSync(join(tmpdir(), 'sealed-fields-'));

/** A key pair made by OpenSSL's command line, as PEM and as the file that its other commands read. */
export interface Pair {
  privateKeyPem: string;
  publicKeyPem: string;
  publicKeyFile: string;
}

export function makePair(): Pair {
  const {privatePem: privateKeyPem, publicPem: publicKeyPem} = makeKeyPair();
  const publicKeyFile = join(mkdtempSync(join(folder, 'pair-')), 'public.pem');
  writeFileSync(publicKeyFile, publicKeyPem);
  return {privateKeyPem, publicKeyPem, publicKeyFile};
}

/** RSAES-PKCS1-v1_5, base64: a ciphertext as the page posts it. */
export function seal(pair: Pair, text: string): string {
  return encrypt(pair, Buffer.from(text), 'pkcs1').toString('base64');
}

/** Encrypts a whole block as it stands, so that a test can choose the padding, right or wrong. */
export function sealBlock(pair: Pair, block: Uint8Array): string {
  return encrypt(pair, block, 'none').toString('base64');
}

function encrypt(pair: Pair, input: Uint8Array, padding: string): Buffer {
  const key = ['-pubin', '-inkey', pair.publicKeyFile];
  const options = ['pkeyutl', '-encrypt', ...key, '-pkeyopt', `rsa_padding_mode:${padding}`];
  return execFileSync('openssl', options, {input, stdio: ['pipe', 'pipe', 'ignore']});
}
