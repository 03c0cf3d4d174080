import type {Locale} from '../protocol/names.ts';
import {en, type Texts} from './en.ts';

/** One chunk for each language but English, which every frame has. */
const CHUNKS: Record<Exclude<Locale, 'en'>, () => Promise<Texts>> = {
  es: async () => (await import('./es.ts')).es,
  fr: async () => (await import('./fr.ts')).fr,
  de: async () => (await import('./de.ts')).de,
  it: async () => (await import('./it.ts')).it,
  'pt-BR': async () => (await import('./pt-br.ts')).ptBr,
  nl: async () => (await import('./nl.ts')).nl,
  pl: async () => (await import('./pl.ts')).pl,
  tr: async () => (await import('./tr.ts')).tr,
  ja: async () => (await import('./ja.ts')).ja,
  ko: async () => (await import('./ko.ts')).ko,
  'zh-Hans': async () => (await import('./zh-hans.ts')).zhHans,
  'zh-Hant': async () => (await import('./zh-hant.ts')).zhHant,
  hi: async () => (await import('./hi.ts')).hi,
  ar: async () => (await import('./ar.ts')).ar,
  he: async () => (await import('./he.ts')).he,
};

const RIGHT_TO_LEFT: readonly Locale[] = ['ar', 'he'];

/** Every text in a language; in English where its chunk does not come. */
export async function loadTexts(locale: Locale): Promise<Texts> {
  return locale === 'en' ? en : CHUNKS[locale]().catch(() => en);
}

export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.includes(locale) ? 'rtl' : 'ltr';
}
