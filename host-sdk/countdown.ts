/** Milliseconds of one step, and how late one may come and still count. */
const STEP = 1000;
const LATE = 1000;

/**
 * Runs `action` after so many seconds in which the page ran. Those in which it was frozen, or the device slept, do not
 * count: woken, the page must hear what its frame has said meanwhile before it gives the frame up.
 *
 * @returns stops it.
 */
export function countdown(seconds: number, action: () => void): () => void {
  let left = seconds;
  let running: ReturnType<typeof setTimeout>;
  const step = () => {
    const began = performance.now();
    running = setTimeout(() => {
      if (performance.now() - began <= STEP + LATE) left -= 1;
      if (left > 0) step();
      else action();
    }, STEP);
  };
  step();
  return () => {
    clearTimeout(running);
  };
}
