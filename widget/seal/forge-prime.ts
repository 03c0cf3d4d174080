/** Replaces node-forge's `lib/prime`, which only key generation needs. */
export {};
