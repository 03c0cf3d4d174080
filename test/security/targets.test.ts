import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseSync} from 'vite';
import {ROOT} from '../files.ts';
import {readyFrame, typeWholeCard} from '../e2e/shopper.ts';
import {snippet} from '../e2e/stage.ts';
import {CARD} from './attacker.ts';
import {inEngines} from './suite.ts';

const FOLDERS = ['dist/widget/assets', 'dist/loader', 'dist/module'];

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** What every file that a browser runs gives to each `postMessage`, as source text. */
function callsIn(code: string): string[][] {
  const calls: string[][] = [];
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    if (isPosting(value as Node))
      calls.push(((value as Node)['arguments'] as Node[]).map(({start, end}) => code.slice(start, end)));
    for (const each of Object.values(value)) visit(each);
  };
  visit(parseSync('file.js', code).program);
  return calls;
}

function isPosting({type, callee}: Node): boolean {
  const {property, computed} = (callee ?? {}) as {property?: {name?: string}; computed?: boolean};
  return type === 'CallExpression' && computed === false && property?.name === 'postMessage';
}

/** A port’s only argument is what we say over it; a window’s second is an origin out of a variable. */
const OVER_A_PORT = /^\{\s*event(:\s*\w+)?,\s*payload(:\s*\w+)?,?\s*\}$/;
const ORIGIN = /^([\w$.]+|\{\s*targetOrigin: ?[\w$.]+,\s*transfer: ?\[\w+\],?\s*\})$/;

/**
 * In each document: every message to another window, or its own, with its target. A window of another origin has
 * functions of its own, so the documents are given wrappers of windows, which are one for each.
 */
const TAP = `{
  window.targets = [];
  const wrappers = new WeakMap();
  const tap = (real) => {
    if (real === null || typeof real !== 'object' || real instanceof MessagePort) return real;
    if (!wrappers.has(real))
      wrappers.set(real, new Proxy({}, {get: (_, key) => key !== 'postMessage' ? real[key] : (data, target, ...more) => {
        targets.push(typeof target === 'object' ? target?.targetOrigin : target);
        real.postMessage(data, target, ...more);
      }}));
    return wrappers.get(real);
  };
  const wrap = (object, key) => {
    const {get} = Object.getOwnPropertyDescriptor(object, key);
    Object.defineProperty(object, key, {configurable: true, get() { return tap(get.call(this)); }});
  };
  wrap(HTMLIFrameElement.prototype, 'contentWindow');
  wrap(MessageEvent.prototype, 'source');
  if (window !== top) Object.defineProperty(window, 'parent', {configurable: true, value: tap(top)});
  const post = window.postMessage;
  window.postMessage = (data, target, ...more) => {
    targets.push(typeof target === 'object' ? target?.targetOrigin : target);
    post.call(window, data, target, ...more);
  };
}`;

inEngines({}, (scene) => {
  scene.prove('P06', 'in the files', () => {
    const files = FOLDERS.flatMap((folder) =>
      readdirSync(join(ROOT, folder))
        .filter((name) => name.endsWith('.js'))
        .map((name) => `${folder}/${name}`),
    );
    let count = 0;
    for (const file of files) {
      const code = readFileSync(join(ROOT, file), 'utf8');
      const calls = callsIn(code);
      assert.equal(calls.length, code.split('postMessage').length - 1, `${file}: one that is no plain call`);
      for (const [data = '', target, ...more] of calls)
        assert.ok(
          target === undefined ? OVER_A_PORT.test(data) : ORIGIN.test(target) && more.length === 0,
          `${file}: postMessage(${data}, ${target ?? ''})`,
        );
      count += calls.length;
    }
    assert.ok(count > 10);
    return Promise.resolve();
  });

  scene.prove('P06', 'at run time, from the handshake to the end', async (page) => {
    const {stage} = scene;
    await page.evaluateOnNewDocument(TAP);
    stage.pages.set('/shop', snippet(stage, '<form><sealed-fields></sealed-fields></form>'));
    await page.goto(`${stage.page}/shop`);
    const frame = await readyFrame(page, stage);
    await typeWholeCard(page, frame, CARD);
    assert.ok((await page.$eval('sealed-fields', (element) => element.seal())).ok);
    const [said, answered] = [await page.evaluate('targets'), await frame.evaluate('targets')];
    await page.$eval('sealed-fields', (element) => {
      element.clear();
      element.retry();
      return element.ready;
    });
    const all = (await page.evaluate('targets')) as string[];
    assert.deepEqual(answered, [stage.page, stage.page]); // Postmate’s answer, and the hello
    assert.ok((said as string[]).length >= 2 && all.length >= 4); // a handshake and an offer for each frame
    assert.deepEqual([...new Set(all)], [stage.widget]);
  });
});
