/**
 * The layout of the fields in rows, as CSS. The container has the classes `fields` and the name of the layout; each child
 * has the name of its field as class. The frame and its skeleton both use it, with the properties of `metricsOf`, so that
 * nothing moves when the frame replaces the skeleton.
 *
 * In the inline layout, the card number has its own row unless all card fields fit into one. If it shared a row, the
 * security code would be alone in the next one.
 */
export const LAYOUT_CSS = `
.fields { display: flex; flex-wrap: wrap; column-gap: var(--gap); padding: 2px; }
.fields > * { flex: 1 1 100%; min-inline-size: 0; }
.fields > .expiry, .fields > .securityCode { flex-basis: max(var(--font-size) * 7.5, 50% - var(--gap) / 2); }
.fields.inline > * { flex: 2 1 calc(var(--font-size) * 13.75); }
.fields.inline > .cardNumber { flex: 3 1 min(100%, max(var(--font-size) * 18.75, (var(--font-size) * 33.75 + 2 * var(--gap) - 100%) * 999)); }
.fields.inline > .expiry, .fields.inline > .securityCode { flex: 1 1 calc(var(--font-size) * 7.5); }
`;
