import {LAYOUT_CSS} from './layout-css.ts';

/**
 * A picture has its place before it is drawn. A name that finds no room beside the mark wraps out of sight, rather than
 * push at the label; where labels are hidden, the mark stands in the field. What is typed keeps clear of both: it begins
 * at the other end, in each direction of writing.
 */
const PICTURES = `
:root { --picture: calc(var(--font-size) * 1.75); --inset: max(4px, var(--padding) - 4px); }
:is(brand-icon, security-code-icon) { flex: none; width: var(--picture); aspect-ratio: 28 / 18; }
svg { overflow: visible; }
.cardNumber { grid-template-columns: fit-content(calc(100% - var(--picture) - 8px)) 1fr; }
.mark { display: flex; flex-flow: row-reverse wrap; column-gap: 6px; height: var(--label-height); padding-inline-start: 8px; overflow: hidden; }
brand-icon { margin-block: calc((var(--label-height) - var(--picture) * 18 / 28) / 2); }
security-code-icon { color: var(--color-muted); }
security-code-icon, [data-labels='hidden'] .mark { grid-area: 2 / 1 / 3 / 3; place-self: center end; margin-inline-end: var(--inset); pointer-events: none; }
[data-labels='hidden'] .mark { width: calc(var(--picture) + 8px); height: auto; aspect-ratio: 36 / 18; line-height: 2; }
[data-labels='hidden'] brand-icon { margin: 0; }
:is(.securityCode, [data-labels='hidden'] .cardNumber) > input { padding-right: calc(var(--picture) + var(--inset) + 2px); }
[dir='rtl'] :is(.securityCode, [data-labels='hidden'] .cardNumber) > input { padding: 0 var(--padding) 0 calc(var(--picture) + var(--inset) + 2px); }
input:placeholder-shown { text-overflow: ellipsis; }
:disabled + security-code-icon { opacity: 0.55; }
`;

/**
 * What the browser filled in looks like what was typed; what a password manager puts beside the fields takes no room
 * from them. Text of less than 16 px would make a phone zoom in.
 */
const FILLED = `
input:is(:autofill, :-webkit-autofill) { filter: none; box-shadow: inset 0 0 0 1px var(--ring, transparent), inset 0 0 0 99em var(--color-background); }
input[aria-invalid='true'] { --ring: var(--color-error); }
@supports (-webkit-text-security: disc) { input:is(:autofill, :-webkit-autofill) { -webkit-text-fill-color: var(--color-text); } }
:is(form, hosted-field) > :not(hosted-field, label, input, select, [id$='-reveal'], p, .mark, security-code-icon) { position: absolute; }
@media (any-pointer: coarse) { :is(input, select) { font-size: max(16px, var(--font-size)); } }
`;

/**
 * The frame's one style sheet. The policy allows no other: it is constructed, and it names no address.
 * Looks are the custom properties of `applyTheme`, all of them always set. Each problem has its line reserved, so that
 * nothing moves under a pointer that is on its way to the Pay button. The frame becomes as high as what stands in it, and a
 * scroll bar on the way there would take the width that its rows go by.
 */
export const STYLES = `${LAYOUT_CSS}
:root { scrollbar-width: none; color: var(--color-text); background: transparent; -webkit-text-size-adjust: 100%; }
* { box-sizing: border-box; }
body { margin: 0; font: var(--font-weight) var(--font-size)/1.5 var(--font-family); letter-spacing: var(--letter-spacing); }
payment-form { display: block; }
hosted-field { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-content: start; }
label { grid-area: 1 / 1; font-size: var(--label-size); font-weight: var(--label-weight); line-height: var(--label-line); overflow-wrap: anywhere; min-height: var(--label-height); }
@media (max-width: 319px) {
  hosted-field:not(:only-of-type) > label { font-size: max(12px, var(--label-size) * 0.875); }
  hosted-field:not(:only-of-type) > input::placeholder { font-size: 0.875em; }
}
input, select {
  grid-area: 2 / 1 / 3 / 3; width: 100%; height: max(var(--height), calc(1.2em + 2 * var(--border-width))); padding: 0 var(--padding); font: inherit; line-height: 1.2;
  font-variant-numeric: tabular-nums; letter-spacing: inherit; color: inherit; background: var(--color-background);
  border: var(--border-width) solid var(--color-border); border-radius: var(--radius);
}
[data-labels='hidden'] :is(.accountNumber, .accountNumberConfirmation) > input { grid-column: 1; }
input, select { appearance: none; }
select { padding-inline-end: calc(2 * var(--padding) + 10px); }
.accountType::after {
  content: ''; grid-area: 2 / 1 / 3 / 3; place-self: center end; margin-inline-end: var(--padding); pointer-events: none;
  border: solid transparent; border-width: 5px 5px 0; border-top-color: currentColor;
}
input:not([dir]) { direction: ltr; }
:root[dir='rtl'] input { text-align: right; }
input::placeholder { color: var(--color-muted); opacity: 1; }
:is(input, select):hover { border-color: var(--color-muted); }
:is(input, select, button):focus { outline: 2px solid var(--color-focus); outline-offset: -1px; border-color: var(--color-focus); }
input[aria-invalid='true']:not(:focus, :disabled) { border-color: var(--color-error); box-shadow: inset 0 0 0 1px var(--color-error), inset 0 0 0 99em var(--color-background); }
:is(input, select, button):disabled { opacity: 0.55; cursor: not-allowed; }
.masked:not(:focus, :placeholder-shown) { -webkit-text-security: disc; }
@supports not (-webkit-text-security: disc) { .masked:not(:focus, :placeholder-shown) { color: transparent; } }
@media print {
  input:not(:placeholder-shown) { -webkit-text-security: disc; }
  @supports not (-webkit-text-security: disc) { input:not(:placeholder-shown) { color: transparent; } }
}
button {
  grid-area: 1 / 2; align-self: center; min-height: 24px; margin: -12px -1px; padding: 0 2px; font: inherit; font-size: var(--problem-size); color: inherit;
  text-decoration: underline; background: none; border: 0; border-radius: 4px; cursor: pointer;
}
[data-labels='hidden'] button { grid-row: 2; margin-inline-start: 6px; }
.mark { grid-area: 1 / 2; font-size: 12px; font-weight: 600; line-height: var(--label-height); color: var(--color-muted); white-space: nowrap; }
p {
  grid-area: 3 / 1 / 4 / 3; min-height: var(--problem-height); margin: 0; padding: 1px 0 5px;
  font-size: var(--problem-size); line-height: var(--problem-line); color: var(--color-error);
}
#outcome:empty { display: none; }
#outcome { flex-basis: 100%; margin-block-start: calc(-1 * var(--problem-height)); }
#announcement, [data-labels='hidden'] label { position: absolute; width: 1px; height: 1px; min-height: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (forced-colors: active) {
  select { appearance: auto; }
  .accountType::after { display: none; }
  :is(input, select, button):focus { outline-color: Highlight; }
  input[aria-invalid='true']:not(:focus, :disabled) { outline: 1px solid; outline-offset: calc(-1px - var(--border-width)); }
  :is(input, select, button):disabled { border-color: GrayText; opacity: 1; }
}
@media (prefers-contrast: more) {
  :root { --color-border: var(--color-text) !important; --color-muted: var(--color-text) !important; }
  :is(input, select, button):focus { outline-width: 3px; }
  :is(input, select, button):disabled { border-style: dashed; opacity: 1; }
}
${PICTURES}${FILLED}`;
