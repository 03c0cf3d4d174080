import {RANDOM_ID} from './envelope.ts';
import {type Configure, parseConfigure} from './messages.ts';
import {oneOf, own, plainObject, text} from './parse.ts';

/** Frame to host, once: the frame document has loaded, with this channel in its fragment. */
export interface Hello {
  sealed: 'hello';
  channel: string;
}

/** @throws TypeError unless `data` is a {@link Hello}. */
export function parseHello(data: unknown): Hello {
  return {sealed: oneOf(plainObject(data), 'sealed', ['hello']), channel: channelOf(data)};
}

/** Host to frame, once, as the answer to {@link Hello}. Transfers the frame's end of a `MessageChannel`. */
export interface PortOffer {
  sealed: 'port';
  channel: string;
  /** The first `configure`, so that the first paint has the settings of the page. Older hosts send it over the port. */
  configure?: Configure | undefined;
}

/** Drops an invalid `configure`, as the port does. @throws TypeError unless `data` is a {@link PortOffer}. */
export function parsePortOffer(data: unknown): PortOffer {
  const fields = plainObject(data);
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
  return text(plainObject(data), 'channel', 32, RANDOM_ID);
}
