import {bytesIn, integer, modulusIn, pem, rocaNear, spki} from '../../support/der.ts';
import {makeKeyPair, sharedKeyPair} from '../../support/openssl.ts';

/** What happens to a frame document whose record holds such a key. */
type Outcome = 'accepted' | 'key-invalid' | 'key-expired' | 'private-key-supplied' | 'no fields';

export interface Key {
  what: string;
  /** `pem`, and when it is valid. */
  entry: {pem: string; notBefore?: string; notAfter?: string};
  outcome: Outcome;
}

/**
 * One key for each reason to reject, as a record changed after publication could hold it. The table of the whole key
 * check is in the unit test of `public-key`.
 */
export function makeKeys(): Key[] {
  const {publicPem: good, privatePem} = sharedKeyPair();
  const modulus = modulusIn(good);
  const rsaOf = (bits: number) =>
    makeKeyPair(['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`]).publicPem;
  const elliptic = makeKeyPair(['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']).publicPem;
  const nested = Array.from({length: 10_000}, () => [0x30, 0x80]).flat();
  const pems: [what: string, pem: string, outcome?: Outcome][] = [
    ['1024 bits', rsaOf(1024)],
    ['8192 bits', pem(spki(integer((1n << 8191n) | 1n)))],
    ['e = 3', pem(spki(integer(modulus), integer(3n)))],
    ['an even modulus', pem(spki(integer(modulus - 1n)))],
    ['CRLF', good.replaceAll('\n', '\r\n'), 'accepted'],
    ['two blocks', good + good],
    ['BEGIN CERTIFICATE around a key', pem(bytesIn(good), 'CERTIFICATE')],
    ['text before', `key:\n${good}`, 'no fields'],
    ['a private key', privatePem, 'private-key-supplied'],
    [
      'a private key under a public label',
      privatePem.replaceAll('PRIVATE', 'PUBLIC'),
      'private-key-supplied',
    ],
    ['EC', elliptic],
    ['the ROCA fingerprint', pem(spki(integer(rocaNear(modulus))))],
    ['10,000 nested values', pem(nested)],
    ['a length of 2 GB', pem([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 2, 1, 0])],
    ['trailing bytes', pem([...bytesIn(good), 0])],
  ];
  const keys = pems.map(([what, text, outcome = 'key-invalid']): Key => ({
    what,
    entry: {pem: text},
    outcome,
  }));
  return [
    ...keys,
    {what: 'past its time', entry: {pem: good, notAfter: '2020-01-01T00:00:00Z'}, outcome: 'key-expired'},
    {what: 'before its time', entry: {pem: good, notBefore: '9000-01-01T00:00:00Z'}, outcome: 'key-expired'},
  ];
}
