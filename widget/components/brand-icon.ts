import {html, LitElement, nothing, svg} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Brand} from '../protocol/names.ts';

/** The color of a plate, and the shapes on it, from back to front. */
type Drawing = readonly [plate: string, ...shapes: (readonly [color: string, path: string])[]];

const disc = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
const ring = (x: number, y: number, r: number) => disc(x, y, r) + disc(x, y, r - 2.2);
const bar = (x: number) => `M${x} 6a2 2 0 0 1 2-2h3v8a2 2 0 0 1-2 2h-3z`;
const panel = (x: number) => `M${x} 4h5l-2.2 10h-5z`;

/**
 * Icons drawn for this project, each on a plate of 28 by 18: a visual hint next to the brand's name, not the brand's logo.
 * Every shape has a contrast of at least 3 to 1 with its own plate (WCAG 2.2, 1.4.11), so that an icon is recognizable on
 * any background.
 */
const DRAWINGS: Readonly<Partial<Record<Brand, Drawing>>> = {
  visa: ['#1f3fa8', ['#fff', 'M7.5 4h3.8l1.6 6.4L17.2 4H21l-7 10h-3.8z']],
  mastercard: [
    '#22262c',
    ['#eb3a2f', disc(11, 9, 5.2)],
    ['#f7a823', disc(17, 9, 5.2)],
    ['#ff6d1f', 'M14 4.75a5.2 5.2 0 0 1 0 8.5a5.2 5.2 0 0 1 0-8.5z'],
  ],
  'american-express': [
    '#1a6cc4',
    ['#fff', 'M7.3 4.5h2.9l3.6 9h-2.6l-.6-1.7H6.9l-.6 1.7H3.7zM8.7 6.9l-1.1 3h2.2z'],
    ['#fff', 'M14.6 4.5h2.9l1.9 2.9 1.9-2.9h2.9l-3.3 4.5 3.3 4.5h-2.9l-1.9-2.9-1.9 2.9h-2.9l3.3-4.5z'],
  ],
  'diners-club': [
    '#0b5c9e',
    ['#fff', `${disc(14, 9, 6)}M12.9 5a4.2 4.2 0 0 0 0 8zM15.1 5a4.2 4.2 0 0 1 0 8z`],
  ],
  discover: [
    '#22262c',
    ['#fff', 'M5 4.5h3.5a4.5 4.5 0 0 1 0 9H5zm2.3 2.2v4.6h1.2a2.3 2.3 0 0 0 0-4.6z'],
    ['#ff7d1f', disc(19, 9, 4.4)],
  ],
  jcb: ['#1c2430', ['#4a94f5', bar(5)], ['#ee5162', bar(11.5)], ['#3fb862', bar(18)]],
  unionpay: ['#1c2430', ['#ee5162', panel(6.6)], ['#4a94f5', panel(12.6)], ['#2db3a6', panel(18.6)]],
  maestro: ['#22262c', ['#38a3ee', ring(11, 9, 5.2)], ['#eb3a2f', ring(17, 9, 5.2)]],
  elo: [
    '#14171a',
    ['#ffcb2e', 'M9.2 5.6a6 6 0 0 1 9.6 0l-2.1 1.5a3.4 3.4 0 0 0-5.4 0z'],
    ['#2ea9e6', 'M19.5 6.8a6 6 0 0 1-3.8 8l-.8-2.5a3.4 3.4 0 0 0 2.1-4.5z'],
    ['#f2543d', 'M12.3 14.8a6 6 0 0 1-3.8-8l2.5 1a3.4 3.4 0 0 0 2.1 4.5z'],
  ],
  mir: ['#127a4f', ['#fff', 'M6.5 13.5v-9h3.2L14 10l4.3-5.5h3.2v9h-2.7V8.6L14.9 13.5h-1.8L9.2 8.6v4.9z']],
  hiper: [
    '#c2500a',
    ['#fff', 'M7.5 4.5H10v3.3h4.2V4.5h2.5v9h-2.5v-3.4H10v3.4H7.5z'],
    ['#ffe08a', disc(20.2, 11.9, 1.7)],
  ],
  hipercard: ['#a8121c', ['#fff', 'M9.6 3h2.5v3.3h3.8V3h2.5v8.6h-2.5V8.5h-3.8v3.1H9.6zM6 13.2h16V15H6z']],
  troy: ['#1d2b4f', ['#fff', 'M5 4.5h8.6v2.3h-3v6.7H8V6.8H5z'], ['#35c3d4', ring(18.8, 9.7, 3.9)]],
  naranja: [
    '#2b2320',
    ['#ff8420', disc(14, 10, 5)],
    ['#7cc95a', 'M14.4 5c0-2 1.5-3.2 3.9-3.2 0 2.1-1.5 3.3-3.9 3.2z'],
  ],
  verve: ['#0c2c60', ['#ee4a52', `${disc(14, 9, 6)}M10 6.2h2.3L14 10l1.7-3.8H18l-3 6.2h-2z`]],
};

/** A card with its stripe and its number, for brands without a drawing. */
const ANY_CARD: Drawing = ['#4a5663', ['#fff', 'M2 4.5h24v3H2zM4 11h5v2H4zM11 11h5v2h-5z']];

/** The icon of a card brand. Hidden from screen readers: the brand's name is next to it. Empty without a known brand. */
@customElement('brand-icon')
export class BrandIcon extends LitElement {
  @property({attribute: false}) brand: Brand | undefined;

  protected override createRenderRoot() {
    return this;
  }

  override render() {
    if (this.brand === undefined || this.brand === 'unknown') return nothing;
    const [plate, ...shapes] = DRAWINGS[this.brand] ?? ANY_CARD;
    return html`<svg display="block" viewBox="0 0 28 18" aria-hidden="true">
      <rect
        x=".5"
        y=".5"
        width="27"
        height="17"
        rx="2.5"
        fill=${plate}
        stroke="currentColor"
        stroke-opacity=".3"
      />
      ${shapes.map(([color, path]) => svg`<path fill=${color} fill-rule="evenodd" d=${path} />`)}
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'brand-icon': BrandIcon;
  }
}
