/** Stands in for node-forge's `lib/prime`: it is asked for when keys are made, and none are made here. */
export {};
