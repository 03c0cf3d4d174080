/**
 * Values that no parser may accept, as a script for the page: an array of pairs, each a name and a function that makes
 * the value.
 */
const JUNK = `(() => {
  const inEveryPlace = (value) => ({sealed: value, event: value, payload: value, postmate: value, channel: value});
  const own = (key, value) => JSON.parse('{"' + key + '": ' + JSON.stringify(value) + ', "event": "unknown"}');
  const nest = (make, depth) => { let value = make(undefined); while (depth--) value = make(value); return value; };
  class Command { payload = {}; get event() { return 'clear'; } toString() { return 'clear'; } }
  const cyclic = () => { const value = {postmate: 'handshake', event: 'clear'}; value.payload = [value]; return value; };
  const polluting = {polluted: true};
  const odd = {
    null: () => null, undefined: () => undefined, 'an empty string': () => '', zero: () => 0, NaN: () => NaN,
    infinity: () => -Infinity, true: () => true, bigint: () => 2n ** 70n, string: () => 'seal', array: () => [],
    'array of commands': () => [{event: 'clear', payload: {}}], map: () => new Map([['event', 'clear'], ['payload', {}]]),
    set: () => new Set(['clear']), date: () => new Date(0), pattern: () => /clear/, blob: () => new Blob(['clear']),
    error: () => new TypeError('clear'), 'boxed string': () => Object('clear'), bytes: () => new Uint8Array(64), buffer: () => new ArrayBuffer(64),
    instance: () => Object.assign(new Command(), {sealed: 'hello'}), cyclic,
  };
  return [
    ...Object.entries(odd),
    ...Object.entries(odd).map(([name, make]) => [name + ' in every place', () => inEveryPlace(make())]),
    ...['__proto__', 'constructor', 'prototype', 'valueOf', 'toString', 'toJSON', 'then']
      .flatMap((key) => [polluting, {prototype: polluting}, 'clear', 1].map((value) => ['own ' + key, () => own(key, value)])),
    ['100,000 keys', () => Object.fromEntries(Array.from({length: 100_000}, (_, index) => ['key' + index, index]))],
    ['objects 10,000 deep', () => nest((payload) => ({event: 'unknown', payload}), 10_000)],
    ['arrays 10,000 deep', () => nest((inner) => [inner], 10_000)],
    ['objects 1,000 deep', () => nest((payload) => ({event: 'unknown', payload}), 1000)],
    ['arrays 1,000 deep', () => nest((inner) => [inner], 1000)],
  ];
})()`;

/** Values that a browser may refuse to send, because its stack is too small. */
export const TOO_DEEP = /10,000 deep$/;

/** In any document: sends all of it to the page and to each of the page's frames. */
export const THROW_AT_ALL = `for (const [, make] of ${JUNK}) {
  for (const target of [top, ...Array.from({length: top.length}, (_, index) => top[index])])
    try { target.postMessage(make(), '*'); } catch {}
}`;

/**
 * In a hostile host: sends all of it to the frame, over the port and to its window, in every place that takes a value.
 * It stays under the rate limit, and requests a seal in between: an answer shows that nothing was dropped for the rate.
 * Returns the names of values that the browser itself did not send.
 */
export const SEND_JUNK = (origin: string) => `(async () => {
  const frame = document.querySelector('iframe').contentWindow;
  const unsent = new Set();
  const isPlain = (value) => Object.prototype.toString.call(value) === '[object Object]';
  let request = 1000;
  let count = 0;
  const probe = async () => {
    request += 1;
    const answer = () => heard.find(({event, payload}) => event === 'sealed' && payload.request === request);
    send('seal', {request, submission: 'c'.repeat(32)});
    for (const start = Date.now(); !answer(); await new Promise((resolve) => setTimeout(resolve, 5)))
      if (Date.now() - start > 15_000) throw new Error('no answer after ' + count);
  };
  const sendJunk = async (name, post) => {
    try { post(); } catch { unsent.add(name); }
    count += 1;
    if (count % 25 === 0) await probe();
    if (count % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 1000 - (performance.now() % 1000)));
  };
  for (const [name, make] of ${JUNK}) {
    await sendJunk(name, () => frame.postMessage(make(), '${origin}'));
    await sendJunk(name, () => port.postMessage(make()));
    await sendJunk(name, () => send(make(), {}));
    for (const event of ['configure', 'seal']) await sendJunk(name, () => send(event, make()));
    // a plain object is a valid payload of these: their unknown keys are ignored
    if (!isPlain(make())) for (const event of ['focus', 'attempt', 'clear']) await sendJunk(name, () => send(event, make()));
  }
  await probe();
  return [...unsent];
})()`;
