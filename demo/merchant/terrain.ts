import {html, type Markup} from '../html.ts';

/** A contour map: the colours of the paper and of the lowest and highest ground, and the summits. */
export interface Terrain {
  /** Colours as `#rrggbb`. */
  paper: string;
  low: string;
  high: string;
  ink: string;
  levels: number;
  /** Summits on a sheet of 300 by 375 units. `phase` rotates and bends the shape. */
  heights: readonly {x: number; y: number; radius: number; phase: number}[];
  /** Elevation label of each of `heights`. */
  marks: readonly string[];
}

const WIDTH = 300;
const HEIGHT = 375;
const POINTS = 28;

/**
 * The map as an SVG document. It has no styles, so it works under a strict Content-Security-Policy. Each
 * level is one path for all heights, stroked before it is filled, so that neighbouring heights merge.
 */
export function drawTerrain({paper, low, high, ink, levels, heights, marks}: Terrain): Markup {
  const bands = Array.from({length: levels}, (_, level) => {
    const rings = heights.map((height) => ring(height, 1 - level / levels)).join('');
    const tint = mix(low, high, level / (levels - 1));
    return html`<path d="${rings}" fill="${tint}" stroke-width="${level % 4 === 0 ? 2.6 : 1.5}" />`;
  });
  const spots = heights.map(({x, y}, place) => {
    const mark = marks[place] ?? '';
    return html`<circle cx="${x}" cy="${y}" r="1.8" /><text x="${x + 6}" y="${y + 3}">${mark}</text>`;
  });
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">
    <rect width="${WIDTH}" height="${HEIGHT}" fill="${paper}" />
    <svg x="18" y="18" width="264" height="300" viewBox="18 18 264 300">
      <g stroke="${ink}" stroke-linejoin="round" paint-order="stroke">${bands}</g>
      <path d="${graticule()}" stroke="${ink}" stroke-opacity=".22" stroke-width=".75" />
      <g fill="${paper}" font-family="ui-sans-serif, system-ui, sans-serif" font-size="9">${spots}</g>
    </svg>
    <path d="M18 18h264v300H18zM14 14h272v308H14z" fill="none" stroke="${ink}" stroke-width="1" />
    <path d="M18 348h66M18 345v6M40 345v6M62 345v6M84 345v6" stroke="${ink}" fill="none" />
    <path d="M270 336l6 20-6-5-6 5z" fill="${ink}" />
  </svg>`;
}

/** A closed, wavy ring. `share` is 1 at the foot of the height and 0 at its top; inner rings are smoother. */
function ring({x, y, radius, phase}: Terrain['heights'][number], share: number): string {
  const points = Array.from({length: POINTS}, (_, step) => {
    const angle = (step / POINTS) * 2 * Math.PI;
    const waves =
      0.16 * Math.cos(2 * angle + phase) +
      0.09 * Math.cos(3 * angle - 2 * phase + 1.5 * share) +
      0.05 * Math.cos(5 * angle + 3 * phase + 2 * share);
    const length = radius * share ** 0.85 * (1 + waves * (0.35 + share));
    return {x: x + length * Math.cos(angle), y: y + length * Math.sin(angle)};
  });
  const [first = {x, y}] = points;
  const curves = points.map((point, place) => {
    const next = points[(place + 1) % POINTS] ?? first;
    return `Q${round(point.x)} ${round(point.y)} ${round((point.x + next.x) / 2)} ${round((point.y + next.y) / 2)}`;
  });
  const last = points.at(-1) ?? first;
  return `M${round((last.x + first.x) / 2)} ${round((last.y + first.y) / 2)}${curves.join('')}Z`;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}

function graticule(): string {
  const down = [84, 150, 216].map((x) => `M${x} 18v300`);
  const across = [93, 168, 243].map((y) => `M18 ${y}h264`);
  return [...down, ...across].join('');
}

function mix(from: string, to: string, share: number): string {
  const channel = (colour: string, place: number) => parseInt(colour.slice(place, place + 2), 16);
  const mixed = [1, 3, 5].map((place) =>
    Math.round(channel(from, place) + (channel(to, place) - channel(from, place)) * share),
  );
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
