import {SealedFieldsError} from '../widget/protocol/errors.ts';
import type {Configure} from '../widget/protocol/messages.ts';
import {MEDIUM_FONT_SIZE_PX as MEDIUM} from '../widget/theme/metrics.ts';
import {type ColorScheme, PROTOCOL} from '../widget/protocol/names.ts';
import type {FrameParams as Opening} from '../widget/protocol/frame-params.ts';
import {brandBeside, isOptionalIn, type Member} from './company.ts';
import {localeAt} from './locale.ts';
import type {Options} from './options.ts';
import type {Scheme} from './theme.ts';

/** What an element takes from the page around it, and what it leaves there. */

/** The system's wish, for pages that take both schemes. */
export function systemScheme(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}

/** CSS pixels of what the page calls one `rem`. Firefox says none of a page that is not shown. */
export function rem(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || MEDIUM;
}

/** One word: the theme's, else the page's at this place, else the system's where the page takes both. */
export function colorSchemeAt(element: Element, scheme: Scheme): ColorScheme {
  if (scheme !== 'auto') return scheme;
  const page = getComputedStyle(element).colorScheme;
  return page.includes('dark') && (systemScheme().matches || !page.includes('light')) ? 'dark' : 'light';
}

/** @throws SealedFieldsError `origin-refused` in a page without an origin: no record could name it. */
export function requireOrigin(): void {
  if (self.origin !== 'null') return;
  const hint = 'Add allow-same-origin to its sandbox.';
  throw new SealedFieldsError('origin-refused', 'A sandboxed page has no origin that a record could name.', {
    hint,
  });
}

/** Whether the page is made ready before it is shown; `onShown` is called once it is. */
export function isPrerendered(onShown: () => void): boolean {
  const {prerendering = false} = document as {prerendering?: boolean};
  if (prerendering) document.addEventListener('prerenderingchange', onShown, {once: true});
  return prerendering;
}

/** What the frame must know of the page before its first paint. */
export function openingAt(element: Element, options: Options, channel: string): Opening {
  const {fields, layout, looks, labels, placeholders} = options;
  const isPlain = [looks.theme, labels, placeholders].every((all) => Object.keys(all).length === 0);
  return {
    channel,
    protocol: PROTOCOL,
    fields,
    layout,
    locale: localeAt(element, options.locale),
    colorScheme: colorSchemeAt(element, looks.scheme),
    looks: isPlain ? 'usual' : 'own',
  };
}

/** Everything that the frame shall know of the page around it, and of the elements beside it in its form. */
export function configurationAt(
  element: Element & {form: HTMLFormElement | null},
  options: Options,
  member: Member,
): Configure {
  const {looks, labels, layout, placeholders, autoAdvance, names} = options;
  const {scheme, theme} = looks;
  const {brand = brandBeside(element.form, member)} = options;
  const optional = isOptionalIn(element.form, member);
  const locale = localeAt(element, options.locale);
  const colorScheme = colorSchemeAt(element, scheme);
  const disabled = element.matches(':disabled');
  return {
    colorScheme,
    theme,
    layout,
    locale,
    labels,
    placeholders,
    disabled,
    optional,
    autoAdvance,
    brand,
    names,
  };
}

/**
 * Writes form values as hidden inputs below `element`, in the place of those before. As light children they
 * stand in a plain POST, in `FormData` and in a form's `elements` alike, and no browser restores them after Back.
 */
export function writeValues(element: Element, values: Readonly<Record<string, string>>): void {
  removeValues(element);
  const form = element.getAttribute('form');
  for (const [name, value] of Object.entries(values)) {
    const input = Object.assign(document.createElement('input'), {type: 'hidden', name, value});
    if (form !== null) input.setAttribute('form', form);
    element.append(input);
  }
}

export function removeValues(element: Element): void {
  for (const input of element.querySelectorAll(':scope > input[type=hidden]')) input.remove();
}
