import {SealedFieldsError} from '../../widget/protocol/errors.ts';
import {MEDIUM_FONT_SIZE_PX} from '../../widget/theme/metrics.ts';
import type {ColorScheme} from '../../widget/protocol/names.ts';
import type {Scheme} from '../theme-attribute.ts';

/** Matches while the user prefers a dark color scheme. */
export function darkSchemeQuery(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}

/** The page's root font size in CSS pixels. Firefox reports none for a page that is not rendered. */
export function rootFontSize(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || MEDIUM_FONT_SIZE_PX;
}

/** The color scheme to use. For `auto`, the page's scheme at this element; if it supports both, the user's preference. */
export function colorSchemeAt(element: Element, scheme: Scheme): ColorScheme {
  if (scheme !== 'auto') return scheme;
  const page = getComputedStyle(element).colorScheme;
  return page.includes('dark') && (darkSchemeQuery().matches || !page.includes('light')) ? 'dark' : 'light';
}

/** Requires a page with an origin. @throws SealedFieldsError `origin-refused` in a sandboxed page, which no record can list. */
export function requireOrigin(): void {
  if (self.origin !== 'null') return;
  throw new SealedFieldsError('origin-refused', 'A sandboxed page has no origin that a record could list.', {
    hint: 'Add allow-same-origin to its sandbox.',
  });
}

/** Whether the page is being prerendered. `onActivated` is called once when it is shown. */
export function isPrerendered(onActivated: () => void): boolean {
  const {prerendering = false} = document as {prerendering?: boolean};
  if (prerendering) document.addEventListener('prerenderingchange', onActivated, {once: true});
  return prerendering;
}
