import {createPublicKey, generateKeyPairSync} from 'node:crypto';
import {createOpener} from '../../demo/gateway/open-envelope.ts';
import {parseEnvelope} from '../../widget/protocol/envelope.ts';
import {Ciphers} from '../../widget/crypto/ciphers.ts';
import {parseRecord} from '../../widget/record.ts';
import {submit} from '../../widget/submit.ts';
import {bytesIn} from '../widget/crypto/der.ts';
import type {SecondReader} from './keys.ts';
import type {SealAndOpen} from './keystrokes.ts';
import {insist} from './target.ts';

/** What Node's OpenSSL says of keys that were taken and of values that were sealed. */

export const readByOpenSsl: SecondReader = (text, modulus) => {
  const key = createPublicKey(text);
  const {modulusLength, publicExponent} = key.asymmetricKeyDetails ?? {};
  insist(key.asymmetricKeyType === 'rsa', 'OpenSSL reads a key of another kind');
  insist(modulusLength === modulus.toString(2).length, 'OpenSSL counts other bits');
  insist(publicExponent === 65537n, 'OpenSSL reads another exponent');
  const canonical = key.export({type: 'spki', format: 'der'});
  insist(canonical.equals(Uint8Array.from(bytesIn(text))), 'OpenSSL writes it otherwise');
};

/** Seals with a key of this run's and opens with the gateway's own code. */
export function sealing(): SealAndOpen {
  const {publicKey, privateKey} = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: {type: 'spki', format: 'pem'},
    privateKeyEncoding: {type: 'pkcs8', format: 'pem'},
  });
  const record = parseRecord({
    id: 'demo',
    origins: [],
    expiry: 'sealed',
    keys: [{kid: 'run', pem: publicKey}],
  });
  const ciphers = new Ciphers('paytrace');
  const open = createOpener(privateKey);
  return async (state) => {
    const {values} = parseEnvelope(await submit(state, record, {id: '0'.repeat(32), origin: ''}, ciphers));
    const opened = Object.entries(values).map(([name, value]) => [
      name,
      name.startsWith('encrypted_') ? (open(value) ?? 'does not open') : value,
    ]);
    return Object.fromEntries(opened) as Record<string, string>;
  };
}
