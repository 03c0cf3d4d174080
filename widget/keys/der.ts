/**
 * Reads and writes the SubjectPublicKeyInfo of an RSA key (RFC 5280 §4.1.2.7, RFC 8017 §A.1.1) in DER (X.690 §10). The
 * reader validates nothing: its result is correct only if writing it returns the same bytes.
 */

/** The two integers of an RSA public key. */
export interface RsaIntegers {
  modulus: bigint;
  exponent: bigint;
}

const SEQUENCE = 0x30;
const OBJECT_IDENTIFIER = 0x06;
const BIT_STRING = 0x03;
const INTEGER = 0x02;

/** The object identifier rsaEncryption, of keys for RSAES-PKCS1-v1_5 and RSAES-OAEP (RFC 8017 §A.1). */
export const RSA = '1.2.840.113549.1.1.1';

/** {@link RSA} in DER, with NULL as its parameters. */
const RSA_ENCRYPTION = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

/** The only DER encoding of this key. */
export function writeSpki({modulus, exponent}: RsaIntegers): Uint8Array<ArrayBuffer> {
  const key = der(SEQUENCE, integer(modulus), integer(exponent));
  return Uint8Array.from(der(SEQUENCE, der(SEQUENCE, RSA_ENCRYPTION), der(BIT_STRING, [0], key)));
}

/** Reads the modulus and exponent of an RSA key, without validation; 0 for a number that is missing. */
export function readSpki(bytes: Uint8Array): RsaIntegers {
  const algorithm = valueAt(bytes, valueAt(bytes, 0).start);
  const key = valueAt(bytes, valueAt(bytes, algorithm.end).start + 1); // past the count of unused bits
  const modulus = valueAt(bytes, key.start);
  const exponent = valueAt(bytes, modulus.end);
  return {modulus: numberIn(bytes, modulus), exponent: numberIn(bytes, exponent)};
}

/** The object identifier of the key's algorithm, such as `1.3.101.112`, or undefined if there is none. */
export function algorithmOf(bytes: Uint8Array): string | undefined {
  const algorithm = valueAt(bytes, valueAt(bytes, 0).start);
  const {tag, start, end} = valueAt(bytes, algorithm.start);
  if (tag !== OBJECT_IDENTIFIER || algorithm.tag !== SEQUENCE) return undefined;
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of bytes.subarray(start, end)) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (arcs.length === 0) arcs.push(Math.min(2, Math.floor(arc / 40))); // the first byte holds two (X.690 §8.19.4)
    arcs.push(arcs.length === 1 ? arc - 40 * (arcs[0] ?? 0) : arc);
    arc = 0;
  }
  return arcs.join('.');
}

/** The position of one value's contents. A length that exceeds the input is cut to it. */
interface Value {
  tag: number | undefined;
  start: number;
  end: number;
}

function valueAt(bytes: Uint8Array, at: number): Value {
  const first = bytes[at + 1] ?? 0;
  const more = first < 0x80 ? 0 : first - 0x80;
  const start = at + 2 + more;
  const length =
    more === 0 ? first : bytes.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  return {tag: bytes[at], start, end: Math.min(start + length, bytes.length)};
}

function numberIn(bytes: Uint8Array, {start, end}: Value): bigint {
  const hex = Array.from(bytes.subarray(start, end), (byte) => byte.toString(16).padStart(2, '0'));
  return BigInt(`0x0${hex.join('')}`);
}

function integer(value: bigint): number[] {
  const hex = value.toString(16);
  const bytes = (hex.length % 2 === 0 ? hex : `0${hex}`).match(/../g) ?? [];
  const unsigned = bytes.map((byte) => Number.parseInt(byte, 16));
  return der(INTEGER, (unsigned[0] ?? 0) < 0x80 ? unsigned : [0, ...unsigned]);
}

/** One value: tag, length in the fewest possible bytes, contents. */
function der(tag: number, ...contents: readonly (readonly number[])[]): number[] {
  const bytes = contents.flat();
  const {length} = bytes;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return [tag, ...size, ...bytes];
}
