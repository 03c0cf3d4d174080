import type {PaymentForm} from './components/payment-form.ts';
import {en} from './locales/en.ts';
import {directionOf, loadTexts} from './locales/locale.ts';
import type {Locale} from './protocol/names.ts';

/**
 * Lets the form and its document speak a language, once its texts are there; the last one asked for stays, and
 * whoever asked for one before it is told when that one is spoken.
 */
export function speaking(form: PaymentForm): (locale: Locale) => Promise<void> {
  let wanted: Locale | undefined;
  let spoken: Promise<void>;
  const speak = async (locale: Locale): Promise<void> => {
    const texts = await loadTexts(locale);
    if (locale !== wanted) return spoken;
    const lang = texts === en ? 'en' : locale; // the texts may not have come
    form.texts = texts;
    document.documentElement.lang = lang;
    document.documentElement.dir = directionOf(lang);
  };
  return (locale) => {
    if (locale !== wanted) {
      wanted = locale;
      spoken = speak(locale);
    }
    return spoken;
  };
}
