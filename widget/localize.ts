import type {PaymentForm} from './components/payment-form.ts';
import {en} from './locales/en.ts';
import {directionOf, loadTexts} from './locales/locale.ts';
import type {Locale} from './protocol/names.ts';

/**
 * Returns a function that sets the language of the view and its document. If it is called again before the texts have
 * loaded, the last call wins, and every promise resolves once its texts are set.
 */
export function localize(view: PaymentForm): (locale: Locale) => Promise<void> {
  let requested: Locale | undefined;
  let applied: Promise<void>;
  const apply = async (locale: Locale): Promise<void> => {
    const texts = await loadTexts(locale);
    if (locale !== requested) return applied;
    const language = texts === en ? 'en' : locale; // English if the chunk has failed to load
    view.texts = texts;
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
  };
  return (locale) => {
    if (locale !== requested) {
      requested = locale;
      applied = apply(locale);
    }
    return applied;
  };
}
