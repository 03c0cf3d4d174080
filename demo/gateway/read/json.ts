import type {Opener} from '../open-envelope.ts';

/** A JSON object of a request, not validated. */
export type Json = Readonly<Record<string, unknown>>;

/** `value` if it is a JSON object; undefined for anything else, including arrays. */
export function jsonObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** An own member of `body`. `null` counts as absent: many clients send it for a missing value. */
export function member(body: Json, name: string): unknown {
  return Object.hasOwn(body, name) ? (body[name] ?? undefined) : undefined;
}

/** A member that is an object; an empty one if the member is absent or has another type. */
export function part(body: Json, name: string): Json {
  return jsonObject(member(body, name)) ?? {};
}

/** Whether the body has rejected envelopes: `unfold` removes accepted ones. */
export function hasUntaken(body: Json): boolean {
  return member(body, 'sealed') !== undefined;
}

/** A string, or a number as JavaScript prints it; undefined for anything else. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : typeof value === 'string' ? value : undefined;
}

/** The value of a payment field. */
export interface Typed {
  /** The plaintext; empty if it does not decrypt, is not a string, or was sent both plain and sealed. */
  text: string;
  /** The ciphertext; empty if it is not a string, undefined if the value was sent as plaintext. */
  ciphertext: string | undefined;
}

/** The value that is plaintext in `name` or sealed in `encrypted_<name>`; undefined if both are absent. */
export function readTyped(body: Json, name: string, open: Opener): Typed | undefined {
  const plain = member(body, name);
  const sealed = member(body, `encrypted_${name}`);
  if (sealed === undefined) {
    if (plain === undefined) return undefined;
    return {text: typeof plain === 'string' ? plain : '', ciphertext: undefined};
  }
  const {text, ciphertext} = openSealed(sealed, open);
  return {text: plain === undefined ? text : '', ciphertext};
}

/** Decrypts a value that must be sealed. */
export function openSealed(sealed: unknown, open: Opener): Typed {
  if (typeof sealed !== 'string') return {text: '', ciphertext: ''};
  return {text: open(sealed) ?? '', ciphertext: sealed};
}
