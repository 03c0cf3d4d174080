import type {Configure} from '../../widget/protocol/messages.ts';
import {type Locale, PROTOCOL} from '../../widget/protocol/names.ts';
import type {FrameParams} from '../../widget/protocol/frame-params.ts';
import type {Options} from '../attributes.ts';
import {colorSchemeAt} from './environment.ts';

/** What the frame must know before its first paint. `looks: 'own'` if that must wait for the configuration. */
export function frameParams(
  element: Element,
  {fields, looks, settings: {layout, labels, placeholders}}: Options,
  locale: Locale,
  channel: string,
): FrameParams {
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

/**
 * The complete configuration of a frame; each one replaces the one before.
 *
 * @param resolved the locale, and what the other elements of the form imply.
 */
export function configuration(
  element: Element,
  {looks: {scheme, theme}, settings}: Options,
  resolved: Pick<Configure, 'locale' | 'brand' | 'optional'>,
): Configure {
  return {
    ...settings,
    ...resolved,
    colorScheme: colorSchemeAt(element, scheme),
    theme,
    disabled: element.matches(':disabled'),
  };
}
