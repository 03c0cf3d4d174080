/**
 * The icons, which are not needed to enter a value: a chunk of its own, loaded after the first paint. Their elements are in
 * the form from the start, at full size, and upgrade once the chunk has loaded. Without it, the texts have the same
 * information.
 */
import './brand-icon.ts';
import './security-code-icon.ts';

/** With forced colors, the shapes have no colors of their own: outlines separate them. */
const FORCED = `
@media (forced-colors: active) {
  brand-icon path { fill: currentColor; stroke: Canvas; stroke-width: 0.6; }
  brand-icon rect { fill: none; stroke-opacity: 1; }
  security-code-icon g { color: CanvasText; }
}
`;

const sheet = new CSSStyleSheet();
sheet.replaceSync(FORCED);
document.adoptedStyleSheets.push(sheet);
