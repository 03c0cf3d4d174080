/** A new id for a channel or a submission: 128 random bits, as 32 hexadecimal digits. */
export function randomId(): string {
  // Not `Array.from(bytes, …)`: some pages replace it by one that ignores the second argument.
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
