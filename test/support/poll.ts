import assert from 'node:assert/strict';
import {isDeepStrictEqual} from 'node:util';

/** Calls `ask` until it returns the expected value. Fails with the difference after 30 s, the drivers' own limit. */
export async function poll<T>(ask: () => Promise<T>, expected: NoInfer<T>): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (isDeepStrictEqual(answer, expected)) return;
    if (Date.now() > deadline) assert.deepEqual(answer, expected);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
