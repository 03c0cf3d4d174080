import type {PaymentForm} from './components/payment-form.ts';
import {en} from './locales/en.ts';
import {directionOf, loadTexts} from './locales/locale.ts';
import type {Locale} from './protocol/names.ts';

/** Lets the form and its document speak a language, once its texts are there; the last one asked for stays. */
export function speaking(form: PaymentForm): (locale: Locale) => Promise<void> {
  let wanted: Locale | undefined;
  return async (locale) => {
    if (locale === wanted) return;
    wanted = locale;
    const texts = await loadTexts(locale);
    if (locale !== wanted) return;
    const spoken = texts === en ? 'en' : locale; // the texts may not have come
    form.texts = texts;
    document.documentElement.lang = spoken;
    document.documentElement.dir = directionOf(spoken);
  };
}
