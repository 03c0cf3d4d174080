import {createHash} from 'node:crypto';

import type {Ledger} from './ledger.ts';
import type {Opener} from './open-envelope.ts';
import type {Transaction} from './transaction.ts';

/** Beyond this number, the oldest ciphertext is forgotten. The ledger has as many transactions. */
const MAX_CIPHERTEXTS = 10_000;

/**
 * The ciphertexts of card and account numbers that have paid. A page can send the same ciphertext again with a new
 * `sealed_id`, so each pays once.
 */
export interface Spent {
  /** Remembers the ciphertext of a number, unless its transaction charges nothing: a decline or an amount of zero. */
  add(ciphertext: string | undefined, transaction: Transaction): void;
  /** Whether this ciphertext has paid in a transaction that is not voided. */
  has(ciphertext: string): boolean;
}

export function createSpent(ledger: Pick<Ledger, 'find'>, max = MAX_CIPHERTEXTS): Spent {
  /** The transaction by the SHA-256 of the ciphertext, oldest first. */
  const transactions = new Map<string, number>();

  return {
    add(ciphertext, {id, state, cents}) {
      if (ciphertext === undefined || state === 'declined' || cents === 0) return;
      const key = digest(ciphertext);
      transactions.delete(key);
      transactions.set(key, id);
      const [oldest] = transactions.keys();
      if (transactions.size > max && oldest !== undefined) transactions.delete(oldest);
    },
    has(ciphertext) {
      const id = transactions.get(digest(ciphertext));
      return id !== undefined && ledger.find(id)?.state !== 'voided';
    },
  };
}

/** A reader for charges: a ciphertext that has paid is read like one that does not decrypt. */
export function unspent<Body, Value>(reader: (body: Body, sandbox: {open: Opener}) => Value) {
  return (body: Body, {open, spent}: {open: Opener; spent: Spent}): Value => {
    const openUnspent = (ciphertext: string) => {
      const text = open(ciphertext);
      return spent.has(ciphertext) ? undefined : text;
    };
    return reader(body, {open: openUnspent});
  };
}

/** Of the decoded bytes, because base64 can encode the same bytes in several ways (RFC 4648 §3.5). */
function digest(ciphertext: string): string {
  return createHash('sha256').update(Buffer.from(ciphertext, 'base64')).digest('base64');
}
