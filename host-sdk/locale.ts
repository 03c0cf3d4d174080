import {type Locale, LOCALES} from '../widget/protocol/names.ts';

/** The shape of a language tag (RFC 5646 §2.1), not its registry. */
export const LOCALE = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/;

/**
 * The language of the fields at `element`.
 *
 * @param wanted a language tag, or `auto`: the language of the page at this place, then those of the browser.
 * @returns English where none of them is ours.
 */
export function localeAt(element: Element, wanted: string): Locale {
  for (const tag of wanted === 'auto' ? [languageOf(element), ...navigator.languages] : [wanted]) {
    const locale = localeFor(tag);
    if (locale !== undefined) return locale;
  }
  return 'en';
}

/** Ours in the language and script of `tag`, both as likely as they are for its region: `zh-HK` is `zh-Hant`. */
export function localeFor(tag: string): Locale | undefined {
  const wanted = likelySubtags(tag);
  return LOCALES.find((locale) => likelySubtags(locale) === wanted);
}

function likelySubtags(tag: string): string | undefined {
  try {
    const {language, script} = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  } catch {
    return undefined; // a page may call its language anything
  }
}

/** The nearest `lang`, out of shadow roots too; empty where the page tells none. */
function languageOf(element: Element): string {
  const near = element.closest<HTMLElement>('[lang]');
  if (near !== null) return near.lang;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? languageOf(root.host) : '';
}
