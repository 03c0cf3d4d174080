/**
 * Node has no `CSS`. Here every color that has passed the pattern of its token counts as one that the browser parses;
 * `test/browser/theme/apply.test.ts` asks a real engine.
 */
if (!('CSS' in globalThis)) Object.assign(globalThis, {CSS: {supports: () => true}});
