/**
 * What is drawn, and not needed to type: a chunk of its own, fetched after the first paint. The tags stand from the
 * start, at their full size, and are drawn once it is there; without it words alone say the same.
 */
import './brand-icon.ts';
import './security-code-icon.ts';

/** Where a system's colours are forced, no others are seen: shapes are kept apart by lines. */
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
