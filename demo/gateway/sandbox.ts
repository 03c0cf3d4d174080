import type {Opener} from './open-envelope.ts';
import type {Ledger} from './ledger.ts';
import type {Profiles} from './profiles.ts';
import type {Json} from './read/json.ts';
import type {ErrorKey} from './replies.ts';
import type {Spent} from './spent.ts';

/** The dependencies of every call. */
export interface Sandbox {
  open: Opener;
  ledger: Ledger;
  profiles: Profiles;
  spent: Spent;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** A valid value, or every error that was found. */
export type Checked<Value> = {value: Value} | {errors: readonly ErrorKey[]};

/**
 * Reads and validates one value of a body. A value that does not decrypt, is missing, has a wrong type, or
 * was sent both plain and sealed gives the same error as an invalid one.
 */
export type Reader<Value> = (body: Json, sandbox: Sandbox) => Checked<Value>;

/** The members of every response. */
export interface Answer {
  success: boolean;
  response_code: number;
  status_message: string;
}
