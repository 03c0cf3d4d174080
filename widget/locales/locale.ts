import type {Locale} from '../protocol/names.ts';
import {en, type Texts} from './en.ts';

/** One chunk for each language except English, which is part of the frame. */
const CHUNKS: Record<Exclude<Locale, 'en'>, () => Promise<{texts: Texts}>> = {
  es: () => import('./es.ts'),
  fr: () => import('./fr.ts'),
  de: () => import('./de.ts'),
  it: () => import('./it.ts'),
  'pt-BR': () => import('./pt-br.ts'),
  nl: () => import('./nl.ts'),
  pl: () => import('./pl.ts'),
  tr: () => import('./tr.ts'),
  ja: () => import('./ja.ts'),
  ko: () => import('./ko.ts'),
  'zh-Hans': () => import('./zh-hans.ts'),
  'zh-Hant': () => import('./zh-hant.ts'),
  hi: () => import('./hi.ts'),
  ar: () => import('./ar.ts'),
  he: () => import('./he.ts'),
};

const RIGHT_TO_LEFT: readonly Locale[] = ['ar', 'he'];

/** The texts of a language; English if its chunk fails to load. */
export async function loadTexts(locale: Locale): Promise<Texts> {
  if (locale === 'en') return en;
  return CHUNKS[locale]().then(
    ({texts}) => texts,
    () => en,
  );
}

/** The writing direction of a language. */
export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.includes(locale) ? 'rtl' : 'ltr';
}
