import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {parseSync} from 'vite';
import {ROOT} from '../files.ts';
import {prove} from './suite.ts';

/** Names that no file of ours has a use for, by what they would do. */
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

/** What no text in a file may hold. */
const TEXTS: Readonly<Record<string, RegExp>> = {
  'javascript:': /javascript:/i,
  'http://': /http:\/\//,
  'an inline handler': /\son[a-z]+\s*=/i,
};

/** What is there all the same, how often, and why. */
const ALLOWED: Readonly<Record<string, number>> = {
  // Lit makes its templates so, of literals in our source alone, under the one Trusted Types policy of the frame.
  'index markup innerHTML': 1,
  // The example of an origin, in the refusal of a record.
  'index text http://': 1,
  // Node-forge's utilities name it, and nothing here calls them.
  'paytrace storage localStorage': 1,
  // In the script and in the module: watched for, and taken for an attack.
  'sealed-fields markup srcdoc': 4,
  // In the script and in the module: asks whether the host of a silent frame answers; what it answers stays unread.
  'sealed-fields network fetch': 2,
};

interface Node {
  type: string;
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

/** The text of a string or of a part of a template. */
function textOf({type, value}: Node): string {
  if (type === 'TemplateElement') return (value as {cooked: string | null}).cooked ?? '';
  return type === 'Literal' && typeof value === 'string' ? value : '';
}

/** What is wrong with a script, each thing as often as it is there. */
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

/** `document.write` and its like; others may write too. */
function isWriting({object, property}: Node): boolean {
  const ofDocument = object && (nameOf(object) ?? (object.property && nameOf(object.property)));
  const written = property && (nameOf(property) ?? textOf(property));
  return ofDocument === 'document' && /^write(ln)?$/.test(written ?? '');
}

/** `setTimeout` and the like with a text in place of a function. */
function isTimerOfText({type, callee, arguments: given = []}: Node): boolean {
  const isTimer =
    type === 'CallExpression' && /^set(Timeout|Interval|Immediate)$/.test((callee && nameOf(callee)) ?? '');
  return isTimer && ['Literal', 'TemplateLiteral', 'BinaryExpression'].includes(given[0]?.type ?? '');
}

function findings(): Record<string, number> {
  const folders = ['dist/widget/assets', 'dist/loader', 'dist/module'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => join(ROOT, folder, name)),
  );
  const scripts = files.filter((file) => file.endsWith('.js'));
  assert.ok(scripts.length > 15);
  const found: Record<string, number> = {};
  for (const each of scripts.flatMap((file) => findingsIn(file, readFileSync(file, 'utf8'))))
    found[each] = (found[each] ?? 0) + 1;
  return found;
}

prove('C03', 'no file makes code or markup out of text, opens a connection or keeps anything', () => {
  assert.deepEqual(findings(), ALLOWED);
});

prove('C03', 'each of these would be found, however it is written', () => {
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
