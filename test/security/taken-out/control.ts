import type {Id} from '../cases.ts';

/** A defence taken out of the source: the tests of its case must fail without it. */
export interface Control {
  id: Id;
  /** What is no longer done. */
  without: string;
  changes: readonly Change[];
}

export interface Change {
  /** Path from the root. */
  file: string;
  /** Stands exactly once in that file. */
  from: string;
  to: string;
}
