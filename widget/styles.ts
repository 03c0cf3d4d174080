/**
 * The frame's one style sheet. The policy allows no other: it is constructed, and it names no address.
 * Looks are custom properties, light or dark by the root's scheme. Each problem has its line reserved, so
 * that nothing moves under a pointer that is on its way to the Pay button.
 */
export const STYLES = `
:root {
  --text: #17212b; --muted: #5b6875; --background: #fff; --border: #8894a0; --hover: #56626e;
  --focus: #0b62d6; --problem: #b3261e; --radius: 8px; --gap: 12px;
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
form { display: grid; grid-template-columns: 1fr 1fr; column-gap: var(--gap); padding: 2px; }
hosted-field { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-content: start; min-width: 0; }
hosted-field.cardNumber, hosted-field:only-of-type { grid-column: 1 / -1; }
label { grid-column: 1 / -1; font-size: 14px; font-weight: 500; line-height: 22px; }
input {
  grid-area: 2 / 1 / 3 / 3; width: 100%; height: 44px; padding: 0 12px; font: inherit; line-height: 1.2;
  font-variant-numeric: tabular-nums; color: inherit; background: var(--background);
  border: 1px solid var(--border); border-radius: var(--radius); direction: ltr; appearance: none;
}
:dir(rtl) > input { text-align: right; }
input::placeholder { color: var(--muted); opacity: 1; }
input:hover { border-color: var(--hover); }
input:focus { outline: 2px solid var(--focus); outline-offset: -1px; border-color: var(--focus); }
input[aria-invalid='true'] { border-color: var(--problem); }
input[aria-invalid='true']:focus { outline-color: var(--problem); }
input:disabled { opacity: 0.55; cursor: not-allowed; }
.mark {
  grid-area: 2 / 2 / 3 / 3; align-self: center; margin-inline-end: 12px; padding: 0 6px; z-index: 1;
  font-size: 12px; font-weight: 600; line-height: 20px; color: var(--muted); background: var(--background);
  pointer-events: none;
}
.mark:empty { display: none; }
p { grid-column: 1 / -1; min-height: 24px; margin: 0; padding: 3px 0; font-size: 13px; line-height: 18px; color: var(--problem); }
#outcome:empty { display: none; }
#outcome { grid-column: 1 / -1; }
#announcement { position: absolute; width: 1px; height: 1px; min-height: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (forced-colors: active) { input:focus { outline-color: Highlight; } }
`;
