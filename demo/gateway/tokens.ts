import {createHash, randomBytes} from 'node:crypto';

/** `expires_in` of every token, in seconds. */
export const TOKEN_SECONDS = 7200;

/** Beyond this many, the oldest token dies early. */
const LIVE_TOKENS = 1000;

export interface Tokens {
  /** A new token, 256 random bits. */
  issue(): string;
  accepts(token: string): boolean;
}

/** @param now milliseconds since the epoch, as `Date.now` tells them. */
export function createTokens(now: () => number): Tokens {
  // Kept by digest: how long a look-up takes then says nothing about a token.
  const expiries = new Map<string, number>();

  return {
    issue() {
      const token = randomBytes(32).toString('base64url');
      expiries.set(digest(token), now() + TOKEN_SECONDS * 1000);
      const [oldest] = expiries.keys();
      if (expiries.size > LIVE_TOKENS && oldest !== undefined) expiries.delete(oldest);
      return token;
    },
    accepts(token) {
      const expiry = expiries.get(digest(token));
      return expiry !== undefined && now() < expiry;
    },
  };
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
