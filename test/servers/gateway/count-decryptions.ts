import crypto from 'node:crypto';
import {syncBuiltinESMExports} from 'node:module';

/**
 * How often `work` decrypts with a private key. A gateway that does so more or less often for a ciphertext that does not
 * open is an oracle; `npm run bench gateway` compares the times themselves.
 */
export async function countDecryptions(work: () => unknown): Promise<number> {
  const {privateDecrypt} = crypto;
  let count = 0;
  crypto.privateDecrypt = (...args: Parameters<typeof privateDecrypt>) => {
    count += 1;
    return privateDecrypt(...args);
  };
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    crypto.privateDecrypt = privateDecrypt;
    syncBuiltinESMExports();
  }
  return count;
}
