import {RANDOM_ID} from './envelope.ts';
import {type Configure, parseConfigure} from './host-events.ts';
import {oneOf, own, record, text} from './parse.ts';

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
  /** The first `configure`, so that the frame shows itself as it shall be. Older hosts send it over the port alone. */
  configure?: Configure | undefined;
}

/** A `configure` that is not understood is dropped, as it would be from the port. */
export function parsePortOffer(data: unknown): PortOffer {
  const fields = record(data);
  const configure = configureOf(own(fields, 'configure'));
  return {sealed: oneOf(fields, 'sealed', ['port']), channel: channelOf(data), configure};
}

function configureOf(data: unknown): Configure | undefined {
  try {
    return parseConfigure(data);
  } catch {
    return undefined;
  }
}

function channelOf(data: unknown): string {
  return text(record(data), 'channel', 32, RANDOM_ID);
}
