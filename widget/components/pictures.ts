/**
 * What is drawn, and not needed to type: a chunk of its own, fetched after the first paint. The tags stand from the
 * start, at their full size, and are drawn once it is there; without it words alone say the same.
 */
import './brand-mark.ts';
import './code-place.ts';

/** Where a system's colours are forced, no others are seen: shapes are kept apart by lines. */
const FORCED = `
@media (forced-colors: active) {
  brand-mark path { fill: currentColor; stroke: Canvas; stroke-width: 0.6; }
  brand-mark rect { fill: none; stroke-opacity: 1; }
  code-place g { color: CanvasText; }
}
`;

const sheet = new CSSStyleSheet();
sheet.replaceSync(FORCED);
document.adoptedStyleSheets.push(sheet);
