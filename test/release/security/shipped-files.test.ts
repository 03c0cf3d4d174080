import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {describe} from 'node:test';
import {parseSync} from 'vite';
import {ROOT} from '../../support/root.ts';
import {prove} from './suite.ts';

const FOLDERS = ['dist/widget/assets', 'dist/loader', 'dist/module'];

/** Names that no file may use, by what they do. */
const BANNED: Readonly<Record<string, readonly string[]>> = {
  code: ['eval', 'Function', 'execScript', 'importScripts'],
  markup: [
    'innerHTML',
    'outerHTML',
    'insertAdjacentHTML',
    'createContextualFragment',
    'parseFromString',
    'setHTMLUnsafe',
    'parseHTMLUnsafe',
    'srcdoc',
  ],
  workers: ['Worker', 'SharedWorker', 'serviceWorker', 'createObjectURL'],
  network: [
    'fetch',
    'XMLHttpRequest',
    'WebSocket',
    'EventSource',
    'sendBeacon',
    'RTCPeerConnection',
    'WebTransport',
  ],
  storage: ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookie', 'cookieStore'],
};

const NAMES = new Map(
  Object.entries(BANNED).flatMap(([kind, names]) => names.map((name) => [name, kind] as const)),
);

/** What no string in a file may contain. */
const TEXTS: Readonly<Record<string, RegExp>> = {
  'javascript:': /javascript:/i,
  'http://': /http:\/\//,
  'an inline handler': /\son[a-z]+\s*=/i,
};

/** The exceptions: how often each occurs, and why. */
const ALLOWED: Readonly<Record<string, number>> = {
  // Lit creates its templates with it, from literals in our source, under the only Trusted Types policy of the frame.
  'index markup innerHTML': 1,
  // The example of an origin in the error about a record.
  'index text http://': 1,
  // The utilities of node-forge name it; nothing calls them.
  'paytrace storage localStorage': 1,
  // In the script, and in the module's chunk `element`: a frame that gets `srcdoc` counts as replaced.
  'sealed-fields markup srcdoc': 2,
  'element markup srcdoc': 2,
  // In both: tests whether the host of a silent frame answers; the response is not read.
  'sealed-fields network fetch': 1,
  'element network fetch': 1,
  // In both: the protocol of a form's action is compared with it; see host-sdk/form/form-action.ts.
  'sealed-fields text javascript:': 1,
  'element text javascript:': 1,
};

interface Node {
  type: string;
  start: number;
  end: number;
  computed?: boolean;
  name?: unknown;
  value?: unknown;
  arguments?: Node[];
  callee?: Node;
  object?: Node;
  property?: Node;
}

/** Every node of a tree. */
function* nodesIn(tree: unknown): Generator<Node> {
  if (typeof tree !== 'object' || tree === null) return;
  if ('type' in tree && typeof tree.type === 'string') yield tree as Node;
  for (const part of Object.values(tree)) yield* nodesIn(part);
}

/** The text of a string or of a part of a template; empty for other nodes. */
function textOf({type, value}: Node): string {
  if (type === 'TemplateElement') return (value as {cooked: string | null}).cooked ?? '';
  return type === 'Literal' && typeof value === 'string' ? value : '';
}

/** What is wrong with a script, each as often as it occurs. */
function findingsIn(file: string, script: string): string[] {
  const name = basename(file, '.js').replace(/-[\w-]{8}$/, '');
  const {program, errors} = parseSync(file, script);
  assert.deepEqual(errors, []);
  return [...nodesIn(program)].flatMap((node) => {
    const text = textOf(node);
    const named = nameOf(node) ?? text;
    const kind = NAMES.get(named);
    return [
      ...(kind === undefined ? [] : [`${name} ${kind} ${named}`]),
      ...Object.entries(TEXTS).flatMap(([what, pattern]) =>
        pattern.test(text) ? [`${name} text ${what}`] : [],
      ),
      ...(isWriting(node) ? [`${name} markup write`] : []),
      ...(isTimerOfText(node) ? [`${name} code timer`] : []),
    ];
  });
}

function nameOf({type, name}: Node): string | undefined {
  return type === 'Identifier' && typeof name === 'string' ? name : undefined;
}

/** `document.write` and `document.writeln`. */
function isWriting({object, property}: Node): boolean {
  const ofDocument = object && (nameOf(object) ?? (object.property && nameOf(object.property)));
  const written = property && (nameOf(property) ?? textOf(property));
  return ofDocument === 'document' && /^write(ln)?$/.test(written ?? '');
}

/** `setTimeout` and similar functions with a string instead of a function. */
function isTimerOfText({type, callee, arguments: given = []}: Node): boolean {
  const isTimer =
    type === 'CallExpression' && /^set(Timeout|Interval|Immediate)$/.test((callee && nameOf(callee)) ?? '');
  return isTimer && ['Literal', 'TemplateLiteral', 'BinaryExpression'].includes(given[0]?.type ?? '');
}

/** Every script that a browser runs: its path and its text. */
function shippedScripts(): {path: string; text: string}[] {
  const paths = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`),
  );
  const scripts = paths.filter((path) => path.endsWith('.js'));
  assert.ok(scripts.length > 15);
  return scripts.map((path) => ({path, text: readFileSync(join(ROOT, path), 'utf8')}));
}

/** The source text of the arguments of each `postMessage` call. */
function postMessageCallsIn(path: string, script: string): string[][] {
  const calls = [...nodesIn(parseSync(path, script).program)].filter(
    ({type, callee}) =>
      type === 'CallExpression' &&
      callee?.computed === false &&
      callee.property !== undefined &&
      nameOf(callee.property) === 'postMessage',
  );
  return calls.map((call) => (call.arguments ?? []).map(({start, end}) => script.slice(start, end)));
}

/** The only argument to a port is our message; the second to a window is an origin in a variable. */
const TO_A_PORT = /^\{\s*event(:\s*\w+)?,\s*payload(:\s*\w+)?,?\s*\}$/;
const ORIGIN = /^([\w$.]+|\{\s*targetOrigin: ?[\w$.]+,\s*transfer: ?\[\w+\],?\s*\})$/;

describe('security: shipped files', () => {
  prove('C03', 'no file creates code or markup from text, opens a connection or stores anything', () => {
    const found: Record<string, number> = {};
    for (const {path, text} of shippedScripts())
      for (const finding of findingsIn(path, text)) found[finding] = (found[finding] ?? 0) + 1;
    assert.deepEqual(found, ALLOWED);
  });

  prove('P06', 'every call of postMessage names the origin of its target', () => {
    let count = 0;
    for (const {path, text} of shippedScripts()) {
      const calls = postMessageCallsIn(path, text);
      assert.equal(
        calls.length,
        text.split('postMessage').length - 1,
        `${path}: one that is not a plain call`,
      );
      for (const [data = '', target, ...more] of calls)
        assert.ok(
          target === undefined ? TO_A_PORT.test(data) : ORIGIN.test(target) && more.length === 0,
          `${path}: postMessage(${data}, ${target ?? ''})`,
        );
      count += calls.length;
    }
    assert.ok(count > 10);
  });

  prove('C03', 'the scan finds each of these, however it is written', () => {
    const written: [script: string, finding: string][] = [
      ['eval(x)', 'x code eval'],
      ['(0, eval)(x)', 'x code eval'],
      ['new Function(x)', 'x code Function'],
      ['window["Function"](x)', 'x code Function'],
      ['setTimeout("x()", 1)', 'x code timer'],
      ['setInterval(`x(${y})`)', 'x code timer'],
      ['a.innerHTML = x', 'x markup innerHTML'],
      ['a[`innerHTML`] = x', 'x markup innerHTML'],
      ['document.write(x)', 'x markup write'],
      ['window.document["writeln"](x)', 'x markup write'],
      ['const {cookie} = document', 'x storage cookie'],
      ['globalThis.localStorage?.clear()', 'x storage localStorage'],
      ['new Worker(x)', 'x workers Worker'],
      ['navigator.sendBeacon(x)', 'x network sendBeacon'],
      ['a.href = "JavaScript:void 0"', 'x text javascript:'],
      ['a = `<p onclick=x>`', 'x text an inline handler'],
      ['a = "http://evil.example/"', 'x text http://'],
    ];
    for (const [script, finding] of written) assert.ok(findingsIn('x.js', script).includes(finding), script);
  });
});
