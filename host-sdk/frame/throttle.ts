/** One animation frame at 60 Hz, in ms. */
const INTERVAL_MS = 16;

/** A throttled action, see {@link throttle}. */
export interface Throttle<T> {
  add: (value: T) => void;
  /** Passes on the waiting value now, if there is one. */
  flush: () => void;
  /** Drops the waiting value. */
  cancel: () => void;
}

/** Throttles with a leading and a trailing call: the first value at once, then only the latest per 16 ms. */
export function throttle<T extends object>(action: (value: T) => void): Throttle<T> {
  let latest: T | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    const value = latest;
    latest = undefined;
    if (value !== undefined) action(value);
  };
  return {
    flush,
    add(value) {
      latest = value;
      if (timer !== undefined) return;
      flush();
      timer = setTimeout(() => {
        timer = undefined;
        flush();
      }, INTERVAL_MS);
    },
    cancel() {
      latest = undefined;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
