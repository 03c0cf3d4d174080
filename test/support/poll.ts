import assert from 'node:assert/strict';
import {isDeepStrictEqual} from 'node:util';

/** Asks until the answer is the expected one. Fails with the difference after 30 s, the limit of the drivers' own waits. */
export async function poll<T>(ask: () => Promise<T>, expected: NoInfer<T>): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (isDeepStrictEqual(answer, expected)) return;
    if (Date.now() > deadline) assert.deepEqual(answer, expected);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
