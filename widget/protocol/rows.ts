/**
 * How the fields of a frame share rows, as style rules for a container of class `fields` and of a layout, whose
 * children bear their field's name as class. The frame and the skeleton in its place both go by them, so that nothing
 * moves when the one takes over from the other. Lengths are in CSS pixels.
 */
export const ROWS = `
.fields { display: flex; flex-wrap: wrap; column-gap: 12px; padding: 2px; }
.fields > * { flex: 1 1 100%; min-inline-size: 0; }
.fields > .expiry, .fields > .securityCode { flex-basis: calc(50% - 6px); }
.fields.inline > * { flex: 2 1 220px; }
.fields.inline > .cardNumber { flex: 3 1 300px; }
.fields.inline > .expiry, .fields.inline > .securityCode { flex: 1 1 120px; }
`;
