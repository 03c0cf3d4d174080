import type {Opener} from '../open-envelope.ts';

/** A JSON object as it was sent. */
export type Json = Readonly<Record<string, unknown>>;

/** Undefined for everything else, lists too. */
export function jsonObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** Own members only, and null is none: many clients send so what they have not got. */
export function member(body: Json, name: string): unknown {
  return Object.hasOwn(body, name) ? (body[name] ?? undefined) : undefined;
}

/** A member that is an object itself; one of another type holds nothing. */
export function part(body: Json, name: string): Json {
  return jsonObject(member(body, name)) ?? {};
}

/** Whether the body brought envelopes that were not taken: `unfold` leaves no others in it. */
export function hasUntaken(body: Json): boolean {
  return member(body, 'sealed') !== undefined;
}

/** Numbers as JavaScript prints them; undefined for what is neither text nor number. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : typeof value === 'string' ? value : undefined;
}

/** A value that a shopper typed. */
export interface Typed {
  /** As it was typed, or empty if it did not open, was no text, or was sent in both ways. */
  text: string;
  isSealed: boolean;
}

/** The value that stands in clear under `name` or sealed under `encrypted_` and the same; undefined for neither. */
export function readTyped(body: Json, name: string, open: Opener): Typed | undefined {
  const plain = member(body, name);
  const sealed = member(body, `encrypted_${name}`);
  if (sealed === undefined) {
    return plain === undefined ? undefined : {text: typeof plain === 'string' ? plain : '', isSealed: false};
  }
  const {text} = openSealed(sealed, open);
  return {text: plain === undefined ? text : '', isSealed: true};
}

/** A value that may only be sent sealed. */
export function openSealed(sealed: unknown, open: Opener): Typed {
  return {text: (typeof sealed === 'string' ? open(sealed) : undefined) ?? '', isSealed: true};
}
