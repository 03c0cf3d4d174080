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
import {integer, member, oneOf, own, record, text} from './parse.ts';

/** `own`: the page has more to say of them by `configure`, and nothing shall be painted before it has. */
const LOOKS = ['usual', 'own'] as const;

/** What a frame must know before its first paint; it stands in the fragment, which no server is sent. */
export interface Opening {
  /** {@link RANDOM_ID}; tells this frame from its neighbours. */
  channel: string;
  protocol: number;
  /** At least one, none twice, in the order of the page. */
  fields: readonly FieldName[];
  layout: Layout;
  locale: Locale;
  colorScheme: ColorScheme;
  /** `usual` where an older page says nothing of them. */
  looks: (typeof LOOKS)[number];
}

export function writeOpening({protocol, fields, ...words}: Opening): string {
  return new URLSearchParams({...words, protocol: `${protocol}`, fields: fields.join()}).toString();
}

/** @throws TypeError if the fragment is none of {@link writeOpening}'s. */
export function parseOpening(fragment: string): Opening {
  const query = record(Object.fromEntries(new URLSearchParams(fragment.slice(0, 1024))));
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
