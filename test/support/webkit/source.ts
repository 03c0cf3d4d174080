import {parseSync} from 'vite';

/** As puppeteer takes it: a function, or the text of a script whose last value counts. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- its arguments are the page's to know
export type Source = Function | string;

/** The nodes of a script that are told apart here. */
interface Node {
  type: string;
  start: number;
  end: number;
  body?: Node | Node[];
  block?: Node;
  handler?: Node | null;
  consequent?: Node;
  alternate?: Node | null;
  declarations?: {id: Node}[];
  id?: Node & {name: string};
}

/**
 * The text of a function that does the same. A policy may forbid `eval`, which would run a script as it stands;
 * so its last value is returned, and what it declares is given to the page's global.
 */
export function functionOf(source: Source): string {
  if (typeof source === 'function') return String(source);
  const program = parseSync('script.js', source, {sourceType: 'script'}).program as unknown as {body: Node[]};
  const returns = program.body.slice(-1).flatMap((node) => lastValues(node));
  let text = source;
  for (const {start, end} of returns.sort((one, other) => other.start - one.start)) {
    const value = source.slice(start, end).replace(/;\s*$/, '');
    text = `${text.slice(0, start)}return (${value});${text.slice(end)}`;
  }
  const names = program.body.flatMap((node) => declared(node, source));
  return `function () {${text}\n;Object.assign(window, {${names.join()}});}`;
}

/** The expressions that could be a statement's value. */
function lastValues(node: Node): Node[] {
  if (node.type === 'ExpressionStatement') return [node];
  const inner = Array.isArray(node.body) ? node.body.at(-1) : node.body;
  const {block, handler, consequent, alternate} = node;
  const parts = ['BlockStatement', 'CatchClause'].includes(node.type) ? [inner] : [];
  if (node.type === 'TryStatement') parts.push(block, handler ?? undefined);
  if (node.type === 'IfStatement') parts.push(consequent, alternate ?? undefined);
  return parts.flatMap((part) => (part ? lastValues(part) : []));
}

function declared({type, declarations = [], id}: Node, source: string): string[] {
  if (type === 'FunctionDeclaration' || type === 'ClassDeclaration') return id ? [id.name] : [];
  // `{a, b}` names both as an object of them does.
  return declarations.map((each) => source.slice(each.id.start, each.id.end).replace(/^\{|\}$/g, ''));
}
