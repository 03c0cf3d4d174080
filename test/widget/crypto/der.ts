/**
 * Writes keys as no tool would make them. DER (X.690) by hand, so that neither node-forge nor OpenSSL can mend or
 * refuse what a test is about.
 */

/** One value: tag, length in the shortest form, contents. */
export function der(tag: number, ...contents: readonly (readonly number[])[]): number[] {
  const bytes = contents.flat();
  return [tag, ...lengthOf(bytes.length), ...bytes];
}

function lengthOf(length: number): number[] {
  if (length < 128) return [length];
  const bytes = bytesOf(BigInt(length));
  return [0x80 | bytes.length, ...bytes];
}

/** A whole number's bytes, big-endian, without a sign. */
export function bytesOf(value: bigint): number[] {
  const hex = value.toString(16);
  const even = hex.padStart(hex.length + (hex.length % 2), '0');
  return Array.from(even.matchAll(/../g), ([byte]) => Number.parseInt(byte, 16));
}

/** A positive INTEGER. */
export function integer(value: bigint): number[] {
  const bytes = bytesOf(value);
  return der(2, (bytes[0] ?? 0) < 128 ? bytes : [0, ...bytes]);
}

/** `SEQUENCE {OID rsaEncryption, NULL}`. */
const RSA = [0x30, 0x0d, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];

/** SubjectPublicKeyInfo of an RSA key whose two integers are given encoded (RFC 8017 §A.1.1). */
export function spki(modulus: number[], exponent: number[] = integer(65537n)): number[] {
  return der(0x30, RSA, der(3, [0], der(0x30, modulus, exponent)));
}

/** A PEM block, in lines of 64 characters as OpenSSL writes them. */
export function pem(bytes: readonly number[], label = 'PUBLIC KEY'): string {
  const base64 = btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''));
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** The bytes of a PEM block. */
export function bytesIn(text: string): number[] {
  return Array.from(atob(text.replace(/-----.*-----|\s/g, '')), (character) => character.charCodeAt(0));
}

/** The modulus of a key of 2048 bits, as OpenSSL writes it: nine bytes of headers, the algorithm, ten more. */
export function modulusIn(text: string): bigint {
  const bytes = bytesIn(text).slice(33, 33 + 256);
  return BigInt(`0x${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`);
}

/** The modulus nearest below that bears the mark of ROCA: modulo each prime up to 701, it is a power of 65537. */
export function rocaNear(modulus: bigint): bigint {
  const primes = oddNumbers(701).filter((odd) => oddNumbers(odd - 2).every((below) => odd % below !== 0));
  const primorial = primes.reduce((product, prime) => product * BigInt(prime), 2n);
  let power = 1n;
  for (let exponent = 0; exponent < 1000; exponent += 1) power = (power * 65537n) % primorial;
  return modulus - (modulus % primorial) + power;
}

function oddNumbers(last: number): number[] {
  return Array.from({length: Math.max(0, (last - 1) / 2)}, (_, index) => 2 * index + 3);
}
