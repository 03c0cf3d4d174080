/** Replaces timers of one second, the step of every timeout. `pass` runs those that are pending. */
export function holdSeconds() {
  const held = new Map<number, () => void>();
  const start = window.setTimeout.bind(window);
  const stop = window.clearTimeout.bind(window);
  window.setTimeout = ((run: () => void, delay = 0) => {
    if (delay !== 1000) return start(run, delay);
    const id = -held.size - 1;
    held.set(id, run);
    return id;
  }) as typeof setTimeout;
  window.clearTimeout = (id) => {
    if (!held.delete(Number(id))) stop(id);
  };
  return {
    pass() {
      const due = [...held.values()];
      held.clear();
      for (const run of due) run();
    },
    restore() {
      Object.assign(window, {setTimeout: start, clearTimeout: stop});
    },
  };
}
