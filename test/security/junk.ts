/**
 * Values that no parser may take for what it expects, by name, as a script for the page: an array of pairs, each
 * of a name and a function that makes the value.
 */
const JUNK = `(() => {
  const named = (value) => ({sealed: value, event: value, payload: value, postmate: value, channel: value});
  const own = (key, value) => JSON.parse('{"' + key + '": ' + JSON.stringify(value) + ', "event": "nobody"}');
  const nest = (make, depth) => { let value = make(undefined); while (depth--) value = make(value); return value; };
  class Command { payload = {}; get event() { return 'clear'; } toString() { return 'clear'; } }
  const cyclic = () => { const value = {postmate: 'handshake', event: 'clear'}; value.payload = [value]; return value; };
  const polluting = {polluted: true};
  const odd = {
    null: () => null, undefined: () => undefined, 'the empty text': () => '', zero: () => 0, 'not a number': () => NaN,
    infinity: () => -Infinity, true: () => true, bigint: () => 2n ** 70n, text: () => 'seal', array: () => [],
    'array of commands': () => [{event: 'clear', payload: {}}], map: () => new Map([['event', 'clear'], ['payload', {}]]),
    set: () => new Set(['clear']), date: () => new Date(0), pattern: () => /clear/, blob: () => new Blob(['clear']),
    error: () => new TypeError('clear'), 'boxed text': () => Object('clear'), bytes: () => new Uint8Array(64), buffer: () => new ArrayBuffer(64),
    instance: () => Object.assign(new Command(), {sealed: 'hello'}), cyclic,
  };
  return [
    ...Object.entries(odd),
    ...Object.entries(odd).map(([name, make]) => [name + ' in every place', () => named(make())]),
    ...['__proto__', 'constructor', 'prototype', 'valueOf', 'toString', 'toJSON', 'then']
      .flatMap((key) => [polluting, {prototype: polluting}, 'clear', 1].map((value) => ['own ' + key, () => own(key, value)])),
    ['100,000 keys', () => Object.fromEntries(Array.from({length: 100_000}, (_, index) => ['key' + index, index]))],
    ['objects 10,000 deep', () => nest((payload) => ({event: 'nobody', payload}), 10_000)],
    ['arrays 10,000 deep', () => nest((inner) => [inner], 10_000)],
    ['objects 1,000 deep', () => nest((payload) => ({event: 'nobody', payload}), 1000)],
    ['arrays 1,000 deep', () => nest((inner) => [inner], 1000)],
  ];
})()`;

/** What no browser need be able to send: some run out of stack before that. */
export const TOO_DEEP = /10,000 deep$/;

/** In any document: throws all of it at the page around it and at each of the page's frames. */
export const THROW_AT_ALL = `for (const [, make] of ${JUNK}) {
  for (const target of [top, ...Array.from({length: top.length}, (_, index) => top[index])])
    try { target.postMessage(make(), '*'); } catch {}
}`;

/**
 * In a page that speaks by hand: throws all of it at the frame, through the port and at its window, in every place
 * that takes a value, a hundred messages a second, and asks for a seal in between: it comes, so nothing was dropped
 * for being too much. Gives the names of what the browser itself does not send.
 */
export const THROW_JUNK = (origin: string) => `(async () => {
  const frame = document.querySelector('iframe').contentWindow;
  const unsent = new Set();
  const isPlain = (value) => Object.prototype.toString.call(value) === '[object Object]';
  let request = 1000;
  let count = 0;
  const probe = async () => {
    request += 1;
    const answer = () => heard.find(({event, payload}) => event === 'sealed' && payload.request === request);
    speak('seal', {request, submission: 'c'.repeat(32)});
    for (const start = Date.now(); !answer(); await new Promise((resolve) => setTimeout(resolve, 5)))
      if (Date.now() - start > 15_000) throw new Error('no answer after ' + count);
  };
  const send = async (name, say) => {
    try { say(); } catch { unsent.add(name); }
    count += 1;
    if (count % 10 === 0) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await probe();
    }
  };
  for (const [name, make] of ${JUNK}) {
    await send(name, () => frame.postMessage(make(), '${origin}'));
    await send(name, () => port.postMessage(make()));
    await send(name, () => speak(make(), {}));
    for (const event of ['configure', 'seal']) await send(name, () => speak(event, make()));
    // of a plain object, these take what they know, which is nothing
    if (!isPlain(make())) for (const event of ['focus', 'attempt', 'clear']) await send(name, () => speak(event, make()));
  }
  await probe();
  return [...unsent];
})()`;
