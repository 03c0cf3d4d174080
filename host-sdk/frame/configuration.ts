import type {Configure} from '../../widget/protocol/messages.ts';
import {type Locale, PROTOCOL} from '../../widget/protocol/names.ts';
import type {FrameParams} from '../../widget/protocol/frame-params.ts';
import type {Options} from '../attributes.ts';
import {colorSchemeAt} from './environment.ts';

/** The URL parameters of a new frame. `looks` is `own` if its first paint must wait for the configuration. */
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
 * The complete configuration of a frame. It replaces the previous one.
 *
 * @param resolved the locale, and the values that depend on the other elements of the form.
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
