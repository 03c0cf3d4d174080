/** 128 random bits in hexadecimal: the id of a channel, or of a submission, which a server accepts once. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
