import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import ts from 'typescript';
import {ROOT} from './root.ts';

/** A function of the product whose body a mutant may replace. It has the JSDoc tag `@seam <name>`. */
export interface Seam {
  name: string;
  /** Absolute path of its module. */
  file: string;
  /** Where its body starts and ends in the module's text, braces included. */
  start: number;
  end: number;
}

const FOLDERS = ['widget', 'host-sdk'];

/** Every seam of the product, in the order of its files. */
export function findSeams(): Seam[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), {recursive: true, encoding: 'utf8'}).map((path) =>
      join(ROOT, folder, path),
    ),
  )
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => seamsIn(file, readFileSync(file, 'utf8')));
}

/** @throws Error unless exactly one function has this tag. */
export function findSeam(name: string, seams = findSeams()): Seam {
  const [seam, ...others] = seams.filter((each) => each.name === name);
  if (seam === undefined || others.length > 0)
    throw new Error(
      `expected one function with @seam ${name}, found ${seam === undefined ? 0 : 1 + others.length}`,
    );
  return seam;
}

/** The seams of one module: functions, methods, and constants that are arrow functions. */
export function seamsIn(file: string, code: string): Seam[] {
  if (!code.includes('@seam ')) return [];
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const found: Seam[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isArrowFunction(node)) {
      const {body} = node;
      const tags = ts.getJSDocTags(node).filter(({tagName}) => tagName.text === 'seam');
      for (const {comment} of tags)
        if (body !== undefined) {
          const name = ts.getTextOfJSDocComment(comment) ?? '';
          found.push({name, file, start: body.getStart(source), end: body.getEnd()});
        }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * The text of a seam's module with another body in its place.
 *
 * @param body statements, without braces. They get a block of their own, so their names cannot clash with parameters.
 */
export function replaceBody(code: string, {start, end}: Seam, body: string): string {
  return `${code.slice(0, start)}{{ ${body} }}${code.slice(end)}`;
}
