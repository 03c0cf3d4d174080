import {createHash} from 'node:crypto';

/** After this number of wrong passwords, each within {@link WAIT_MS} of the one before, a user name must wait. */
const MAX_FAILURES = 10;

/** How long a user name must wait, from the last wrong password. */
const WAIT_MS = 60_000;

/** Beyond this number, the user name whose last wrong password is the oldest is forgotten. */
const MAX_NAMES = 1000;

/** Limits how many passwords can be tried for a user name, whether or not the user name exists. */
export interface LoginThrottle {
  /** The seconds until the user name may log in; 0 if it may now. */
  secondsToWait(username: string): number;
  /** Counts a wrong password. */
  addFailure(username: string): void;
  /** Forgets the wrong passwords, after a login. */
  clear(username: string): void;
}

/** @param now milliseconds since the epoch. */
export function createLoginThrottle(now: () => number, max = MAX_NAMES): LoginThrottle {
  /** By the digest of the user name, so that each entry has the same size. */
  const failures = new Map<string, {count: number; endsAt: number}>();
  const recent = (key: string) => {
    const found = failures.get(key);
    return found !== undefined && now() < found.endsAt ? found : {count: 0, endsAt: 0};
  };

  return {
    secondsToWait(username) {
      const {count, endsAt} = recent(digest(username));
      return count < MAX_FAILURES ? 0 : Math.ceil((endsAt - now()) / 1000);
    },
    addFailure(username) {
      const key = digest(username);
      const {count} = recent(key);
      failures.delete(key);
      failures.set(key, {count: count + 1, endsAt: now() + WAIT_MS});
      const [oldest] = failures.keys();
      if (failures.size > max && oldest !== undefined) failures.delete(oldest);
    },
    clear(username) {
      failures.delete(digest(username));
    },
  };
}

function digest(username: string): string {
  return createHash('sha256').update(username).digest('base64');
}
