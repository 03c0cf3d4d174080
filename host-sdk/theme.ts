import {own, plainObject as record} from '../widget/protocol/parse.ts';
import type {Theme, Token} from '../widget/protocol/names.ts';
import {parseTheme as readTheme, TOKENS} from '../widget/theme/tokens.ts';

/** `auto` follows the page's color scheme, then the system's. */
export const SCHEMES = ['auto', 'light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

/** What `data-theme` comes to. Whatever is wrong with it is left out and told, for looks must never keep a shop from being paid. */
export interface Looks {
  scheme: Scheme;
  theme: Theme;
  /** What was left out, and why; for developers. */
  mistakes: readonly string[];
}

/** UTF-16 units of the attribute, and mistakes that are told of one. */
const LIMIT = 10_000;
const MISTAKES = 32;

/** Characters of a wrong name or value that a mistake repeats. */
const QUOTE = 64;

/**
 * Reads a scheme, or a JSON object of tokens with one.
 *
 * @param rem CSS pixels of the page's root font size.
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
  const theme = readTheme(tokens, rem);
  const mistakes = Object.keys(tokens)
    .filter((name) => !Object.hasOwn(theme, name))
    .map((name) => mistakeOf(name, tokens[name]));
  if (scheme === undefined) mistakes.unshift(wrong('scheme', SCHEMES.join(', '), wanted));
  return {scheme: scheme ?? 'auto', theme, mistakes: mistakes.slice(0, MISTAKES)};
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return text.length > LIMIT ? undefined : record(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function mistakeOf(name: string, value: unknown): string {
  const rule = own(TOKENS, name) as (typeof TOKENS)[Token] | undefined;
  if (rule !== undefined) return wrong(name, rule.expected, value);
  return `data-theme: there is no token ${quote(name)}; there are scheme, ${Object.keys(TOKENS).join(', ')}.`;
}

function wrong(name: string, expected: string, value: unknown): string {
  return `data-theme: ${name}: expected ${expected}, not ${quote(value)}.`;
}

function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `“${text.slice(0, QUOTE)}”`;
}
