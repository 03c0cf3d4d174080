import type {Theme, Token} from '../widget/protocol/names.ts';
import {own, plainObject} from '../widget/protocol/parse.ts';
import {parseTheme, TOKENS} from '../widget/theme/tokens.ts';

/** `auto` follows the page's color scheme, then the user's preference. */
export const SCHEMES = ['auto', 'light', 'dark'] as const;
/** One of {@link SCHEMES}. */
export type Scheme = (typeof SCHEMES)[number];

/** A parsed `data-theme`. Invalid parts are dropped and reported: a theme must never stop a payment. */
export interface Looks {
  scheme: Scheme;
  theme: Theme;
  /** One message for developers about each dropped part. */
  mistakes: readonly string[];
}

/** Longest attribute that is parsed, in UTF-16 units. */
const MAX_LENGTH = 10_000;

/** Most mistakes that are reported. */
const MAX_MISTAKES = 32;

/** How much of an invalid name or value a message quotes, in UTF-16 units. */
const QUOTE_LENGTH = 64;

/**
 * Parses `data-theme`: a color scheme, or a JSON object with tokens and a scheme. Never throws.
 *
 * @param rem root font size of the page in CSS pixels.
 */
export function parseLooks(text: string, rem?: number): Looks {
  const word = SCHEMES.find((scheme) => scheme === text.trim());
  if (word !== undefined) return {scheme: word, theme: {}, mistakes: []};
  const data = parseObject(text);
  if (data === undefined) {
    const expected = `expected ${SCHEMES.join(', ')}, or a JSON object of tokens`;
    return {scheme: 'auto', theme: {}, mistakes: [`data-theme: ${expected}, not ${quote(text)}.`]};
  }
  const {scheme: wanted = 'auto', ...tokens} = data;
  const scheme = SCHEMES.find((each) => each === wanted);
  const theme = parseTheme(tokens, rem);
  const mistakes = Object.keys(tokens)
    .filter((name) => !Object.hasOwn(theme, name))
    .map((name) => describeMistake(name, tokens[name]));
  if (scheme === undefined) mistakes.unshift(expectedMessage('scheme', SCHEMES.join(', '), wanted));
  return {scheme: scheme ?? 'auto', theme, mistakes: mistakes.slice(0, MAX_MISTAKES)};
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return text.length > MAX_LENGTH ? undefined : plainObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function describeMistake(name: string, value: unknown): string {
  const rule = own(TOKENS, name) as (typeof TOKENS)[Token] | undefined;
  if (rule !== undefined) return expectedMessage(name, rule.expected, value);
  return `data-theme: there is no token ${quote(name)}; expected scheme, ${Object.keys(TOKENS).join(', ')}.`;
}

function expectedMessage(name: string, expected: string, value: unknown): string {
  return `data-theme: ${name}: expected ${expected}, not ${quote(value)}.`;
}

function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `“${text.slice(0, QUOTE_LENGTH)}”`;
}
