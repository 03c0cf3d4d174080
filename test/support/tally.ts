/** Tests that ran; a skipped one is in neither. */
export interface Tally {
  passed: number;
  failed: number;
}
