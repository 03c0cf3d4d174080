import {type FormValue, parseNameTable, RANDOM_ID} from './envelope.ts';
import {type Bare, parseBare, type Parsers, requestOf} from './messages.ts';
import {
  type Brand,
  BRANDS,
  COLOR_SCHEMES,
  type ColorScheme,
  FIELD_NAMES,
  type FieldName,
  type Layout,
  LAYOUTS,
  type Locale,
  LOCALES,
} from './names.ts';
import {flag, oneOf, optional, own, record, table, text} from './parse.ts';
import {readTheme, type Theme} from '../theme/tokens.ts';

/** Longest label or placeholder, in UTF-16 units; longer ones are refused before they are sent. */
export const TEXT_LIMIT = 200;

/** Everything that a page may set on a frame; each one replaces the one before as a whole. */
export interface Configure {
  colorScheme: ColorScheme;
  /** Of a token that is not well-formed, nothing is taken, and the others are. */
  theme?: Theme | undefined;
  layout: Layout;
  locale: Locale;
  labels: Readonly<Partial<Record<FieldName, string>>>;
  placeholders: Readonly<Partial<Record<FieldName, string>>>;
  disabled: boolean;
  /** The fields may stay empty, all of them. */
  optional: boolean;
  autoAdvance: boolean;
  /** Brand of a card that this frame does not ask for: the card on file, or one typed in a frame beside it. */
  brand?: Brand | undefined;
  /** Form value names, over those of the record. */
  names: Readonly<Partial<Record<FormValue, string>>>;
}

export function parseConfigure(data: unknown): Configure {
  const fields = record(data);
  const texts = (key: string) =>
    table(fields, key, FIELD_NAMES, (entries, name) => plain(text(entries, name, TEXT_LIMIT)));
  return {
    colorScheme: oneOf(fields, 'colorScheme', COLOR_SCHEMES),
    theme: optional(fields, 'theme', (from, key) => readTheme(own(from, key))),
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

/** A text that reads as it shows: no control characters, no halves of characters, nothing that turns its direction. */
function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').replace(/[\u202A-\u202E\u2066-\u2069\p{Cs}]/gu, '');
}

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
