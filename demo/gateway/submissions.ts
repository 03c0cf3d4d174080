import {RANDOM_ID} from '../../widget/protocol/envelope.ts';
import {type Opener, parseObject} from './open-envelope.ts';

/** Whose pages may have sealed, by the id of their merchant record: exact origins. */
export type Merchants = Readonly<Record<string, readonly string[]>>;

/** Merchants as somebody wrote them down, in JSON; undefined for what is none. */
export function parseMerchants(text: string): Merchants | undefined {
  const merchants = parseObject(text);
  const isList = (value: unknown) => Array.isArray(value) && value.every((each) => typeof each === 'string');
  return merchants !== undefined && Object.values(merchants).every(isList)
    ? (merchants as Merchants)
    : undefined;
}

/** What a shopper typed, by the names of docs/opening.md. */
export type Fields = Readonly<Record<string, string>>;

/** Takes what one submission sealed, once; undefined for whatever is not taken. */
export type Submissions = (sealed: readonly string[]) => Fields | undefined;

/** Seconds by which the shopper's clock may differ from ours, and by which an envelope may be old. */
const FRESH = 600;

/** Seconds for which an id is remembered: an envelope from ten minutes to come is taken until ten minutes after that. */
const REMEMBERED = 2 * FRESH;

/** Ids at most. While so many are remembered, no other is taken: one that were forgotten early could be taken again. */
const MOST_IDS = 100_000;

/**
 * Judges what stands in envelopes of the profile `jwe`: sealed in a page of a known merchant's, within ten minutes of
 * now, under an id that was not seen before. A card that stands in several elements comes in as many envelopes, all of
 * one submission.
 *
 * Each envelope is opened before any is judged, and all that is not taken is the same `undefined`.
 *
 * @param clock milliseconds since the epoch.
 */
export function createSubmissions(open: Opener, merchants: Merchants, clock: () => number): Submissions {
  /** When each id was taken, in seconds since the epoch, the oldest first. */
  const taken = new Map<string, number>();
  const isFrom = ({merchant, origin}: Payload) =>
    Object.hasOwn(merchants, merchant) && merchants[merchant]?.includes(origin) === true;

  return (sealed) => {
    const payloads = sealed.flatMap((jwe) => parsePayload(open(jwe)) ?? []);
    const [first] = payloads;
    const now = clock() / 1000;
    const isSound = payloads.every(
      (payload) => payload.jti === first?.jti && isFrom(payload) && Math.abs(now - payload.iat) <= FRESH,
    );
    for (const [jti, time] of taken) {
      if (now - time <= REMEMBERED) break;
      taken.delete(jti);
    }
    if (first === undefined || !isSound || payloads.length < sealed.length) return undefined;
    if (taken.has(first.jti) || taken.size >= MOST_IDS) return undefined;
    taken.set(first.jti, now);
    return onceEach(payloads.flatMap(({fields}) => Object.entries(fields)));
  };
}

/** Undefined if a value came twice: nobody can say which is meant. */
function onceEach(entries: readonly [string, string][]): Fields | undefined {
  const fields = new Map(entries);
  return fields.size === entries.length ? Object.fromEntries(fields) : undefined;
}

interface Payload {
  merchant: string;
  origin: string;
  /** Seconds since the epoch, by the shopper's clock. */
  iat: number;
  /** The submission's id, {@link RANDOM_ID}: what is remembered has one size. */
  jti: string;
  fields: Fields;
}

/** Version 1, every entry there and of its form. */
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
