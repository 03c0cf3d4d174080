import {executeServerCommand} from '@web/test-runner-commands';
import type {OpenedJwe} from '../../openssl.ts';

/** The public half of this run's throw-away key: RSA, 2048 bits. */
export async function publicPem(): Promise<string> {
  return (await executeServerCommand<{pem: string}, object>('openssl-public-key', {})).pem;
}

/** What OpenSSL reads in base64 ciphertexts with the private half; rejects if one does not open. */
export async function openAll(ciphertexts: string[]): Promise<string[]> {
  const answer = await executeServerCommand<{plaintexts: string[]}, object>('openssl-open', {ciphertexts});
  return answer.plaintexts;
}

/** What OpenSSL reads in a compact JWE with the private half; rejects if it does not open. */
export async function openEnvelope(jwe: string): Promise<OpenedJwe> {
  return executeServerCommand<OpenedJwe, object>('openssl-open-jwe', {jwe});
}

/** Another key pair, from `openssl genpkey` with these options. */
export async function makeKey(...args: string[]): Promise<{publicPem: string; privatePem: string}> {
  return executeServerCommand<{publicPem: string; privatePem: string}, object>('openssl-key', {args});
}
