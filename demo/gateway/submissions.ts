import {RANDOM_ID} from '../../widget/protocol/envelope.ts';
import {type Opener, parseObject} from './open-envelope.ts';

/** The exact origins of each merchant's pages, by the id of the merchant record. */
export type Merchants = Readonly<Record<string, readonly string[]>>;

/** Parses {@link Merchants} from JSON; undefined if the text is invalid. */
export function parseMerchants(text: string): Merchants | undefined {
  const merchants = parseObject(text);
  const isList = (value: unknown) => Array.isArray(value) && value.every((each) => typeof each === 'string');
  return merchants !== undefined && Object.values(merchants).every(isList)
    ? (merchants as Merchants)
    : undefined;
}

/** Field values, by the names in docs/decrypting.md. */
export type Fields = Readonly<Record<string, string>>;

/** Accepts the envelopes of one submission once, and returns their fields; undefined if rejected. */
export type Submissions = (sealed: readonly string[]) => Fields | undefined;

/** How much an envelope's time may differ from now, in either direction: age or clock skew. */
const FRESH_SECONDS = 600;

/** How long an id is remembered: an envelope may be dated ten minutes ahead, and is valid ten more. */
const REMEMBERED_SECONDS = 2 * FRESH_SECONDS;

/** Beyond this number of remembered ids, envelopes are rejected: an id dropped early could be replayed. */
const MAX_IDS = 100_000;

/**
 * Decrypts and validates envelopes of the profile `jwe`: sealed on a page of a known merchant, within ten
 * minutes of now, with an id that was not accepted before. A card in several elements has one envelope for
 * each, all with the id of one submission.
 *
 * All envelopes are decrypted before any is validated, and every rejection is the same `undefined`.
 *
 * @param clock milliseconds since the epoch.
 */
export function createSubmissions(open: Opener, merchants: Merchants, clock: () => number): Submissions {
  /** The time at which each id was accepted, in seconds since the epoch, oldest first. */
  const taken = new Map<string, number>();
  const isFrom = ({merchant, origin}: Payload) =>
    Object.hasOwn(merchants, merchant) && merchants[merchant]?.includes(origin) === true;

  return (sealed) => {
    const payloads = sealed.flatMap((jwe) => parsePayload(open(jwe)) ?? []);
    const [first] = payloads;
    const now = clock() / 1000;
    const isSound = payloads.every(
      (payload) =>
        payload.jti === first?.jti && isFrom(payload) && Math.abs(now - payload.iat) <= FRESH_SECONDS,
    );
    for (const [jti, time] of taken) {
      if (now - time <= REMEMBERED_SECONDS) break;
      taken.delete(jti);
    }
    if (first === undefined || !isSound || payloads.length < sealed.length) return undefined;
    if (taken.has(first.jti) || taken.size >= MAX_IDS) return undefined;
    taken.set(first.jti, now);
    return onceEach(payloads.flatMap(({fields}) => Object.entries(fields)));
  };
}

/** Undefined if a field occurs twice, because its value is then ambiguous. */
function onceEach(entries: readonly [string, string][]): Fields | undefined {
  const fields = new Map(entries);
  return fields.size === entries.length ? Object.fromEntries(fields) : undefined;
}

interface Payload {
  merchant: string;
  origin: string;
  /** Seconds since the epoch, by the shopper's clock. */
  iat: number;
  /** The submission's id. It matches {@link RANDOM_ID}, so every remembered id has the same size. */
  jti: string;
  fields: Fields;
}

/** Parses a payload of version 1; undefined if a member is missing or has a wrong type. */
function parsePayload(text = ''): Payload | undefined {
  const {v, merchant, origin, iat, jti, fields} = parseObject(text) ?? {};
  const isText = (value: unknown) => typeof value === 'string';
  const isWhole =
    v === 1 &&
    isText(merchant) &&
    isText(origin) &&
    Number.isSafeInteger(iat) &&
    typeof jti === 'string' &&
    RANDOM_ID.test(jti) &&
    typeof fields === 'object' &&
    fields !== null &&
    !Array.isArray(fields) &&
    Object.values(fields).every(isText);
  return isWhole ? ({merchant, origin, iat, jti, fields} as Payload) : undefined;
}
