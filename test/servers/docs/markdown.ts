import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {ROOT} from '../../support/root.ts';

/** Every document of the repository, by its path from the root. */
export const DOCUMENTS: readonly string[] = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The text of a document, without its code blocks. */
export function prose(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8').replaceAll(/^```.*?^```$/gms, '');
}

/** The headings of a document in order. */
export function headings(path: string): {level: number; text: string}[] {
  return [...prose(path).matchAll(/^(#+) (.+)$/gm)].map(([, marks = '', text = '']) => ({
    level: marks.length,
    text,
  }));
}

/** The part of a document below a heading, up to the next heading of its level. @throws Error without that heading. */
export function section(path: string, heading: string): string {
  const lines = prose(path).split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (start === -1) throw new Error(`${path} has no heading “${heading}”`);
  const level = lines[start]?.indexOf(' ') ?? 0;
  const end = lines.findIndex((line, at) => at > start && /^#+ /.test(line) && line.indexOf(' ') <= level);
  return lines.slice(start + 1, end === -1 ? undefined : end).join('\n');
}

/** The cells of each row of the tables in a text, without the rows of headings. */
export function rows(text: string): string[][] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines
    .filter((line, at) => line.startsWith('|') && lines[at - 1]?.startsWith('|') && !isRule(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}

function isRule(line: string): boolean {
  return /^[|\s:-]+$/.test(line);
}

/** The texts in code font. */
export function codes(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** The texts in code font in the first column of the tables below a heading. */
export function firstColumn(path: string, heading: string): string[] {
  return rows(section(path, heading)).flatMap(([cell = '']) => codes(cell));
}

/** The anchors of a document's headings, as GitHub makes them. */
export function anchors(path: string): string[] {
  return headings(path).map(({text}) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The targets of the links and images of a document. */
export function links(path: string): string[] {
  return [...prose(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}
