import type {Configure} from '../../widget/protocol/host-events.ts';
import {type Brand, type Locale, PROTOCOL} from '../../widget/protocol/names.ts';
import type {Opening} from '../../widget/protocol/opening.ts';
import type {Options} from '../attributes.ts';
import {colorSchemeAt} from './environment.ts';

/** What the frame must know before its first paint. */
export function frameParams(element: Element, options: Options, locale: Locale, channel: string): Opening {
  const {fields, layout, looks, labels, placeholders} = options;
  const isPlain = [looks.theme, labels, placeholders].every((all) => Object.keys(all).length === 0);
  return {
    channel,
    protocol: PROTOCOL,
    fields,
    layout,
    locale,
    colorScheme: colorSchemeAt(element, looks.scheme),
    looks: isPlain ? 'usual' : 'own',
  };
}

/** What the element resolved from its surroundings: the locale, and what the other elements of its form imply. */
export interface Resolved {
  locale: Locale;
  /** Brand of the card number in another element, unless `data-brand` is set. */
  brand: Brand | undefined;
  optional: boolean;
}

/** The complete configuration of a frame; each one replaces the one before. */
export function configuration(
  element: Element,
  {looks: {scheme, theme}, labels, placeholders, layout, autoAdvance, names}: Options,
  {locale, brand, optional}: Resolved,
): Configure {
  return {
    colorScheme: colorSchemeAt(element, scheme),
    theme,
    layout,
    locale,
    labels,
    placeholders,
    disabled: element.matches(':disabled'),
    optional,
    autoAdvance,
    brand,
    names,
  };
}
