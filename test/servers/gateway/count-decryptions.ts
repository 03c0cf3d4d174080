import crypto from 'node:crypto';
import {syncBuiltinESMExports} from 'node:module';

/**
 * The number of private key decryptions in `work`. If it depended on whether a ciphertext decrypts, the
 * gateway would be a decryption oracle. `npm run bench gateway` compares the times themselves.
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
