import {createPublicKey} from 'node:crypto';
import {parsePublicKey} from '../../../widget/keys/public-key.ts';
import {SealedFieldsError} from '../../../widget/protocol/errors.ts';
import {
  bytesOf,
  der,
  integer,
  pem,
  pseudorandomNumber,
  rocaNear,
  soundModulus,
  spki,
} from '../../support/der.ts';
import {type Random, arbitraryOf} from '../../support/random.ts';
import {changeText} from './mutate.ts';
import {check, target} from './target.ts';

// ---- the rules (docs/deploy.md, docs/errors.md) --------------------------------------------------------

/** Every prime up to 751; a sound modulus has no factor in common with their product. */
const PRIMES = Array.from({length: 750}, (_, index) => index + 2).filter((number) =>
  Array.from({length: number - 2}, (_, index) => index + 2).every((divisor) => number % divisor !== 0),
);
const PRIMORIAL = PRIMES.reduce((product, prime) => product * BigInt(prime), 1n);

function haveCommonFactor(one: bigint, other: bigint): boolean {
  return other === 0n ? one !== 1n : haveCommonFactor(other, one % other);
}

/** CVE-2017-15361: modulo every odd prime up to 167, the modulus is a power of 65537. */
function isRoca(modulus: bigint): boolean {
  return PRIMES.filter((prime) => prime > 2 && prime <= 167).every((prime) => {
    const rest = Number(modulus % BigInt(prime));
    let power = 1;
    return Array.from({length: prime}).some(() => (power = (power * 65537) % prime) === rest);
  });
}

/** Its two bytes, big-endian. */
const short = (number: number) => [number >> 8, number & 255];

/** `SEQUENCE {OID 1.2.840.113549.1.1.1, NULL}`. */
const RSA = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
const E65537 = [0x02, 0x03, 0x01, 0x00, 0x01];

/**
 * The modulus in the only DER encoding of an acceptable key. At these sizes every length takes two bytes, so all bytes
 * before the modulus follow from the size.
 */
function modulusOf(bytes: readonly number[]): bigint | undefined {
  const size = bytes.length - 37;
  const before = [
    ...[0x30, 0x82, ...short(size + 33)],
    ...RSA,
    ...[0x03, 0x82, ...short(size + 14), 0x00],
    ...[0x30, 0x82, ...short(size + 9)],
    ...[0x02, 0x82, ...short(size)],
  ];
  const isFramed = [...before, ...E65537].every(
    (byte, index) => byte === bytes[index < before.length ? index : index + size],
  );
  const number = bytes.slice(before.length, before.length + size);
  const [first = 0, second = 0] = number;
  const isPositive = first < 128 && (first > 0 || second >= 128);
  if (size < 256 || size > 513 || !isFramed || !isPositive) return undefined;
  return BigInt(`0x${number.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`);
}

/** The modulus of the key in this text, or undefined if the key gate must reject it. */
function keyIn(text: string): bigint | undefined {
  if (text.length > 4096) return undefined;
  const lines = text.split('\n');
  if (lines.length > 3 && lines.at(-1) === '') lines.pop();
  const begin = lines.shift()?.replace(/\r$/, '');
  const end = lines.pop()?.replace(/\r$/, '');
  if (begin !== '-----BEGIN PUBLIC KEY-----' || end !== '-----END PUBLIC KEY-----') return undefined;
  const base64 = lines.map((line) => line.replace(/\r$/, ''));
  const modulus = base64.includes('') ? undefined : modulusOf(bytesIn(base64.join('')));
  if (modulus === undefined) return undefined;
  const bits = modulus.toString(2).length;
  const isSound = !haveCommonFactor(PRIMORIAL, modulus) && !isRoca(modulus);
  return bits >= 2048 && bits <= 4096 && isSound ? modulus : undefined;
}

/** No bytes if the base64 is not canonical. */
function bytesIn(base64: string): number[] {
  try {
    const bytes = atob(base64);
    return btoa(bytes) === base64 ? Array.from(bytes, (byte) => byte.charCodeAt(0)) : [];
  } catch {
    return [];
  }
}

// ---- inputs ----------------------------------------------------------------------------------------------

const SOUND = [2048, 2049, 2056, 3072, 4095, 4096].map((bits) => soundModulus(bits));
const [SMALLEST = 0n] = SOUND;
const MODULI = [
  ...SOUND,
  ...[0, 1, 512, 1024, 2047, 4097, 4104, 8192].map((bits) =>
    bits === 0 ? 0n : bits === 1 ? 1n : soundModulus(bits),
  ),
  ...[SMALLEST - 1n, SMALLEST - (SMALLEST % 1502n) + 751n, rocaNear(SMALLEST), 1n << 2047n],
];

const EXPONENTS = [65537n, 0n, 1n, 3n, 65536n, 65539n, 65537n + (1n << 32n), SMALLEST - 1n];

/** PKCS#1 and PKCS#8 encodings of numbers that are not a key. */
function privateKey(): number[][] {
  const half = integer(pseudorandomNumber(1024, 7));
  const pkcs1 = der(
    0x30,
    [2, 1, 0],
    integer(SMALLEST),
    E65537,
    integer(SMALLEST - 2n),
    half,
    half,
    half,
    half,
  );
  return [pkcs1, der(0x30, [2, 1, 0], RSA, der(4, pkcs1))];
}

const [PKCS1 = [], PKCS8 = []] = privateKey();
const KEYS = SOUND.map((modulus) => spki(integer(modulus)));
const [KEY = []] = KEYS;

/** Bytes of a key that is valid or has one fault. */
function keyBytes(random: Random): number[] {
  const kinds = [
    () => KEY,
    () => random.pick(KEYS),
    () => spki(integer(random.pick(MODULI))),
    () => spki(integer(SMALLEST), integer(random.pick(EXPONENTS))),
    () => spki(der(2, [0, 0], bytesOf(SMALLEST))),
    () => spki(der(2, bytesOf(SMALLEST))),
    () => spki(integer(SMALLEST), [2, 4, 0, 1, 0, 1]),
    () => spki(integer(SMALLEST), [...E65537, 5, 0]),
    () => der(0x30, integer(SMALLEST), E65537),
    () => der(0x30, RSA.slice(0, 13).with(1, 11), KEY.slice(19)),
    () => der(0x30, [0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, ...RSA.slice(4, 12)]),
    () => PKCS1,
    () => PKCS8,
    () => Array.from({length: random.below(700)}, () => 0x30),
  ];
  return random.pick(kinds)();
}

/** Prefers the bytes around the modulus, which is most of the key. */
function aPlace(bytes: readonly number[], random: Random): number {
  const all = bytes.length;
  return Math.max(
    0,
    random.pick([() => random.below(40), () => all - 1 - random.below(8), () => random.below(all || 1)])(),
  );
}

function changeBytes(bytes: readonly number[], random: Random): readonly number[] {
  const at = aPlace(bytes, random);
  const to = at + 1 + random.below(8);
  const one = bytes[at] ?? 0;
  const changes = [
    () => bytes.with(Math.min(at, bytes.length - 1), one ^ (1 << random.below(8))),
    () => bytes.with(Math.min(at, bytes.length - 1), random.pick([0, 1, 0x30, 0x7f, 0x80, 0x84, 0xff])),
    () => [...bytes.slice(0, at), ...bytes.slice(to)],
    () => [...bytes.slice(0, at), ...bytes.slice(at, to), ...bytes.slice(at)],
    () => bytes.slice(0, at),
    () => [...bytes, ...bytes.slice(0, random.below(40))],
    () => [...bytes, 0],
    () => [0x30, 0x83, 0, ...bytes.slice(2)],
    () => [0x30, 0x80, ...bytes.slice(4), 0, 0],
  ];
  return bytes.length === 0 ? [random.below(256)] : random.pick(changes)();
}

/** What mail, environment variables and other programs do to PEM text. */
function changePem(text: string, random: Random): string {
  const body = text.split('\n').slice(1, -2).join('');
  const changes = [
    () => text,
    () => text.replaceAll('\n', '\r\n'),
    () => text.trimEnd(),
    () =>
      text.replace(body.slice(0, 64), random.pick(['\r', '\n', ' ', '\t', '\0', '=']) + body.slice(0, 64)),
    () => `-----BEGIN PUBLIC KEY-----\n${body}\n-----END PUBLIC KEY-----`,
    () => text.replaceAll('\n', random.pick(['\n\n', '\r', ' ', '\\n', '\u2028', ''])),
    () => text.replaceAll('PUBLIC', random.pick(['RSA PUBLIC', 'PRIVATE', 'public', ' PUBLIC', ''])),
    () => text.replace('BEGIN PUBLIC', random.pick(['BEGIN RSA PUBLIC', 'BEGIN', 'END PUBLIC'])),
    () => text.replaceAll('-----', random.pick(['----', '------', '—', '----- '])),
    () => text.replace('\n', random.pick(['\nProc-Type: 4,ENCRYPTED\n\n', '\nX: y\n', '\n\n'])),
    () => random.pick(['\uFEFF', ' ', '\n', 'key:\n', '<pre>', text]) + text,
    () => text + random.pick(['\n', '\0', ' ', 'x', text, pem(PKCS8, 'PRIVATE KEY')]),
    () => text.replace(/(.)\n-----END/, random.pick(['$1=\n-----END', 'A=\n-----END', '$1$1\n-----END'])),
    () => text.replaceAll('+', '-').replaceAll('/', '_'),
    () => text.replace('\n', '\n'.repeat(random.pick([2, 100, 4096, 100_000]))),
    () => body,
    () => changeText(text, random),
  ];
  return random.pick(changes)();
}

/** A text in place of a public key. */
function aKey(random: Random): string {
  let bytes: readonly number[] = keyBytes(random);
  for (let times = random.pick([0, 0, 1, 2]); times > 0; times -= 1) bytes = changeBytes(bytes, random);
  let text = pem(
    bytes,
    random.pick(['PUBLIC KEY', 'PUBLIC KEY', 'PUBLIC KEY', 'PRIVATE KEY', 'CERTIFICATE']),
  );
  for (let times = random.pick([0, 1, 1, 2]); times > 0; times -= 1) text = changePem(text, random);
  return text;
}

// ---- the comparison --------------------------------------------------------------------------------------

/** OpenSSL must read an accepted key as the gate does, and write it with the same bytes. */
function checkWithOpenSsl(text: string, modulus: bigint): void {
  const key = createPublicKey(text);
  const {modulusLength, publicExponent} = key.asymmetricKeyDetails ?? {};
  check(key.asymmetricKeyType === 'rsa', 'OpenSSL reads a key of another kind');
  check(modulusLength === modulus.toString(2).length, 'OpenSSL reads another number of bits');
  check(publicExponent === 65537n, 'OpenSSL reads another exponent');
  const written = key.export({type: 'spki', format: 'der'});
  check(
    written.equals(Uint8Array.from(bytesIn(text.replace(/-----.*-----|\s/g, '')))),
    'OpenSSL writes other bytes',
  );
}

function compare(text: string): readonly [string, boolean] {
  const kind = 'key';
  const expected = keyIn(text);
  try {
    const {modulus} = parsePublicKey(text);
    check(expected !== undefined, 'the rules reject this key');
    check(modulus === expected, 'the gate reads another modulus');
    checkWithOpenSsl(text, modulus);
    return [kind, true];
  } catch (error) {
    if (!(error instanceof SealedFieldsError)) throw error;
    check(expected === undefined, 'the rules accept this key');
    checkMessage(error, text);
    return [kind, false];
  }
}

/** The error names a private key as one, names no public key so, and quotes nothing of any key. */
function checkMessage(error: SealedFieldsError, text: string): void {
  const isPrivate = error.code === 'private-key-supplied';
  check(isPrivate || error.code === 'key-invalid', `the code is ${error.code}`);
  const looksPrivate = text.includes('PRIVATE KEY') || /MII.{3}IBA/.test(text);
  check(!isPrivate || looksPrivate, 'a public key is reported as a private one');
  check(isPrivate || !text.includes('PRIVATE KEY'), 'a private key is not reported as one');
  check(
    isPrivate || !text.includes(`\n${btoa(String.fromCharCode(...PKCS8.slice(0, 48)))}`),
    'a private key in base64 is not reported as one',
  );
  const report = `${error.message} ${error.hint}`;
  check(report.length < 400 && error.cause === undefined, 'the error is too long or has a cause');
  for (const [run] of text.slice(0, 8192).matchAll(/[A-Za-z0-9+/]{16,}/g))
    for (const at of [0, run.length >> 1, run.length - 16])
      check(!report.includes(run.slice(at, at + 16)), 'the error quotes the key');
}

const GOOD = pem(KEY);

/** An empty line was once accepted, a label once quoted; the others are boundary values. */
const KNOWN = [
  GOOD.replace('\n', '\n\n'),
  GOOD.replace('PUBLIC', '4012000098765439PUBLIC'),
  ...MODULI.map((modulus) => pem(spki(integer(modulus)))),
  ...EXPONENTS.map((exponent) => pem(spki(integer(SMALLEST), integer(exponent)))),
  ...[GOOD.trimEnd(), `${GOOD}\n`, `${GOOD}x`, `\uFEFF${GOOD}`, `<pre>${GOOD}`, GOOD + GOOD],
  ...[pem(PKCS8, 'PRIVATE KEY'), pem(PKCS8), pem(PKCS1), pem(PKCS1, 'RSA PRIVATE KEY')],
];

/** PEM and DER through the key gate. */
export const keys = target({
  name: 'keys',
  runs: 100_000,
  inputs: arbitraryOf(aKey, 32),
  known: KNOWN,
  compare,
});
