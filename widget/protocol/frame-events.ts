import {type Envelope, parseEnvelope} from './envelope.ts';
import {ERROR_CODES, type ErrorCode} from './errors.ts';
import {TEXT_LIMIT} from './host-events.ts';
import {type Bare, parseBare, type Parsers, requestOf} from './messages.ts';
import {
  type Brand,
  BRANDS,
  FIELD_NAMES,
  FIELD_PROBLEMS,
  FIELD_STATUSES,
  type FieldName,
  type FieldStatus,
  type Problem,
} from './names.ts';
import {flag, integer, list, member, oneOf, optional, own, record, table, text} from './parse.ts';

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
  /** Nothing was typed or chosen. */
  empty: boolean;
  /** Every field of the frame is valid. */
  complete: boolean;
  /** What was sealed last is what stands in the fields: false again from the first edit on. */
  sealed: boolean;
  /** What is wrong with the first field at fault, in the language of the fields. */
  message?: string | undefined;
}

/** Longest {@link FieldsState.message}, in UTF-16 units. */
const MESSAGE_LIMIT = 200;

export function parseFieldsState(data: unknown): FieldsState {
  const fields = record(data);
  return {
    fields: table(fields, 'fields', FIELD_NAMES, (entries, name) =>
      parseFieldState(own(entries, name), name),
    ),
    brand: optional(fields, 'brand', (from, key) => oneOf(from, key, BRANDS)),
    empty: flag(fields, 'empty'),
    complete: flag(fields, 'complete'),
    sealed: flag(fields, 'sealed'),
    message: optional(fields, 'message', (from, key) => text(from, key, MESSAGE_LIMIT, /./)),
  };
}

/** What the frame is called in the language of its fields, by their labels; said anew where a `configure` made it another. */
export interface Title {
  title: string;
}

/** Longest {@link Title}, in UTF-16 units: every label at its longest, and what stands around them. */
const TITLE_LIMIT = 8 * TEXT_LIMIT;

export function parseTitle(data: unknown): Title {
  return {title: text(record(data), 'title', TITLE_LIMIT, /\S/)};
}

/** Most CSS pixels that a page gives a frame: fields need a tenth of it, and more would be an attack. */
export const HEIGHT_LIMIT = 4000;

/** The height that the frame's content needs, in CSS pixels. */
export interface Height {
  height: number;
}

export function parseHeight(data: unknown): Height {
  return {height: integer(record(data), 'height', 0, HEIGHT_LIMIT)};
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

/** The result of a `seal` as the host reports it: an envelope, or the invalid fields, which are never an exception. */
export type SealResult = ({ok: true} & Envelope) | {ok: false; fields: readonly FieldFault[]};

/** A fault inside the frame: of one `seal`, or of the frame as a whole when no number is given. */
export interface Failed {
  request?: number | undefined;
  code: ErrorCode;
}

export function parseFailed(data: unknown): Failed {
  const fields = record(data);
  return {
    request: own(fields, 'request') === undefined ? undefined : requestOf(fields),
    code: codeOf(text(fields, 'code', 40, /^[a-z-]+$/)),
  };
}

/** A newer frame may fail in ways that this side has no word for. */
function codeOf(word: string): ErrorCode {
  return ERROR_CODES.find((code) => code === word) ?? 'seal-failed';
}

/** What a frame says over the port. `submit`: Enter was pressed. `bye`: the document goes for good. */
export interface FrameEvents {
  ready: Ready;
  change: FieldsState;
  title: Title;
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
  title: parseTitle,
  height: parseHeight,
  sealing: parseSealing,
  sealed: parseSealed,
  refused: parseRefused,
  failed: parseFailed,
  submit: parseBare,
  bye: parseBare,
};
