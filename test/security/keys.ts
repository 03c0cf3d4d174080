import {execFileSync} from 'node:child_process';
import {makeKeyPair} from '../openssl.ts';
import {bytesIn, der, integer, modulusIn, pem, rocaNear, spki} from '../widget/crypto/der.ts';
import type {Id} from './cases.ts';

/** What comes of a key that was stamped into a frame document by other means than publication. */
type InTheFrame = 'taken' | 'key-invalid' | 'key-expired' | 'private-key-supplied' | 'no fields';

export interface Key {
  id: Id;
  what: string;
  /** `pem`, and when it is in force. */
  entry: {pem: string; notBefore?: string; notAfter?: string};
  frame: InTheFrame;
  /** What publication says of the same record. */
  publication: string;
}

const rsa = (bits: number) => makeKeyPair(['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`]);
const {publicPem: good, privatePem: secret} = rsa(2048);
const modulus = modulusIn(good);
const byHand = (bits: number) => pem(spki(integer((1n << BigInt(bits - 1)) | 1n)));
const exponent = (e: bigint) => pem(spki(integer(modulus), integer(e)));
const openssl = (options: string[], input: string) =>
  execFileSync('openssl', options, {input, stdio: ['pipe', 'pipe', 'ignore']}).toString('utf8');
const publicOf = (...options: string[]) => makeKeyPair(options).publicPem;
const nest = (depth: number) => {
  let bytes: number[] = [5, 0];
  for (let level = 0; level < depth; level += 1) bytes = der(0x30, bytes);
  return bytes;
};
const dsa = () => {
  const algorithm = der(
    0x30,
    der(6, [0x2a, 0x86, 0x48, 0xce, 0x38, 4, 1]),
    der(0x30, integer(modulus), integer(7n)),
  );
  return pem(der(0x30, algorithm, der(3, [0], integer(5n))));
};

type Row = [what: string, text: string, frame?: InTheFrame, publication?: string];

function rows(id: Id, usual: InTheFrame, table: Row[]): Key[] {
  return table.map(([what, text, frame = usual, publication = frame === 'no fields' ? usual : frame]) => ({
    id,
    what,
    entry: {pem: text},
    frame,
    publication,
  }));
}

/** The private key that {@link KEYS} holds in many forms; nothing of it may come up anywhere. */
export const SECRET = secret;

/** One table for the frame and for publication. */
export const KEYS: readonly Key[] = [
  ...rows('K04', 'key-invalid', [
    ...[512, 1024, 1536, 2047].map((bits): Row => [`${bits} bits`, rsa(bits).publicPem]),
    ...[4097, 8192, 16384].map((bits): Row => [`${bits} bits`, byHand(bits)]),
    ...[0n, 1n, 2n, 3n, 65536n, modulus - 1n].map((e): Row => [
      `e = ${e.toString().slice(0, 8)}`,
      exponent(e),
    ]),
    ['an even modulus', pem(spki(integer(modulus - 1n)))],
    ['a modulus of nothing', pem(spki(integer(0n)))],
    ['a negative modulus', pem(spki(der(2, integer(modulus).slice(5))))],
  ]),
  ...rows('K06', 'key-invalid', [
    ['as OpenSSL writes it', good, 'taken'],
    ['CRLF', good.replaceAll('\n', '\r\n'), 'taken'],
    ['no final newline', good.trimEnd(), 'taken'],
    ['two blocks', good + good],
    ['text after', `${good}ignored`],
    ['text before', `key:\n${good}`, 'no fields'],
    ['a byte order mark', `\uFEFF${good}`, 'no fields'],
    ['escaped line breaks', good.replaceAll('\n', '\\n')],
    ['no header', good.replace(/-----BEGIN.*-----\n/, ''), 'no fields'],
    ['bare base64', good.replace(/-----.*-----|\n/g, ''), 'no fields'],
    ['BEGIN RSA PUBLIC KEY', pem(der(0x30, integer(modulus), integer(65537n)), 'RSA PUBLIC KEY')],
    ['BEGIN CERTIFICATE around a key', pem(bytesIn(good), 'CERTIFICATE')],
    ['a page', '<!doctype html><title>Not found</title>', 'no fields'],
    ['nothing', '', 'no fields'],
  ]),
  ...rows('K07', 'private-key-supplied', [
    ['PKCS#8', secret],
    ['PKCS#1', openssl(['rsa', '-traditional'], secret)],
    ['encrypted', openssl(['pkcs8', '-topk8', '-passout', 'pass:test'], secret)],
    ['OpenSSH', pem(bytesIn(secret), 'OPENSSH PRIVATE KEY')],
    ['behind a public one', good + secret],
    ['under a public label', secret.replaceAll('PRIVATE', 'PUBLIC')],
  ]),
  ...rows('K08', 'key-invalid', [
    ['EC', publicOf('-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256')],
    ['Ed25519', publicOf('-algorithm', 'ED25519')],
    ['RSA-PSS', publicOf('-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048')],
    ['DSA', dsa()],
    [
      'a certificate',
      openssl(
        ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', '/dev/null', '-subj', '/CN=test'],
        '',
      ),
    ],
  ]),
  {
    id: 'K08',
    what: 'past its time',
    entry: {pem: good, notAfter: '2020-01-01T00:00:00Z'},
    frame: 'key-expired',
    publication: 'key-expired',
  },
  {
    id: 'K08',
    what: 'before its time',
    entry: {pem: good, notBefore: '9000-01-01T00:00:00Z'},
    frame: 'key-expired',
    publication: 'key-expired',
  },
  ...rows('K10', 'key-invalid', [['the mark of ROCA', pem(spki(integer(rocaNear(modulus))))]]),
  ...rows('K11', 'key-invalid', [
    ['10,000 nested values', pem(Array.from({length: 10_000}, () => [0x30, 0x80]).flat())],
    ['700 nested values', pem(nest(700))],
    ['a length of 2 GB', pem([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 2, 1, 0])],
    ['a length of 2^64 - 1', pem([0x30, 0x88, ...Array.from({length: 8}, () => 0xff)])],
    ['an indefinite length', pem([0x30, 0x80, ...bytesIn(good).slice(4), 0, 0])],
    ['trailing bytes', pem([...bytesIn(good), 0])],
    ['bytes after the key', pem(spki(integer(modulus), [...integer(65537n), 5, 0]))],
    ['half of it', pem(bytesIn(good).slice(0, 150))],
  ]),
];
