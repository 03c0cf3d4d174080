import {type Envelope, parseEnvelope, parseNameTable, RANDOM_ID, type ValueName} from './envelope.ts';
import {ERROR_CODES, type ErrorCode} from './errors.ts';
import {
  type Brand,
  BRANDS,
  COLOR_SCHEMES,
  type ColorScheme,
  FIELD_NAMES,
  FIELD_PROBLEMS,
  FIELD_STATUSES,
  type FieldName,
  type FieldStatus,
  type Problem,
} from './names.ts';
import {
  type Fields,
  flag,
  integer,
  list,
  member,
  oneOf,
  optional,
  own,
  record,
  table,
  text,
} from './parse.ts';

/** Parses the payload of each event of `M`; an event without its parser does not compile. */
export type Parsers<M> = {readonly [E in keyof M]: (data: unknown) => M[E]};

/** Longest label or placeholder, in UTF-16 units; longer ones are refused before they are sent. */
export const TEXT_LIMIT = 200;

// ---- window messages, before the port ------------------------------------------------------------------

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

// ---- frame to host -------------------------------------------------------------------------------------

/** The port is adopted and the fields stand; sent again after a return from the back/forward cache. */
export interface Ready {
  protocol: number;
  version: string;
  fields: FieldName[];
}

export function parseReady(data: unknown): Ready {
  const fields = record(data);
  return {
    protocol: integer(fields, 'protocol', 1, 1000),
    version: text(fields, 'version', 32, /^\d+\.\d+\.\d+/),
    fields: list(fields, 'fields', FIELD_NAMES.length, (item) => member(item, FIELD_NAMES, 'fields')),
  };
}

/** What one field tells of itself. Carries no typed text and no digit count. */
export interface FieldState {
  status: FieldStatus;
  problem?: Problem | undefined;
  focused: boolean;
  visited: boolean;
}

function parseFieldState(data: unknown, name: FieldName): FieldState {
  const fields = record(data);
  return {
    status: oneOf(fields, 'status', FIELD_STATUSES),
    problem: optional(fields, 'problem', (from, key) => oneOf<Problem>(from, key, FIELD_PROBLEMS[name])),
    focused: flag(fields, 'focused'),
    visited: flag(fields, 'visited'),
  };
}

/** All fields of one frame, sent when it changes and not on every key. No digits, no lengths. */
export interface FieldsState {
  fields: Readonly<Partial<Record<FieldName, FieldState>>>;
  /** Present once the number's first digits leave one brand, or the number is valid. */
  brand?: Brand | undefined;
  /** Every field of the frame is valid. */
  complete: boolean;
  /** What was sealed last is what stands in the fields: false again from the first edit on. */
  sealed: boolean;
}

export function parseFieldsState(data: unknown): FieldsState {
  const fields = record(data);
  return {
    fields: table(fields, 'fields', FIELD_NAMES, (entries, name) =>
      parseFieldState(own(entries, name), name),
    ),
    brand: optional(fields, 'brand', (from, key) => oneOf(from, key, BRANDS)),
    complete: flag(fields, 'complete'),
    sealed: flag(fields, 'sealed'),
  };
}

/** The height that the frame's content needs, in CSS pixels. */
export interface Height {
  height: number;
}

export function parseHeight(data: unknown): Height {
  return {height: integer(record(data), 'height', 0, 4000)};
}

/** The `seal` of this number was heard; its answer follows within 20 seconds. */
export interface Sealing {
  request: number;
}

export function parseSealing(data: unknown): Sealing {
  return {request: requestOf(record(data))};
}

/** The `seal` of this number succeeded. */
export interface Sealed {
  request: number;
  envelope: Envelope;
}

export function parseSealed(data: unknown): Sealed {
  const fields = record(data);
  return {request: requestOf(fields), envelope: parseEnvelope(own(fields, 'envelope'))};
}

/** A field that keeps the form from being sealed, and why. */
export interface FieldFault {
  field: FieldName;
  problem: Problem;
}

function parseFieldFault(data: unknown): FieldFault {
  const fields = record(data);
  const field = oneOf(fields, 'field', FIELD_NAMES);
  return {field, problem: oneOf<Problem>(fields, 'problem', FIELD_PROBLEMS[field])};
}

/** The `seal` of this number found fields that are not valid; nothing was sealed. */
export interface Refused {
  request: number;
  fields: FieldFault[];
}

export function parseRefused(data: unknown): Refused {
  const fields = record(data);
  return {request: requestOf(fields), fields: list(fields, 'fields', FIELD_NAMES.length, parseFieldFault)};
}

/** A fault inside the frame: of one `seal`, or of the frame as a whole when no number is given. */
export interface Failed {
  request?: number | undefined;
  code: ErrorCode;
}

export function parseFailed(data: unknown): Failed {
  const fields = record(data);
  return {
    request: own(fields, 'request') === undefined ? undefined : requestOf(fields),
    code: oneOf(fields, 'code', ERROR_CODES),
  };
}

/** Nothing but the event itself. */
export type Bare = Record<string, never>;

export function parseBare(data: unknown): Bare {
  record(data);
  return {};
}

/** What a frame says over the port. `submit`: Enter was pressed. `bye`: the document goes for good. */
export interface FrameEvents {
  ready: Ready;
  change: FieldsState;
  height: Height;
  sealing: Sealing;
  sealed: Sealed;
  refused: Refused;
  failed: Failed;
  submit: Bare;
  bye: Bare;
}

export const FRAME_EVENTS: Parsers<FrameEvents> = {
  ready: parseReady,
  change: parseFieldsState,
  height: parseHeight,
  sealing: parseSealing,
  sealed: parseSealed,
  refused: parseRefused,
  failed: parseFailed,
  submit: parseBare,
  bye: parseBare,
};

// ---- host to frame -------------------------------------------------------------------------------------

/** Everything that a page may set on a frame; each one replaces the one before as a whole. */
export interface Configure {
  colorScheme: ColorScheme;
  /** BCP 47. */
  locale: string;
  labels: Readonly<Partial<Record<FieldName, string>>>;
  placeholders: Readonly<Partial<Record<FieldName, string>>>;
  disabled: boolean;
  /** The fields may stay empty, all of them. */
  optional: boolean;
  autoAdvance: boolean;
  /** Brand of a card that this frame does not ask for: the card on file, or one typed in a frame beside it. */
  brand?: Brand | undefined;
  /** Form value names, over those of the record. */
  names: Readonly<Partial<Record<ValueName, string>>>;
}

export function parseConfigure(data: unknown): Configure {
  const fields = record(data);
  const texts = (key: string) =>
    table(fields, key, FIELD_NAMES, (entries, name) => text(entries, name, TEXT_LIMIT));
  return {
    colorScheme: oneOf(fields, 'colorScheme', COLOR_SCHEMES),
    locale: text(fields, 'locale', 64, LOCALE),
    labels: texts('labels'),
    placeholders: texts('placeholders'),
    disabled: flag(fields, 'disabled'),
    optional: flag(fields, 'optional'),
    autoAdvance: flag(fields, 'autoAdvance'),
    brand: optional(fields, 'brand', (from, key) => oneOf(from, key, BRANDS)),
    names: parseNameTable(fields, 'names'),
  };
}

/** The shape of a language tag (RFC 5646 §2.1), not its registry. */
export const LOCALE = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/;

/** Seal what stands in the fields now, under this submission's id. */
export interface Seal {
  request: number;
  submission: string;
}

export function parseSeal(data: unknown): Seal {
  const fields = record(data);
  return {request: requestOf(fields), submission: text(fields, 'submission', 32, RANDOM_ID)};
}

/** Put the caret into this field; without one, into the first at fault, else the first. */
export interface Focus {
  field?: FieldName | undefined;
}

export function parseFocus(data: unknown): Focus {
  return {field: optional(record(data), 'field', (from, key) => oneOf(from, key, FIELD_NAMES))};
}

/** What a host says over the port. `attempt`: the form was refused, show every problem; `clear`: empty every field. */
export interface HostEvents {
  configure: Configure;
  seal: Seal;
  focus: Focus;
  attempt: Bare;
  clear: Bare;
}

export const HOST_EVENTS: Parsers<HostEvents> = {
  configure: parseConfigure,
  seal: parseSeal,
  focus: parseFocus,
  attempt: parseBare,
  clear: parseBare,
};

/** Requests are numbered by the host, from 1, on each port anew. */
function requestOf(fields: Fields): number {
  return integer(fields, 'request', 1, Number.MAX_SAFE_INTEGER);
}
