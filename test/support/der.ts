/**
 * Builds keys that no tool produces: DER (X.690) byte by byte, so that neither node-forge nor OpenSSL corrects or
 * rejects what a test needs.
 */

/** One value: tag, shortest length, contents. */
export function der(tag: number, ...contents: readonly (readonly number[])[]): number[] {
  const bytes = contents.flat();
  return [tag, ...lengthOf(bytes.length), ...bytes];
}

function lengthOf(length: number): number[] {
  if (length < 128) return [length];
  const bytes = bytesOf(BigInt(length));
  return [0x80 | bytes.length, ...bytes];
}

/** The bytes of an unsigned integer, big-endian. */
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

/** SubjectPublicKeyInfo of an RSA key from its two encoded integers (RFC 8017 §A.1.1). */
export function spki(modulus: number[], exponent: number[] = integer(65537n)): number[] {
  return der(0x30, RSA, der(3, [0], der(0x30, modulus, exponent)));
}

/** A PEM block in lines of 64 characters, like OpenSSL's. */
export function pem(bytes: readonly number[], label = 'PUBLIC KEY'): string {
  const base64 = btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''));
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** The bytes of a PEM block. */
export function bytesIn(text: string): number[] {
  return Array.from(atob(text.replace(/-----.*-----|\s/g, '')), (character) => character.charCodeAt(0));
}

/** The modulus of a 2048-bit key: after nine bytes of headers, the algorithm and ten more bytes. */
export function modulusIn(text: string): bigint {
  const bytes = bytesIn(text).slice(33, 33 + 256);
  return BigInt(`0x${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`);
}

/** The nearest lower modulus with the ROCA fingerprint: modulo each prime up to 751 it is a power of 65537. */
export function rocaNear(modulus: bigint): bigint {
  const primorial = oddPrimes(751).reduce((product, prime) => product * BigInt(prime), 2n);
  let power = 1n;
  for (let exponent = 0; exponent < 1000; exponent += 1) power = (power * 65537n) % primorial;
  return modulus - (modulus % primorial) + power;
}

function oddPrimes(last: number): number[] {
  return oddNumbers(last).filter((odd) => oddNumbers(odd - 2).every((below) => odd % below !== 0));
}

function oddNumbers(last: number): number[] {
  return Array.from({length: Math.max(0, (last - 1) / 2)}, (_, index) => 2 * index + 3);
}

/** The factors that the key gate looks for. */
const SMALL_PRIMES = [2, ...oddPrimes(751)];

/**
 * A modulus of this size without a small factor. The same seed gives the same one. Nothing can be decrypted with it.
 */
export function soundModulus(bits: number, seed = bits): bigint {
  let modulus = pseudorandomNumber(bits, seed) | 1n;
  while (SMALL_PRIMES.some((prime) => modulus % BigInt(prime) === 0n)) modulus += 2n;
  return modulus;
}

/** A pseudorandom number of this size. The same seed gives the same one. */
export function pseudorandomNumber(bits: number, seed: number): bigint {
  let state = BigInt(seed) * 2n + 1n;
  let number = 1n;
  for (let bit = 1; bit < bits; bit += 1) {
    state = (state * 6364136223846793005n + 1442695040888963407n) % (1n << 64n);
    number = number * 2n + (state >> 63n);
  }
  return number;
}
