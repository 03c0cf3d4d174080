import {RANDOM_ID} from './envelope.ts';
import {type Fields, integer, oneOf, record, text} from './parse.ts';

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

/** Frame to host, once: "I am the document that you opened on this channel". */
export interface Hello {
  sealed: 'hello';
  channel: string;
}

export function parseHello(data: unknown): Hello {
  return {sealed: oneOf(record(data), 'sealed', ['hello']), channel: channelOf(data)};
}

/** Host to frame, once, with the frame's end of the port transferred. */
export interface PortOffer {
  sealed: 'port';
  channel: string;
}

export function parsePortOffer(data: unknown): PortOffer {
  return {sealed: oneOf(record(data), 'sealed', ['port']), channel: channelOf(data)};
}

function channelOf(data: unknown): string {
  return text(record(data), 'channel', 32, RANDOM_ID);
}
