/**
 * Runs `action` once `milliseconds` have gone by since the last call of what it returns. A clock of timers may stand
 * while the device sleeps: then it is made up for when somebody comes back to the page, at the latest by that call.
 */
export function whenIdle(milliseconds: number, action: () => void): () => void {
  let running: ReturnType<typeof setTimeout> | undefined;
  let due = Infinity;
  const run = () => {
    clearTimeout(running);
    due = Infinity;
    action();
  };
  const makeUp = () => {
    if (Date.now() >= due) run();
  };
  document.addEventListener('visibilitychange', makeUp);
  window.addEventListener('focus', makeUp);
  return () => {
    makeUp();
    clearTimeout(running);
    due = Date.now() + milliseconds;
    running = setTimeout(run, milliseconds);
  };
}
