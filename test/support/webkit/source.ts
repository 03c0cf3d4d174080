import {parseSync} from 'vite';

/** A script as puppeteer accepts it: a function, or text whose last value is the result. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- its parameters are the page's
export type Source = Function | string;

/** The properties of syntax nodes that are used here. */
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
 * The text of a function that is equivalent to the script. A policy may forbid `eval`, which would run the text as it
 * is, so the function returns the last value, and copies declarations to `window`.
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

/** The expressions that could be the value of a statement. */
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
  // A pattern such as `{a, b}` declares several names.
  return declarations.map((each) => source.slice(each.id.start, each.id.end).replace(/^\{|\}$/g, ''));
}
