import {createHash, randomBytes} from 'node:crypto';

/** `expires_in` of every token, in seconds. */
export const TOKEN_SECONDS = 7200;

/** Beyond this number, the oldest token is revoked. */
const MAX_TOKENS = 1000;

export interface Tokens {
  /** A new token, 256 random bits. */
  issue(): string;
  accepts(token: string): boolean;
}

/**
 * The bearer tokens, in memory.
 *
 * @param now milliseconds since the epoch.
 */
export function createTokens(now: () => number): Tokens {
  // Stored by digest, so that the time of a lookup reveals nothing about a token.
  const expiries = new Map<string, number>();

  return {
    issue() {
      const token = randomBytes(32).toString('base64url');
      expiries.set(digest(token), now() + TOKEN_SECONDS * 1000);
      const [oldest] = expiries.keys();
      if (expiries.size > MAX_TOKENS && oldest !== undefined) expiries.delete(oldest);
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
