import type {Opener} from './open-envelope.ts';
import type {Ledger} from './ledger.ts';
import type {Profiles} from './profiles.ts';
import type {Json} from './read/json.ts';
import type {ErrorKey} from './replies.ts';

/** What every call works with. */
export interface Sandbox {
  open: Opener;
  ledger: Ledger;
  profiles: Profiles;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** What was asked for, or every error that stands in its way. */
export type Checked<Value> = {value: Value} | {errors: readonly ErrorKey[]};

/**
 * Reads one value out of a body and judges it. A value that does not open, one that is missing, one of a wrong
 * type and one sent both plain and sealed are all the same bad value.
 */
export type Reader<Value> = (body: Json, sandbox: Sandbox) => Checked<Value>;

/** What every answer says, whether the call was carried out or not. */
export interface Answer {
  success: boolean;
  response_code: number;
  status_message: string;
}
