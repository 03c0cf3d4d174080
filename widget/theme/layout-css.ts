/**
 * The rows of the fields, as CSS. The container has the class `fields` and its layout's name as class, each child its
 * field's name. The frame and its skeleton both use it, with the properties of `metricsOf`, so that nothing moves when
 * the frame replaces the skeleton.
 *
 * Inline, the card number has a row of its own unless the whole card fits into one: otherwise the security code would be
 * alone in the second row.
 */
export const LAYOUT_CSS = `
.fields { display: flex; flex-wrap: wrap; column-gap: var(--gap); padding: 2px; }
.fields > * { flex: 1 1 100%; min-inline-size: 0; }
.fields > .expiry, .fields > .securityCode { flex-basis: max(var(--font-size) * 7.5, 50% - var(--gap) / 2); }
.fields.inline > * { flex: 2 1 calc(var(--font-size) * 13.75); }
.fields.inline > .cardNumber { flex: 3 1 min(100%, max(var(--font-size) * 18.75, (var(--font-size) * 33.75 + 2 * var(--gap) - 100%) * 999)); }
.fields.inline > .expiry, .fields.inline > .securityCode { flex: 1 1 calc(var(--font-size) * 7.5); }
`;
