/**
 * Node has no `CSS`. This stand-in accepts every color that matches the pattern of its token;
 * `test/browser/theme/apply.test.ts` uses a real engine.
 */
if (!('CSS' in globalThis)) Object.assign(globalThis, {CSS: {supports: () => true}});
