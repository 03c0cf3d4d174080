import type {Send} from './driver.ts';
import {functionOf, type Source} from './source.ts';

/** An argument of a script: a value, or the number of a value in the page's table. */
export type Argument = {value: unknown} | {number: number};

/** The result of a script: a number in the page's table, JSON, or an error. `pending` is the number of a promise. */
interface Outcome {
  number?: number;
  json?: string | null;
  pending?: number;
  thrown?: string;
}

/** The document that had a value was unloaded. */
export class GoneError extends Error {}

/** In every script: the table of values, and `__name`, which transpilers call in functions. */
const PRELUDE = `
  const __name = (named) => named;
  const key = Symbol.for('values of the tests');
  if (!window[key]) Object.defineProperty(window, key, {value: new Map()});
  const table = window[key];
  const keep = (value) => { table.set(table.size, value); return table.size - 1; };
  const tell = (value, isKept) => (isKept ? {number: keep(value)} : {json: JSON.stringify(value)});
  const say = (error) => ({thrown: error instanceof Error ? error.name + ': ' + error.message : String(error)});`;

/**
 * Runs a script in the driver's current document. Polls a promise that it returns, so that other commands can run while
 * the promise is pending.
 *
 * @param turn runs commands in that document when their turn comes.
 */
export async function runScript(
  turn: <T>(work: (send: Send) => Promise<T>) => Promise<T>,
  source: Source,
  given: readonly Argument[],
  isKept: boolean,
): Promise<{number?: number; value?: unknown}> {
  const first = `${PRELUDE}
    if (arguments[0].some(({number}) => number !== undefined && !table.has(number))) return {gone: true};
    const given = arguments[0].map(({number, value}) => (number === undefined ? value : table.get(number)));
    try {
      const value = (${functionOf(source)})(...given);
      if (typeof value?.then !== 'function') return tell(value, ${isKept});
      const state = {};
      value.then((value) => (state.outcome = tell(value, ${isKept})), (error) => (state.outcome = say(error)));
      return {pending: keep(state)};
    } catch (error) { return say(error); }`;
  const again = `${PRELUDE}
    const [pending] = arguments;
    if (!table.has(pending)) return {gone: true};
    return table.get(pending).outcome ?? {pending};`;
  let outcome = await execute(turn, first, [given]);
  for (let wait = 2; outcome.pending !== undefined; wait = Math.min(2 * wait, 50)) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    outcome = await execute(turn, again, [outcome.pending]);
  }
  const {number, json, thrown} = outcome; // undefined arrives as null
  if (thrown !== undefined) throw new Error(thrown);
  if (number !== undefined) return {number};
  return {value: typeof json !== 'string' ? undefined : (JSON.parse(json) as unknown)};
}

async function execute(
  turn: <T>(work: (send: Send) => Promise<T>) => Promise<T>,
  script: string,
  args: readonly unknown[],
): Promise<Outcome> {
  const outcome = await turn((send) => send('POST', '/execute/sync', {script, args}));
  if (outcome === null || 'gone' in (outcome as Outcome))
    throw new GoneError('The document was unloaded, and its values with it.');
  return outcome as Outcome;
}

/** WebDriver's reference to an element in the table. */
export async function referenceOf(send: Send, number: number): Promise<unknown> {
  return send('POST', '/execute/sync', {script: `${PRELUDE} return table.get(arguments[0])`, args: [number]});
}

/** In the page: all elements that match a selector. As in puppeteer, `>>>` also enters shadow roots. */
export function findAll(selector: string, root: ParentNode): Element[] {
  const rootsIn = (node: ParentNode): ParentNode[] => [
    node,
    ...[...node.querySelectorAll('*')].flatMap(({shadowRoot}) => (shadowRoot ? rootsIn(shadowRoot) : [])),
  ];
  const [first = '', ...deeper] = selector.split('>>>').map((part) => part.trim());
  let found: ParentNode[] = first === '' ? [root] : [...root.querySelectorAll(first)];
  for (const part of deeper) {
    const own = found.flatMap((node) => {
      const shadowRoot = node instanceof Element ? node.shadowRoot : null;
      return [...rootsIn(node), ...(shadowRoot ? rootsIn(shadowRoot) : [])];
    });
    found = [...new Set(own.flatMap((each) => [...each.querySelectorAll(part)]))];
  }
  return found as Element[];
}
