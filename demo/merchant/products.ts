import {html, type Markup} from '../html.ts';
import {drawTerrain, type Terrain} from './terrain.ts';

export interface Product {
  id: string;
  name: string;
  detail: string;
  cents: number;
  terrain: Terrain;
}

/** All products. The shop charges these prices, never one from a posted form. */
const SHELF: readonly Product[] = [
  {
    id: 'ridge',
    name: 'Twin Ridge',
    detail: 'Two summits and the saddle between them, in nine ochres. 40 × 50 cm, on cotton paper.',
    cents: 4200,
    terrain: {
      paper: '#f3e9d8',
      low: '#ecd9bb',
      high: '#b4552d',
      ink: '#6b2f17',
      levels: 9,
      heights: [
        {x: 112, y: 118, radius: 118, phase: 0.4},
        {x: 196, y: 214, radius: 96, phase: 2.1},
      ],
      marks: ['1284', '967'],
    },
  },
  {
    id: 'sound',
    name: 'The Sound at Low Water',
    detail: 'A sheltered bay with its soundings, in ten blues. 40 × 50 cm, on cotton paper.',
    cents: 3800,
    terrain: {
      paper: '#e3ecea',
      low: '#c3dadb',
      high: '#1f5a70',
      ink: '#123c4d',
      levels: 10,
      heights: [
        {x: 190, y: 128, radius: 128, phase: 4.4},
        {x: 92, y: 236, radius: 84, phase: 1.2},
      ],
      marks: ['48', '31'],
    },
  },
  {
    id: 'island',
    name: 'Fern Island',
    detail: 'An island and its two skerries, in eleven greens. 40 × 50 cm, on cotton paper.',
    cents: 3600,
    terrain: {
      paper: '#ecefdf',
      low: '#d5deb9',
      high: '#4b6b3a',
      ink: '#2d4426',
      levels: 11,
      heights: [
        {x: 158, y: 132, radius: 104, phase: 3.2},
        {x: 246, y: 282, radius: 30, phase: 0.2},
        {x: 66, y: 272, radius: 38, phase: 5.1},
      ],
      marks: ['210', '12', '38'],
    },
  },
  {
    id: 'decline',
    name: 'Paper offcut',
    detail:
      'A strip from the guillotine. The sandbox declines its price, so that you can see a declined payment.',
    cents: 29,
    terrain: {
      paper: '#eee8df',
      low: '#e2d8ca',
      high: '#8d8174',
      ink: '#5a5148',
      levels: 6,
      heights: [{x: 250, y: 40, radius: 170, phase: 1.6}],
      marks: ['0'],
    },
  },
];

export const PRODUCTS: ReadonlyMap<string, Product> = new Map(SHELF.map((product) => [product.id, product]));

export const DECLINED_PRODUCT = 'decline';

/** The product of a pay page whose URL has no `item`. */
export const FIRST_PRODUCT = 'ridge';

export function drawProduct({terrain}: Product): Markup {
  return drawTerrain(terrain);
}

/** The price for the gateway's `amount`, such as `42.00`. */
export function decimalPrice({cents}: Product): string {
  return (cents / 100).toFixed(2);
}

export function price(product: Product): Markup {
  return html`$${decimalPrice(product)}`;
}
