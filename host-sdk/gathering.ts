/** Milliseconds for which news is gathered: about a picture. */
const GATHER = 16;

/** Tells news at once, and of what comes soon after it the last. */
export interface Gathering<T> {
  add: (news: T) => void;
  /** Tells what was gathered, before something else is said. */
  flush: () => void;
  /** Forgets it. */
  stop: () => void;
}

export function gathering<T extends object>(tell: (news: T) => void): Gathering<T> {
  let gathered: T | undefined;
  let timer: number | undefined;
  const flush = () => {
    const news = gathered;
    gathered = undefined;
    if (news !== undefined) tell(news);
  };
  return {
    flush,
    add(news) {
      gathered = news;
      if (timer !== undefined) return;
      flush();
      timer = window.setTimeout(() => {
        timer = undefined;
        flush();
      }, GATHER);
    },
    stop() {
      gathered = undefined;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
