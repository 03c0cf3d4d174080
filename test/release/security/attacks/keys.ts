import {makeKeyPair, open} from '../../../support/openssl.ts';
import {typeInto} from '../../../support/browser.ts';
import type {Attack} from './attack.ts';
import {stampRecord} from './documents.ts';
import {openHostileHost, requestSeal} from './hostile-host.ts';

/** The entered security code. */
const CODE = '999';

/**
 * Attack on the key check in the frame: a frame document whose record was changed after publication holds a key of
 * 1024 bits. The page asks for ciphertext even though the frame reported the key as invalid.
 *
 * @returns what the holder of the weak key decrypts, and every event by which the frame accepted the key.
 */
export const sealWithWeakKey: Attack = async (page, servers) => {
  const weak = makeKeyPair(['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024']);
  await stampRecord(servers, {keys: [{kid: 'weak', pem: weak.publicPem}]});
  const frame = await openHostileHost(page, servers, {fields: 'securityCode'});
  await typeInto(page, frame, 'securityCode', CODE);
  const {event, payload} = await requestSeal(page, 1);
  if (event === 'failed' && payload['code'] === 'key-invalid') return [];
  if (event !== 'sealed') return [`${event}: ${JSON.stringify(payload)}`];
  const {values} = payload['envelope'] as {values: Record<string, string>};
  return open(Object.values(values), weak.privatePem);
};

/**
 * Attack on the key check in the frame: a private key in place of the public one, which would be published in every
 * page.
 */
export const sealWithPrivateKey: Attack = async (page, servers) => {
  const pair = makeKeyPair();
  await stampRecord(servers, {keys: [{kid: 'private', pem: pair.privatePem}]});
  const frame = await openHostileHost(page, servers, {fields: 'securityCode'});
  await typeInto(page, frame, 'securityCode', CODE);
  const {event, payload} = await requestSeal(page, 1);
  return event === 'failed' && payload['code'] === 'private-key-supplied'
    ? []
    : [`${event}: ${JSON.stringify(payload)}`];
};
