import {ROWS} from './protocol/rows.ts';

/**
 * The frame's one style sheet. The policy allows no other: it is constructed, and it names no address.
 * Looks are custom properties, light or dark by the root's scheme. Each problem has its line reserved, so
 * that nothing moves under a pointer that is on its way to the Pay button.
 */
export const STYLES = `${ROWS}
:root {
  --text: #17212b; --muted: #5b6875; --background: #fff; --border: #8894a0; --hover: #56626e;
  --focus: #0b62d6; --problem: #b3261e; --radius: 8px;
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  color: var(--text); background: transparent; -webkit-text-size-adjust: 100%;
}
:root[data-scheme='dark'] {
  --text: #eef2f5; --muted: #a3b0bc; --background: #161c22; --border: #6d7a87; --hover: #98a5b1;
  --focus: #7ab4ff; --problem: #ff9d94;
}
* { box-sizing: border-box; }
body { margin: 0; }
payment-form { display: block; }
hosted-field { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-content: start; }
label { grid-area: 1 / 1; font-size: 14px; font-weight: 500; line-height: 22px; }
input, select {
  grid-area: 2 / 1 / 3 / 3; width: 100%; height: 44px; padding: 0 12px; font: inherit; line-height: 1.2;
  font-variant-numeric: tabular-nums; color: inherit; background: var(--background);
  border: 1px solid var(--border); border-radius: var(--radius);
}
input { direction: ltr; appearance: none; }
:dir(rtl) > input { text-align: right; }
input::placeholder { color: var(--muted); opacity: 1; }
:is(input, select):hover { border-color: var(--hover); }
:is(input, select, button):focus { outline: 2px solid var(--focus); outline-offset: -1px; border-color: var(--focus); }
input[aria-invalid='true'] { border-color: var(--problem); }
input[aria-invalid='true']:focus { outline-color: var(--problem); }
:is(input, select, button):disabled { opacity: 0.55; cursor: not-allowed; }
.masked:not(:focus, :placeholder-shown) { -webkit-text-security: disc; }
@supports not (-webkit-text-security: disc) { .masked:not(:focus, :placeholder-shown) { color: transparent; } }
@media print {
  input:not(:placeholder-shown) { -webkit-text-security: disc; }
  @supports not (-webkit-text-security: disc) { input:not(:placeholder-shown) { color: transparent; } }
}
button {
  grid-area: 1 / 2; height: 24px; margin-block-start: -2px; padding: 0 6px; font: inherit; font-size: 13px; color: inherit;
  text-decoration: underline; background: none; border: 0; border-radius: 4px; cursor: pointer;
}
.mark { grid-area: 1 / 2; font-size: 12px; font-weight: 600; line-height: 22px; color: var(--muted); white-space: nowrap; }
p { grid-column: 1 / -1; min-height: 24px; margin: 0; padding: 3px 0; font-size: 13px; line-height: 18px; color: var(--problem); }
#outcome:empty { display: none; }
#outcome { flex-basis: 100%; }
#announcement { position: absolute; width: 1px; height: 1px; min-height: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (forced-colors: active) { :is(input, select, button):focus { outline-color: Highlight; } }
`;
