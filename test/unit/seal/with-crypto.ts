/** Runs `work` while one property of `crypto` is replaced. */
export async function withCrypto(
  property: 'getRandomValues' | 'subtle',
  value: unknown,
  work: () => void | Promise<void>,
): Promise<void> {
  Object.defineProperty(crypto, property, {value, configurable: true});
  try {
    await work();
  } finally {
    Reflect.deleteProperty(crypto, property);
  }
}

/** Runs `work` while `Math.random` throws. */
export async function withoutMathRandom(work: () => unknown): Promise<void> {
  const original = Math.random;
  Math.random = () => {
    throw new Error('Math.random was called');
  };
  try {
    await work();
  } finally {
    Math.random = original;
  }
}
