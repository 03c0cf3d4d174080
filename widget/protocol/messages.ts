import {type Envelope, type FormValue, parseEnvelope, parseNameTable, RANDOM_ID} from './envelope.ts';
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
  HEIGHT_LIMIT_PX,
  type Layout,
  LAYOUTS,
  type Locale,
  LOCALES,
  MESSAGE_LIMIT,
  type Problem,
  TEXT_LIMIT,
  type Theme,
  THEME_TOKENS,
  THEME_VALUE_LIMIT,
  TITLE_LIMIT,
  type Token,
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
  plainObject,
  table,
  text,
} from './parse.ts';

/** A word of a vocabulary that newer versions extend. */
const WORD = /^[a-z-]+$/;

/** Parses the payload of each event of `M`; an event without its parser does not compile. */
export type Parsers<M> = {readonly [E in keyof M]: (data: unknown) => M[E]};

/** The payload of an event that has none. */
export type NoPayload = Record<string, never>;

function parseNoPayload(data: unknown): NoPayload {
  plainObject(data);
  return {};
}

/** The number of a `seal` request. The host counts them from 1. */
function parseRequest(fields: Fields): number {
  return integer(fields, 'request', 1, Number.MAX_SAFE_INTEGER);
}

// ---- host to frame -------------------------------------------------------------------------------------

/**
 * Every setting that a page can change while the frame is open. Each message replaces all settings of the previous one.
 *
 * Other types pick their settings from this type.
 */
export interface Configure {
  colorScheme: ColorScheme;
  /** The parser checks only type and size. `theme/tokens` validates the values. */
  theme?: Theme | undefined;
  layout: Layout;
  locale: Locale;
  labels: Readonly<Partial<Record<FieldName, string>>>;
  placeholders: Readonly<Partial<Record<FieldName, string>>>;
  disabled: boolean;
  /** All fields may stay empty together. */
  optional: boolean;
  autoAdvance: boolean;
  /** Brand of a card whose number is in another frame of the same form, or on file. */
  brand?: Brand | undefined;
  /** Names of form values; they override those of the merchant record. */
  names: Readonly<Partial<Record<FormValue, string>>>;
}

/** @throws TypeError unless `data` is a {@link Configure}. */
export function parseConfigure(data: unknown): Configure {
  const fields = plainObject(data);
  const texts = (key: string) =>
    table(fields, key, FIELD_NAMES, (entries, name) => stripControls(text(entries, name, TEXT_LIMIT)));
  return {
    colorScheme: oneOf(fields, 'colorScheme', COLOR_SCHEMES),
    theme: optional(fields, 'theme', (from, key) => parseThemeTexts(own(from, key))),
    layout: oneOf(fields, 'layout', LAYOUTS),
    locale: oneOf(fields, 'locale', LOCALES),
    labels: texts('labels'),
    placeholders: texts('placeholders'),
    disabled: flag(fields, 'disabled'),
    optional: flag(fields, 'optional'),
    autoAdvance: flag(fields, 'autoAdvance'),
    brand: optional(fields, 'brand', (from, key) => oneOf(from, key, BRANDS)),
    names: parseNameTable(fields, 'names'),
  };
}

/**
 * Replaces control characters by spaces, and removes unpaired surrogates and the embeddings, overrides and isolates of the
 * Unicode Bidirectional Algorithm (UAX #9 §2.1 to §2.5), which could make a text look different.
 *
 * Keeps the marks U+200E, U+200F and U+061C (§2.6), which right-to-left texts need: each acts as one invisible letter. It
 * can move the punctuation next to it, but not reverse other letters.
 */
function stripControls(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').replace(/[\u202A-\u202E\u2066-\u2069\p{Cs}]/gu, '');
}

/**
 * The values of known tokens, as text. Skips everything else and never throws: an invalid theme must not stop a
 * payment.
 */
export function parseThemeTexts(data: unknown): Theme {
  const theme = Object(data) as object;
  const texts: Partial<Record<Token, string>> = {};
  for (const token of THEME_TOKENS) {
    const text = themeText(theme, token);
    if (text !== undefined) texts[token] = text;
  }
  return texts;
}

/** The value of one token, a string or a number, as text. Undefined for any other value, and if it is too long. */
export function themeText(theme: object, token: Token): string | undefined {
  const value = own(theme, token);
  const text = typeof value === 'number' ? `${value}` : value;
  return typeof text === 'string' && text.length <= THEME_VALUE_LIMIT ? text : undefined;
}

/** Requests the sealed field values. `submission` is the submission's id. */
export interface Seal {
  request: number;
  submission: string;
}

function parseSeal(data: unknown): Seal {
  const fields = plainObject(data);
  return {request: parseRequest(fields), submission: text(fields, 'submission', 32, RANDOM_ID)};
}

/** Moves the caret to this field. Without a name: to the first invalid field, else to the first. */
export interface Focus {
  field?: FieldName | undefined;
}

function parseFocus(data: unknown): Focus {
  return {field: optional(plainObject(data), 'field', (from, key) => oneOf(from, key, FIELD_NAMES))};
}

/** What a host posts over the port. */
export interface HostEvents {
  configure: Configure;
  seal: Seal;
  focus: Focus;
  /** Shows every problem, after a submit of the page's form was blocked. */
  attempt: NoPayload;
  /** Empties every field. */
  clear: NoPayload;
  /** Another frame of the page takes the focus while the user is typing. The frame tells the shopper. Since protocol 2. */
  'focus-taken': NoPayload;
}

/** The parser of each event that a frame receives. */
export const HOST_EVENTS: Parsers<HostEvents> = {
  configure: parseConfigure,
  seal: parseSeal,
  focus: parseFocus,
  attempt: parseNoPayload,
  clear: parseNoPayload,
  'focus-taken': parseNoPayload,
};

// ---- frame to host -------------------------------------------------------------------------------------

/** The frame has adopted the port and shows its fields. Sent again after a return from the back/forward cache. */
export interface Ready {
  protocol: number;
  version: string;
  fields: FieldName[];
}

function parseReady(data: unknown): Ready {
  const fields = plainObject(data);
  return {
    protocol: integer(fields, 'protocol', 1, 1000),
    version: text(fields, 'version', 32, /^\d+\.\d+\.\d+/),
    fields: list(fields, 'fields', FIELD_NAMES.length, (item) => member(item, FIELD_NAMES, 'fields')),
  };
}

/** The state of one field. Carries no entered text and no digit count. */
export interface FieldState {
  status: FieldStatus;
  problem?: Problem | undefined;
  focused: boolean;
  visited: boolean;
}

function parseFieldState(data: unknown, name: FieldName): FieldState {
  const fields = plainObject(data);
  return {
    status: oneOf(fields, 'status', FIELD_STATUSES),
    problem: optional(fields, 'problem', (from, key) => oneOf<Problem>(from, key, FIELD_PROBLEMS[name])),
    focused: flag(fields, 'focused'),
    visited: flag(fields, 'visited'),
  };
}

/** The state of all fields of one frame. Sent when it changes, not on every key. No digits, no lengths. */
export interface FieldsState {
  fields: Readonly<Partial<Record<FieldName, FieldState>>>;
  /** Present once the number's first digits belong to a single brand, or the number is valid. */
  brand?: Brand | undefined;
  /** Nothing was entered or chosen. */
  empty: boolean;
  /** Every field of the frame is valid. */
  complete: boolean;
  /** The current field values were sealed. An edit resets this to false. */
  sealed: boolean;
  /** The problem of the first invalid field, in the language of the fields. */
  message?: string | undefined;
}

function parseFieldsState(data: unknown): FieldsState {
  const fields = plainObject(data);
  return {
    fields: table(fields, 'fields', FIELD_NAMES, (entries, name) =>
      parseFieldState(own(entries, name), name),
    ),
    brand: optional(fields, 'brand', (from, key) => brandOf(text(from, key, 40, WORD))),
    empty: flag(fields, 'empty'),
    complete: flag(fields, 'complete'),
    sealed: flag(fields, 'sealed'),
    message: optional(fields, 'message', (from, key) => text(from, key, MESSAGE_LIMIT, /./)),
  };
}

/** A newer frame may send brands that this version does not know. */
function brandOf(word: string): Brand {
  return BRANDS.find((brand) => brand === word) ?? 'unknown';
}

/** The frame's accessible name: the labels of its fields, in their language. */
export interface Title {
  title: string;
}

function parseTitle(data: unknown): Title {
  return {title: text(plainObject(data), 'title', TITLE_LIMIT, /\S/)};
}

/** The height that the frame's content needs, in CSS pixels. */
export interface Height {
  height: number;
}

function parseHeight(data: unknown): Height {
  return {height: integer(plainObject(data), 'height', 0, HEIGHT_LIMIT_PX)};
}

/** The frame has received the `seal` of this number. It answers within 20 seconds. */
export interface Sealing {
  request: number;
}

function parseSealing(data: unknown): Sealing {
  return {request: parseRequest(plainObject(data))};
}

/** The `seal` of this number succeeded. */
export interface Sealed {
  request: number;
  envelope: Envelope;
}

function parseSealed(data: unknown): Sealed {
  const fields = plainObject(data);
  return {request: parseRequest(fields), envelope: parseEnvelope(own(fields, 'envelope'))};
}

/** A field that prevents sealing, and its problem. */
export interface FieldFault {
  field: FieldName;
  problem: Problem;
}

function parseFieldFault(data: unknown): FieldFault {
  const fields = plainObject(data);
  const field = oneOf(fields, 'field', FIELD_NAMES);
  return {field, problem: oneOf<Problem>(fields, 'problem', FIELD_PROBLEMS[field])};
}

/** The `seal` of this number found invalid fields; nothing was sealed. */
export interface Refused {
  request: number;
  fields: FieldFault[];
}

function parseRefused(data: unknown): Refused {
  const fields = plainObject(data);
  return {request: parseRequest(fields), fields: list(fields, 'fields', FIELD_NAMES.length, parseFieldFault)};
}

/** The `seal` of this number failed; without a number, the frame as a whole. */
export interface Failed {
  request?: number | undefined;
  code: ErrorCode;
}

function parseFailed(data: unknown): Failed {
  const fields = plainObject(data);
  return {
    request: own(fields, 'request') === undefined ? undefined : parseRequest(fields),
    code: errorCodeOf(text(fields, 'code', 40, WORD)),
  };
}

/** A newer frame may send codes that this version does not know. */
function errorCodeOf(word: string): ErrorCode {
  return ERROR_CODES.find((code) => code === word) ?? 'seal-failed';
}

/** The frame has lost the focus while the user was typing in this field. */
export interface Interrupted {
  field: FieldName;
}

function parseInterrupted(data: unknown): Interrupted {
  return {field: oneOf(plainObject(data), 'field', FIELD_NAMES)};
}

/** What a frame posts over the port. */
export interface FrameEvents {
  ready: Ready;
  change: FieldsState;
  title: Title;
  height: Height;
  sealing: Sealing;
  sealed: Sealed;
  refused: Refused;
  failed: Failed;
  /** Enter was pressed in a field. */
  submit: NoPayload;
  /** Since protocol 2; an older host drops it. */
  interrupted: Interrupted;
  /** The document unloads and will not be restored. */
  bye: NoPayload;
}

/** The parser of each event that a host receives. */
export const FRAME_EVENTS: Parsers<FrameEvents> = {
  ready: parseReady,
  change: parseFieldsState,
  title: parseTitle,
  height: parseHeight,
  sealing: parseSealing,
  sealed: parseSealed,
  refused: parseRefused,
  failed: parseFailed,
  submit: parseNoPayload,
  interrupted: parseInterrupted,
  bye: parseNoPayload,
};

/** How a `seal` request ended: with an envelope, or with what the shopper has to correct. */
export type SealResult = ({ok: true} & Envelope) | {ok: false; fields: readonly FieldFault[]};
