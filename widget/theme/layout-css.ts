/**
 * How the fields of a frame share rows, as style rules for a container of class `fields` and of a layout, whose
 * children bear their field's name as class. The frame and the skeleton in its place both go by them, with the
 * properties of `measuresOf`, so that nothing moves when the one takes over from the other. Inline, a card number has a
 * row of its own unless a whole card has room in one: a code alone in the next would look lost.
 */
export const ROWS = `
.fields { display: flex; flex-wrap: wrap; column-gap: var(--gap); padding: 2px; }
.fields > * { flex: 1 1 100%; min-inline-size: 0; }
.fields > .expiry, .fields > .securityCode { flex-basis: max(var(--font-size) * 7.5, 50% - var(--gap) / 2); }
.fields.inline > * { flex: 2 1 calc(var(--font-size) * 13.75); }
.fields.inline > .cardNumber { flex: 3 1 min(100%, max(var(--font-size) * 18.75, (var(--font-size) * 33.75 + 2 * var(--gap) - 100%) * 999)); }
.fields.inline > .expiry, .fields.inline > .securityCode { flex: 1 1 calc(var(--font-size) * 7.5); }
`;
