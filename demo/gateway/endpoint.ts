import type {Opener} from './decrypt.ts';
import type {ErrorKey} from './replies.ts';

/** What a request says, or every error in it. */
export type Reading<Value> = {value: Value} | {errors: ErrorKey[]};

/** The error that stands for a value of a wrong type, by the value's place in the body. */
export type ErrorPlaces = Readonly<Record<string, ErrorKey>>;

/** A sale that is about to be carried out. */
export interface Sale {
  /** Greater than that of every sale before. */
  id: number;
  /** The amount is the one that the sandbox declines. */
  declined: boolean;
  /** Milliseconds since the epoch. */
  now: number;
}

/** One kind of sale: what its requests hold beside what all sales do, and what the sandbox answers. */
export interface SaleEndpoint<Request, Means> {
  /** Below `/v1`. */
  path: string;
  required: readonly string[];
  /** JSON schema. Types only: what a value says is judged after all are opened, plain and sealed ones alike. */
  properties: object;
  errors: ErrorPlaces;
  /**
   * What the sale is to be paid with, found good. A value that does not open, one that is missing and one sent both plain
   * and sealed are all the same bad value. Each sealed value is opened before any is judged, so the work done
   * depends only on which values were sent.
   */
  read(request: Request, open: Opener): Reading<Means>;
  /** The body of the answer, HTTP 200 whether it was paid or not. */
  carryOut(means: Means, sale: Sale): object;
}

/** The value as text; undefined if none was sent, empty if it did not open or was sent in both ways. */
export function readValue(plain: string | number | undefined, sealed: string | undefined, open: Opener) {
  if (sealed === undefined) return plain === undefined ? undefined : String(plain);
  const opened = open(sealed);
  return plain === undefined && opened !== undefined ? opened : '';
}
