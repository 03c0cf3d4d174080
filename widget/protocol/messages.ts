import {type Fields, integer, record} from './parse.ts';

/** Parses the payload of each event of `M`; an event without its parser does not compile. */
export type Parsers<M> = {readonly [E in keyof M]: (data: unknown) => M[E]};

/** Nothing but the event itself. */
export type Bare = Record<string, never>;

export function parseBare(data: unknown): Bare {
  record(data);
  return {};
}

/** Requests are numbered by the host, from 1, on each port anew. */
export function requestOf(fields: Fields): number {
  return integer(fields, 'request', 1, Number.MAX_SAFE_INTEGER);
}
