import {RANDOM_ID} from './envelope.ts';
import {
  COLOR_SCHEMES,
  type ColorScheme,
  FIELD_NAMES,
  type FieldName,
  type Layout,
  LAYOUTS,
  type Locale,
  LOCALES,
} from './names.ts';
import {integer, member, oneOf, own, plainObject, text} from './parse.ts';

/** `own`: the frame waits for the first `configure` before it paints. `usual`: it does not wait. */
const LOOKS = ['usual', 'own'] as const;

/** What a frame needs before its first paint. Part of the URL fragment, which browsers do not send to servers. */
export interface FrameParams {
  /** {@link RANDOM_ID}; identifies this frame among the frames of a page. */
  channel: string;
  protocol: number;
  /** At least one, without duplicates, in display order. */
  fields: readonly FieldName[];
  layout: Layout;
  locale: Locale;
  colorScheme: ColorScheme;
  /** `own`: theme, labels or placeholders follow with the first `configure`. Older hosts omit it: `usual`. */
  looks: (typeof LOOKS)[number];
}

/** The parameters as a URL fragment, without `#`. */
export function writeFrameParams({protocol, fields, ...others}: FrameParams): string {
  return new URLSearchParams({...others, protocol: `${protocol}`, fields: fields.join()}).toString();
}

/** Parses a URL fragment, without `#`. @throws TypeError unless {@link writeFrameParams} could have written it. */
export function parseFrameParams(fragment: string): FrameParams {
  const query = plainObject(Object.fromEntries(new URLSearchParams(fragment.slice(0, 1024))));
  const names = text(query, 'fields', 512).split(',');
  if (new Set(names).size !== names.length) throw new TypeError('fields: expected each name once');
  return {
    channel: text(query, 'channel', 32, RANDOM_ID),
    protocol: integer({protocol: Number(text(query, 'protocol', 4, /^[1-9]\d*$/))}, 'protocol', 1, 1000),
    fields: names.map((name) => member(name, FIELD_NAMES, 'fields')),
    layout: oneOf(query, 'layout', LAYOUTS),
    locale: oneOf(query, 'locale', LOCALES),
    colorScheme: oneOf(query, 'colorScheme', COLOR_SCHEMES),
    looks: member(own(query, 'looks') ?? 'usual', LOOKS, 'looks'),
  };
}
