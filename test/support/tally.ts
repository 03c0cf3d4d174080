/** Counts of the tests that ran. Skipped tests are not counted. */
export interface Tally {
  passed: number;
  failed: number;
}
