import {LAYOUT_CSS} from './layout-css.ts';

/**
 * An icon has its full size before it is drawn. A brand name that does not fit next to the icon wraps and is cut off, so
 * that the label keeps its width. If labels are hidden, the brand icon is inside the input. Icons are at the end of an
 * input, in either writing direction, and its padding keeps the text clear of them.
 */
const ICONS = `
:root { --icon: calc(var(--font-size) * 1.75); --inset: max(4px, var(--padding) - 4px); }
:is(brand-icon, security-code-icon) { flex: none; width: var(--icon); aspect-ratio: 28 / 18; }
svg { overflow: visible; }
.cardNumber { grid-template-columns: fit-content(calc(100% - var(--icon) - 8px)) 1fr; }
.brand { display: flex; flex-flow: row-reverse wrap; column-gap: 6px; height: var(--label-height); padding-inline-start: 8px; overflow: hidden; }
brand-icon { margin-block: calc((var(--label-height) - var(--icon) * 18 / 28) / 2); }
security-code-icon { color: var(--color-muted); }
security-code-icon, [data-labels='hidden'] .brand { grid-area: 2 / 1 / 3 / 3; place-self: center end; margin-inline-end: var(--inset); pointer-events: none; }
[data-labels='hidden'] .brand { width: calc(var(--icon) + 8px); height: auto; aspect-ratio: 36 / 18; line-height: 2; }
[data-labels='hidden'] brand-icon { margin: 0; }
:is(.securityCode, [data-labels='hidden'] .cardNumber) > input { padding-right: calc(var(--icon) + var(--inset) + 2px); }
[dir='rtl'] :is(.securityCode, [data-labels='hidden'] .cardNumber) > input { padding: 0 var(--padding) 0 calc(var(--icon) + var(--inset) + 2px); }
input:placeholder-shown { text-overflow: ellipsis; }
:disabled + security-code-icon { opacity: 0.55; }
`;

/**
 * Values from autofill look like entered ones, and elements that a password manager adds take no space from the fields. On
 * phones, inputs have at least 16 px: the browser would zoom in on smaller text.
 */
const AUTOFILL = `
input:is(:autofill, :-webkit-autofill) { filter: none; box-shadow: inset 0 0 0 1px var(--ring, transparent), inset 0 0 0 99em var(--color-background); }
input[aria-invalid='true'] { --ring: var(--color-error); }
@supports (-webkit-text-security: disc) { input:is(:autofill, :-webkit-autofill) { -webkit-text-fill-color: var(--color-text); } }
:is(form, hosted-field) > :not(hosted-field, label, input, select, [id$='-reveal'], p, .brand, security-code-icon) { position: absolute; }
@media (any-pointer: coarse) { :is(input, select) { font-size: max(16px, var(--font-size)); } }
`;

/**
 * The frame's only style sheet. It is a constructed one, since the content security policy allows no other, and contains
 * no URL. The theme is in custom properties, which `applyTheme` always sets.
 *
 * Each field reserves a line for its problem, so that nothing moves while the user reaches for the Pay button. There is no
 * scroll bar: while the frame adapts to the height of its content, it would change the width of the rows.
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
.brand { grid-area: 1 / 2; font-size: 12px; font-weight: 600; line-height: var(--label-height); color: var(--color-muted); white-space: nowrap; }
p {
  grid-area: 3 / 1 / 4 / 3; min-height: var(--problem-height); margin: 0; padding: 1px 0 5px;
  font-size: var(--problem-size); line-height: var(--problem-line); color: var(--color-error);
}
#outcome:empty, #interruption:empty { display: none; }
#interruption { flex-basis: 100%; }
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
${ICONS}${AUTOFILL}`;
